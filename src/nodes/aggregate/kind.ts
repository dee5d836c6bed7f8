/** Aggregate: what the node is called, asks for and gives; the work is in `step.ts`. */
import { type Problem, problem } from '../../base/problem.ts';
import { labelWords, phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columns, flag, integer, type ParamValues, text } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { column } from '../../kind/schema.ts';
import { type Aggregate, aggregateType } from '../../table/verbs/aggregate.ts';
import { AGGREGATE_TITLES } from '../group-by/kind.ts';

/** Never the target: a sum that holds the answer would give it away. */
export const SUMMABLE = {
  types: ['number', 'integer', 'boolean'],
  roles: ['feature', 'meta', 'weight', 'time', 'id', 'group', 'prediction', 'probability'],
} as const;
const OFFERED: Aggregate[] = ['sum', 'mean', 'min', 'max', 'median', 'std', 'var', 'count', 'product'];
const HOW = Object.fromEntries(OFFERED.map((how) => [how, AGGREGATE_TITLES[how]]));

/** Type of one row's aggregate over columns of these types. */
export function acrossType(how: string, types: readonly string[]): 'number' | 'integer' {
  if (how === 'count') return 'integer';
  if (how === 'mean' || how === 'median' || how === 'std' || how === 'var') return 'number';
  return types.includes('number') ? 'number' : 'integer';
}

export const noMedian = problem({
  code: 'export.aggregate',
  at: { param: 'how' },
  message: phrase('export.median', 'The median across a row cannot be written into an ONNX file.'),
  hint: phrase('export.other-aggregate', 'Use another aggregate, for example the mean.'),
});

export const aggregateKind: Kind = {
  id: 'prepare.aggregate',
  version: 1,
  title: 'Aggregate',
  group: 'prepare',
  icon: 'sum',
  synonyms: [
    'sum',
    'mean',
    'total',
    'Apply Math Operation',
    'Aggregate Columns',
    'Column Aggregator',
    'Summarize Data',
    'df.sum',
    'df.mean',
    'row sum',
    'average',
  ],
  summary: 'Sum, average or count: down each column, or across each row.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    axis: choice(
      'Direction',
      'down',
      'Down gives one row; across adds one column.',
      { down: 'Down each column', across: 'Across each row' },
      { alias: 'axis' },
    ),
    how: choice('How', 'sum', 'The aggregate. The sum of no values is 0, the mean of none is missing.', HOW),
    columns: columns('Columns', { all: true }, 'Which number columns take part.', { filter: SUMMABLE }),
    name: text('New column', 'sum', 'Name of the column that is added.', { when: { param: 'axis', in: ['across'] } }),
    skipMissing: flag('Leave out missing values', true, 'Off: one missing value makes the result missing.', {
      advanced: true,
      alias: 'skipna',
    }),
    minCount: integer('Values needed', 0, 'Fewer values than this make a sum or product missing.', {
      min: 0,
      advanced: true,
      alias: 'min_count',
    }),
  },
  schema: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const chosen = resolveColumns(params.columns as ColumnPick, input.schema, SUMMABLE);
    const types = input.schema.columns.filter((c) => chosen.includes(c.name));
    if (params.axis === 'down') {
      const made = types.map((c) => column(c.name, aggregateType(params.how as Aggregate, c.type), { from: [c.name] }));
      return { table: { type: 'table', schema: { columns: made, rowCount: 1 } } };
    }
    const type = acrossType(
      params.how as string,
      types.map((c) => c.type),
    );
    const made = column(params.name as string, type, { from: chosen });
    const rest = input.schema.columns.filter((c) => c.name !== made.name);
    return { table: { ...input, schema: { ...input.schema, columns: [...rest, made] } } };
  },
  check: ({ params, inputs }) => {
    const problems: Problem[] = [];
    if (params.axis === 'across' && (params.name as string).trim() === '')
      problems.push(
        problem({
          code: 'aggregate.no-name',
          at: { param: 'name' },
          message: 'The new column has no name.',
          hint: 'Give it one, for example “sum”.',
        }),
      );
    const input = inputs.table;
    if (input?.type === 'table' && !input.schema.open && resolveColumns(params.columns as ColumnPick, input.schema, SUMMABLE).length === 0)
      problems.push(
        problem({
          code: 'aggregate.no-columns',
          at: { param: 'columns' },
          message: 'There is no number column to summarise.',
          hint: 'Choose columns of numbers; the target takes no part.',
        }),
      );
    return problems;
  },
  exportable: ({ params }) => (params.axis === 'across' && params.how === 'median' ? noMedian : true),
  brief: (params) => {
    const how = labelWords(AGGREGATE_TITLES[params.how as Aggregate]);
    return params.axis === 'down'
      ? phrase('brief.down', '{how} down', { how })
      : phrase('brief.across', '{how} across → {name}', { how, name: String(params.name) });
  },
  rows: 'new',
  learns: true,
  order: 'whole',
  target: 'never',
  effects: (params: ParamValues) => (params.axis === 'across' ? { rows: 'keep', learns: false, order: 'free' } : {}),
};
