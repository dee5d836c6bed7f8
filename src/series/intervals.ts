/** How far true values may lie from forecasts: sizes of errors to go by, and half the widths of intervals made of them. */
import { normalQuantile } from '../forecast/ensemble/intervals.ts';
import { isConstant } from '../forecast/guard.ts';

export const LEVELS: readonly number[] = [0.8, 0.95];

/** Of normal errors, the standard deviation over the mean size. */
const SPREAD = 1.2533141373155;

/** What rounding leaves, over the values that it is left of. */
export const ROUNDING = 1e-12;

/** Standard errors to go by: the method's where they are above `least`, else the seasonal naive method's, which grow with each season ahead. */
export function sizesOf(deviation: Float64Array, scale: number, period: number, least: number): Float64Array {
  return deviation.map((size, h) =>
    Number.isFinite(size) && size > least ? size : SPREAD * scale * Math.sqrt(Math.floor(h / Math.max(1, period)) + 1),
  );
}

/**
 * Whether nothing is left to be unsure of: the series never changed, or forecasts of standard errors no larger than `least` missed by no
 * more at each origin.
 */
export function isExact(
  y: Float64Array,
  deviation: Float64Array,
  origins: readonly { truth: Float64Array; mean: Float64Array }[],
  least: number,
): boolean {
  if (isConstant(y)) return true;
  if (origins.length === 0 || deviation.some((size) => size > least)) return false;
  return origins.every(({ truth, mean }) => truth.every((value, h) => Math.abs(value - mean[h]) <= least));
}

/** Row-major [levels, horizon]; `factor` widens them. */
export function halfWidths(sizes: Float64Array, factor: number, levels: readonly number[]): Float64Array {
  const widths = new Float64Array(levels.length * sizes.length);
  levels.forEach((level, l) => {
    for (let h = 0; h < sizes.length; h++) widths[l * sizes.length + h] = normalQuantile(level) * factor * sizes[h];
  });
  return widths;
}
