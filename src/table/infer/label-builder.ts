/**
 * Builder of category and text columns: numbers distinct texts while they are few, keeps plain text once they are many.
 * Which of the two a column becomes is decided at the end (`CATEGORY_LIMIT`, half the rows), unless the user set it.
 */
import { type Column, categories, type TextColumn } from '../column.ts';
import { isGuarded } from '../csv/guard.ts';
import { type Block, PLAIN } from './block.ts';
import { type Builder, type BuildSettings, type Marks, mark, marks, type Scratch } from './builder.ts';
import { ByteDictionary } from './dictionary.ts';
import { cut, roomyBytes, roomyInts } from './grow.ts';

/** More distinct texts than this make a text column. */
export const CATEGORY_LIMIT = 1000;
/** Up to this many short labels are categories even when every row differs. */
const FEW = 50;
const SHORT = 24;
const APOSTROPHE = 39;
/** Bytes that are taken at once for texts still to come. */
const MOST_AHEAD = 1 << 28;
const NONE = new Int32Array(0);
/** Without a kernel every row is looked at by itself. */
const everyRow = (rows: number) => Int32Array.from({ length: rows }, (_, row) => row);
const copyOf = ({ count, rows, samples }: Marks): Marks => ({ count, rows: [...rows], samples: [...samples] });

export class LabelBuilder implements Builder {
  readonly mode = 'label';
  seen = 0;
  length = 0;
  readonly tokens: Marks = marks();
  readonly trimmed: Marks = marks();
  readonly unguarded: Marks = marks();
  readonly dictionary = new ByteDictionary();
  #codes: Int32Array = new Int32Array(0);
  /** The kernel's table of the labels so far; 0 when it has none left. */
  #table?: number;
  /** Set once texts are kept row by row. */
  #text?: { bytes: Uint8Array; offsets: Int32Array; used: number };
  /** First bytes of cells that need a second look: they may be padded, guarded, or tokens. */
  readonly #odd = new Uint8Array(256);

  constructor(
    readonly settings: BuildSettings,
    readonly want?: 'category' | 'text',
  ) {
    for (const byte of [32, 9, APOSTROPHE, ...settings.labels.starts()]) this.#odd[byte] = 1;
    if (want === 'text') this.#spill();
  }

