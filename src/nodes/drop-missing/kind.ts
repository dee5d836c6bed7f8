/** Drop missing: what the node is called, asks for and gives; the work is in `step.ts`. */
import { labelWords, phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { choice, columns, integer, type ParamValues } from '../../kind/params.ts';

export const dropMissing: Kind = {
  id: 'prepare.drop-missing',
  version: 1,
  title: 'Drop missing',
  group: 'prepare',
  icon: 'drop',
  synonyms: [
    'dropna',
    'remove missing',
    'complete cases',
    'Missing Value Column Filter',
    'Clean Missing Data',
    'Missing Value',
    'Impute',
    'nan',
    'null',
    'empty',
  ],
  summary: 'Drop the rows, or the columns, that have missing values.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [
    { id: 'table', title: 'Table', type: 'table' },
    { id: 'dropped', title: 'Dropped rows', type: 'table' },
  ],
  params: {
    axis: choice('Drop', 'rows', 'Whether rows or whole columns go.', { rows: 'Rows', columns: 'Columns' }, { alias: 'axis' }),
    how: choice(
      'When',
      'any',
      'How many values must be missing.',
      { any: 'Any value is missing', all: 'All values are missing', atLeast: 'Fewer than this many values are there' },
      { alias: 'how' },
    ),
    thresh: integer('Values needed', 1, 'Rows (or columns) with fewer values than this are dropped.', {
      min: 0,
      when: { param: 'how', in: ['atLeast'] },
      alias: 'thresh',
    }),
    columns: columns(
      'Look at',
      { all: true },
      'For rows: the columns whose values count. For columns: the ones that may be dropped; the target always stays.',
      {
        alias: 'subset',
      },
    ),
  },
  schema: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const { rowCount, ...rest } = input.schema;
    // Which columns go is known only from the values.
    const kept = params.axis === 'columns' ? { ...rest, ...(rowCount === undefined ? {} : { rowCount }), open: true } : rest;
    return { table: { ...input, schema: kept }, dropped: { ...input, schema: rest } };
  },
  exportable: () => true,
  brief: (params) => {
    const axis = labelWords(params.axis === 'columns' ? 'Columns' : 'Rows');
    if (params.how === 'atLeast') return phrase('brief.drop-under', '{axis}, under {least} values', { axis, least: Number(params.thresh) });
    return params.how === 'all'
      ? phrase('brief.drop-all', '{axis}, all missing', { axis })
      : phrase('brief.drop-any', '{axis}, any missing', { axis });
  },
  rows: 'subset',
  learns: false,
  order: 'free',
  target: 'never',
  effects: (params: ParamValues) => (params.axis === 'columns' ? { rows: 'keep', learns: true } : {}),
};
