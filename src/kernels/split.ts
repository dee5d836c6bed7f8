/** Finds the best split of a node from its histogram: plain TypeScript behind `door.ts`. */
import type { Bins } from './bins.ts';
import { PACK, type PackScales } from './histogram.ts';

export interface SplitSettings {
  l2: number;
  minLeaf: number;
  /** Least sum of hessians on a side. */
  minHessian: number;
}
/** Rows with code <= `bin` go left; missing ones go left when `missingLeft`. */
export interface Split {
  gain: number;
  feature: number;
  bin: number;
  missingLeft: boolean;
}

/**
 * The split with the greatest gain G²/(H + l2) left and right over the node's own; undefined when none gains. Without `counts` the
 * hessian must be the same for all rows, and its share is the count. The first of equals wins: lowest feature, then bin, then
 * missing right.
 */
export function findSplit(
  bins: Bins,
  histogram: Float64Array,
  counts: Int32Array | undefined,
  features: Int32Array,
  total: number,
  count: number,
  scales: PackScales,
  settings: SplitSettings,
): Split | undefined {
  const allG = Math.floor(total / PACK);
  const allH = total - allG * PACK;
  const { l2 } = settings;
  const sg = 1 / scales.gradient;
  const sh = 1 / scales.hessian;
  const own = (allG * sg * (allG * sg)) / (allH * sh + l2);
  const least = Math.max(settings.minHessian * scales.hessian, counts ? 0 : ((settings.minLeaf * allH) / count) * (1 - 1e-9), 1);
  let best: Split | undefined;
  // A gain must stand out of rounding.
  let bar = own * 1e-10;
  const consider = (left: number, leftRows: number, feature: number, bin: number, missing: number, missingLeft: boolean) => {
    const leftG = Math.floor(left / PACK);
    const leftH = left - leftG * PACK;
    const rightH = allH - leftH;
    if (leftH < least || rightH < least) return;
    if (counts && (leftRows < settings.minLeaf || count - leftRows < settings.minLeaf)) return;
    const gl = leftG * sg;
    const gr = (allG - leftG) * sg;
    const gain = (gl * gl) / (leftH * sh + l2) + (gr * gr) / (rightH * sh + l2) - own;
    if (!(gain > bar)) return;
    bar = gain;
    // Where nothing is missing here, a missing value at scoring goes with the majority.
    best = { gain, feature, bin, missingLeft: missing === 0 ? (counts ? leftRows * 2 >= count : leftH >= rightH) : missingLeft };
  };
  for (let k = 0; k < features.length; k++) {
    const f = features[k];
    const at = bins.offsets[f];
    const lastEdge = bins.starts[f + 1] - bins.starts[f];
    const missing = histogram[at + lastEdge + 1];
    const missingRows = counts ? counts[at + lastEdge + 1] : 0;
    let left = 0;
    let leftRows = 0;
    for (let b = 0; b < lastEdge; b++) {
      const here = histogram[at + b];
      const rowsHere = counts ? counts[at + b] : 0;
      // An empty bin parts the rows as the one before it did.
      if (here === 0 && rowsHere === 0) continue;
      left += here;
      leftRows += rowsHere;
      consider(left, leftRows, f, b, missing, false);
      if (missing !== 0) consider(left + missing, leftRows + missingRows, f, b, missing, true);
    }
    // All values left, the missing ones right.
    if (missing !== 0) consider(left + histogram[at + lastEdge], count - missingRows, f, lastEdge, missing, false);
  }
  return best;
}
