/** Stable sort of row indices by several columns; categories and text compare by code point, missing rows stand together. */
import { fromUtf8 } from '../../base/bytes.ts';
import { compareText } from '../../base/text-order.ts';
import { type Column, isMissing, type TextColumn } from '../column.ts';

export interface SortKey {
  column: Column;
  descending: boolean;
}

const textAt = ({ bytes, offsets }: TextColumn, row: number): string => fromUtf8(bytes.subarray(offsets[row], offsets[row + 1]));

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

/** Numbers that order as the cells do; NaN where missing. */
export function sortRanks(column: Column): Float64Array {
  switch (column.type) {
    case 'category': {
      const places = placesOf(column.dictionary);
      return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : places[code]));
    }
    case 'text': {
      const places = placesOf(Array.from({ length: column.length }, (_, i) => textAt(column, i)));
      return places.map((place, i) => (isMissing(column, i) ? Number.NaN : place));
    }
    case 'boolean':
      return Float64Array.from(column.values, (value) => (value === 2 ? Number.NaN : value));
    default:
      return column.values;
  }
}

/** 64 bits of each number as two unsigned words that order as the numbers do, missing ones at their end. */
function orderedBits(ranks: Float64Array, descending: boolean, missingFirst: boolean): { high: Uint32Array; low: Uint32Array } {
  const high = new Uint32Array(ranks.length);
  const low = new Uint32Array(ranks.length);
  const bits = new Float64Array(1);
  const words = new Uint32Array(bits.buffer);
  const missing = missingFirst ? 0 : 0xffffffff;
  for (let i = 0; i < ranks.length; i++) {
    const value = ranks[i];
    if (Number.isNaN(value)) {
      high[i] = missing;
      low[i] = missing;
      continue;
    }
    // Adding 0 turns -0 into 0; negative numbers order the other way round.
    bits[0] = (descending ? -value : value) + 0;
    const negative = words[1] >>> 31;
    high[i] = negative ? ~words[1] : words[1] | 0x80000000;
    low[i] = negative ? ~words[0] : words[0];
  }
  return { high, low };
}

const DIGIT = 11;

/** One pass of a stable counting sort of `order` by 11 bits of `words`; false when all rows have the same bits. */
function sortDigit(order: Int32Array, words: Uint32Array, shift: number, spare: Int32Array): boolean {
  const mask = 2 ** DIGIT - 1;
  const start = new Int32Array(mask + 2);
  for (let i = 0; i < words.length; i++) start[((words[i] >>> shift) & mask) + 1]++;
  if (words.length > 0 && start[((words[0] >>> shift) & mask) + 1] === words.length) return false;
  for (let digit = 0; digit < mask; digit++) start[digit + 1] += start[digit];
  for (let i = 0; i < order.length; i++) spare[start[(words[order[i]] >>> shift) & mask]++] = order[i];
  return true;
}

/** Row indices in order; equal rows keep their order. Missing cells come last, or first, whatever the direction (as pandas). */
export function sortOrder(keys: readonly SortKey[], rowCount: number, missingFirst = false): Int32Array {
  let order = new Int32Array(rowCount);
  let spare = new Int32Array(rowCount);
  for (let i = 0; i < rowCount; i++) order[i] = i;
  // The least important key first: every pass keeps the order of the one before among equals.
  for (const { column, descending } of keys.toReversed()) {
    const { high, low } = orderedBits(sortRanks(column), descending, missingFirst);
    for (const words of [low, high])
      for (let shift = 0; shift < 32; shift += DIGIT) if (sortDigit(order, words, shift, spare)) [order, spare] = [spare, order];
  }
  return order;
}
