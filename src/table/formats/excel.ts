/** Excel workbooks (.xlsx) by read-excel-file, loaded on demand, after the zip's true size was weighed. First sheet, or the named one. */
import type { CsvOptions } from '../csv/options.ts';
import { DAY_MS } from '../datetime.ts';
import { Tally } from '../findings/tally.ts';
import { clock } from './clock.ts';
import { columnsToTable, emptyResult } from './columns-to-table.ts';
import type { FormatResult } from './format-result.ts';

export async function readExcel(bytes: Uint8Array, options: CsvOptions & { sheet?: string } = {}): Promise<FormatResult> {
  const tally = new Tally();
  const { weighZip } = await import('./zip-size.ts');
  const weight = weighZip(bytes);
  if (!weight.ok) {
    tally.add('file.zip-bomb', { about: { reason: weight.reason } });
    return emptyResult(tally);
  }
  try {
    const { default: readSheets } = await import('read-excel-file/universal');
    const sheets = await readSheets(bytes.slice().buffer, { trim: false });
    const sheet = options.sheet ? sheets.find((one) => one.sheet === options.sheet) : sheets[0];
    if (!sheet) {
      tally.add('excel.no-sheet', { about: { sheet: options.sheet ?? '', sheets: sheets.map((one) => one.sheet).join(', ') } });
      return emptyResult(tally);
    }
    if (sheets.length > 1) tally.add('excel.one-sheet', { count: sheets.length, about: { sheet: sheet.sheet } });
    return sheetTable(sheet.data as unknown as unknown[][], options, tally);
  } catch (error) {
    tally.add('file.damaged', { about: { format: 'Excel', reason: error instanceof Error ? error.message : String(error) } });
    return emptyResult(tally);
  }
}

const isEmpty = (cell: unknown) => cell === null || cell === undefined || cell === '';

/** Rows of one cell above at least two rows of the commonest width: a title, not the table. */
function titleRows(rows: readonly unknown[][]): number {
  const widths = rows.map((row) => row.filter((cell) => !isEmpty(cell)).length);
  const first = widths.findIndex((width) => width > 1);
  const common = widths.filter((width) => width === widths[first]).length;
  return first > 0 && common > 1 && common * 2 > rows.length - first ? first : 0;
}

/** Spreadsheets keep a time of day as part of their day 0: 30 December 1899. */
const DAY_ZERO_MS = Date.UTC(1899, 11, 30);
function timeAlone(cell: unknown): unknown {
  if (!(cell instanceof Date)) return cell;
  const ms = cell.getTime() - DAY_ZERO_MS;
  return ms >= 0 && ms < DAY_MS ? clock(Math.round(ms) / 1000) : cell;
}

function sheetTable(data: readonly unknown[][], options: CsvOptions, tally: Tally): FormatResult {
  const there = data.slice(options.skipLines ?? 0).filter((row) => !row.every(isEmpty));
  const titles = options.skipLines === undefined ? titleRows(there) : 0;
  for (const row of there.slice(0, titles)) tally.add('csv.skipped-lines', { sample: String(row.find((cell) => !isEmpty(cell))) });
  const full = there.slice(titles).map((row) => row.map(timeAlone));
  const width = full.reduce((most, row) => Math.max(most, row.findLastIndex((cell) => !isEmpty(cell)) + 1), 0);
  if (width === 0) {
    tally.add('csv.empty');
    return emptyResult(tally);
  }
  const named = options.header ?? full[0].slice(0, width).every((cell) => isEmpty(cell) || typeof cell === 'string');
  if (!named) tally.add('csv.no-header', { about: { columns: width } });
  const rows = named ? full.slice(1) : full;
  const columns = Array.from({ length: width }, (_, k) => ({
    name: named ? String(full[0][k] ?? '') : `column_${k + 1}`,
    values: rows.map((row) => row[k] ?? null),
  }));
  return columnsToTable(columns, options, tally);
}
