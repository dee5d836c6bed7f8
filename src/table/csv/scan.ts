/**
 * Finds cells in CSV bytes: fills blocks of start and end positions, row by row, and leaves their meaning to the column
 * builders. Quotes, line ends of all kinds, ragged rows and comments are settled here, each oddity counted.
 */
import { fromUtf8 } from '../../base/bytes.ts';
import type { Cells } from '../../kernels/cells.ts';
import type { Tally } from '../findings/tally.ts';
import { type Block, cellText, DOUBLED, PLAIN, QUOTED, TRAILED } from '../infer/block.ts';

/** Byte codes; 256 = none. */
export interface ScanCodes {
  delimiter: number;
  quote: number;
  comment: number;
}

const BLOCK_CELLS = 1 << 16;
/** Cells of a block of rows of `stride` cells. */
export const blockCells = (stride: number): number => Math.max(BLOCK_CELLS, stride);
/** After a row that is not plain, so many more are taken one by one before the kernel is asked again: doubled each time that it takes none. */
const MOST_ALONE = 1024;
const HUGE_CELL = 1 << 16;
const LF = 10;
const CR = 13;

export class Scanner {
  at: number;
  row = 0;
  readonly lineEnds = { LF: 0, CRLF: 0, CR: 0 };
  /** Set after an unclosed quote: from there a quoted cell must close on its line, so that time stays linear. */
  #oneLine = false;
  readonly #stop = new Uint8Array(256);
  #start = 0;
  #end = 0;
  #flag = PLAIN;

  constructor(
    readonly bytes: Uint8Array,
    readonly codes: ScanCodes,
    from: number,
    readonly tally: Tally | undefined,
  ) {
    this.at = from;
    this.#stop[LF] = this.#stop[CR] = 1;
    this.#stop[codes.delimiter] = 1;
  }

  /** A block of rows of `stride` cells in the kernel's memory, which has room for `blockCells`. */
  block(stride: number, kernel: Cells): Block {
    const { starts, ends, flags } = kernel;
    return { bytes: this.bytes, starts, ends, flags, stride, rows: 0, firstRow: 0, quote: this.codes.quote, kernel };
  }

  /** Steps over one physical line, quotes or not. */
  skipLine(): string {
    const { bytes } = this;
    const from = this.at;
    let p = from;
    while (p < bytes.length && bytes[p] !== LF && bytes[p] !== CR) p++;
    const text = fromUtf8(bytes.subarray(from, Math.min(p, from + 200)));
    this.at = p;
    if (p < bytes.length) this.#lineEnd();
    return text;
  }

