/** Matches rows of two tables by keys. A missing key matches nothing, as in SQL. */
import { ProblemError } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { ColumnType } from '../../kind/schema.ts';
import type { CategoryColumn, Column } from '../column.ts';
import { TYPE_NAMES } from '../type-names.ts';
import { type Codes, codesOf } from './codes.ts';
import { commonType, concatColumns } from './concat.ts';
import { rowsWhere } from './missing.ts';
import { refine } from './row-keys.ts';

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

/** Codes of a left column and then of a right one, equal where the keys are; 0 is missing. */
function pairCodes(left: Column, right: Column): Codes {
  if (!keysMatch(left.type, right.type))
    throw new ProblemError({
      code: 'join.key-types',
      at: { param: 'keys' },
      args: { left: left.type, right: right.type },
      message: phrase('join.sides', 'The keys have different types: {left} on the left, {right} on the right.', {
        left: TYPE_NAMES[left.type],
        right: TYPE_NAMES[right.type],
      }),
      hint: 'Make them one type with “Edit metadata” first.',
    });
  if (left.type === 'category' && right.type === 'category') return categoryCodes(left, right);
  return codesOf(concatColumns([left, right], commonType([left.type, right.type])));
}

/** Only the dictionaries are compared; a label that stands twice in one has one code. */
function categoryCodes(left: CategoryColumn, right: CategoryColumn): Codes {
  const known = new Map<string, number>();
  const codes = new Int32Array(left.length + right.length);
  let at = 0;
  for (const column of [left, right]) {
    const code = Int32Array.from(column.dictionary, (label) => {
      const found = known.get(label);
      if (found !== undefined) return found;
      known.set(label, known.size + 1);
      return known.size;
    });
    for (let i = 0; i < column.length; i++, at++) if (column.codes[i] >= 0) codes[at] = code[column.codes[i]];
  }
  return { codes, width: known.size + 1 };
}

interface Groups {
  /** Rows of equal keys have one group; -1 where a key is missing. */
  group: Int32Array;
  count: number;
}

function groupsOf(keys: readonly Codes[]): Groups {
  if (keys.length === 1) {
    const [{ codes, width }] = keys;
    for (let i = 0; i < codes.length; i++) codes[i]--;
    return { group: codes, count: width };
  }
  const group = new Int32Array(keys[0]?.codes.length ?? 0);
  let count = 1;
  for (const key of keys) count = refine(group, count, key);
  for (const { codes } of keys) for (let i = 0; i < group.length; i++) if (codes[i] === 0) group[i] = -1;
  return { group, count };
}

/** Groups of left and right rows together. */
function keyGroups(left: readonly Column[], right: readonly Column[]): { left: Int32Array; right: Int32Array; count: number } {
  const { group, count } = groupsOf(left.map((column, k) => pairCodes(column, right[k])));
  const leftRows = left[0]?.length ?? 0;
  return { left: group.subarray(0, leftRows), right: group.subarray(leftRows), count };
}

/** Whether no two rows have the same key. */
export function uniqueKeys(columns: readonly Column[]): boolean {
  const { group, count } = groupsOf(columns.map(codesOf));
  const seen = new Uint8Array(count);
  for (let i = 0; i < group.length; i++) {
    if (group[i] < 0) continue;
    if (seen[group[i]]) return false;
    seen[group[i]] = 1;
  }
  return true;
}

/** The right row of each left row, where no two right rows have the same key; -1 = none. */
export function lookupRows(left: readonly Column[], right: readonly Column[]): Int32Array {
  if (left.length === 1 && left[0].type === 'category' && right[0].type === 'category') return lookupLabels(left[0], right[0]);
  const groups = keyGroups(left, right);
  const rowOf = new Int32Array(groups.count).fill(-1);
  for (let row = 0; row < groups.right.length; row++) if (groups.right[row] >= 0) rowOf[groups.right[row]] = row;
  const rows = new Int32Array(groups.left.length);
  for (let i = 0; i < rows.length; i++) rows[i] = groups.left[i] < 0 ? -1 : rowOf[groups.left[i]];
  return rows;
}

/** By label: only the dictionary of the left column is looked up. */
function lookupLabels(left: CategoryColumn, right: CategoryColumn): Int32Array {
  const rowOfCode = new Int32Array(right.dictionary.length).fill(-1);
  for (let row = 0; row < right.length; row++) if (right.codes[row] >= 0) rowOfCode[right.codes[row]] = row;
  const rowOfLabel = new Map<string, number>();
  for (const [code, label] of right.dictionary.entries()) if (rowOfCode[code] >= 0) rowOfLabel.set(label, rowOfCode[code]);
  const found = Int32Array.from(left.dictionary, (label) => rowOfLabel.get(label) ?? -1);
  const rows = new Int32Array(left.length);
  for (let i = 0; i < rows.length; i++) rows[i] = left.codes[i] < 0 ? -1 : found[left.codes[i]];
  return rows;
}

/** 1 for each left row that has a partner on the right. */
export function matchedFlags(left: readonly Column[], right: readonly Column[]): Uint8Array {
  const groups = keyGroups(left, right);
  const there = new Uint8Array(groups.count);
  for (let i = 0; i < groups.right.length; i++) if (groups.right[i] >= 0) there[groups.right[i]] = 1;
  const flags = new Uint8Array(groups.left.length);
  for (let i = 0; i < flags.length; i++) flags[i] = groups.left[i] < 0 ? 0 : there[groups.left[i]];
  return flags;
}

export function joinRows(left: readonly Column[], right: readonly Column[], how: JoinHow): Matches {
  const groups = keyGroups(left, right);
  // Right rows of each group, in order: a counting sort.
  const start = new Int32Array(groups.count + 1);
  for (let row = 0; row < groups.right.length; row++) if (groups.right[row] >= 0) start[groups.right[row] + 1]++;
  for (let g = 0; g < groups.count; g++) start[g + 1] += start[g];
  const next = start.slice();
  const members = new Int32Array(groups.right.length);
  for (let row = 0; row < groups.right.length; row++) if (groups.right[row] >= 0) members[next[groups.right[row]]++] = row;
  const alone = how === 'left' || how === 'outer' ? 1 : 0;
  const rest = how === 'right' || how === 'outer' ? unmatched(groups) : new Int32Array();
  let pairs = 0;
  for (let row = 0; row < groups.left.length; row++) {
    const g = groups.left[row];
    pairs += (g < 0 ? 0 : start[g + 1] - start[g]) || alone;
  }
  const out = { left: new Int32Array(pairs + rest.length).fill(-1), right: new Int32Array(pairs + rest.length).fill(-1) };
  let at = 0;
  for (let row = 0; row < groups.left.length; row++) {
    const g = groups.left[row];
    const from = g < 0 ? 0 : start[g];
    const to = g < 0 ? 0 : start[g + 1];
    for (let k = from; k < to; k++) {
      out.left[at] = row;
      out.right[at++] = members[k];
    }
    if (from === to && alone) out.left[at++] = row;
  }
  out.right.set(rest, pairs);
  return out;
}

/** Right rows without a partner, in order. */
function unmatched(groups: { left: Int32Array; right: Int32Array; count: number }): Int32Array {
  const there = new Uint8Array(groups.count);
  for (let i = 0; i < groups.left.length; i++) if (groups.left[i] >= 0) there[groups.left[i]] = 1;
  const alone = new Uint8Array(groups.right.length);
  for (let row = 0; row < alone.length; row++) alone[row] = groups.right[row] < 0 || !there[groups.right[row]] ? 1 : 0;
  return rowsWhere(alone, 1);
}
