/**
 * Builder of category and text columns: numbers distinct texts while they are few, keeps plain text once they are many.
 * Which of the two a column becomes is decided at the end (`CATEGORY_LIMIT`, half the rows), unless the user set it.
 */
import { type Column, categories, type TextColumn } from '../column.ts';
import { isGuarded } from '../csv/guard.ts';
import { type Block, PLAIN } from './block.ts';
import { type Builder, type BuildSettings, type Marks, mark, marks } from './builder.ts';
import { ByteDictionary } from './dictionary.ts';
import { grownBytes, grownInts } from './grow.ts';

/** More distinct texts than this make a text column. */
export const CATEGORY_LIMIT = 1000;
/** Up to this many short labels are categories even when every row differs. */
const FEW = 50;
const SHORT = 24;

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

  constructor(
    readonly settings: BuildSettings,
    readonly want?: 'category' | 'text',
  ) {
    this.#codes = new Int32Array(settings.rows);
    if (want === 'text') this.#spill();
  }

  add(block: Block, column: number): boolean {
    const { starts, ends, flags, stride, rows, firstRow } = block;
    const { scratch, labels } = this.settings;
    for (let row = 0, at = column; row < rows; row++, at += stride) {
      if (starts[at] === ends[at]) {
        this.#put(-1);
        continue;
      }
      scratch.take(block, at);
      if (flags[at] === PLAIN) {
        if (scratch.trim()) mark(this.trimmed, firstRow + row);
        if (scratch.start === scratch.end) {
          this.#put(-1);
          continue;
        }
        const token = labels.find(scratch.bytes, scratch.start, scratch.end);
        if (token >= 0) {
          mark(this.tokens, firstRow + row, labels.texts[token]);
          this.#put(-1);
          continue;
        }
      }
      if (scratch.bytes[scratch.start] === 39 && isGuarded(scratch.bytes, scratch.start, scratch.end)) {
        mark(this.unguarded, firstRow + row);
        scratch.start++;
      }
      this.seen++;
      if (this.#text) this.#append(scratch.bytes, scratch.start, scratch.end);
      else {
        const code = this.dictionary.intern(scratch.bytes, scratch.start, scratch.end);
        this.#put(code);
        if (this.dictionary.size > CATEGORY_LIMIT && this.want !== 'category') this.#spill();
      }
    }
    return true;
  }

  #put(code: number): void {
    if (this.#text) {
      this.#text.offsets = grownInts(this.#text.offsets, this.length + 2);
      this.#text.offsets[this.length + 1] = this.#text.offsets[this.length];
    } else {
      this.#codes = grownInts(this.#codes, this.length + 1);
      this.#codes[this.length] = code;
    }
    this.length++;
  }
  #append(bytes: Uint8Array, start: number, end: number): void {
    const text = this.#text!;
    text.offsets = grownInts(text.offsets, this.length + 2);
    const at = text.offsets[this.length];
    text.bytes = grownBytes(text.bytes, at + end - start);
    if (end - start < 32) for (let i = start, to = at; i < end; i++, to++) text.bytes[to] = bytes[i];
    else text.bytes.set(bytes.subarray(start, end), at);
    text.offsets[++this.length] = at + end - start;
  }
  #spill(): void {
    const codes = this.#codes;
    const rows = this.length;
    this.#text = { bytes: new Uint8Array(1024), offsets: new Int32Array(Math.max(codes.length, rows) + 1) };
    this.length = 0;
    for (let row = 0; row < rows; row++) {
      if (codes[row] < 0) this.#put(-1);
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
