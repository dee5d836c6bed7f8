/** The rows of a node in the order of each feature's values: sorted once where a node is small enough, and parted with it from there on down. */
import type { Matrix } from '../../recipe/model.ts';
import type { TreeSplit } from './split-judge.ts';

/** Nodes up to this size are sorted; above it 255 bins are as good and much faster. */
export const EXACT_ROWS = 16_384;

export interface SortedRows {
  /** The place of the first among all rows that are learned from, and the rows by their own number from there. */
  from: number;
  rowOf: Int32Array;
  /** Per feature their own numbers, rising by value in each node, missing values last. */
  orders: Uint16Array;
  /** Per feature by their own number. */
  values: Float32Array;
}

const bitsOf = new Float32Array(1);
const asInteger = new Uint32Array(bitsOf.buffer);

/** Whole numbers in the order of float32 values. */
function orderOf(value: number): number {
  bitsOf[0] = value;
  const bits = asInteger[0];
  return bits >= 0x80000000 ? 0xffffffff - bits : bits + 0x80000000;
}

/** Sorts rows[start … end - 1], at most `EXACT_ROWS`. */
export function sortRows({ values, cols }: Matrix, rows: Int32Array, start: number, end: number): SortedRows {
  const count = end - start;
  const sorted = {
    from: start,
    rowOf: rows.slice(start, end),
    orders: new Uint16Array(cols * count),
    values: new Float32Array(cols * count),
  };
  const keys = new Float64Array(count);
  for (let f = 0; f < cols; f++) {
    const own = sorted.values.subarray(f * count, (f + 1) * count);
    const order = sorted.orders.subarray(f * count, (f + 1) * count);
    let present = 0;
    let missing = count;
    for (let i = 0; i < count; i++) {
      const v = values[sorted.rowOf[i] * cols + f];
      own[i] = v;
      if (Number.isNaN(v)) order[--missing] = i;
      // Value and place in one number, so that the fast numeric sort does it.
      else keys[present++] = orderOf(v) * EXACT_ROWS + i;
    }
    const known = keys.subarray(0, present).sort();
    for (let k = 0; k < present; k++) order[k] = known[k] % EXACT_ROWS;
  }
  return sorted;
}

/** Puts the left rows of a node's orders first, each side in its old order. */
export function partSorted({ from, rowOf, orders, values }: SortedRows, start: number, end: number, split: TreeSplit): void {
  const count = rowOf.length;
  const goesLeft = new Uint8Array(count);
  const scratch = new Uint16Array(end - start);
  const asked = split.feature * count;
  for (let k = asked + start - from; k < asked + end - from; k++) {
    const v = values[asked + orders[k]];
    goesLeft[orders[k]] = v <= split.threshold || (Number.isNaN(v) && split.missingLeft) ? 1 : 0;
  }
  for (let base = 0; base < orders.length; base += count) {
    let left = base + start - from;
    let right = 0;
    for (let k = left; k < base + end - from; k++) {
      const i = orders[k];
      // Both are written, so that nothing waits for which it is.
      orders[left] = i;
      scratch[right] = i;
      left += goesLeft[i];
      right += 1 - goesLeft[i];
    }
    orders.set(scratch.subarray(0, right), left);
  }
}
