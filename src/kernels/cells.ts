/** Blocks of cells of delimited text, found and read in WebAssembly where rows are plain. `cells.as.ts` says what is plain. */
import { bytes as module } from './cells.as.ts?wasm';
import { kernelArea, openSpace } from './space.ts';

interface CellsExports {
  countFeeds: (bytes: number, size: number) => number;
  scanRows: (
    bytes: number,
    from: number,
    to: number,
    base: number,
    delimiter: number,
    quote: number,
    comment: number,
    stride: number,
    capacity: number,
    starts: number,
    ends: number,
    stop: number,
  ) => number;
  scanQuotedRows: (
    bytes: number,
    from: number,
    to: number,
    base: number,
    delimiter: number,
    quote: number,
    comment: number,
    stride: number,
    capacity: number,
    starts: number,
    ends: number,
    flags: number,
    stop: number,
  ) => number;
  readNumbers: (
    bytes: number,
    base: number,
    size: number,
    starts: number,
    ends: number,
    flags: number,
    stride: number,
    rows: number,
    decimal: number,
    values: number,
    odd: number,
    read: number,
  ) => number;
  readDates: (
    bytes: number,
    base: number,
    size: number,
    starts: number,
    ends: number,
    flags: number,
    stride: number,
    rows: number,
    values: number,
    odd: number,
    read: number,
  ) => number;
  readLabels: (
    bytes: number,
    base: number,
    size: number,
    starts: number,
    ends: number,
    flags: number,
    stride: number,
    rows: number,
    heads: number,
    table: number,
    fresh: number,
    codes: number,
    firsts: number,
    odd: number,
    slots: number,
    mask: number,
    hashes: number,
    told: number,
  ) => number;
  clearTable: (table: number) => void;
  teachLabels: (
    bytes: number,
    base: number,
    starts: number,
    ends: number,
    stride: number,
    firsts: number,
    hashes: number,
    codes: number,
    count: number,
    table: number,
    room: number,
  ) => void;
  readTexts: (
    bytes: number,
    base: number,
    size: number,
    starts: number,
    ends: number,
    flags: number,
    stride: number,
    rows: number,
    heads: number,
    out: number,
    offset: number,
    places: number,
    odd: number,
    read: number,
  ) => number;
}
const cellsArea = kernelArea<CellsExports>('cells', module);

/** Bytes of text in memory at once: at most, at least, and how many more than the last block needed. */
const WINDOW = 1 << 20;
const LEAST = 1 << 16;
const MORE = 1.25;
/** Bytes that the kernel may read behind the window or write behind a text, and cells that the scan may write behind the last row. */
const BEHIND = 64;
const SPARE = 72;
/** At most so many columns have a table of the labels that they know, of so many bytes. */
const MOST_TABLES = 64;
const TABLE_BYTES = 48 << 10;

/** Byte codes; 256 = none. */
export interface RowSigns {
  delimiter: number;
  quote: number;
  comment: number;
}
export interface FoundRows {
  rows: number;
  /** Where the first row that was not taken begins. */
  next: number;
  /** The window ends in that row, and the text goes on. */
  ranOut: boolean;
  /** How many of the rows end with CR LF; the others with LF. */
  pairs: number;
}
/** Values of a column by row, until the next column is read: NaN for empty cells and for those of the `odd` rows, in rising order. */
export interface ReadColumn {
  values: Float64Array;
  odd: Int32Array;
  seen: number;
  /** First row of a number with a decimal sign, or -1. */
  fraction: number;
  /** All numbers are whole. */
  whole: boolean;
}
/** Labels of a column by row, until the next column is read. */
export interface ReadLabels {
  /** Code of each row's text in the table; of others `fresh` and up, in order of first appearance; -1 empty, -2 one of the odd rows. */
  codes: Int32Array;
  /** Where each of those others stands first. */
  firsts: Int32Array;
  odd: Int32Array;
  empty: number;
}
/** Texts of a column, until the next column is read: those of plain rows one after another. */
export interface ReadTexts {
  bytes: Uint8Array;
  /** Where each row's text ends, counted from the offset that was given; empty cells and odd rows add nothing. */
  ends: Int32Array;
  odd: Int32Array;
  seen: number;
}
export type Cells = ReturnType<typeof openCells>;

/**
 * Room for a block of `cells` cells of `columns` columns, whose places its owner may write too. Close it in a `finally`.
 */
