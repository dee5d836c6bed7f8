/** Sort as a table step: row indices in the new order. */
import { type Phrase, phrase } from '../../base/words.ts';
import type { ParamValues } from '../../kind/params.ts';
import { columnNamed, type Table } from '../../table/table.ts';
import { sortOrder } from '../../table/verbs/sort.ts';

export function select(table: Table, params: ParamValues): Int32Array {
  const keys = (params.by as { column: string | null; direction: string }[])
    .filter((key) => key.column)
    .map((key) => ({ column: columnNamed(table, key.column as string), descending: key.direction === 'descending' }));
  const order = sortOrder(keys, table.rowCount, params.missingFirst as boolean);
  return params.first === null ? order : order.slice(0, params.first as number);
}

export const headline = (before: Table, after: Table): Phrase | undefined =>
  after.rowCount < before.rowCount
    ? phrase('result.first-rows', 'first {after} of {before} rows', { after: after.rowCount, before: before.rowCount })
    : undefined;
