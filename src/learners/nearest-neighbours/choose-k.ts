/** Chooses how many neighbours vote: the number whose answers to rows that do not vote for themselves are best. */
import { log } from '../../base/float.ts';
import { kernels, type Neighbours } from '../../kernels/door.ts';
import { type FittedNeighbours, votesFor } from './votes.ts';

const CANDIDATES = [1, 2, 3, 5, 7, 10, 15, 22, 33, 50, 75];
/** Rows that are asked, evenly spread over the table. */
const ASKED = 2000;
/** A share below this counts as this, so that one surprise does not decide. */
const LEAST_SHARE = 1e-3;

export interface LearnedRows {
  /** Row-major cells of all rows. */
  cells: Float32Array;
  /** Point of each row. */
  point: Int32Array;
  /** Class or value, and weight, of each row. */
  y: Float64Array;
  weight?: Float64Array;
}

/** Log-loss of classes, squared error of numbers, over rows that are left out of their own vote. `model.k` is not looked at. */
export function chooseK(model: FittedNeighbours, { cells, point, y, weight }: LearnedRows, priorOf: (k: number) => Float64Array): number {
  const { points } = model;
  const { cols } = points;
  const candidates = CANDIDATES.filter((k) => k < y.length);
  if (candidates.length < 2) return Math.max(1, Math.min(5, y.length));
  const stride = Math.max(1, Math.ceil(y.length / ASKED));
  const asked = Int32Array.from({ length: Math.ceil(y.length / stride) }, (_, i) => i * stride);
  const rows = new Float32Array(asked.length * cols);
  asked.forEach((row, i) => {
    rows.set(cells.subarray(row * cols, (row + 1) * cols), i * cols);
  });
  const wanted = Math.min(points.count, candidates[candidates.length - 1] + 1);
  const found = kernels.nearestPoints(points, { count: asked.length, cols, cells: rows }, wanted);
  const lost = lossesOf(model, { point, y, weight }, asked, found, wanted, candidates, priorOf);
  return candidates[lost.indexOf(Math.min(...lost))];
}

/** What the rows asked lose with each candidate. */
function lossesOf(
  model: FittedNeighbours,
  { point, y, weight }: Omit<LearnedRows, 'cells'>,
  asked: Int32Array,
  { ids, squares }: Neighbours,
  wanted: number,
  candidates: readonly number[],
  priorOf: (k: number) => Float64Array,
): Float64Array {
  const { counts, votes, width, smoothing } = model;
  const lost = new Float64Array(candidates.length);
  const priors = candidates.map(priorOf);
  const classes = model.prior.length;
  asked.forEach((row, i) => {
    const own = point[row];
    const w = weight ? weight[row] : 1;
    // The row takes its own vote back for the time of the question.
    const places = classes > 0 ? [own * width + y[row]] : [own * width, own * width + 1];
    const parts = classes > 0 ? [w] : [w * y[row], w];
    counts[own]--;
    places.forEach((place, c) => {
      votes[place] -= parts[c];
    });
    const near = ids.subarray(i * wanted, (i + 1) * wanted).filter((id) => counts[id] > 0);
    const gaps = squares.subarray(i * wanted, (i + 1) * wanted).filter((_, j) => counts[ids[i * wanted + j]] > 0);
    const all = votesFor(model, candidates, near, gaps);
    candidates.forEach((k, at) => {
      const sums = all.subarray(at * width, (at + 1) * width);
      if (classes === 0) {
        const miss = sums[0] / sums[1] - y[row];
        lost[at] += w * miss * miss;
        return;
      }
      const total = sums.reduce((sum, v) => sum + v, 0);
      const share = (sums[y[row]] / total) * (k / (k + smoothing)) + priors[at][y[row]];
      lost[at] -= w * log(Math.max(share, LEAST_SHARE));
    });
    counts[own]++;
    places.forEach((place, c) => {
      votes[place] += parts[c];
    });
  });
  return lost;
}
