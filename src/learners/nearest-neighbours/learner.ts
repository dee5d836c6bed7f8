/** Nearest neighbours as a learner: its behaviour put together. */
import { phrase, rowsOf, type Words } from '../../base/words.ts';
import { kernels } from '../../kernels/door.ts';
import type { LearnerCode, Matrix, Prediction } from '../../recipe/model.ts';
import type { FittedNeighbours } from './fit.ts';

export { fit } from './fit.ts';
export { lower } from './lower.ts';

export const featuriser: LearnerCode['featuriser'] = { numbers: 'impute-scale', precision: 'float64' };

/**
 * How much each of a row's nearest points counts, nearest first: the share of its rows that are among the k nearest, and one over its distance where
 * that is asked for; points at the very place leave no vote to others.
 */
function sharesOf({ counts, k, byDistance }: FittedNeighbours, ids: Int32Array, squares: Float64Array): Float64Array {
  let before = 0;
  return Float64Array.from(ids, (id, j) => {
    const share = Math.min(counts[id], Math.max(k - before, 0)) / counts[id];
    before += counts[id];
    if (!byDistance) return share;
    if (squares[0] === 0) return squares[j] === 0 ? share : 0;
    return share / Math.sqrt(squares[j]);
  });
}

/** Answers are float32, as those of the graph. */
export function predict(fitted: unknown, X: Matrix, classCount: number): Prediction {
  const model = fitted as FittedNeighbours;
  const { grid, points, votes, width, k, prior, smoothing } = model;
  const wanted = Math.min(k, points.count);
  const rows = { count: X.rows, cols: X.cols, cells: kernels.onGrid(grid, X.values) };
  const { ids, squares } = kernels.nearestPoints(points, rows, wanted);
  const out = new Float64Array(X.rows * Math.max(1, classCount));
  const sums = new Float64Array(width);
  for (let i = 0; i < X.rows; i++) {
    const own = ids.subarray(i * wanted, (i + 1) * wanted);
    const shares = sharesOf(model, own, squares.subarray(i * wanted, (i + 1) * wanted));
    sums.fill(0);
    own.forEach((id, j) => {
      for (let c = 0; c < width; c++) sums[c] += shares[j] * votes[id * width + c];
    });
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
  const { points, votes, counts } = fitted as FittedNeighbours;
  const bytes = 4 * points.cells.length + 8 * (votes.length + counts.length);
  return [
    phrase('note.keeps-rows', 'The model keeps {rows} to compare with, about {megabytes} MB.', {
      rows: rowsOf(points.count),
      megabytes: bytes < 1e6 ? '< 1' : String(Math.round(bytes / 1e6)),
    }),
  ];
}
