/** Stable sort of row indices by several columns; categories and text compare by code point, missing rows stand together. */
import { compareText } from '../../base/text-order.ts';
import type { Column, TextColumn } from '../column.ts';
import { wholeRange } from './codes.ts';
import { forRuns, radixSort } from './radix.ts';
import { sortTexts } from './sort-texts.ts';

export interface SortKey {
  column: Column;
  descending: boolean;
}

/** Place of each label in the order of labels; equal labels share one. */
function placesOf(labels: readonly string[]): Float64Array {
  const order = Array.from(labels, (_, i) => i).sort((a, b) => compareText(labels[a], labels[b]));
  const places = new Float64Array(labels.length);
  let place = 0;
  order.forEach((at, i) => {
    if (i > 0 && labels[at] !== labels[order[i - 1]]) place++;
    places[at] = place;
  });
  return places;
}

/** Rows that have a text, in row order. */
function rowsWithText(column: TextColumn, rows: Int32Array): { there: Int32Array; missing: Int32Array } {
  const { offsets } = column;
  const there = new Int32Array(rows.length);
  const missing = new Int32Array(rows.length);
  let n = 0;
  let m = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (offsets[row] === offsets[row + 1]) missing[m++] = row;
    else there[n++] = row;
  }
  return { there: there.subarray(0, n), missing: missing.subarray(0, m) };
}

function textRanks(column: TextColumn): Float64Array {
  const { bytes, offsets } = column;
  const ranks = new Float64Array(column.length).fill(Number.NaN);
  const { there } = rowsWithText(column, rowNumbers(column.length));
  sortTexts(column, there, false);
  const same = (a: number, b: number) => {
    const length = offsets[a + 1] - offsets[a];
    if (offsets[b + 1] - offsets[b] !== length) return false;
    for (let k = 0; k < length; k++) if (bytes[offsets[a] + k] !== bytes[offsets[b] + k]) return false;
    return true;
  };
  let place = 0;
  for (let i = 0; i < there.length; i++) {
    if (i > 0 && !same(there[i - 1], there[i])) place++;
    ranks[there[i]] = place;
  }
  return ranks;
}

/** Numbers that order as the cells do; NaN where missing. */
export function sortRanks(column: Column): Float64Array {
  switch (column.type) {
    case 'category': {
      const places = placesOf(column.dictionary);
      const { codes } = column;
      const ranks = new Float64Array(codes.length);
      for (let i = 0; i < codes.length; i++) ranks[i] = codes[i] < 0 ? Number.NaN : places[codes[i]];
      return ranks;
    }
    case 'text':
      return textRanks(column);
    case 'boolean': {
      const { values } = column;
      const ranks = new Float64Array(values.length);
      for (let i = 0; i < values.length; i++) ranks[i] = values[i] === 2 ? Number.NaN : values[i];
      return ranks;
    }
    default:
      return column.values;
  }
}

const rowNumbers = (n: number): Int32Array => {
  const rows = new Int32Array(n);
  for (let i = 0; i < n; i++) rows[i] = i;
  return rows;
};

/** Whole numbers within this distance of each other, and one key for missing cells, fit in 32 bits. */
const MOST_KEYS = 2 ** 32 - 2;
/** Keys of whole numbers: their distance from the first, missing ones at their end. */
function wholeKeys(
  ranks: Float64Array,
  rows: Int32Array,
  { least, most }: { least: number; most: number },
  descending: boolean,
  missingFirst: boolean,
): Uint32Array {
  const keys = new Uint32Array(rows.length);
  const missing = missingFirst ? 0 : most - least + 1;
  const shift = missingFirst ? 1 : 0;
  for (let i = 0; i < rows.length; i++) {
    const value = ranks[rows[i]];
    keys[i] = Number.isNaN(value) ? missing : (descending ? most - value : value - least) + shift;
  }
  return keys;
}

/** Upper 32 bits of each number, as unsigned keys that order as the numbers do; no number has the keys of missing ones. */
function upperKeys(ranks: Float64Array, rows: Int32Array, descending: boolean, missingFirst: boolean): Uint32Array {
  const keys = new Uint32Array(rows.length);
  const words = new Uint32Array(ranks.buffer, ranks.byteOffset, ranks.length * 2);
  const missing = missingFirst ? 0 : 0xffffffff;
  const flip = descending ? 0xffffffff : 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const value = ranks[row];
    if (Number.isNaN(value)) {
      keys[i] = missing;
      continue;
    }
    // -0 orders as 0; negative numbers order the other way round.
    const word = value === 0 ? 0 : words[2 * row + 1];
    keys[i] = (word >>> 31 ? ~word : word | 0x80000000) ^ flip;
  }
  return keys;
}

const TINY = 24;
/** Orders a run of numbers whose upper bits are equal, in place and stable. */
function sortRun(ranks: Float64Array, rows: Int32Array, descending: boolean): void {
  const after = (a: number, b: number) => (descending ? ranks[a] < ranks[b] : ranks[a] > ranks[b]);
  let sorted = true;
  for (let i = 1; i < rows.length && sorted; i++) sorted = !after(rows[i - 1], rows[i]);
  if (sorted) return;
  if (rows.length > TINY) {
    // All have one sign, so that the lower words order as the numbers do, or the other way round.
    const words = new Uint32Array(ranks.buffer, ranks.byteOffset, ranks.length * 2);
    const flip = ranks[rows[0]] < 0 !== descending ? 0xffffffff : 0;
    const keys = new Uint32Array(rows.length);
    for (let i = 0; i < rows.length; i++) keys[i] = words[2 * rows[i]] ^ flip;
    rows.set(radixSort(keys, rows.slice()).rows);
    return;
  }
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i];
    let at = i;
    for (; at > 0 && after(rows[at - 1], row); at--) rows[at] = rows[at - 1];
    rows[at] = row;
  }
}

/** Rows in the order of one column; rows of equal cells keep the order that they have in `rows`, which is used up. */
function sortBy({ column, descending }: SortKey, rows: Int32Array, missingFirst: boolean): Int32Array {
  if (column.type === 'text') {
    const { there, missing } = rowsWithText(column, rows);
    sortTexts(column, there, descending);
    rows.set(missingFirst ? missing : there);
    rows.set(missingFirst ? there : missing, missingFirst ? missing.length : there.length);
    return rows;
  }
  const ranks = sortRanks(column);
  const range = wholeRange(ranks);
  if (range && range.most - range.least < MOST_KEYS) return radixSort(wholeKeys(ranks, rows, range, descending, missingFirst), rows).rows;
  const sorted = radixSort(upperKeys(ranks, rows, descending, missingFirst), rows);
  const missing = missingFirst ? 0 : 0xffffffff;
  forRuns(sorted.keys, (from, to, key) => {
    if (key !== missing) sortRun(ranks, sorted.rows.subarray(from, to), descending);
  });
  return sorted.rows;
}

/** Row indices in order; equal rows keep their order. Missing cells come last, or first, whatever the direction (as pandas). */
export function sortOrder(keys: readonly SortKey[], rowCount: number, missingFirst = false): Int32Array {
  let rows = rowNumbers(rowCount);
  // The least important key first: every pass keeps the order of the one before among equals.
  for (const key of keys.toReversed()) rows = sortBy(key, rows, missingFirst);
  return rows;
}
