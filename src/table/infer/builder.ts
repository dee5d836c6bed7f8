/** What a column builder is: takes one column of each block, gives up at the first cell that does not fit unless forced. */

import { fromUtf8 } from '../../base/bytes.ts';
import type { DateOrder } from '../../kind/schema.ts';
import type { Column } from '../column.ts';
import { type Block, DOUBLED, unquote } from './block.ts';
import { type ParsedNumber, parsedNumber } from './number.ts';
import type { TokenSet } from './tokens.ts';

export type Mode = 'number' | 'other-number' | 'boolean' | 'month-first' | 'day-first' | 'label';

export interface Builder {
  readonly mode: Mode;
  /** Non-missing cells so far. */
  seen: number;
  length: number;
  /** False: a cell does not fit and the builder is of no more use. */
  add(block: Block, column: number): boolean;
  /** The column; the builder lets go of its rows and is of no more use. */
  finish(): Column;
}

/** What every builder of one column shares. */
export interface BuildSettings {
  /** Expected row count, for the first allocation. */
  rows: number;
  decimal: number;
  /** The user set the type: cells that do not fit become missing, and are counted. */
  forced: boolean;
  /** The user set how 01/02/2023 is read, so it is no longer ambiguous. */
  orderSet: boolean;
  values: TokenSet;
  labels: TokenSet;
  scratch: Scratch;
}

/** Counts per column that become diagnostics. */
export interface Marks {
  count: number;
  rows: number[];
  samples: string[];
}
export const marks = (): Marks => ({ count: 0, rows: [], samples: [] });
export function mark(to: Marks, row: number, sample?: string): void {
  to.count++;
  if (to.rows.length < 5) to.rows.push(row);
  if (sample !== undefined && to.samples.length < 5 && !to.samples.includes(sample)) to.samples.push(sample);
}

/** A cell's bytes, unquoted into `buffer` where the raw span is not the text itself. */
export class Scratch {
  buffer = new Uint8Array(256);
  bytes: Uint8Array = this.buffer;
  start = 0;
  end = 0;
  readonly number: ParsedNumber = parsedNumber();

  take(block: Block, at: number): void {
    const start = block.starts[at];
    const end = block.ends[at];
    const flag = block.flags[at];
    if (flag < DOUBLED) {
      this.bytes = block.bytes;
      this.start = start;
      this.end = end;
      return;
    }
    if (this.buffer.length < end - start) this.buffer = new Uint8Array((end - start) * 2);
    this.bytes = this.buffer;
    this.start = 0;
    this.end = unquote(block.bytes, start, end, flag, block.quote, this.buffer);
  }
  /** Leaves out spaces and tabs around; true when there were any. */
  trim(): boolean {
    const { bytes } = this;
    const length = this.end - this.start;
    while (this.start < this.end && (bytes[this.start] === 32 || bytes[this.start] === 9)) this.start++;
    while (this.end > this.start && (bytes[this.end - 1] === 32 || bytes[this.end - 1] === 9)) this.end--;
    return this.end - this.start !== length;
  }
  text(): string {
    return fromUtf8(this.bytes.subarray(this.start, this.end));
  }
}

export const isDateMode = (mode: Mode): mode is DateOrder => mode === 'month-first' || mode === 'day-first';