export function openCells(cells: number, columns = 1) {
  const tables = Math.min(columns, MOST_TABLES);
  const { at, call, close } = openSpace(cellsArea, (room) => ({
    text: room.u8(WINDOW + BEHIND),
    starts: room.i32(cells + SPARE).subarray(0, cells),
    ends: room.i32(cells + SPARE).subarray(0, cells),
    flags: room.u8(cells),
    values: room.f64(cells),
    odd: room.i32(cells),
    codes: room.i32(cells),
    firsts: room.i32(cells),
    hashes: room.i32(cells),
    slots: room.i32(4 * cells),
    heads: room.u8(256),
    tables: room.u8(tables * TABLE_BYTES),
    copied: room.u8(WINDOW + BEHIND),
    out: room.i32(4),
  }));
  const address = (view: ArrayBufferView) => view.byteOffset;
  const { text, starts, ends, flags, values, odd, out } = at;
  const free = Array.from({ length: tables }, (_, table) => address(at.tables) + table * TABLE_BYTES);
  let base = 0;
  let size = 0;
  let more = false;
  /** The last block ended where the window did. */
  let tooSmall = false;
  const columnOf = (oddRows: number, rows: number): ReadColumn => ({
    values: values.subarray(0, rows),
    odd: odd.subarray(0, oddRows),
    seen: out[0],
    fraction: out[1],
    whole: out[2] === 1,
  });
  const placesOf = (column: number) => [address(starts) + 4 * column, address(ends) + 4 * column, address(flags) + column] as const;
  return {
    starts,
    ends,
    flags,
    /** How many lines the text has from `from` on, by LF. The window is nowhere after it. */
    lines: (bytes: Uint8Array, from: number): number => {
      let count = bytes.length > from && bytes[bytes.length - 1] !== 10 ? 1 : 0;
      for (let at = from; at < bytes.length; at += WINDOW) {
        const piece = bytes.subarray(at, Math.min(at + WINDOW, bytes.length));
        text.set(piece);
        count += call.countFeeds(address(text), piece.length);
      }
      base = size = 0;
      return count;
    },
    /** Moves the window to `from`, where the next block begins. */
    show: (bytes: Uint8Array, from: number): void => {
      const wanted = from > base && !tooSmall ? Math.max(LEAST, Math.ceil((from - base) * MORE)) : WINDOW;
      base = from;
      size = Math.min(WINDOW, wanted, bytes.length - from);
      more = from + size < bytes.length;
      tooSmall = false;
      text.set(bytes.subarray(from, from + size));
    },
    /** Takes plain rows from `from` on, at most `capacity`, as those from row `row` of the block on; `quoted`: rows with quoted cells, and a few without. */
    rows: (
      from: number,
      { delimiter, quote, comment }: RowSigns,
      stride: number,
      row: number,
      capacity: number,
      quoted = false,
    ): FoundRows => {
      if (from >= base + size) return { rows: 0, next: from, ranOut: more, pairs: 0 };
      const first = row * stride;
      const [startsAt, endsAt, flagsAt] = placesOf(first);
      const signs = [address(text), from - base, size, base, delimiter, quote, comment, stride, capacity, startsAt, endsAt] as const;
      const found = quoted ? call.scanQuotedRows(...signs, flagsAt, address(out)) : call.scanRows(...signs, address(out));
      if (!quoted) flags.fill(0, first, first + found * stride);
      tooSmall = more && out[1] === 1;
      return { rows: found, next: base + out[0], ranOut: tooSmall, pairs: out[2] };
    },
    /** Reads the numbers of a column of the block. */
    numbers: (column: number, stride: number, rows: number, decimal: number): ReadColumn => {
      const lists = [address(values), address(odd), address(out)] as const;
      return columnOf(call.readNumbers(address(text), base, size, ...placesOf(column), stride, rows, decimal, ...lists), rows);
    },
    /** Reads the dates of a column of the block. */
    dates: (column: number, stride: number, rows: number): ReadColumn => {
      const lists = [address(values), address(odd), address(out)] as const;
      return columnOf(call.readDates(address(text), base, size, ...placesOf(column), stride, rows, ...lists), rows);
    },
    /** An empty table of labels for one column, or 0 when there is none left. */
    takeTable: (): number => {
      const table = free.pop() ?? 0;
      if (table > 0) call.clearTable(table);
      return table;
    },
    giveTable: (table: number): void => {
      if (table > 0) free.push(table);
    },
    /** Tells the labels of a column of the block apart; cells that begin with a byte that `heads` marks are odd. All codes in `table` are below `fresh`. */
    labels: (column: number, stride: number, rows: number, heads: Uint8Array, table = 0, fresh = 0): ReadLabels => {
      at.heads.set(heads);
      // At most half full.
      const mask = 2 ** (33 - Math.clz32(Math.max(rows, 2) - 1)) - 1;
      const places = [...placesOf(column), stride, rows, address(at.heads), table, fresh] as const;
      const lists = [
        address(at.codes),
        address(at.firsts),
        address(odd),
        address(at.slots),
        mask,
        address(at.hashes),
        address(out),
      ] as const;
      const count = call.readLabels(address(text), base, size, ...places, ...lists);
      return { codes: at.codes.subarray(0, rows), firsts: at.firsts.subarray(0, count), odd: odd.subarray(0, out[0]), empty: out[1] };
    },
    /** Tells the table the codes of the labels of that column that were just read as new. */
    teach: (column: number, stride: number, table: number, codes: Int32Array): void => {
      at.codes.set(codes);
      const [startsAt, endsAt] = placesOf(column);
      const lists = [address(at.firsts), address(at.hashes), address(at.codes), codes.length] as const;
      call.teachLabels(address(text), base, startsAt, endsAt, stride, ...lists, table, TABLE_BYTES);
    },
    /** Copies the texts of a column of the block; `heads` as for labels. */
    texts: (column: number, stride: number, rows: number, heads: Uint8Array, offset = 0): ReadTexts => {
      at.heads.set(heads);
      const places = [...placesOf(column), stride, rows, address(at.heads), address(at.copied), offset] as const;
      const count = call.readTexts(address(text), base, size, ...places, address(at.codes), address(odd), address(out));
      const ends = at.codes.subarray(0, rows);
      const length = rows > 0 ? ends[rows - 1] - offset : 0;
      return { bytes: at.copied.subarray(0, length), ends, odd: odd.subarray(0, count), seen: out[0] };
    },
    close,
  };
}
