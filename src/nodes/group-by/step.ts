/** Group by as a barrier: a new table with one row per group, in ascending order of the keys. */
import type { ParamValues } from '../../kind/params.ts';
import { gather, isMissing } from '../../table/column.ts';
import { columnNamed, type Field, gatherRows, schemaOf, type Table, table } from '../../table/table.ts';
import { aggregate } from '../../table/verbs/aggregate.ts';
import { rowGroups } from '../../table/verbs/row-keys.ts';
import { sortOrder } from '../../table/verbs/sort.ts';
import { aggregations, groupKeys } from './kind.ts';

export function make(whole: Table, params: ParamValues): Table {
  const names = groupKeys(schemaOf(whole), params);
  const wholeKeys = names.map((name) => columnNamed(whole, name));
  const there = Int32Array.from({ length: whole.rowCount }, (_, i) => i).filter(
    (i) => params.missing || !wholeKeys.some((key) => isMissing(key, i)),
  );
  const input = there.length === whole.rowCount ? whole : gatherRows(whole, there);
  const keys = names.map((name) => columnNamed(input, name));
  const { group, first, count } = rowGroups(keys, input.rowCount);
  const keyRows = keys.map((key) => gather(key, first));
  const order = sortOrder(
    keyRows.map((column) => ({ column, descending: false })),
    count,
  );
  const made = aggregations(params);
  const fields: Field[] = [
    ...names.map((name) => input.fields[input.fields.findIndex((f) => f.name === name)]),
    ...made.map((item) => ({ name: item.name, role: 'feature' as const })),
  ];
  const columns = [...keyRows, ...made.map((item) => aggregate(item.how, columnNamed(input, item.column), group, count))];
  return table(
    fields,
    columns.map((column) => gather(column, order)),
    count,
  );
}

export const headline = (_before: Table, after: Table): string => `${after.rowCount} groups`;
