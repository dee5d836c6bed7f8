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
 * Votes of the nearest points, nearest first, one sum per column of `votes`. A point counts by the share of its rows that are among the k nearest, and by one over its
 * distance where that is asked for; points at the very place leave no vote to others.
 */
export function votesOf({ counts, votes, width, k, byDistance }: FittedNeighbours, ids: Int32Array, squares: Float64Array): Float64Array {
  const sums = new Float64Array(width);
  let before = 0;
  for (let j = 0; j < ids.length && before < k; j++) {
    const id = ids[j];
    let share = Math.min(counts[id], k - before) / counts[id];
    before += counts[id];
    if (byDistance && squares[0] > 0) share /= Math.sqrt(squares[j]);
    else if (byDistance && squares[j] > 0) break;
    for (let c = 0; c < width; c++) sums[c] += share * votes[id * width + c];
  }
  return sums;
}
