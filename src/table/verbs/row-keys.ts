/** Groups equal rows: each row gets the number of its group, in order of first appearance; missing equals missing. */
import { type Column, isMissing } from '../column.ts';

/** Small integers that are equal exactly where the cells are; 0 is missing. -0 equals 0. */
function codesOf(column: Column): Float64Array {
  const codes = new Float64Array(column.length);
  if (column.type === 'category') {
    for (let i = 0; i < codes.length; i++) codes[i] = column.codes[i] + 1;
    return codes;
  }
  if (column.type === 'text') {
    const seen = new Map<string, number>();
    const decoder = new TextDecoder();
    for (let i = 0; i < codes.length; i++) {
      if (isMissing(column, i)) continue;
      const text = decoder.decode(column.bytes.subarray(column.offsets[i], column.offsets[i + 1]));
      let code = seen.get(text);
      if (code === undefined) seen.set(text, (code = seen.size + 1));
      codes[i] = code;
    }
    return codes;
  }
  if (column.type === 'boolean') {
    for (let i = 0; i < codes.length; i++) codes[i] = column.values[i] === 2 ? 0 : column.values[i] + 1;
    return codes;
  }
  const seen = new Map<number, number>();
  for (let i = 0; i < codes.length; i++) {
    const value = column.values[i];
    if (Number.isNaN(value)) continue;
    let code = seen.get(value);
    if (code === undefined) seen.set(value, (code = seen.size + 1));
    codes[i] = code;
  }
  return codes;
}

export interface RowGroups {
  /** Group of each row, 0 … count-1 in order of first appearance. */
  group: Int32Array;
  /** First row of each group. */
  first: Int32Array;
  count: number;
}

/** Groups of rows equal in all `columns`; no column at all makes one group. */
export function rowGroups(columns: readonly Column[], rowCount: number): RowGroups {
  let group = new Int32Array(rowCount);
  let count = Math.min(1, rowCount);
  for (const column of columns) {
    const codes = codesOf(column);
    // A pair of small integers as one exact double: group * width + code.
    let width = 1;
    for (let i = 0; i < rowCount; i++) if (codes[i] >= width) width = codes[i] + 1;
    const seen = new Map<number, number>();
    const next = new Int32Array(rowCount);
    for (let i = 0; i < rowCount; i++) {
      const key = group[i] * width + codes[i];
      let id = seen.get(key);
      if (id === undefined) seen.set(key, (id = seen.size));
      next[i] = id;
    }
    group = next;
    count = seen.size;
  }
  const first = new Int32Array(count).fill(-1);
  for (let i = rowCount - 1; i >= 0; i--) first[group[i]] = i;
  return { group, first, count };
}
