/** Keeps the best split of a node while someone walks its rows from low values to high. */
import { floor32 } from '../../base/float.ts';
import type { Channels } from './channels.ts';

export interface TreeSplit {
  gain: number;
  feature: number;
  threshold: number;
  missingLeft: boolean;
}

export interface SplitJudge {
  /** Sums of the rows walked so far, and of those whose value is missing; the walker fills both. */
  left: Float64Array;
  missing: Float64Array;
  /**
   * Judges a cut between the values `low` and `high`, missing values tried on both sides.
   */
  cut: (feature: number, low: number, high: number) => void;
  /** Judges all values left, the missing ones right. */
  cutMissing: (feature: number) => void;
  best: () => TreeSplit | undefined;
}

/** Half-way in float32, never reaching `high`; Infinity lets every number pass. */
function between(low: number, high: number): number {
  const middle = low === high ? low : floor32(low + (high - low) / 2);
  return middle >= low && middle <= high ? middle : low;
}

/**
 * A split must leave `minLeaf` rows on both sides. One that gains nothing counts too, because the next one may (scikit-learn does the
 * same). The first of equals wins.
 */
export function splitJudge(channels: Channels, sums: Float64Array, minLeaf: number): SplitJudge {
  const width = channels.count;
  const own = channels.good(sums);
  const left = new Float64Array(width);
  const right = new Float64Array(width);
  const missing = new Float64Array(width);
  // Equal splits can differ by rounding; a later one must be clearly better.
  const slack = 1e-12 * Math.abs(own);
  let best: TreeSplit | undefined;
  // Millions of cuts are judged: no object is made but for a new best.
  const judge = (feature: number, low: number, high: number, missingLeft: boolean) => {
    if (left[0] < minLeaf || sums[0] - left[0] < minLeaf) return;
    for (let c = 0; c < width; c++) right[c] = sums[c] - left[c];
    const gain = channels.good(left) + channels.good(right) - own;
    if (!(gain > (best ? best.gain + slack : -slack - Number.MIN_VALUE))) return;
    // Where nothing is missing here, a missing value at scoring goes with the majority.
    const threshold = between(low, high);
    best = { gain, feature, threshold, missingLeft: missing[0] === 0 ? left[0] >= right[0] : missingLeft };
  };
  return {
    left,
    missing,
    cut: (feature, low, high) => {
      judge(feature, low, high, false);
      if (missing[0] === 0) return;
      for (let c = 0; c < width; c++) left[c] += missing[c];
      judge(feature, low, high, true);
      for (let c = 0; c < width; c++) left[c] -= missing[c];
    },
    cutMissing: (feature) => {
      if (missing[0] > 0) judge(feature, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, false);
    },
    best: () => best,
  };
}
