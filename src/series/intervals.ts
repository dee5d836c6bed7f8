/** How far true values may lie from forecasts: the methods' own standard errors, corrected by how far they lay at rolling origins. */
import type { Ahead } from './method-job.ts';

/** Standard normal quantiles of the usual two-sided coverages; others by interpolation of the tail are not needed. */
const QUANTILES: Readonly<Record<string, number>> = {
  0.5: 0.674489750196082,
  0.8: 1.2815515655446004,
  0.9: 1.6448536269514722,
  0.95: 1.959963984540054,
  0.99: 2.5758293035489004,
};
export const LEVELS: readonly number[] = [0.8, 0.95];

/** So many errors as large as told count as much as what was measured. */
const BELIEF = 4;

export interface Missed {
  truth: Float64Array;
  ahead: Ahead;
}

/** Standard errors to go by: the method's, else the seasonal naive method's, which grow with each season ahead. */
export function sizesOf(deviation: Float64Array, scale: number, period: number): Float64Array {
  return deviation.map((size, h) =>
    Number.isFinite(size) && size > 0 ? size : 1.2533141373155 * scale * Math.sqrt(Math.floor(h / Math.max(1, period)) + 1),
  );
}

/** Root mean square of errors over their expected sizes, drawn towards 1 where few errors were measured. */
export function correction(missed: readonly { truth: Float64Array; mean: Float64Array; size: Float64Array }[]): number {
  let sum = 0;
  let weight = 0;
  for (const { truth, mean, size } of missed) {
    // Errors of neighbouring steps go together: an origin tells about as much as the root of its steps.
    const share = 1 / Math.sqrt(truth.length);
    for (let h = 0; h < truth.length; h++) {
      if (!(size[h] > 0)) continue;
      const ratio = (truth[h] - mean[h]) / size[h];
      sum += share * Math.min(ratio * ratio, 25);
      weight += share;
    }
  }
  return Math.sqrt((BELIEF + sum) / (BELIEF + weight));
}

/** Half widths, row-major [levels, horizon]. */
export function halfWidths(sizes: Float64Array, factor: number, levels: readonly number[]): Float64Array {
  const widths = new Float64Array(levels.length * sizes.length);
  levels.forEach((level, l) => {
    for (let h = 0; h < sizes.length; h++) widths[l * sizes.length + h] = QUANTILES[level] * factor * sizes[h];
  });
  return widths;
}
