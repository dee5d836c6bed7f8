/** What a file looks like from its first bytes: format, dialect, encoding, column types with evidence. All overridable. */
import type { Problem } from '../base/problem.ts';
import type { Words } from '../base/words.ts';
import type { ColumnType, DateOrder } from '../kind/schema.ts';

export interface CsvDialect {
  delimiter: string;
  quote: string;
  decimal: '.' | ',';
  encoding: string;
  header: boolean;
  /** Lines before the header (a `sep=` line, comments). */
  skipLines: number;
  comment: string;
  /** Cell texts read as missing, besides the empty cell. */
  missing: string[];
}
/** A column's type with the evidence for it ("1,046 of 1,309 numbers, 263 empty"). */
export interface TypeGuess {
  name: string;
  type: ColumnType;
  evidence: Words;
  dateOrder?: DateOrder;
}
export interface Sniff {
  format: 'csv' | 'json' | 'parquet' | 'excel' | 'onnx' | 'model' | 'unknown';
  dialect?: CsvDialect;
  columns: TypeGuess[];
  /** First rows as texts. */
  preview: (string | null)[][];
  /** Rows in all, estimated from the head when the file is large. */
  rowEstimate: number;
  /** The column most likely to be predicted, and why. */
  target?: { column: string; reason: Words; task: 'classify' | 'regress' };
  /** Of a table without dates: the column that is clearly its time. */
  time?: string;
  problems: Problem[];
}
