/** Groups equal rows: each row gets the number of its group, in order of first appearance; missing equals missing. */
import type { Column, TextColumn } from '../column.ts';

/** Small integers that are equal exactly where the cells are; 0 is missing. `width` is above the largest. */
interface Codes {
  codes: Int32Array;
  width: number;
}

function codesOf(column: Column): Codes {
  const codes = new Int32Array(column.length);
  switch (column.type) {
    case 'category':
      for (let i = 0; i < codes.length; i++) codes[i] = column.codes[i] + 1;
      return { codes, width: column.dictionary.length + 1 };
    case 'boolean':
      for (let i = 0; i < codes.length; i++) codes[i] = column.values[i] === 2 ? 0 : column.values[i] + 1;
      return { codes, width: 3 };
    case 'text':
      return textCodes(column, codes);
    default:
      return numberCodes(column.values, codes);
  }
}

/** A hash table with open addressing, at most half full: slots hold row + 1 of each distinct value's first row. */
const slotsFor = (rows: number): Int32Array => new Int32Array(2 ** (33 - Math.clz32(Math.max(rows, 4))));
const mix = (h: number): number => {
  const x = Math.imul(h ^ (h >>> 16), 0x45d9f3b);
  return x ^ (x >>> 15);
};

/** NaN is missing; -0 equals 0. */
function numberCodes(values: Float64Array, codes: Int32Array): Codes {
  const slots = slotsFor(values.length);
  const mask = slots.length - 1;
  const bits = new Float64Array(1);
  const words = new Int32Array(bits.buffer);
  let width = 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    bits[0] = value + 0;
    let slot = mix(words[0] ^ Math.imul(words[1], 0x9e3779b1)) & mask;
    while (slots[slot] !== 0 && values[slots[slot] - 1] !== value) slot = (slot + 1) & mask;
    if (slots[slot] === 0) {
      slots[slot] = i + 1;
      codes[i] = width++;
    } else codes[i] = codes[slots[slot] - 1];
  }
  return { codes, width };
}

/** Compares bytes, so that no text is decoded. */
function textCodes({ bytes, offsets }: TextColumn, codes: Int32Array): Codes {
  const slots = slotsFor(codes.length);
  const mask = slots.length - 1;
  let width = 1;
  const same = (a: number, b: number) => {
    const length = offsets[a + 1] - offsets[a];
    if (offsets[b + 1] - offsets[b] !== length) return false;
    for (let k = 0; k < length; k++) if (bytes[offsets[a] + k] !== bytes[offsets[b] + k]) return false;
    return true;
  };
  for (let i = 0; i < codes.length; i++) {
    if (offsets[i] === offsets[i + 1]) continue;
    let hash = 0x811c9dc5;
    for (let k = offsets[i]; k < offsets[i + 1]; k++) hash = Math.imul(hash ^ bytes[k], 0x01000193);
    let slot = mix(hash) & mask;
    while (slots[slot] !== 0 && !same(slots[slot] - 1, i)) slot = (slot + 1) & mask;
    if (slots[slot] === 0) {
      slots[slot] = i + 1;
      codes[i] = width++;
    } else codes[i] = codes[slots[slot] - 1];
  }
  return { codes, width };
}

export interface RowGroups {
  /** Group of each row, 0 … count-1 in order of first appearance. */
  group: Int32Array;
  /** First row of each group. */
  first: Int32Array;
  count: number;
}

/** Splits each group by one more column; returns the new number of groups. `group` is written in place. */
function refine(group: Int32Array, count: number, { codes, width }: Codes): number {
  let next = 0;
  // A pair of small integers as one exact double: group * width + code.
  if (count * width <= 4 * group.length + 1024) {
    const ids = new Int32Array(count * width).fill(-1);
    for (let i = 0; i < group.length; i++) {
      const key = group[i] * width + codes[i];
      if (ids[key] < 0) ids[key] = next++;
      group[i] = ids[key];
    }
    return next;
  }
  const pairs = new Float64Array(group.length);
  for (let i = 0; i < pairs.length; i++) pairs[i] = group[i] * width + codes[i];
  const distinct = numberCodes(pairs, codes);
  for (let i = 0; i < group.length; i++) group[i] = distinct.codes[i] - 1;
  return distinct.width - 1;
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
