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
  // Codes may be numbers themselves: once more, by first appearance.
  const distinct = numberCodes(pairs, group);
  return byAppearance(group, distinct.width);
}

/** Codes below `width` become 0, 1 … in order of first appearance, in place; returns how many there are. */
function byAppearance(codes: Int32Array, width: number): number {
  const ids = new Int32Array(width);
  let next = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (ids[code] === 0) ids[code] = ++next;
    codes[i] = ids[code] - 1;
  }
  return next;
}

/** Groups of rows equal in all `columns`; no column at all makes one group. */
export function rowGroups(columns: readonly Column[], rowCount: number): RowGroups {
  const [column, ...others] = columns;
  if (!column) return { group: new Int32Array(rowCount), first: new Int32Array(Math.min(1, rowCount)), count: Math.min(1, rowCount) };
  const { codes: group, width } = codesOf(column);
  let count = byAppearance(group, width);
  for (const other of others) {
    // Each row is a group of its own: nothing is left to tell apart.
    if (count === rowCount) break;
    count = refine(group, count, codesOf(other));
  }
  return { group, first: firstRows(group, count), count };
}

/** Groups are numbered by first appearance, so a row above all before it begins one. */
function firstRows(group: Int32Array, count: number): Int32Array {
  const first = new Int32Array(count);
  let next = 0;
  for (let i = 0; i < group.length && next < count; i++) if (group[i] === next) first[next++] = i;
  return first;
}