  #lineEnd(): void {
    const { bytes } = this;
    if (bytes[this.at] === LF) {
      this.lineEnds.LF++;
      this.at++;
    } else if (bytes[this.at + 1] === LF) {
      this.lineEnds.CRLF++;
      this.at += 2;
    } else {
      this.lineEnds.CR++;
      this.at++;
    }
  }

  /** True when a blank or comment line was stepped over. */
  #skipEmptyLine(): boolean {
    const { bytes } = this;
    const c = bytes[this.at];
    if (c === this.codes.comment) {
      this.tally?.add('csv.comments');
      this.skipLine();
      return true;
    }
    if (c !== LF && c !== CR && c !== 32 && c !== 9) return false;
    let p = this.at;
    while (p < bytes.length && (bytes[p] === 32 || bytes[p] === 9) && bytes[p] !== this.codes.delimiter) p++;
    if (p < bytes.length && bytes[p] !== LF && bytes[p] !== CR) return false;
    this.tally?.add('csv.blank-lines');
    this.at = p;
    if (p < bytes.length) this.#lineEnd();
    return true;
  }

  /** The next record as texts (header, preview); undefined at the end. */
  record(): string[] | undefined {
    const { bytes } = this;
    while (this.at < bytes.length && this.#skipEmptyLine());
    if (this.at >= bytes.length) return undefined;
    const texts: string[] = [];
    for (;;) {
      this.#cell();
      texts.push(cellText(bytes, this.#start, this.#end, this.#flag, this.codes.quote));
      if (this.at >= bytes.length) break;
      if (bytes[this.at] !== this.codes.delimiter) {
        this.#lineEnd();
        break;
      }
      this.at++;
    }
    this.row++;
    return texts;
  }

  /**
   * Plain rows from `at` on, or `quoted` ones, to the block, whose first `row` rows are filled; gives their number, or undefined where the kernel sees
   * no more of the text.
   */
  #rows(block: Block, row: number, capacity: number, quoted: boolean): number | undefined {
    const { rows, next, ranOut, pairs } = block.kernel!.rows(this.at, this.codes, block.stride, row, capacity - row, quoted);
    this.at = next;
    this.row += rows;
    this.lineEnds.CRLF += pairs;
    this.lineEnds.LF += rows - pairs;
    return rows === 0 && ranOut ? undefined : rows;
  }

  /** Fills the block with the next rows; false when there are none left. */
  fill(block: Block): boolean {
    const { bytes } = this;
    const { starts, ends, flags, stride, kernel } = block;
    const { delimiter, quote } = this.codes;
    const stop = this.#stop;
    const n = bytes.length;
    const capacity = Math.floor(starts.length / stride);
    let rows = 0;
    block.firstRow = this.row;
    // A delimiter of no byte is none that the kernel could look for.
    const helps = kernel !== undefined && delimiter < 256;
    if (helps) kernel.show(bytes, this.at);
    const mayQuote = quote < 256 && quote !== delimiter;
    let alone = 1;
    let asked = 0;
    while (rows < capacity && this.at < n) {
      if (helps && rows >= asked) {
        const plain = this.#rows(block, rows, capacity, false);
        if (plain === undefined && rows > 0) break;
        rows += plain ?? 0;
        const quoted = mayQuote && !this.#oneLine && rows < capacity && this.at < n ? this.#rows(block, rows, capacity, true) : 0;
        if (quoted === undefined && rows > 0) break;
        rows += quoted ?? 0;
        alone = plain || quoted ? 1 : Math.min(MOST_ALONE, 2 * alone);
        asked = quoted ? rows : rows + alone;
        if (quoted || rows === capacity || this.at >= n) continue;
      }
      const head = bytes[this.at];
      if ((head <= 32 || head === this.codes.comment) && this.#skipEmptyLine()) continue;
      let at = rows * stride;
      const last = at + stride;
      let p = this.at;
      for (;;) {
        let start = p;
        let end: number;
        let flag = PLAIN;
        const c = p < n ? bytes[p] : LF;
        if (c === quote || c === 32) {
          this.at = p;
          this.#cell();
          start = this.#start;
          end = this.#end;
          flag = this.#flag;
          p = this.at;
        } else {
          while (p < n && stop[bytes[p]] === 0) p++;
          end = p;
        }
        if (at < last) {
          starts[at] = start;
          ends[at] = end;
          flags[at] = flag;
        } else if (end > start) {
          this.tally?.add('csv.long-row', { row: this.row, sample: cellText(bytes, start, end, flag, quote) });
        }
        if (end - start > HUGE_CELL) this.tally?.add('csv.huge-cell', { row: this.row });
        at++;
        if (p >= n || bytes[p] !== delimiter) break;
        p++;
      }
      this.at = p;
      if (p < n) this.#lineEnd();
      if (at < last) {
        this.tally?.add('csv.short-row', { row: this.row });
        for (; at < last; at++) starts[at] = ends[at] = flags[at] = 0;
      }
      rows++;
      this.row++;
    }
    block.rows = rows;
    return rows > 0;
  }

  /** Any cell, from `at` to its delimiter, line end or end of file. */
  #cell(): void {
    const { bytes } = this;
    const { quote } = this.codes;
    let p = this.at;
    while (p < bytes.length && bytes[p] === 32 && this.#stop[32] === 0) p++;
    if (p < bytes.length && bytes[p] === quote && this.#quoted(p)) {
      if (p > this.at) this.tally?.add('csv.space-before-quote', { row: this.row });
      this.at = this.#after;
      return;
    }
    this.#start = this.at;
    this.#flag = PLAIN;
    while (p < bytes.length && this.#stop[bytes[p]] === 0) p++;
    this.#end = this.at = p;
  }

  #after = 0;
  /** Reads the quoted cell opened at `open`; false when it never closes. */
  #quoted(open: number): boolean {
    const { bytes } = this;
    const { quote } = this.codes;
    const n = bytes.length;
    let i = open + 1;
    let doubled = false;
    const unclosed = () => {
      this.tally?.add('csv.unclosed-quote', { row: this.row });
      return false;
    };
    for (;;) {
      if (this.#oneLine) while (i < n && bytes[i] !== quote && bytes[i] !== LF && bytes[i] !== CR) i++;
      else while (i < n && bytes[i] !== quote) i++;
      if (i >= n || bytes[i] !== quote) {
        this.#oneLine = true;
        return unclosed();
      }
      if (bytes[i + 1] !== quote) break;
      doubled = true;
      i += 2;
    }
    let p = i + 1;
    while (p < n && bytes[p] === 32 && this.#stop[32] === 0) p++;
    if (p >= n || this.#stop[bytes[p]] === 1) {
      this.#start = open + 1;
      this.#end = i;
      this.#flag = doubled ? DOUBLED : QUOTED;
    } else {
      // A cell over several lines whose "closing" quote is followed by text: that quote opens another cell.
      for (let k = open; k < i; k++) if (bytes[k] === LF || bytes[k] === CR) return unclosed();
      while (p < n && this.#stop[bytes[p]] === 0) p++;
      this.tally?.add('csv.text-after-quote', { row: this.row });
      this.#start = open;
      this.#end = p;
      this.#flag = TRAILED;
    }
    this.#after = p;
    return true;
  }
}
