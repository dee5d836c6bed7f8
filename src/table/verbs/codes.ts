/** Small integers that are equal exactly where the cells of a column are: what grouping, joining and removing duplicates work on. */
import type { Column, TextColumn } from '../column.ts';

/** 0 is missing; `width` is above the largest. */
export interface Codes {
  codes: Int32Array;
  width: number;
}

export function codesOf(column: Column): Codes {
  const n = column.length;
  const codes = new Int32Array(n);
  switch (column.type) {
    case 'category':
      for (let i = 0; i < n; i++) codes[i] = column.codes[i] + 1;
      return { codes, width: column.dictionary.length + 1 };
    case 'boolean':
      for (let i = 0; i < n; i++) codes[i] = column.values[i] === 2 ? 0 : column.values[i] + 1;
      return { codes, width: 3 };
    case 'text':
      return textCodes(column, codes);
    default:
      return numberCodes(column.values, codes);
  }
}

/** Least and greatest of whole numbers; undefined when there is another number, or none at all. */
export function wholeRange(values: Float64Array): { least: number; most: number } | undefined {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    if (Math.floor(value) !== value) return undefined;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most && most - least < Number.POSITIVE_INFINITY ? { least, most } : undefined;
}

/** NaN is missing; -0 equals 0. Whole numbers that lie close together are their own codes; others are numbered through a hash table. */
export function numberCodes(values: Float64Array, codes = new Int32Array(values.length)): Codes {
  const range = wholeRange(values);
  if (range && range.most - range.least <= 2 * values.length + 65_536) {
    const { least } = range;
    for (let i = 0; i < values.length; i++) codes[i] = Number.isNaN(values[i]) ? 0 : values[i] - least + 1;
    return { codes, width: range.most - least + 2 };
  }
  return hashNumbers(values, codes);
}

const BLOCK = 256;
const mix = (h: number): number => {
  const x = Math.imul(h ^ (h >>> 16), 0x45d9f3b);
  return x ^ (x >>> 15);
};
/** Open addressing, at most half full. */
const slotsFor = (rows: number): number => 2 ** (33 - Math.clz32(Math.max(rows, 4)));

function hashNumbers(values: Float64Array, codes: Int32Array): Codes {
  const n = values.length;
  const mask = slotsFor(n) - 1;
  // Each slot holds the code and the number, so that a look-up touches no other row.
  const slots = new Int32Array(mask + 1);
  const held = new Float64Array(mask + 1);
  const bits = new Float64Array(1);
  const words = new Int32Array(bits.buffer);
  const places = new Int32Array(BLOCK + 1);
  let width = 1;
  for (let block = 0; block < n; block += BLOCK) {
    const rows = Math.min(BLOCK, n - block);
    let touched = 0;
    for (let j = 0; j < rows; j++) {
      bits[0] = values[block + j] + 0;
      places[j] = mix(words[0] ^ Math.imul(words[1], 0x9e3779b1)) & mask;
      touched ^= slots[places[j]];
    }
    places[BLOCK] = touched; // kept, or the reads ahead would be optimised away
    for (let j = 0; j < rows; j++) {
      const value = values[block + j];
      if (Number.isNaN(value)) continue;
      let slot = places[j];
      while (slots[slot] !== 0 && held[slot] !== value) slot = (slot + 1) & mask;
      if (slots[slot] === 0) {
        slots[slot] = width++;
        held[slot] = value;
      }
      codes[block + j] = slots[slot];
    }
  }
  return { codes, width };
}

/** Hash of the bytes, four a step (the mixing of MurmurHash3, Austin Appleby, public domain). */
function hashText(view: DataView, bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    let word = Math.imul(view.getInt32(at, true), 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash ^= word;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
  return mix(hash);
}

/** Compares bytes, so that no text is decoded. */
function textCodes({ bytes, offsets }: TextColumn, codes: Int32Array): Codes {
  const n = codes.length;
  const mask = slotsFor(n) - 1;
  // Pairs of row + 1 and hash side by side: rows of another hash are told apart without looking at them.
  const slots = new Int32Array(2 * (mask + 1));
  const hashes = new Int32Array(BLOCK + 1);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const same = (a: number, b: number) => {
    const length = offsets[a + 1] - offsets[a];
    if (offsets[b + 1] - offsets[b] !== length) return false;
    for (let k = 0; k < length; k++) if (bytes[offsets[a] + k] !== bytes[offsets[b] + k]) return false;
    return true;
  };
  let width = 1;
  for (let block = 0; block < n; block += BLOCK) {
    const rows = Math.min(BLOCK, n - block);
    let touched = 0;
    for (let j = 0; j < rows; j++) {
      hashes[j] = hashText(view, bytes, offsets[block + j], offsets[block + j + 1]);
      touched ^= slots[2 * (hashes[j] & mask)];
    }
    hashes[BLOCK] = touched; // kept, or the reads ahead would be optimised away
    for (let j = 0; j < rows; j++) {
      const i = block + j;
      if (offsets[i] === offsets[i + 1]) continue;
      const hash = hashes[j];
      let slot = hash & mask;
      while (slots[2 * slot] !== 0 && !(slots[2 * slot + 1] === hash && same(slots[2 * slot] - 1, i))) slot = (slot + 1) & mask;
      if (slots[2 * slot] === 0) {
        slots[2 * slot] = i + 1;
        slots[2 * slot + 1] = hash;
        codes[i] = width++;
      } else codes[i] = codes[slots[2 * slot] - 1];
    }
  }
  return { codes, width };
}
