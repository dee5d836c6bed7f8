/** Which metrics a task shows, in which order, and which way is better; pure. */
import { METRICS, metricInfo } from '../../metrics/metric-info.ts';
import type { Results } from '../../recipe/results.ts';

const ORDER = Object.keys(METRICS);

export const lowerIsBetter = (metric: string): boolean => !metricInfo(metric).higherIsBetter;

/** Positive when `a` is better than `b`; a value that is not known is worse than any. */
export function compareMetric(metric: string, a: number | undefined, b: number | undefined): number {
  const known = (value: number | undefined) => value !== undefined && !Number.isNaN(value);
  if (!known(a) || !known(b)) return Number(known(a)) - Number(known(b));
  return lowerIsBetter(metric) ? (b as number) - (a as number) : (a as number) - (b as number);
}

/** Names of the metrics that are there: the primary one first, then in the order of `metrics/`, then the rest by name. */
export function metricNames(metrics: Readonly<Record<string, number>>, primary?: string): string[] {
  const place = (name: string) => (name === primary ? -1 : ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return Object.keys(metrics).sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

/** Models by the primary metric, best first; order of equal ones is kept. */
export const ranked = (results: Results): Results['models'] =>
  [...results.models].sort((a, b) => compareMetric(results.primary, b.metrics[results.primary], a.metrics[results.primary]));
