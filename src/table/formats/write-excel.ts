/** A table as an Excel sheet (write-excel-file), loaded on demand: names in the first row, missing cells empty, dates as dates. */
import type { SheetData, Value } from 'write-excel-file/universal';
import { ProblemError } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import { type Column, cellAt } from '../column.ts';
import { formatDateTime } from '../datetime.ts';
import type { Table } from '../table.ts';

/** Excel's own limits, https://support.microsoft.com/office/excel-specifications-and-limits. */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
const MOST_CHARACTERS = 32_767;
/** Every cell is an object and a piece of XML while the file is made; so many still fit in memory. */
const MOST_CELLS = 5_000_000;
/** Excel counts days from here on; what is earlier stays text. */
const FIRST_DATE = Date.UTC(1900, 2, 1);
const LAST_DATE = Date.UTC(10_000, 0, 1);

function cellOf(column: Column, row: number): Value | null {
  const value = cellAt(column, row);
  if (value === null) return null;
  if (column.type === 'datetime' && typeof value === 'number')
    return value >= FIRST_DATE && value < LAST_DATE ? new Date(value) : formatDateTime(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value === 'string' && value.length > MOST_CHARACTERS) throw new ProblemError(tooLong(row));
  return value;
}

const tooLarge = (rows: number, columns: number) => ({
  code: 'excel.too-large',
  at: { param: 'format' },
  message: phrase('excel.no-room', '{rows} rows × {columns} columns do not fit in an Excel sheet.', { rows, columns }),
  hint: 'Save as CSV or Parquet, or keep fewer rows or columns.',
});
const tooLong = (row: number) => ({
  code: 'excel.too-long',
  at: { param: 'format' },
  message: phrase('excel.long-text', 'Row {row} has a text of more than 32,767 characters, the most that Excel keeps in a cell.', {
    row: row + 1,
  }),
  hint: 'Save as CSV or Parquet, or drop the column.',
});

/** Throws a `ProblemError` for a table that Excel cannot hold. */
export async function writeExcel({ fields, columns, rowCount }: Table): Promise<Uint8Array> {
  if (rowCount >= MOST_ROWS || fields.length > MOST_COLUMNS || rowCount * fields.length > MOST_CELLS)
    throw new ProblemError(tooLarge(rowCount, fields.length));
  const { default: write } = await import('write-excel-file/universal');
  const head = fields.map(({ name }) => ({ value: name, fontWeight: 'bold' as const }));
  const rows: SheetData = Array.from({ length: rowCount }, (_, row) => columns.map((column) => cellOf(column, row)));
  const blob = await write([head, ...rows], { dateFormat: 'yyyy-mm-dd hh:mm:ss', stickyRowsCount: 1 }).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}
