/** What nearest neighbours keep, and how a row's nearest points vote. */
import type { Cells, Grid } from '../../kernels/door.ts';

export interface FittedNeighbours {
  grid: Grid;
  /** Rows with the same cells are one point. */
  points: Cells;
  /** Rows of each point. */
  counts: Float64Array;
  /** Row-major [points, width]: weight per class; for numbers Σ weight · value and Σ weight. */
  votes: Float64Array;
  width: number;
  /** How many rows vote, at most all of them. */
  k: number;
  byDistance: boolean;
  /** What is added to the shares, already as shares of (k + smoothing); empty for numbers. */
  prior: Float64Array;
  smoothing: number;
}

/**
 * Votes of the nearest points, nearest first, one sum per column of `votes`, for each of the rising numbers of rows `ks`: row-major [ks, width]. A point counts by
 * the share of its rows that are among the k nearest, and by one over its distance where that is asked for; points at the very place leave no vote to others.
 */
export function votesFor(
  { counts, votes, width, byDistance }: FittedNeighbours,
  ks: readonly number[],
  ids: Int32Array,
  squares: Float64Array,
): Float64Array {
  const sums = new Float64Array(ks.length * width);
  const whole = new Float64Array(width);
  const here = byDistance && squares[0] === 0;
  let before = 0;
  let j = 0;
  for (let at = 0; at < ks.length; at++) {
    const k = ks[at];
    const own = at * width;
    for (; before < k && j < ids.length && !(here && squares[j] > 0); j++) {
      const id = ids[j];
      if (before + counts[id] > k) break;
      const share = byDistance && !here ? 1 / Math.sqrt(squares[j]) : 1;
      for (let c = 0; c < width; c++) whole[c] += share * votes[id * width + c];
      before += counts[id];
    }
    for (let c = 0; c < width; c++) sums[own + c] = whole[c];
    if (before >= k || j >= ids.length || (here && squares[j] > 0)) continue;
    const id = ids[j];
    const part = (k - before) / counts[id];
    const share = byDistance && !here ? part / Math.sqrt(squares[j]) : part;
    for (let c = 0; c < width; c++) sums[own + c] += share * votes[id * width + c];
  }
  return sums;
}

/** The same for the model's own number of rows. */
export const votesOf = (fitted: FittedNeighbours, ids: Int32Array, squares: Float64Array): Float64Array =>
  votesFor(fitted, [fitted.k], ids, squares);
