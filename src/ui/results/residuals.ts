/** What the regression views draw: residuals, their histogram and the cloud of predicted against true values; pure. */
import type { ModelResult } from '../../recipe/results.ts';
import { thin } from './curves.ts';

export interface Histogram {
  min: number;
  max: number;
  counts: number[];
}

/** Truth minus prediction where both are known; `rows` are indices into the model's rows. */
export function residualsOf(model: ModelResult): { values: Float64Array; rows: Int32Array } {
  const rows = Int32Array.from(model.truth, (_, i) => i).filter((i) => !Number.isNaN(model.truth[i]) && !Number.isNaN(model.predicted[i]));
  return { values: Float64Array.from(rows, (i) => model.truth[i] - model.predicted[i]), rows };
}

/** Equal-width bins between the extremes; all in one bin when they are equal. Empty without values. */
export function histogramOf(values: ArrayLike<number>, bins = 30): Histogram {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < min) min = values[i];
    if (values[i] > max) max = values[i];
  }
  if (values.length === 0) return { min: 0, max: 0, counts: [] };
  if (min === max) return { min, max, counts: [values.length] };
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) counts[Math.min(bins - 1, Math.floor(((values[i] - min) / (max - min)) * bins))]++;
  return { min, max, counts };
}

/** Bins of a round width, at most `most`, with zero, where it is among them, in the middle of one: their middles are round. */
export function roundHistogram(values: Float64Array, most = 30): Histogram {
  const { min, max, counts } = histogramOf(values, 1);
  if (counts.length === 0 || min === max) return { min, max, counts };
  const unit = 10 ** Math.floor(Math.log10((max - min) / most));
  const steps = (width: number) => Math.round(max / width) - Math.round(min / width) + 1;
  const width = unit * ([1, 2, 2.5, 5, 10, 20].find((step) => steps(step * unit) <= most) ?? 20);
  const first = Math.round(min / width);
  const found = new Array<number>(steps(width)).fill(0);
  for (const value of values) found[Math.round(value / width) - first]++;
  return { min: (first - 0.5) * width, max: (first + found.length - 0.5) * width, counts: found };
}

export type Pair = readonly [x: number, y: number];

/** At most `most` points of these rows. */
export const cloud = (rows: Int32Array, at: (row: number) => Pair, most = 2000): Pair[] =>
  thin(
    [...rows].map((row) => at(row)),
    most,
  );

/** One scale for both axes, because both are the same quantity: round ends and at most five parts. */
export function squareAxes(points: readonly Pair[]): { min: number; max: number; interval: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const pair of points)
    for (const value of pair) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  if (!(high > low)) {
    const middle = Number.isFinite(low) ? low : 0;
    return { min: middle - 1, max: middle + 1, interval: 1 };
  }
  const unit = 10 ** Math.floor(Math.log10((high - low) / 4));
  const interval = ([1, 2, 2.5, 5, 10].find((step) => step * unit * 4 >= high - low) ?? 10) * unit;
  const end = (parts: number) => Number((parts * interval).toPrecision(12));
  return { min: end(Math.floor(low / interval)), max: end(Math.ceil(high / interval)), interval };
}

/** From the least to the largest of the points, on both axes. */
export function extentOf(points: readonly Pair[]): { x: Pair; y: Pair } {
  const along = (axis: 0 | 1): Pair =>
    points.reduce<Pair>(
      ([low, high], point) => [Math.min(low, point[axis]), Math.max(high, point[axis])],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
  return { x: along(0), y: along(1) };
}
