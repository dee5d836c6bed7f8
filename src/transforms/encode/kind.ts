/** Encode categories: what the node is called, asks for and gives; the work is in `step.ts`. */
import { compareText } from '../../base/text-order.ts';
import { type Phrase, phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columns, flag, integer } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { type ColumnSchema, column, derivedRole, findColumn, freeName } from '../../kind/schema.ts';
import { BOOLEAN_LABELS } from '../../table/verbs/cast.ts';

export const ENCODABLE = { types: ['category', 'text', 'boolean'], roles: ['feature', 'meta'] } as const;

const BRIEFS: Readonly<Record<string, Phrase>> = {
  'one-hot': phrase('brief.one-hot', 'one column per level'),
  ordinal: phrase('brief.ordinal', 'rank'),
  frequency: phrase('brief.frequency', 'frequency'),
};

export const encode: Kind = {
  id: 'features.encode',
  version: 1,
  title: 'Encode categories',
  group: 'features',
  icon: 'encode',
  synonyms: [
    'one-hot',
    'one hot',
    'dummy variables',
    'get_dummies',
    'OneHotEncoder',
    'OrdinalEncoder',
    'LabelEncoder',
    'Convert to Indicator Values',
    'One to Many',
    'Category To Number',
    'Continuize',
    'label encoding',
    'frequency encoding',
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
  // Which levels get a column is decided by the training rows: the dictionary is the best guess before a run.
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
    const taken = new Set(input.schema.columns.map((found) => found.name));
    const made = [...chosen].flatMap((name) => {
      const { type, categories, role } = findColumn(input.schema, name) as ColumnSchema;
      const levels = type === 'boolean' ? BOOLEAN_LABELS : [...(categories ?? [])].sort(compareText);
      const shown = levels.length > (params.maxLevels as number) ? [] : levels.slice(params.dropFirst ? 1 : 0);
      return shown.map((level) => column(freeName(`${name}=${level}`, taken), 'integer', { from: [name], role: derivedRole(role) }));
    });
    return { table: { ...input, schema: { ...input.schema, columns: [...kept, ...made], open: true } } };
  },
  exportable: () => true,
  brief: ({ method }) => BRIEFS[String(method)] ?? '',
  rows: 'keep',
  learns: true,
  order: 'free',
  target: 'never',
};
