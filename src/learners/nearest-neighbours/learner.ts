/** Nearest neighbours as a learner: its behaviour put together. */
import { phrase, rowsOf, type Words } from '../../base/words.ts';
import { kernels } from '../../kernels/door.ts';
import type { LearnerCode, Matrix, Prediction } from '../../recipe/model.ts';
import { type FittedNeighbours, votesOf } from './votes.ts';

export { fit } from './fit.ts';
export { lower } from './lower.ts';

export const featuriser: LearnerCode['featuriser'] = { numbers: 'impute-scale', precision: 'float64' };

/** Answers are float32, as those of the graph. */
export function predict(fitted: unknown, X: Matrix, classCount: number): Prediction {
  const model = fitted as FittedNeighbours;
  const { grid, points, k, prior, smoothing } = model;
  const wanted = Math.min(k, points.count);
  const rows = { count: X.rows, cols: X.cols, cells: kernels.onGrid(grid, X.values) };
  const { ids, squares } = kernels.nearestPoints(points, rows, wanted);
  const out = new Float64Array(X.rows * Math.max(1, classCount));
  for (let i = 0; i < X.rows; i++) {
    const sums = votesOf(model, ids.subarray(i * wanted, (i + 1) * wanted), squares.subarray(i * wanted, (i + 1) * wanted));
    if (classCount === 0) {
      out[i] = Math.fround(sums[0] / sums[1]);
      continue;
    }
    let total = 0;
    for (const sum of sums) total += sum;
    for (let c = 0; c < classCount; c++) out[i * classCount + c] = Math.fround((sums[c] / total) * (k / (k + smoothing)) + prior[c]);
  }
  return classCount === 0 ? { values: out } : { probabilities: out };
}

/** The model is its rows: said where it may surprise. */
export function notes(fitted: unknown): Words[] {
  const { points, votes, counts, k } = fitted as FittedNeighbours;
  const bytes = 4 * points.cells.length + 8 * (votes.length + counts.length);
  return [
    phrase('note.keeps-rows', 'The {k} nearest rows vote. The model keeps {rows} to compare with, about {megabytes} MB.', {
      k,
      rows: rowsOf(points.count),
      megabytes: bytes < 1e6 ? '< 1' : String(Math.round(bytes / 1e6)),
    }),
  ];
}
