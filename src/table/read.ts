/** The one door for reading a file into a table: finds the format, loads its reader on demand, answers table, problems and guess. */
import type { Problem } from '../base/problem.ts';
import type { CsvOptions } from './csv/options.ts';
import { readCsv } from './csv/read.ts';
import { Tally } from './findings/tally.ts';
import { emptyResult } from './formats/columns-to-table.ts';
import type { FormatResult } from './formats/format-result.ts';
import { gunzip, isGzip, MOST_UNPACKED, nameInside } from './formats/gunzip.ts';
import { type FileFormat, guessFormat } from './guess/format.ts';
import { identifiers } from './guess/identifiers.ts';
import { previewOf } from './guess/preview.ts';
import { guessTarget } from './guess/target.ts';
import { timeIndex } from './series/time-index.ts';
import type { Sniff, TypeGuess } from './sniff.ts';
import { type Field, type Table, table, withColumns } from './table.ts';

export interface ReadOptions extends CsvOptions {
  /** Helps to tell formats apart by extension. */
  name?: string;
  format?: FileFormat;
  /** Excel: the sheet's name; default the first. */
  sheet?: string;
}
export interface ReadResult {
  table: Table;
  problems: Problem[];
  guess: Sniff;
}

async function readAs(format: FileFormat, bytes: Uint8Array, options: ReadOptions): Promise<FormatResult> {
  switch (format) {
    case 'csv':
      return readCsv(bytes, options);
    case 'json':
      return (await import('./formats/json.ts')).readJson(bytes, options);
    case 'parquet':
      return (await import('./formats/parquet.ts')).readParquet(bytes, options);
    case 'excel':
      return (await import('./formats/excel.ts')).readExcel(bytes, options);
    default: {
      const tally = new Tally();
      tally.add('file.not-a-table');
      return { table: table([], [], 0), columns: [], problems: tally.problems() };
    }
  }
}

const PREVIEW_ROWS = 50;

/** The table with the order in which each column's dates were read, where that matters. */
function withDateOrders(read: Table, guesses: readonly TypeGuess[]): Table {
  const orders = new Map(guesses.flatMap(({ name, dateOrder }) => (dateOrder ? [[name, dateOrder] as const] : [])));
  if (orders.size === 0) return read;
  const fields = read.fields.map((field): Field => {
    const dateOrder = orders.get(field.name);
    return dateOrder ? { ...field, dateOrder } : field;
  });
  return withColumns(read, fields, read.columns);
}

/** The table with the role `id` where a column only tells rows apart, and a note on each. */
function withIdentifiers(read: Table): { table: Table; notes: Problem[] } {
  const ids = new Map(identifiers(read).map((found) => [found.name, found.code]));
  if (ids.size === 0) return { table: read, notes: [] };
  const tally = new Tally();
  for (const [column, code] of ids) tally.add(code, { column });
  const fields = read.fields.map((field): Field => (ids.has(field.name) ? { ...field, role: 'id' } : field));
  return { table: withColumns(read, fields, read.columns), notes: tally.problems() };
}

function unreadable(why: 'gzip.damaged' | 'gzip.too-big'): ReadResult {
  const tally = new Tally();
  tally.add(why, { about: { gigabytes: MOST_UNPACKED / 2 ** 30 } });
  const { table, problems } = emptyResult(tally);
  return { table, problems, guess: { format: 'unknown', columns: [], preview: [], rowEstimate: 0, problems } };
}

/** Reads the whole file, unpacked where it is gzip; what it holds never throws: problems of severity `error` come with an empty table. */
export async function readTable(given: Uint8Array, asked: ReadOptions = {}): Promise<ReadResult> {
  const bytes = isGzip(given) ? await gunzip(given) : given;
  if (typeof bytes === 'string') return unreadable(bytes);
  const options = isGzip(given) ? { ...asked, name: nameInside(asked.name) } : asked;
  const format = options.format ?? guessFormat(bytes, options.name);
  const { table: read, columns, problems: found, dialect } = await readAs(format, bytes, options);
  const { table, notes } = withIdentifiers(withDateOrders(read, columns));
  const problems = [...found, ...notes];
  const preview = previewOf(table, PREVIEW_ROWS);
  const time = timeIndex(table);
  const guess: Sniff = {
    format,
    dialect,
    columns,
    preview,
    rowEstimate: table.rowCount,
    target: guessTarget(table),
    ...(time === undefined ? {} : { time }),
    problems,
  };
  return { table, problems, guess };
}
