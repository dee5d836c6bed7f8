/** Groups equal rows: each row gets the number of its group, in order of first appearance; missing equals missing. */
import type { Column } from '../column.ts';
import { type Codes, codesOf, numberCodes } from './codes.ts';

export interface RowGroups {
  /** Group of each row, 0 … count-1 in order of first appearance. */
  group: Int32Array;
  /** First row of each group. */
  first: Int32Array;
  count: number;
}

/** Splits each group by one more column's codes; returns the new number of groups. `group` is written in place. */
export function refine(group: Int32Array, count: number, { codes, width }: Codes): number {
  let next = 0;
  // A pair of small integers as one exact double: group * width + code.
  if (count * width <= 4 * group.length + 65_536) {
    const ids = new Int32Array(count * width);
    for (let i = 0; i < group.length; i++) {
      const key = group[i] * width + codes[i];
      if (ids[key] === 0) ids[key] = ++next;
      group[i] = ids[key] - 1;
    }
    return next;
  }
  const pairs = new Float64Array(group.length);
  for (let i = 0; i < pairs.length; i++) pairs[i] = group[i] * width + codes[i];
  const distinct = numberCodes(pairs);
  // Codes may be numbers themselves: once more, by first appearance.
  const ids = new Int32Array(distinct.width);
  for (let i = 0; i < group.length; i++) {
    const code = distinct.codes[i];
    if (ids[code] === 0) ids[code] = ++next;
    group[i] = ids[code] - 1;
  }
  return next;
}

/** Groups of rows equal in all `columns`; no column at all makes one group. */
export function rowGroups(columns: readonly Column[], rowCount: number): RowGroups {
  const group = new Int32Array(rowCount);
  let count = Math.min(1, rowCount);
  for (const column of columns) count = refine(group, count, codesOf(column));
  const first = new Int32Array(count);
  for (let i = rowCount - 1; i >= 0; i--) first[group[i]] = i;
  return { group, first, count };
}
