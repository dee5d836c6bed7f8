/** Matches rows of two tables by keys. A missing key matches nothing, as in SQL. */
import { ProblemError } from '../../base/problem.ts';
import { type Column, isMissing } from '../column.ts';
import { commonType, concatColumns } from './concat.ts';
import { rowGroups } from './row-keys.ts';

export interface Matches {
  /** Row pairs in left order; -1 = no partner. */
  left: Int32Array;
  right: Int32Array;
}
const isLabel = (column: Column) => column.type === 'category' || column.type === 'text';

/** Group of each left and right row over the keys (equal keys, equal group); -1 where a key is missing. */
export function keyGroups(left: readonly Column[], right: readonly Column[]): { left: Int32Array; right: Int32Array; count: number } {
  const leftRows = left[0]?.length ?? 0;
  const both = left.map((column, i) => {
    const other = right[i];
    if (isLabel(column) !== isLabel(other) || (column.type === 'datetime') !== (other.type === 'datetime'))
      throw new ProblemError({
        code: 'join.key-types',
        at: { param: 'keys' },
        args: { left: column.type, right: other.type },
        message: `The keys have different types: ${column.type} on the left, ${other.type} on the right.`,
        hint: 'Make them one type with “Edit metadata” first.',
      });
    return concatColumns([column, other], commonType([column.type, other.type]));
  });
  const { group, count } = rowGroups(both, both[0]?.length ?? 0);
  const mark = (columns: readonly Column[], groups: Int32Array) => {
    for (const column of columns) for (let i = 0; i < groups.length; i++) if (isMissing(column, i)) groups[i] = -1;
    return groups;
  };
  return { left: mark(left, group.slice(0, leftRows)), right: mark(right, group.slice(leftRows)), count };
}

/** Whether no two right rows have the same key. */
export function uniqueKeys(columns: readonly Column[]): boolean {
  const rows = columns[0]?.length ?? 0;
  const { group, count } = rowGroups(columns, rows);
  const seen = new Uint8Array(count);
  for (let i = 0; i < rows; i++) {
    if (columns.some((column) => isMissing(column, i))) continue;
    if (seen[group[i]]) return false;
    seen[group[i]] = 1;
  }
  return true;
}

export function joinRows(left: readonly Column[], right: readonly Column[], how: 'left' | 'inner' | 'right' | 'outer'): Matches {
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
  const keepLeft = how === 'left' || how === 'outer';
  const keepRight = how === 'right' || how === 'outer';
  const matched = new Uint8Array(groups.right.length);
  const leftOut: number[] = [];
  const rightOut: number[] = [];
  groups.left.forEach((g, row) => {
    const from = g < 0 ? 0 : start[g];
    const to = g < 0 ? 0 : start[g + 1];
    for (let k = from; k < to; k++) {
      leftOut.push(row);
      rightOut.push(members[k]);
      matched[members[k]] = 1;
    }
    if (from === to && keepLeft) {
      leftOut.push(row);
      rightOut.push(-1);
    }
  });
  if (keepRight)
    matched.forEach((hit, row) => {
      if (hit) return;
      leftOut.push(-1);
      rightOut.push(row);
    });
  return { left: Int32Array.from(leftOut), right: Int32Array.from(rightOut) };
}
