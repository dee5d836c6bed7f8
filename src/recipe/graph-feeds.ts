/** Turns raw rows into what the exported graph is fed: one tensor [n, 1] per input column (contracts §3). */
import type { ColumnSchema } from '../kind/schema.ts';
import type { Feed } from '../onnx/session.ts';
import { columnNamed, type Table } from '../table/table.ts';
import { readAs } from './match-columns.ts';
import { labelAt, numbersOf } from './target.ts';

/** Numbers, yes/no and date-times as double (NaN missing); categories and texts as strings ('' missing). */
export function graphFeeds(inputs: readonly ColumnSchema[], table: Table): Record<string, Feed> {
  const dims = [table.rowCount, 1];
  return Object.fromEntries(
    inputs.map((input): [string, Feed] => {
      const column = readAs(columnNamed(table, input.name), input.type);
      if (column.type !== 'category' && column.type !== 'text') return [input.name, { dtype: 'double', dims, data: numbersOf(column) }];
      return [input.name, { dtype: 'string', dims, data: Array.from({ length: table.rowCount }, (_, row) => labelAt(column, row)) }];
    }),
  );
}
