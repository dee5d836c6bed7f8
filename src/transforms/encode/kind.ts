/** Encode categories: what the node is called, asks for and gives; the work is in `step.ts`. */
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columns, flag, integer } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { column } from '../../kind/schema.ts';

export const ENCODABLE = { types: ['category', 'text', 'boolean'], roles: ['feature', 'meta'] } as const;

export const encode: Kind = {
  id: 'features.encode',
  version: 1,
  title: 'Encode categories',
  group: 'features',
  icon: 'encode',
  synonyms: [
    'one-hot',
    'dummy',
    'get_dummies',
    'OneHotEncoder',
    'OrdinalEncoder',
    'Convert to Indicator Values',
    'One to Many',
    'label encoding',
    'Continuize',
  ],
  summary: 'Turn categories into numbers: one column per level, a rank, or how often the level occurs.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    columns: columns('Columns', { all: true }, 'Category columns to encode.', { filter: ENCODABLE }),
    method: choice(
      'Method',
      'one-hot',
      'Levels come from the training rows; a level never seen there gives zeros (one-hot), −1 (rank) or 0 (frequency).',
      {
        'one-hot': 'One column per level',
        ordinal: 'Rank in alphabetical order',
        frequency: 'Share of training rows',
      },
    ),
    maxLevels: integer('Most levels', 50, 'The most frequent levels get a column each; the others share none.', {
      min: 2,
      max: 1000,
      when: { param: 'method', in: ['one-hot'] },
      alias: 'max_categories',
    }),
    dropFirst: flag('Leave out the first level', false, 'For linear models without regularisation: the first level is what remains.', {
      when: { param: 'method', in: ['one-hot'] },
      alias: "drop='first'",
    }),
  },
  // One-hot columns are known once the levels are: from the dictionary when it is, else after a run.
  schema: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const chosen = new Set(resolveColumns(params.columns as ColumnPick, input.schema, ENCODABLE));
    if (params.method !== 'one-hot') {
      const type = params.method === 'ordinal' ? ('integer' as const) : ('number' as const);
      const coded = input.schema.columns.map((found) => {
        if (!chosen.has(found.name)) return found;
        const { categories: _levels, ...rest } = found;
        return { ...rest, type };
      });
      return { table: { ...input, schema: { ...input.schema, columns: coded } } };
    }
    const kept = input.schema.columns.filter((found) => !chosen.has(found.name));
    const known = input.schema.columns.filter((found) => chosen.has(found.name));
    const levels = known.flatMap((found) =>
      (found.categories ?? []).map((level) => column(`${found.name}=${level}`, 'integer', { from: [found.name] })),
    );
    return { table: { ...input, schema: { ...input.schema, columns: [...kept, ...levels], open: true } } };
  },
  exportable: () => true,
  brief: (params) => ({ 'one-hot': 'one column per level', ordinal: 'rank', frequency: 'frequency' })[params.method as string] ?? '',
  rows: 'keep',
  learns: true,
  order: 'free',
  target: 'never',
};
