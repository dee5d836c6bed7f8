/**
 * Builder of category and text columns: numbers distinct texts while they are few, keeps plain text once they are many.
 * Which of the two a column becomes is decided at the end (`CATEGORY_LIMIT`, half the rows), unless the user set it.
 */
import { type Column, categories, type TextColumn } from '../column.ts';
import { isGuarded } from '../csv/guard.ts';
import { type Block, DOUBLED, PLAIN } from './block.ts';
import { type Builder, type BuildSettings, type Marks, mark, marks } from './builder.ts';
import { ByteDictionary } from './dictionary.ts';
import { grownBytes, grownInts } from './grow.ts';

/** More distinct texts than this make a text column. */
export const CATEGORY_LIMIT = 1000;
/** Up to this many short labels are categories even when every row differs. */
const FEW = 50;
const SHORT = 24;
const APOSTROPHE = 39;

export class LabelBuilder implements Builder {
  readonly mode = 'label';
  seen = 0;
  length = 0;
  readonly tokens: Marks = marks();
  readonly trimmed: Marks = marks();
  readonly unguarded: Marks = marks();
  readonly dictionary = new ByteDictionary();
  #codes: Int32Array;
  /** Set once texts are kept row by row. */
  #text?: { bytes: Uint8Array; offsets: Int32Array };
  /** First bytes of cells that need a second look: they may be padded, guarded, or tokens. */
  readonly #odd = new Uint8Array(256);

  constructor(
    readonly settings: BuildSettings,
    readonly want?: 'category' | 'text',
  ) {
    this.#codes = new Int32Array(settings.rows);
    for (const byte of [32, 9, APOSTROPHE, ...settings.labels.starts()]) this.#odd[byte] = 1;
    if (want === 'text') this.#spill();
  }

  add(block: Block, column: number): boolean {
    const { bytes, starts, ends, flags, stride, rows } = block;
    this.#reserve(rows);
    for (let row = 0, at = column; row < rows; row++, at += stride) {
      const start = starts[at];
      const end = ends[at];
      if (start === end) this.#putEmpty();
      else if (flags[at] < DOUBLED && this.#odd[bytes[start]] === 0 && bytes[end - 1] > 32) this.#put(bytes, start, end);
      else this.#putOdd(block, at, row);
    }
    return true;
  }

  /** A cell whose text may not be what stands there. */
  #putOdd(block: Block, at: number, row: number): void {
    const { scratch, labels } = this.settings;
    scratch.take(block, at);
    if (block.flags[at] === PLAIN) {
      if (scratch.trim()) mark(this.trimmed, block.firstRow + row);
      if (scratch.start === scratch.end) {
        this.#putEmpty();
        return;
      }
      const token = labels.find(scratch.bytes, scratch.start, scratch.end);
      if (token >= 0) {
        mark(this.tokens, block.firstRow + row, labels.texts[token]);
        this.#putEmpty();
        return;
      }
    }
    if (scratch.bytes[scratch.start] === APOSTROPHE && isGuarded(scratch.bytes, scratch.start, scratch.end)) {
      mark(this.unguarded, block.firstRow + row);
      scratch.start++;
    }
    this.#put(scratch.bytes, scratch.start, scratch.end);
  }

  /** Room for as many more rows. */
  #reserve(rows: number): void {
    if (this.#text) this.#text.offsets = grownInts(this.#text.offsets, this.length + rows + 1);
    else this.#codes = grownInts(this.#codes, this.length + rows);
  }
  #putEmpty(): void {
    const { length } = this;
    if (this.#text) this.#text.offsets[length + 1] = this.#text.offsets[length];
    else this.#codes[length] = -1;
    this.length = length + 1;
  }
  #put(bytes: Uint8Array, start: number, end: number): void {
    this.seen++;
    if (this.#text) {
      this.#append(bytes, start, end);
      return;
    }
    this.#codes[this.length++] = this.dictionary.intern(bytes, start, end);
    if (this.dictionary.size > CATEGORY_LIMIT && this.want !== 'category') this.#spill();
  }
  #append(bytes: Uint8Array, start: number, end: number): void {
    const text = this.#text!;
    const { offsets } = text;
    const at = offsets[this.length];
    if (at + end - start > text.bytes.length) text.bytes = grownBytes(text.bytes, at + end - start);
    const to = text.bytes;
    if (end - start < 32) for (let i = start, k = at; i < end; i++, k++) to[k] = bytes[i];
    else to.set(bytes.subarray(start, end), at);
    offsets[++this.length] = at + end - start;
  }
  #spill(): void {
    const codes = this.#codes;
    const rows = this.length;
    // The block that is being read has reserved its rows.
    this.#text = { bytes: new Uint8Array(1024), offsets: new Int32Array(codes.length + 1) };
    this.length = 0;
    for (let row = 0; row < rows; row++) {
      if (codes[row] < 0) this.#putEmpty();
      else {
        const label = this.dictionary.bytesOf(codes[row]);
        this.#append(label, 0, label.length);
      }
    }
    this.#codes = new Int32Array(0);
  }

  finish(): Column {
    if (!this.#text) {
      let labelBytes = 0;
      for (let entry = 0; entry < this.dictionary.size; entry++) labelBytes += this.dictionary.bytesOf(entry).length;
      const few = this.dictionary.size * 2 <= this.seen || (this.dictionary.size <= FEW && labelBytes <= this.dictionary.size * SHORT);
      if (few || this.want === 'category') {
        const labels = Array.from({ length: this.dictionary.size }, (_, entry) => this.dictionary.textOf(entry));
        return categories(this.#codes.slice(0, this.length), labels);
      }
      this.#spill();
    }
    const { bytes, offsets } = this.#text!;
    const column: TextColumn = {
      type: 'text',
      length: this.length,
      bytes: bytes.slice(0, offsets[this.length]),
      offsets: offsets.slice(0, this.length + 1),
    };
    return column;
  }
}
