/** What the reader of each file format answers. */
import type { Problem } from '../../base/problem.ts';
import type { CsvDialect, TypeGuess } from '../sniff.ts';
import type { Table } from '../table.ts';

export interface FormatResult {
  table: Table;
  columns: TypeGuess[];
  problems: Problem[];
  dialect?: CsvDialect;
}
