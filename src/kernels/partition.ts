/** Orders a node's rows by side: plain TypeScript behind `door.ts`. */
import type { Bins } from './bins.ts';

/**
 * Rearranges rows[start … end - 1] so that those going left come first, each side in its old order; gives the first place of the right
 * side. `scratch` is at least as long as the node.
 */
export function partitionRows(
  bins: Bins,
  rows: Int32Array,
  start: number,
  end: number,
  feature: number,
  bin: number,
  missingLeft: boolean,
  scratch: Int32Array,
): number {
  const { codes, stride, starts } = bins;
  const missing = starts[feature + 1] - starts[feature] + 1;
  let left = start;
  let right = 0;
  for (let r = start; r < end; r++) {
    const row = rows[r];
    const code = codes[row * stride + feature];
    if (code === missing ? missingLeft : code <= bin) rows[left++] = row;
    else scratch[right++] = row;
  }
  rows.set(scratch.subarray(0, right), left);
  return left;
}
