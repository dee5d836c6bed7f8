/** How far true values may lie from forecasts: sizes of errors to go by, and half the widths of intervals made of them. */
import { normalQuantile } from '../forecast/ensemble/intervals.ts';

export const LEVELS: readonly number[] = [0.8, 0.95];

/** Of normal errors, the standard deviation over the mean size. */
const SPREAD = 1.2533141373155;

/** Standard errors to go by: the method's, else the seasonal naive method's, which grow with each season ahead. */
export function sizesOf(deviation: Float64Array, scale: number, period: number): Float64Array {
  return deviation.map((size, h) =>
    Number.isFinite(size) && size > 0 ? size : SPREAD * scale * Math.sqrt(Math.floor(h / Math.max(1, period)) + 1),
  );
}

/** Row-major [levels, horizon]; `factor` widens them. */
export function halfWidths(sizes: Float64Array, factor: number, levels: readonly number[]): Float64Array {
  const widths = new Float64Array(levels.length * sizes.length);
  levels.forEach((level, l) => {
    for (let h = 0; h < sizes.length; h++) widths[l * sizes.length + h] = normalQuantile(level) * factor * sizes[h];
  });
  return widths;
}
