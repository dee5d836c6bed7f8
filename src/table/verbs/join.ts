/** Matches rows of two tables by keys. A missing key matches nothing, as in SQL. */
import type { CategoryColumn, Column } from '../column.ts';
import { codesOf } from './codes.ts';
import { rowsWhere } from './missing.ts';
import { type PairedKeys, pairKeys } from './paired-keys.ts';
import { refine } from './row-keys.ts';

export type JoinHow = 'left' | 'inner' | 'right' | 'outer';
export interface Matches {
  /** Row pairs in left order; -1 = no partner. */
  left: Int32Array;
  right: Int32Array;
}

/** Whether no two rows have the same key. */
export function uniqueKeys(columns: readonly Column[]): boolean {
  const keys = columns.map(codesOf);
  const [only] = keys;
  const group = keys.length === 1 ? only.codes : new Int32Array(only?.codes.length ?? 0);
  let count = keys.length === 1 ? only.width : 1;
  if (keys.length > 1) for (const key of keys) count = refine(group, count, key);
  for (const { codes } of keys) for (let i = 0; i < group.length; i++) if (codes[i] === 0) group[i] = -1;
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
  const keys = pairKeys(left, right);
  const rowOf = new Int32Array(keys.count).fill(-1);
  for (let row = 0; row < keys.right.length; row++) if (keys.right[row] >= 0) rowOf[keys.right[row]] = row;
  const rows = new Int32Array(keys.left.length);
  for (let i = 0; i < rows.length; i++) rows[i] = keys.left[i] < 0 ? -1 : rowOf[keys.left[i]];
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
  const keys = pairKeys(left, right);
  const there = new Uint8Array(keys.count);
  for (let i = 0; i < keys.right.length; i++) if (keys.right[i] >= 0) there[keys.right[i]] = 1;
  const flags = new Uint8Array(keys.left.length);
  for (let i = 0; i < flags.length; i++) flags[i] = keys.left[i] < 0 ? 0 : there[keys.left[i]];
  return flags;
}

export function joinRows(left: readonly Column[], right: readonly Column[], how: JoinHow): Matches {
  const keys = pairKeys(left, right);
  // Right rows of each group, in order: a counting sort.
  const start = new Int32Array(keys.count + 1);
  for (let row = 0; row < keys.right.length; row++) if (keys.right[row] >= 0) start[keys.right[row] + 1]++;
  for (let g = 0; g < keys.count; g++) start[g + 1] += start[g];
  const next = start.slice();
  const members = new Int32Array(keys.right.length);
  for (let row = 0; row < keys.right.length; row++) if (keys.right[row] >= 0) members[next[keys.right[row]]++] = row;
  const alone = how === 'left' || how === 'outer' ? 1 : 0;
  const rest = how === 'right' || how === 'outer' ? unmatched(keys) : new Int32Array();
  let pairs = 0;
  for (let row = 0; row < keys.left.length; row++) {
    const g = keys.left[row];
    pairs += (g < 0 ? 0 : start[g + 1] - start[g]) || alone;
  }
  const out = { left: new Int32Array(pairs + rest.length).fill(-1), right: new Int32Array(pairs + rest.length).fill(-1) };
  let at = 0;
  for (let row = 0; row < keys.left.length; row++) {
    const g = keys.left[row];
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
function unmatched(keys: PairedKeys): Int32Array {
  const there = new Uint8Array(keys.count);
  for (let i = 0; i < keys.left.length; i++) if (keys.left[i] >= 0) there[keys.left[i]] = 1;
  const alone = new Uint8Array(keys.right.length);
  for (let row = 0; row < alone.length; row++) alone[row] = keys.right[row] < 0 || !there[keys.right[row]] ? 1 : 0;
  return rowsWhere(alone, 1);
}
