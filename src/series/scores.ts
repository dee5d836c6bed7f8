/** What forecasts at rolling origins are worth: errors over all of them, by step ahead and by series, and how often intervals held. */
import { smape } from '../metrics/forecasting.ts';
import { ROUNDING } from './intervals.ts';

/** One origin of one series. */
export interface Judged {
  series: number;
  truth: Float64Array;
  mean: Float64Array;
  /** Half widths, row-major [levels, horizon]. */
  widths?: Float64Array;
  /** Mean error of the seasonal naive method in the history. */
  scale: number;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** MASE and sMAPE are means over series, so that a long one counts no more than a short one; the rest is over all steps. */
export function scoresOf(judged: readonly Judged[], levels: readonly number[]): Record<string, number> {
  if (judged.length === 0) return {};
  let count = 0;
  let absolute = 0;
  let squares = 0;
  const inside = levels.map(() => 0);
  let bounded = 0;
  const scaled = new Map<number, number[]>();
  const shares = new Map<number, number[]>();
  const add = (to: Map<number, number[]>, series: number, value: number) => {
    const own = to.get(series);
    if (own) own.push(value);
    else to.set(series, [value]);
  };
  for (const { series, truth, mean, widths, scale } of judged) {
    let sum = 0;
    for (let h = 0; h < truth.length; h++) {
      const error = Math.abs(truth[h] - mean[h]);
      sum += error;
      squares += error * error;
      // Beside a forecast without any doubt, what rounding leaves is no miss.
      const within = error - ROUNDING * Math.abs(truth[h]);
      if (widths) levels.forEach((_, l) => void (within <= widths[l * mean.length + h] && inside[l]++));
    }
    if (widths) bounded += truth.length;
    absolute += sum;
    count += truth.length;
    if (scale > 0) add(scaled, series, sum / truth.length / scale);
    add(shares, series, smape(truth, mean.subarray(0, truth.length)));
  }
  const over = (of: Map<number, number[]>) => meanOf([...of.values()].map(meanOf));
  return {
    ...(scaled.size > 0 ? { mase: over(scaled) } : {}),
    smape: over(shares),
    rmse: Math.sqrt(squares / count),
    mae: absolute / count,
    ...(bounded > 0 ? Object.fromEntries(levels.map((level, l) => [coverageName(level), inside[l] / bounded])) : {}),
  };
}

const coverageName = (level: number): string => `coverage_${Math.round(level * 100)}`;

/** Per level, where every one was measured. */
export function coverageOf(scores: Readonly<Record<string, number>>, levels: readonly number[]): { coverage?: readonly number[] } {
  const coverage = levels.map((level) => scores[coverageName(level)]);
  return coverage.every(Number.isFinite) ? { coverage } : {};
}

/** The same for each step ahead; steps that no origin reached are left out at the end. */
export function scoresByStep(judged: readonly Judged[], horizon: number, levels: readonly number[]): Record<string, number>[] {
  const steps: Record<string, number>[] = [];
  for (let h = 0; h < horizon; h++) {
    const own = judged
      .filter(({ truth }) => truth.length > h)
      .map(({ widths, mean, truth, ...rest }) => ({
        ...rest,
        truth: truth.subarray(h, h + 1),
        mean: mean.subarray(h, h + 1),
        ...(widths ? { widths: Float64Array.from(levels, (_, l) => widths[l * mean.length + h]) } : {}),
      }));
    if (own.length === 0) break;
    steps.push(scoresOf(own, levels));
  }
  return steps;
}
