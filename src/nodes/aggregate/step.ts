/** Aggregate as a barrier (down) or as a kept column (across); pandas' df.sum(axis) and friends. */
import { columnsChanged, columnsOf, type Phrase } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { type Column, columnOf, countMissing, numeric } from '../../table/column.ts';
import { columnNamed, type Table, table, withColumns } from '../../table/table.ts';
import { type Aggregate, aggregate } from '../../table/verbs/aggregate.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import { acrossType, SUMMABLE } from './kind.ts';

export { lower } from './lower.ts';

/** Names of the columns that take part: roles are known here, and not in the graph. */
export const fit = (input: Table, params: ParamValues): string[] => chosenNames(input, params.columns as ColumnPick, SUMMABLE);
const isSum = (how: unknown) => how === 'sum' || how === 'product';

export function make(input: Table, params: ParamValues): Table {
  const names = fit(input, params);
  const group = new Int32Array(input.rowCount);
  const columns = names.map((name): Column => {
    const column = columnNamed(input, name);
    const result = aggregate(params.how as Aggregate, column, group, 1);
    const missing = countMissing(column);
    const short = isSum(params.how) && input.rowCount - missing < (params.minCount as number);
    const spoiled = params.how !== 'count' && !params.skipMissing && missing > 0;
    return short || spoiled ? columnOf(result.type, [null]) : result;
  });
  return table(names, columns, 1);
}

export function apply(input: Table, params: ParamValues, fitted: unknown): Table {
  const sources = (fitted as readonly string[]).map((name) => columnNamed(input, name));
  // One long column, grouped by row, so that across and down share one definition of every aggregate.
  const cells = new Float64Array(input.rowCount * sources.length);
  const group = new Int32Array(cells.length);
  const present = new Int32Array(input.rowCount);
  sources.forEach((column, k) => {
    if (column.type === 'category' || column.type === 'text') return;
    for (let i = 0; i < input.rowCount; i++) {
      const value = column.type === 'boolean' && column.values[i] === 2 ? Number.NaN : column.values[i];
      cells[i * sources.length + k] = value;
      group[i * sources.length + k] = i;
      if (!Number.isNaN(value)) present[i]++;
    }
  });
  const type = acrossType(
    params.how as string,
    sources.map((column) => column.type),
  );
  const { values } = aggregate(params.how as Aggregate, numeric(cells), group, input.rowCount) as { values: Float64Array };
  const final = values.map((value, i) => {
    const short = isSum(params.how) && present[i] < (params.minCount as number);
    const spoiled = params.how !== 'count' && !params.skipMissing && present[i] < sources.length;
    return short || spoiled ? Number.NaN : value;
  });
  const name = params.name as string;
  const kept = input.fields.map((_, i) => i).filter((i) => input.fields[i].name !== name);
  return withColumns(
    input,
    [...kept.map((i) => input.fields[i]), { name, role: 'feature' }],
    [...kept.map((i) => input.columns[i]), numeric(final, type)],
  );
}

export const headline = (before: Table, after: Table, params: ParamValues): Phrase =>
  params.axis === 'across' ? columnsChanged(before.columns.length, after.columns.length) : columnsOf(after.columns.length);
