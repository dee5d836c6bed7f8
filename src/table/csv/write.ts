/**
 * A table as CSV (RFC 4180, UTF-8, LF). Texts that a spreadsheet would run get a guarding apostrophe, which `readCsv` takes
 * off again; labels that would read as missing are quoted. Numbers are never touched, so −5 stays −5.
 */
import { concatBytes, utf8 } from '../../base/bytes.ts';
import type { Column } from '../column.ts';
import { formatDateTime } from '../datetime.ts';
import { missingTokens } from '../infer/tokens.ts';
import type { Table } from '../table.ts';
import { needsGuard } from './guard.ts';

export interface CsvWriteOptions {
  delimiter?: string;
  /** False writes texts as they are, for readers that are no spreadsheets. Default true. */
  guard?: boolean;
}
const CHUNK = 1 << 20;
const QUOTE = 34;

/** Collects bytes in chunks, so that no chunk is copied while it grows. */
class ByteSink {
  readonly #full: Uint8Array[] = [];
  #chunk = new Uint8Array(CHUNK);
  #at = 0;
  put(byte: number): void {
    if (this.#at === CHUNK) this.#flush();
    this.#chunk[this.#at++] = byte;
  }
  write(bytes: Uint8Array): void {
    if (this.#at + bytes.length > CHUNK) this.#flush();
    if (bytes.length > CHUNK) this.#full.push(bytes);
    else {
      this.#chunk.set(bytes, this.#at);
      this.#at += bytes.length;
    }
  }
  #flush(): void {
    this.#full.push(this.#chunk.subarray(0, this.#at));
    this.#chunk = new Uint8Array(CHUNK);
    this.#at = 0;
  }
  bytes(): Uint8Array<ArrayBuffer> {
    this.#flush();
    return concatBytes(this.#full);
  }
}

export function writeCsv(table: Table, { delimiter = ',', guard = true }: CsvWriteOptions = {}): Uint8Array<ArrayBuffer> {
  const sink = new ByteSink();
  const comma = delimiter.charCodeAt(0);
  const tokens = missingTokens().labels;
  const text = (cell: Uint8Array): Uint8Array => {
    const guarded = guard && needsGuard(cell, 0, cell.length);
    if (!guarded && !needsQuotes(cell, comma) && tokens.find(cell, 0, cell.length) < 0) return cell;
    return quoted(cell, guarded);
  };
  const writers = table.columns.map((column) => cellWriter(column, text, sink));
  const alone = table.columns.length === 1;
  const line = (write: (k: number) => void) => {
    for (let k = 0; k < table.columns.length; k++) {
      if (k > 0) sink.put(comma);
      write(k);
    }
    sink.put(10);
  };
  line((k) => sink.write(text(utf8(table.fields[k].name))));
  for (let row = 0; row < table.rowCount; row++) {
    line((k) => {
      if (writers[k](row) || !alone) return;
      sink.put(QUOTE);
      sink.put(QUOTE);
    });
  }
  return sink.bytes();
}

/** Writes one cell; false when it is missing (nothing written). */
function cellWriter(column: Column, text: (cell: Uint8Array) => Uint8Array, sink: ByteSink): (row: number) => boolean {
  const write = (bytes: Uint8Array) => {
    sink.write(bytes);
    return true;
  };
  if (column.type === 'category') {
    const labels = column.dictionary.map((label) => text(utf8(label)));
    return (row) => column.codes[row] >= 0 && write(labels[column.codes[row]]);
  }
  if (column.type === 'text') {
    const { bytes, offsets } = column;
    return (row) => offsets[row] < offsets[row + 1] && write(text(bytes.subarray(offsets[row], offsets[row + 1])));
  }
  if (column.type === 'boolean') {
    const words = [utf8('false'), utf8('true')];
    return (row) => column.values[row] < 2 && write(words[column.values[row]]);
  }
  const { values } = column;
  const show = column.type === 'datetime' ? formatDateTime : (x: number) => (Object.is(x, -0) ? '-0' : String(x));
  return (row) => !Number.isNaN(values[row]) && write(utf8(show(values[row])));
}

const isSpace = (c: number) => c === 32 || c === 9;
/** Quotes, delimiters and line ends inside, spaces around, and what the start of a file could mistake for no header. */
function needsQuotes(cell: Uint8Array, delimiter: number): boolean {
  const first = cell[0];
  if (isSpace(first) || isSpace(cell[cell.length - 1]) || first === 35 || first === 0xef) return true;
  if (first === 115 && cell[1] === 101 && cell[2] === 112 && cell[3] === 61) return true;
  for (let i = 0; i < cell.length; i++) {
    const c = cell[i];
    if (c === delimiter || c === QUOTE || c === 10 || c === 13) return true;
  }
  return false;
}

function quoted(cell: Uint8Array, guarded: boolean): Uint8Array {
  let quotes = 0;
  for (let i = 0; i < cell.length; i++) if (cell[i] === QUOTE) quotes++;
  const out = new Uint8Array(cell.length + quotes + 2 + (guarded ? 1 : 0));
  let at = 0;
  out[at++] = QUOTE;
  if (guarded) out[at++] = 39;
  for (let i = 0; i < cell.length; i++) {
    out[at++] = cell[i];
    if (cell[i] === QUOTE) out[at++] = QUOTE;
  }
  out[at] = QUOTE;
  return out;
}
