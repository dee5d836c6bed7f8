/** Distinct byte strings, numbered in order of first appearance, by open addressing over their bytes; no string is made. */
import { fromUtf8 } from '../../base/bytes.ts';
import { grownBytes, grownInts } from './grow.ts';

export class ByteDictionary {
  size = 0;
  #bytes: Uint8Array = new Uint8Array(1024);
  /** Entry i lies at offsets[i] to offsets[i + 1]. */
  #offsets: Int32Array = new Int32Array(64);
  #slots = new Int32Array(256).fill(-1);
  #hashes: Int32Array = new Int32Array(64);

  /** Number of the entry, added when new (then `size` has grown). */
  intern(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    const length = end - start;
    let slot = hash & mask;
    for (; this.#slots[slot] >= 0; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot];
      if (this.#hashes[entry] !== hash) continue;
      const at = this.#offsets[entry];
      if (this.#offsets[entry + 1] - at !== length) continue;
      let i = 0;
      while (i < length && this.#bytes[at + i] === bytes[start + i]) i++;
      if (i === length) return entry;
    }
    const entry = this.size++;
    const at = this.#offsets[entry];
    this.#bytes = grownBytes(this.#bytes, at + length);
    this.#bytes.set(bytes.subarray(start, end), at);
    this.#offsets = grownInts(this.#offsets, entry + 2);
    this.#offsets[entry + 1] = at + length;
    this.#hashes = grownInts(this.#hashes, entry + 1);
    this.#hashes[entry] = hash;
    this.#slots[slot] = entry;
    if (this.size * 2 > this.#slots.length) this.#rehash();
    return entry;
  }
  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(-1);
    for (let entry = 0; entry < this.size; entry++) {
      let slot = this.#hashes[entry] & (slots.length - 1);
      while (slots[slot] >= 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = entry;
    }
    this.#slots = slots;
  }
  bytesOf(entry: number): Uint8Array {
    return this.#bytes.subarray(this.#offsets[entry], this.#offsets[entry + 1]);
  }
  textOf(entry: number): string {
    return fromUtf8(this.bytesOf(entry));
  }
}