  add(block: Block, column: number): boolean {
    this.#reserve(block.rows);
    if (!this.#text && !this.#addLabels(block, column)) {
      block.kernel?.giveTable(this.#table ?? 0);
      this.#spill();
    }
    if (this.#text) this.#addTexts(block, column);
    return true;
  }

  /** Numbers the block's labels; false, with nothing taken, when there are too many different ones. */
  #addLabels(block: Block, column: number): boolean {
    const { bytes, starts, ends, stride, rows, kernel } = block;
    const noted = [this.tokens, this.trimmed, this.unguarded];
    const before = noted.map(copyOf);
    this.#table ??= kernel?.takeTable() ?? 0;
    const fresh = this.dictionary.size;
    const { codes, firsts, odd, empty } = kernel?.labels(column, stride, rows, this.#odd, this.#table, fresh) ?? {
      codes: new Int32Array(rows).fill(-2),
      firsts: NONE,
      odd: everyRow(rows),
      empty: 0,
    };
    const limited = this.want !== 'category';
    if (limited && firsts.length > CATEGORY_LIMIT) return false;
    const known = new Int32Array(firsts.length);
    // New labels are numbered in the order of the rows, whether they are odd or not.
    let next = 0;
    const learn = (until: number) => {
      for (; next < firsts.length && firsts[next] < until; next++) {
        const at = firsts[next] * stride + column;
        known[next] = this.dictionary.intern(bytes, starts[at], ends[at]);
      }
    };
    const oddCodes = new Int32Array(odd.length);
    for (let i = 0; i < odd.length; i++) {
      learn(odd[i]);
      const cell = this.#cell(block, odd[i] * stride + column, odd[i]);
      oddCodes[i] = cell.start === cell.end ? -1 : this.dictionary.intern(cell.bytes, cell.start, cell.end);
    }
    learn(rows);
    if (limited && this.dictionary.size > CATEGORY_LIMIT) {
      for (const [i, marks] of noted.entries()) Object.assign(marks, before[i]);
      return false;
    }
    const out = this.#codes;
    const base = this.length;
    out.set(codes, base);
    // New labels among odd ones, or ones that the table could not take, have other codes than the kernel thought.
    if (known.some((code, k) => code !== fresh + k))
      for (let i = base; i < base + rows; i++) if (out[i] >= fresh) out[i] = known[out[i] - fresh];
    let missing = empty;
    for (let i = 0; i < odd.length; i++) {
      out[base + odd[i]] = oddCodes[i];
      if (oddCodes[i] < 0) missing++;
    }
    if (this.#table > 0 && known.length > 0) kernel?.teach(column, stride, this.#table, known);
    this.length += rows;
    this.seen += rows - missing;
    return true;
  }

  #addTexts(block: Block, column: number): void {
    const { stride, rows, kernel } = block;
    const text = this.#text!;
    const { used } = text;
    const { bytes, ends, odd, seen } = kernel?.texts(column, stride, rows, this.#odd, used) ?? {
      bytes: new Uint8Array(0),
      ends: new Int32Array(rows).fill(used),
      odd: everyRow(rows),
      seen: 0,
    };
    this.seen += seen;
    let row = 0;
    let added = 0;
    const copy = (until: number) => {
      if (row === until) return;
      const { offsets } = this.#text!;
      this.#append(bytes, row === 0 ? 0 : ends[row - 1] - used, ends[until - 1] - used);
      if (added === 0) offsets.set(ends.subarray(row, until), this.length + 1);
      else for (let i = row; i < until; i++) offsets[this.length + 1 + i - row] = ends[i] + added;
      this.length += until - row;
      row = until;
    };
    for (let i = 0; i < odd.length; i++) {
      copy(odd[i]);
      const cell = this.#cell(block, odd[i] * stride + column, odd[i]);
      if (cell.start < cell.end) this.seen++;
      this.#append(cell.bytes, cell.start, cell.end);
      added += cell.end - cell.start;
      this.#text!.offsets[++this.length] = this.#text!.used;
      row++;
    }
    copy(rows);
  }

  /** The text of a cell that may not be what stands there, in scratch; empty when it is missing. */
  #cell(block: Block, at: number, row: number): Scratch {
    const { scratch, labels } = this.settings;
    scratch.take(block, at);
    if (block.flags[at] === PLAIN) {
      if (scratch.trim()) mark(this.trimmed, block.firstRow + row);
      const token = labels.find(scratch.bytes, scratch.start, scratch.end);
      if (token >= 0) {
        mark(this.tokens, block.firstRow + row, labels.texts[token]);
        scratch.start = scratch.end;
      }
    }
    if (
      scratch.start < scratch.end &&
      scratch.bytes[scratch.start] === APOSTROPHE &&
      isGuarded(scratch.bytes, scratch.start, scratch.end)
    ) {
      mark(this.unguarded, block.firstRow + row);
      scratch.start++;
    }
    return scratch;
  }

  /** Room for as many more rows. */
  #reserve(rows: number): void {
    const { length } = this;
    const { rows: expected } = this.settings;
    if (this.#text) this.#text.offsets = roomyInts(this.#text.offsets, length + rows + 1, expected + 1);
    else this.#codes = roomyInts(this.#codes, length + rows, expected);
  }
  /** Adds bytes, not yet a row. */
  #append(bytes: Uint8Array, start: number, end: number): void {
    const text = this.#text!;
    const needed = text.used + end - start;
    if (needed > text.bytes.length) {
      // As many bytes for each of the expected rows as for those before, and some more.
      const perRow = this.length === 0 ? 0 : needed / this.length;
      text.bytes = roomyBytes(text.bytes, needed, Math.min(MOST_AHEAD, Math.ceil(perRow * this.settings.rows * 1.02)));
    }
    const to = text.bytes;
    if (end - start < 32) for (let i = start, k = text.used; i < end; i++, k++) to[k] = bytes[i];
    else to.set(bytes.subarray(start, end), text.used);
    text.used += end - start;
  }
  /** Labels so far become texts row by row; the block that is being read has reserved its rows. */
  #spill(): void {
    const codes = this.#codes;
    const rows = this.length;
    const text = { bytes: new Uint8Array(1024), offsets: new Int32Array(codes.length + 1), used: 0 };
    this.#text = text;
    for (let row = 0; row < rows; row++) {
      if (codes[row] >= 0) {
        const label = this.dictionary.bytesOf(codes[row]);
        this.#append(label, 0, label.length);
      }
      text.offsets[row + 1] = text.used;
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
        const codes = cut(this.#codes, this.length);
        this.#codes = NONE;
        return categories(codes, labels);
      }
      this.#spill();
    }
    const { bytes, offsets, used } = this.#text!;
    this.#text = undefined;
    const column: TextColumn = { type: 'text', length: this.length, bytes: cut(bytes, used), offsets: cut(offsets, this.length + 1) };
    return column;
  }
}
