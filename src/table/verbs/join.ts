/** Matches rows of two tables by keys. A missing key matches nothing, as in SQL. */
import { ProblemError } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { ColumnType } from '../../kind/schema.ts';
import type { Column } from '../column.ts';
import { TYPE_NAMES } from '../type-names.ts';
import { commonType, concatColumns } from './concat.ts';
import { countMissingInto } from './missing.ts';
import { rowGroups } from './row-keys.ts';

export type JoinHow = 'left' | 'inner' | 'right' | 'outer';
export interface Matches {
  /** Row pairs in left order; -1 = no partner. */
  left: Int32Array;
  right: Int32Array;
}

const isLabel = (type: ColumnType) => type === 'category' || type === 'text';
/** Whether keys of these types can be equal: labels among themselves, dates with dates, numbers with numbers and true or false. */
export const keysMatch = (left: ColumnType, right: ColumnType): boolean =>
  isLabel(left) === isLabel(right) && (left === 'datetime') === (right === 'datetime');

/** Group of each left and right row over the keys (equal keys, equal group); -1 where a key is missing. */
function keyGroups(left: readonly Column[], right: readonly Column[]): { left: Int32Array; right: Int32Array; count: number } {
  const both = left.map((column, i) => {
    const other = right[i];
    if (!keysMatch(column.type, other.type))
      throw new ProblemError({
        code: 'join.key-types',
        at: { param: 'keys' },
        args: { left: column.type, right: other.type },
        message: phrase('join.sides', 'The keys have different types: {left} on the left, {right} on the right.', {
          left: TYPE_NAMES[column.type],
          right: TYPE_NAMES[other.type],
        }),
        hint: 'Make them one type with “Edit metadata” first.',
      });
    return concatColumns([column, other], commonType([column.type, other.type]));
  });
  const leftRows = left[0]?.length ?? 0;
  const { group, count } = rowGroups(both, both[0]?.length ?? 0);
  const missing = new Uint8Array(group.length);
  for (const column of both) countMissingInto(column, missing);
  for (let i = 0; i < group.length; i++) if (missing[i]) group[i] = -1;
  return { left: group.subarray(0, leftRows), right: group.subarray(leftRows), count };
}

/** Whether no two rows have the same key. */
export function uniqueKeys(columns: readonly Column[]): boolean {
  const rows = columns[0]?.length ?? 0;
  const { group, count } = rowGroups(columns, rows);
  const missing = new Uint8Array(rows);
  for (const column of columns) countMissingInto(column, missing);
  const seen = new Uint8Array(count);
  for (let i = 0; i < rows; i++) {
    if (missing[i]) continue;
    if (seen[group[i]]) return false;
    seen[group[i]] = 1;
  }
  return true;
}

/** 1 for each left row that has a partner on the right. */
export function matchedFlags(left: readonly Column[], right: readonly Column[]): Uint8Array {
  const groups = keyGroups(left, right);
  const there = new Uint8Array(groups.count);
  for (const g of groups.right) if (g >= 0) there[g] = 1;
  return Uint8Array.from(groups.left, (g) => (g < 0 ? 0 : there[g]));
}

export function joinRows(left: readonly Column[], right: readonly Column[], how: JoinHow): Matches {
  const groups = keyGroups(left, right);
  // Right rows of each group, in order: a counting sort.
  const start = new Int32Array(groups.count + 1);
  for (const g of groups.right) if (g >= 0) start[g + 1]++;
  for (let g = 0; g < groups.count; g++) start[g + 1] += start[g];
  const next = start.slice();
  const members = new Int32Array(groups.right.length);
  groups.right.forEach((g, row) => {
    if (g >= 0) members[next[g]++] = row;
  });
  const alone = how === 'left' || how === 'outer' ? 1 : 0;
  const rest = how === 'right' || how === 'outer' ? unmatched(groups) : new Int32Array();
  let pairs = 0;
  for (const g of groups.left) pairs += (g < 0 ? 0 : start[g + 1] - start[g]) || alone;
  const out = { left: new Int32Array(pairs + rest.length).fill(-1), right: new Int32Array(pairs + rest.length).fill(-1) };
  let at = 0;
  groups.left.forEach((g, row) => {
    const from = g < 0 ? 0 : start[g];
    const to = g < 0 ? 0 : start[g + 1];
    for (let k = from; k < to; k++) {
      out.left[at] = row;
      out.right[at++] = members[k];
    }
    if (from === to && alone) out.left[at++] = row;
  });
  out.right.set(rest, pairs);
  return out;
}

/** Right rows without a partner, in order. */
function unmatched(groups: { left: Int32Array; right: Int32Array; count: number }): Int32Array {
  const there = new Uint8Array(groups.count);
  for (const g of groups.left) if (g >= 0) there[g] = 1;
  return Int32Array.from(groups.right, (_, row) => row).filter((row) => groups.right[row] < 0 || !there[groups.right[row]]);
}
