/** Excel workbooks (.xlsx) by read-excel-file, loaded on demand, after the zip's true size was weighed. First sheet, or the named one. */
import type { CsvOptions } from '../csv/options.ts';
import { Tally } from '../findings/tally.ts';
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

function sheetTable(data: readonly unknown[][], options: CsvOptions, tally: Tally): FormatResult {
  const full = data.slice(options.skipLines ?? 0).filter((row) => !row.every(isEmpty));
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
