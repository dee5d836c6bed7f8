/** Finds a model's input columns in any table by name and castable type; the rest of rule 7 stands in `score.ts`. */
import type { ColumnSchema, ColumnType } from '../kind/schema.ts';
import { booleans, type Column, countMissing, numeric } from '../table/column.ts';
import { columnIndex, type Field, table as makeTable, type Table } from '../table/table.ts';
import { castColumn } from '../table/verbs/cast.ts';

const NUMBERS: readonly ColumnType[] = ['number', 'integer', 'boolean'];
const LABELS: readonly ColumnType[] = ['category', 'text'];

/** Whether values of one type can be read as another without guessing: numbers among themselves, anything plain as text. */
const castable = (from: ColumnType, to: ColumnType): boolean =>
  from === to || (NUMBERS.includes(from) && NUMBERS.includes(to)) || (LABELS.includes(to) && from !== 'datetime');

/** A model's input column from one that is castable. Fractions stay where training had whole numbers, as in the ONNX input. */
export const readAs = (column: Column, type: ColumnType): Column =>
  type === 'integer' && column.type === 'number' ? numeric(column.values, type) : castColumn(column, type);

/** A column of missing cells. */
export function missingColumn(type: ColumnType, rowCount: number): Column {
  if (type === 'category') return { type, length: rowCount, codes: new Int32Array(rowCount).fill(-1), dictionary: [] };
  if (type === 'text') return { type, length: rowCount, bytes: new Uint8Array(0), offsets: new Int32Array(rowCount + 1) };
  if (type === 'boolean') return booleans(new Uint8Array(rowCount).fill(2));
  return numeric(new Float64Array(rowCount).fill(Number.NaN), type);
}

/** A column without values has no type of its own: a file of rows to score may leave one empty. */
const fits = (column: Column, type: ColumnType): boolean => castable(column.type, type) || countMissing(column) === column.length;

/** Names of the wanted columns that the table lacks or has in a type that cannot be read as the wanted one. */
export function lacking(source: Table, wanted: readonly ColumnSchema[]): string[] {
  return wanted
    .filter(({ name, type }) => {
      const at = columnIndex(source, name);
      return at < 0 || !fits(source.columns[at], type);
    })
    .map((column) => column.name);
}

/** A table with exactly the wanted columns, cast; those not in `present` are left missing. */
export function conform(source: Table, wanted: readonly ColumnSchema[], present: ReadonlySet<string>): Table {
  const fields = wanted.map(({ name, role }): Field => ({ name, role }));
  const columns = wanted.map(({ name, type }) => {
    const at = present.has(name) ? columnIndex(source, name) : -1;
    return at < 0 ? missingColumn(type, source.rowCount) : readAs(source.columns[at], type);
  });
  return makeTable(fields, columns, source.rowCount);
}
