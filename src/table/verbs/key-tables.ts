/** Hash tables over the cells of a column: keys are numbered from 1 in order of first appearance, and cells of another column can be looked up. */
import type { TextColumn } from '../column.ts';

/** Rows are taken in blocks: the places of all are fetched first, so that the waits for memory overlap. */
const BLOCK = 256;
const mix = (h: number): number => {
  const x = Math.imul(h ^ (h >>> 16), 0x45d9f3b);
  return x ^ (x >>> 15);
};
/** Open addressing, at most half full. */
const slotsFor = (rows: number): number => 2 ** (33 - Math.clz32(Math.max(rows, 4)));

export interface KeyTable<Cells> {
  /** Number of each cell, known ones and new ones; 0 stays where a cell is missing. */
  add: (cells: Cells, codes: Int32Array) => void;
  /** Number of each cell that is known; 0 for others and for missing ones. */
  find: (cells: Cells, codes: Int32Array) => void;
  /** One above the greatest number. */
  width: () => number;
}

/** NaN is missing; -0 equals 0. For at most `rows` different numbers. */
export function numberTable(rows: number): KeyTable<Float64Array> {
  const mask = slotsFor(rows) - 1;
  // Each slot holds the code and the number, so that a look-up touches no other row.
  const slots = new Int32Array(mask + 1);
  const held = new Float64Array(mask + 1);
  const bits = new Float64Array(1);
  const words = new Int32Array(bits.buffer);
  const places = new Int32Array(BLOCK + 1);
  let width = 1;
  const walk = (values: Float64Array, codes: Int32Array, adding: boolean) => {
    const n = values.length;
    for (let block = 0; block < n; block += BLOCK) {
      const end = Math.min(BLOCK, n - block);
      let touched = 0;
      for (let j = 0; j < end; j++) {
        bits[0] = values[block + j] + 0;
        places[j] = mix(words[0] ^ Math.imul(words[1], 0x9e3779b1)) & mask;
        touched ^= slots[places[j]];
      }
      places[BLOCK] = touched; // kept, or the reads ahead would be optimised away
      for (let j = 0; j < end; j++) {
        const value = values[block + j];
        if (Number.isNaN(value)) continue;
        let slot = places[j];
        while (slots[slot] !== 0 && held[slot] !== value) slot = (slot + 1) & mask;
        if (slots[slot] === 0 && adding) {
          slots[slot] = width++;
          held[slot] = value;
        }
        codes[block + j] = slots[slot];
      }
    }
  };
  return {
    add: (values, codes) => walk(values, codes, true),
    find: (values, codes) => walk(values, codes, false),
    width: () => width,
  };
}

/** One step of MurmurHash3 (Austin Appleby, public domain). */
function stir(hash: number, four: number): number {
  const word = Math.imul(four, 0xcc9e2d51);
  const next = hash ^ Math.imul((word << 15) | (word >>> 17), 0x1b873593);
  return (Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64) | 0;
}

/** Hash of the bytes, four a step; the last step takes the last four, some of them once more, so that no odd bytes are left over. */
function hashText(view: DataView, bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  const last = end - 4;
  if (last >= start) {
    for (let at = start; at < last; at += 4) hash = stir(hash, view.getInt32(at, true));
    hash = stir(hash, view.getInt32(last, true));
  } else for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
  return mix(hash);
}

/** Texts of `own`, compared as bytes, so that none is decoded; only `own` itself can be added. */
export function textTable(own: TextColumn): KeyTable<TextColumn> {
  const mask = slotsFor(own.length) - 1;
  // Pairs of row + 1 and hash side by side: rows of another hash are told apart without looking at them.
  const slots = new Int32Array(2 * (mask + 1));
  const codeOf = new Int32Array(own.length);
  const hashes = new Int32Array(BLOCK + 1);
  let width = 1;
  const walk = ({ bytes, offsets, length: n }: TextColumn, codes: Int32Array, adding: boolean) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const same = (known: number, row: number) => {
      const from = own.offsets[known];
      const start = offsets[row];
      const length = offsets[row + 1] - start;
      if (own.offsets[known + 1] - from !== length) return false;
      for (let k = 0; k < length; k++) if (own.bytes[from + k] !== bytes[start + k]) return false;
      return true;
    };
    for (let block = 0; block < n; block += BLOCK) {
      const end = Math.min(BLOCK, n - block);
      let touched = 0;
      for (let j = 0; j < end; j++) {
        hashes[j] = hashText(view, bytes, offsets[block + j], offsets[block + j + 1]);
        touched ^= slots[2 * (hashes[j] & mask)];
      }
      hashes[BLOCK] = touched; // kept, or the reads ahead would be optimised away
      for (let j = 0; j < end; j++) {
        const i = block + j;
        if (offsets[i] === offsets[i + 1]) continue;
        const hash = hashes[j];
        let slot = hash & mask;
        while (slots[2 * slot] !== 0 && !(slots[2 * slot + 1] === hash && same(slots[2 * slot] - 1, i))) slot = (slot + 1) & mask;
        if (slots[2 * slot] !== 0) codes[i] = codeOf[slots[2 * slot] - 1];
        else if (adding) {
          slots[2 * slot] = i + 1;
          slots[2 * slot + 1] = hash;
          codeOf[i] = width;
          codes[i] = width++;
        }
      }
    }
  };
  return {
    add: (texts, codes) => walk(texts, codes, true),
    find: (texts, codes) => walk(texts, codes, false),
    width: () => width,
  };
}
