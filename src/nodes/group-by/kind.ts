/** Group by: what the node is called, asks for and gives; the work is in `step.ts`. */
import { type Problem, problem } from '../../base/problem.ts';
import { labelWords, phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columnParam, columns, flag, list, type ParamValues, text } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { type ColumnSchema, type ColumnType, column, findColumn, freeName, type TableSchema } from '../../kind/schema.ts';
import { type Aggregate, aggregateType, canAggregate } from '../../table/verbs/aggregate.ts';

export const AGGREGATE_TITLES: Record<Aggregate, string> = {
  count: 'Count of values',
  size: 'Number of rows',
  sum: 'Sum',
  mean: 'Mean',
  min: 'Smallest',
  max: 'Largest',
  median: 'Median',
  std: 'Standard deviation',
  var: 'Variance',
  first: 'First',
  last: 'Last',
  distinct: 'Distinct values',
  mode: 'Most frequent',
  product: 'Product',
};
export interface Aggregation {
  column: string;
  how: Aggregate;
  name: string;
}
/** Complete aggregations with their output names: `age_mean` unless named, and none that a key or an earlier one has. */
export function aggregations(params: ParamValues, keys: readonly string[]): Aggregation[] {
  const taken = new Set<string>(keys);
  return (params.values as unknown as { column: string | null; how: Aggregate; name: string }[]).flatMap(({ column, how, name }) =>
    column ? [{ column, how, name: freeName(name || `${column}_${how}`, taken) }] : [],
  );
}

/** Why a column of this type cannot be summarised so; undefined when it can. */
export const misfit = ({ column, how }: Aggregation, type: ColumnType): Problem | undefined =>
  canAggregate(how, type)
    ? undefined
    : problem({
        code: 'group-by.type',
        at: { param: 'values', column },
        args: { how, column, type },
        message:
          type === 'datetime'
            ? phrase('group-by.holds-dates', '“{how}” needs numbers, and “{column}” holds dates.', {
                how: labelWords(AGGREGATE_TITLES[how]),
                column,
              })
            : phrase('group-by.holds-texts', '“{how}” needs numbers, and “{column}” holds texts.', {
                how: labelWords(AGGREGATE_TITLES[how]),
                column,
              }),
        hint: 'Choose “Most frequent”, “Count of values” or “Distinct values”, or make the column a number first.',
      });

const groupKeys = (schema: TableSchema, params: ParamValues): string[] => resolveColumns(params.keys as ColumnPick, schema);

export const groupBy: Kind = {
  id: 'prepare.group-by',
  version: 1,
  title: 'Group by',
  group: 'prepare',
  icon: 'group',
  synonyms: [
    'groupby',
    'agg',
    'aggregate',
    'GroupBy',
    'Group by',
    'Summarize Data',
    'summarise',
    'value_counts',
    'pivot',
    'rollup',
    'count by',
  ],
  summary: 'One row per group, with counts, sums, means and more.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    keys: columns('Group by', { names: [] }, 'Rows with equal values here form a group; groups come out in ascending order.', {
      alias: 'by',
    }),
    values: list('Compute', [], 'One column each.', {
      itemLabel: 'Value',
      item: {
        column: columnParam('Column', 'What is summarised.'),
        how: choice('How', 'mean', 'The summary. Missing values are left out.', AGGREGATE_TITLES),
        name: text('Name', '', 'Name of the new column.', { placeholder: 'age_mean' }),
      },
    }),
    missing: flag('A group for missing keys', true, 'Off: rows with a missing key are left out, as pandas does.', {
      advanced: true,
      alias: 'dropna=False',
    }),
  },
  schema: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const names = groupKeys(input.schema, params);
    const keys = names.map((name) => findColumn(input.schema, name) as ColumnSchema);
    const made = aggregations(params, names).flatMap((item) => {
      const found = findColumn(input.schema, item.column);
      if (!found) return [];
      const type = aggregateType(item.how, found.type);
      const labels = type === 'category' && found.categories ? { categories: found.categories } : {};
      return [column(item.name, type, { from: [item.column], ...labels })];
    });
    return { table: { type: 'table', schema: { columns: [...keys, ...made] } } };
  },
  check: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return [];
    return aggregations(params, []).flatMap((item) => {
      const found = findColumn(input.schema, item.column);
      return (found && misfit(item, found.type)) ?? [];
    });
  },
  brief: (params) =>
    'names' in (params.keys as object)
      ? phrase('brief.by', 'by {columns}', { columns: (params.keys as { names: string[] }).names.join(', ') })
      : phrase('brief.by-rule', 'by rule'),
  rows: 'new',
  learns: true,
  order: 'whole',
  target: 'never',
};
