/** Group by as a barrier: a new table with one row per group, in ascending order of the keys. */
import { ProblemError } from '../../base/problem.ts';
import { type Phrase, phrase } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { type Column, gather } from '../../table/column.ts';
import { columnIndex, columnNamed, type Field, gatherRows, type Table, table } from '../../table/table.ts';
import { aggregate } from '../../table/verbs/aggregate.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import { countMissingInto } from '../../table/verbs/missing.ts';
import { rowGroups } from '../../table/verbs/row-keys.ts';
import { sortOrder } from '../../table/verbs/sort.ts';
import { aggregations, misfit } from './kind.ts';

/** Rows that have all keys. */
function keyed(input: Table, keys: readonly Column[]): Table {
  const missing = new Int32Array(input.rowCount);
  for (const key of keys) countMissingInto(key, missing);
  const there = Int32Array.from(missing, (_, i) => i).filter((i) => missing[i] === 0);
  return there.length === input.rowCount ? input : gatherRows(input, there);
}

export function make(whole: Table, params: ParamValues): Table {
  const names = chosenNames(whole, params.keys as ColumnPick);
  const keysOf = (t: Table) => names.map((name) => columnNamed(t, name));
  const input = params.missing ? whole : keyed(whole, keysOf(whole));
  const keys = keysOf(input);
  const { group, first, count } = rowGroups(keys, input.rowCount);
  const keyRows = keys.map((key) => gather(key, first));
  const order = sortOrder(
    keyRows.map((column) => ({ column, descending: false })),
    count,
  );
  const made = aggregations(params, names).map((item) => {
    const column = columnNamed(input, item.column);
    const wrong = misfit(item, column.type);
    if (wrong) throw new ProblemError(wrong);
    return { name: item.name, column: aggregate(item.how, column, group, count) };
  });
  const fields: Field[] = [
    ...names.map((name) => input.fields[columnIndex(input, name)]),
    ...made.map(({ name }) => ({ name, role: 'feature' as const })),
  ];
  return table(
    fields,
    [...keyRows, ...made.map(({ column }) => column)].map((column) => gather(column, order)),
    count,
  );
}

export const headline = (_before: Table, after: Table): Phrase =>
  phrase('result.groups', '{count} {group|groups}', { count: after.rowCount });
