/**
 * The immutable column: typed arrays, missing values in band. NaN in number, integer and date-time; 2 in boolean; code -1
 * in category; the empty string in text (an empty and a missing text are one thing everywhere). Plain data, so a column
 * crosses workers as it is; behaviour stands here as functions.
 */
import { fromUtf8, utf8 } from '../base/bytes.ts';
import { arrayDigest, type Digest, hashText } from '../base/hash.ts';
import type { ColumnType } from '../kind/schema.ts';

export interface NumericColumn {
  readonly type: 'number' | 'integer' | 'datetime';
  readonly length: number;
  /** Numbers; whole numbers up to 2^53 for `integer`; milliseconds since 1970-01-01 UTC for `datetime`. */
  readonly values: Float64Array;
}
export interface BooleanColumn {
  readonly type: 'boolean';
  readonly length: number;
  /** 0 false, 1 true, 2 missing. */
  readonly values: Uint8Array;
}
export interface CategoryColumn {
  readonly type: 'category';
  readonly length: number;
  /** Index into `dictionary`, -1 missing. */
  readonly codes: Int32Array;
  /** Distinct non-empty labels; order is the column's own (first seen, or set by the user). */
  readonly dictionary: readonly string[];
}
export interface TextColumn {
  readonly type: 'text';
  readonly length: number;
  /** UTF-8 of all rows, row i at `offsets[i]` to `offsets[i + 1]`. */
  readonly bytes: Uint8Array;
  readonly offsets: Int32Array;
}
export type Column = NumericColumn | BooleanColumn | CategoryColumn | TextColumn;
/** A cell as people and JSON see it; date-times are milliseconds. */
export type Cell = string | number | boolean | null;

export const numeric = (values: Float64Array, type: NumericColumn['type'] = 'number'): NumericColumn => ({
  type,
  length: values.length,
  values,
});
export const booleans = (values: Uint8Array): BooleanColumn => ({ type: 'boolean', length: values.length, values });
export const categories = (codes: Int32Array, dictionary: readonly string[]): CategoryColumn => ({
  type: 'category',
  length: codes.length,
  codes,
  dictionary,
});

/** Text column of strings; null and '' are missing. */
export function texts(rows: readonly (string | null)[]): TextColumn {
  const parts = rows.map((row) => utf8(row ?? ''));
  const offsets = new Int32Array(rows.length + 1);
  for (let i = 0; i < parts.length; i++) offsets[i + 1] = offsets[i] + parts[i].length;
  const bytes = new Uint8Array(offsets[rows.length]);
  for (let i = 0; i < parts.length; i++) bytes.set(parts[i], offsets[i]);
  return { type: 'text', length: rows.length, bytes, offsets };
}

/** Category column of strings, dictionary in order of first appearance; null and '' are missing. */
export function categoriesOf(rows: readonly (string | null)[], dictionary?: readonly string[]): CategoryColumn {
  const index = new Map((dictionary ?? []).map((label, code) => [label, code]));
  const labels = [...(dictionary ?? [])];
  const codes = new Int32Array(rows.length).fill(-1);
  rows.forEach((row, i) => {
    if (row === null || row === '') return;
    let code = index.get(row);
    if (code === undefined) {
      code = labels.length;
      labels.push(row);
      index.set(row, code);
    }
    codes[i] = code;
  });
  return categories(codes, labels);
}

/** Column of cells in the given type; cells that do not fit become missing. For tests, grids and small results. */
export function columnOf(type: ColumnType, cells: readonly Cell[]): Column {
  switch (type) {
    case 'category':
      return categoriesOf(cells.map((c) => (c === null ? null : String(c))));
    case 'text':
      return texts(cells.map((c) => (c === null ? null : String(c))));
    case 'boolean':
      return booleans(Uint8Array.from(cells, (c) => (c === true || c === 1 ? 1 : c === false || c === 0 ? 0 : 2)));
    default:
      return numeric(
        Float64Array.from(cells, (c) => (typeof c === 'number' ? c : typeof c === 'boolean' ? Number(c) : Number.NaN)),
        type,
      );
  }
}

export function isMissing(column: Column, row: number): boolean {
  switch (column.type) {
    case 'category':
      return column.codes[row] < 0;
    case 'text':
      return column.offsets[row] === column.offsets[row + 1];
    case 'boolean':
      return column.values[row] === 2;
    default:
      return Number.isNaN(column.values[row]);
  }
}

export function countMissing(column: Column): number {
  const n = column.length;
  let count = 0;
  switch (column.type) {
    case 'category': {
      const { codes } = column;
      for (let i = 0; i < n; i++) if (codes[i] < 0) count++;
      return count;
    }
    case 'text': {
      const { offsets } = column;
      for (let i = 0; i < n; i++) if (offsets[i] === offsets[i + 1]) count++;
      return count;
    }
    case 'boolean': {
      const { values } = column;
      for (let i = 0; i < n; i++) if (values[i] === 2) count++;
      return count;
    }
    default: {
      const { values } = column;
      for (let i = 0; i < n; i++) if (Number.isNaN(values[i])) count++;
      return count;
    }
  }
}

export function cellAt(column: Column, row: number): Cell {
  if (isMissing(column, row)) return null;
  switch (column.type) {
    case 'category':
      return column.dictionary[column.codes[row]];
    case 'text':
      return fromUtf8(column.bytes.subarray(column.offsets[row], column.offsets[row + 1]));
    case 'boolean':
      return column.values[row] === 1;
    default:
      return column.values[row];
  }
}

export const cellsOf = (column: Column): Cell[] => Array.from({ length: column.length }, (_, i) => cellAt(column, i));

export function columnBytes(column: Column): number {
  switch (column.type) {
    case 'category':
      return column.codes.byteLength + column.dictionary.reduce((sum, label) => sum + label.length * 2 + 16, 0);
    case 'text':
      return column.bytes.byteLength + column.offsets.byteLength;
    default:
      return column.values.byteLength;
  }
}

const memo = new WeakMap<Column, Digest>();
/** Content digest, computed once per column object. */
export function columnDigest(column: Column): Digest {
  let digest = memo.get(column);
  if (digest === undefined) {
    switch (column.type) {
      case 'category':
        digest = hashText(`category ${arrayDigest(column.codes)} ${hashText(column.dictionary.join('\u0000'))}`);
        break;
      case 'text':
        digest = hashText(`text ${arrayDigest(column.offsets)} ${arrayDigest(column.bytes)}`);
        break;
      default:
        digest = hashText(`${column.type} ${arrayDigest(column.values)}`);
    }
    memo.set(column, digest);
  }
  return digest;
}
