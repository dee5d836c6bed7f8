/** Target encoding: what the node is called, asks for and gives; the work is in `step.ts`. */
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columnParam, columns, flag, number } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { ENCODABLE } from '../encode/kind.ts';

export const targetEncode: Kind = {
  id: 'features.target-encode',
  version: 1,
  title: 'Encode by target',
  group: 'features',
  icon: 'encode',
  synonyms: [
    'TargetEncoder',
    'target encoding',
    'mean encoding',
    'likelihood encoding',
    'impact encoding',
    'CatBoost encoder',
    'leave-one-out encoding',
    'high cardinality',
    'many categories',
  ],
  summary:
    'Turn each category into the mean of the target in the training rows that have it; for categories with many levels. A training row gets the mean of others, never its own.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    columns: columns('Columns', { all: true }, 'Category columns to encode.', { filter: ENCODABLE }),
    target: columnParam('Target', 'The column whose mean is taken: of a number, or the share of each class.', {
      auto: 'Guess from the table',
      alias: 'y',
      filter: { port: 'table' },
    }),
    task: choice(
      'Task',
      'auto',
      'Automatic: categories, texts and yes/no are classes; so are whole numbers that are only two, or that run from 0 or 1 without a gap and are at most 20. Other numbers are amounts.',
      { auto: 'Automatic', classify: 'Predict a class', regress: 'Predict a number' },
      { advanced: true },
    ),
    smoothing: number(
      'Smoothing',
      10,
      'So many rows of the overall mean are added to each level, so that rare levels say little. Levels that occur once have the overall mean.',
      { min: 0, max: 10_000, alias: 'smooth' },
    ),
    keep: flag('Keep the columns', false, 'The category columns stay beside the new ones.'),
  },
  // How many classes there are is known only when it runs.
  schema: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const chosen = new Set(params.keep ? [] : resolveColumns(params.columns as ColumnPick, input.schema, ENCODABLE));
    const kept = input.schema.columns.filter(({ name, role }) => role === 'target' || name === params.target || !chosen.has(name));
    return { table: { ...input, schema: { ...input.schema, columns: kept, open: true } } };
  },
  exportable: () => true,
  brief: ({ smoothing }) => phrase('brief.target-encode', 'smoothing {smoothing}', { smoothing: Number(smoothing) }),
  rows: 'keep',
  learns: true,
  order: 'free',
  target: 'reads',
};
