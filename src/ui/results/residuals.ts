/** What the regression views draw: residuals, their histogram and the cloud of predicted against true values; pure. */
import type { ModelResult } from '../../recipe/results.ts';
import { type Point, thin } from './curves.ts';

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

/** At most `most` [true, predicted] points. */
export const cloud = (model: ModelResult, most = 2000): Point[] =>
  thin(
    [...residualsOf(model).rows].map((i): Point => [model.truth[i], model.predicted[i]]),
    most,
  );

/** At most `most` [predicted, residual] points. */
export const residualCloud = (model: ModelResult, most = 2000): Point[] =>
  cloud(model, most).map(([truth, predicted]): Point => [predicted, truth - predicted]);
