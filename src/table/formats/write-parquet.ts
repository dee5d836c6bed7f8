/** A table as Parquet (hyparquet-writer, Snappy), loaded on demand: integers as INT64, dates as UTC milliseconds, missing as null. */
import type { BasicType } from 'hyparquet-writer';
import { type Column, cellsOf, isMissing } from '../column.ts';
import type { Table } from '../table.ts';

const TYPES: Record<Column['type'], BasicType> = {
  number: 'DOUBLE',
  integer: 'INT64',
  boolean: 'BOOLEAN',
  category: 'STRING',
  text: 'STRING',
  datetime: 'TIMESTAMP',
};

function valuesOf(column: Column): unknown[] {
  if (column.type !== 'integer' && column.type !== 'datetime') return cellsOf(column);
  const asValue = column.type === 'integer' ? BigInt : (ms: number) => new Date(ms);
  return Array.from(column.values, (value, row) => (isMissing(column, row) ? null : asValue(value)));
}

export async function writeParquet({ fields, columns }: Table): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const columnData = fields.map(({ name }, c) => ({ name, data: valuesOf(columns[c]), type: TYPES[columns[c].type] }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
