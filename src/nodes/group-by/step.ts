/** Group by as a barrier: a new table with one row per group, in ascending order of the keys. */
import { ProblemError } from '../../base/problem.ts';
import { type Phrase, phrase } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import type { Column } from '../../table/column.ts';
import { gather } from '../../table/gather.ts';
import { columnIndex, columnNamed, type Field, type Table, table } from '../../table/table.ts';
import { aggregate } from '../../table/verbs/aggregate.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import { countMissingInto } from '../../table/verbs/missing.ts';
import { rowGroups } from '../../table/verbs/row-keys.ts';
import { sortOrder } from '../../table/verbs/sort.ts';
import { aggregations, misfit } from './kind.ts';

/** Groups of which no key is missing; rows of the others count nowhere, as theirs are whole groups too. */
function wholeGroups(keyRows: readonly Column[], order: Int32Array): Int32Array {
  const missing = new Int32Array(order.length);
  for (const key of keyRows) countMissingInto(key, missing);
  return order.filter((group) => missing[group] === 0);
}

export function make(input: Table, params: ParamValues): Table {
  const names = chosenNames(input, params.keys as ColumnPick);
  const keys = names.map((name) => columnNamed(input, name));
  const { group, first, count } = rowGroups(keys, input.rowCount);
  const keyRows = keys.map((key) => gather(key, first));
  const all = sortOrder(
    keyRows.map((column) => ({ column, descending: false })),
    count,
  );
  const order = params.missing ? all : wholeGroups(keyRows, all);
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
    order.length,
  );
}

export const headline = (_before: Table, after: Table): Phrase =>
  phrase('result.groups', '{count} {group|groups}', { count: after.rowCount });
