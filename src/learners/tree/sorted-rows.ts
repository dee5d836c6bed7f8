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

/** Bits of a float32 to whole numbers in the order of the values. */
const orderOf = (bits: number): number => (bits >= 0x80000000 ? 0xffffffff - bits : bits + 0x80000000);

const DIGITS = 256;
const DIGIT_BITS = 8;

/** Sorts the first `count` keys and the places that go with them, equals in their old order: one pass per digit, from the lowest. */
function sortPlaces(keys: Uint32Array, places: Uint16Array, count: number): void {
  const starts = new Uint32Array(DIGITS);
  let [from, to]: Uint32Array[] = [keys, new Uint32Array(count)];
  let [own, other]: Uint16Array[] = [places, new Uint16Array(count)];
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    starts.fill(0);
    for (let i = 0; i < count; i++) starts[(from[i] >>> shift) & (DIGITS - 1)]++;
    for (let d = 0, sum = 0; d < DIGITS; d++) {
      const here = starts[d];
      starts[d] = sum;
      sum += here;
    }
    for (let i = 0; i < count; i++) {
      const key = from[i];
      const at = starts[(key >>> shift) & (DIGITS - 1)]++;
      to[at] = key;
      other[at] = own[i];
    }
    // An even number of passes: what is sorted ends where it was.
    [from, to] = [to, from];
    [own, other] = [other, own];
  }
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
  const bits = new Uint32Array(sorted.values.buffer);
  const keys = new Uint32Array(count);
  for (let f = 0; f < cols; f++) {
    const order = sorted.orders.subarray(f * count, (f + 1) * count);
    let present = 0;
    let missing = count;
    for (let i = 0; i < count; i++) {
      const v = values[sorted.rowOf[i] * cols + f];
      const at = f * count + i;
      sorted.values[at] = v;
      if (Number.isNaN(v)) order[--missing] = i;
      else {
        keys[present] = orderOf(bits[at]);
        order[present++] = i;
      }
    }
    sortPlaces(keys, order, present);
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
