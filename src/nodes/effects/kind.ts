/** Column effects: what the node is called, asks for and gives. */
import type { Kind } from '../../kind/kind.ts';
import { integer, seed, text } from '../../kind/params.ts';
import { column } from '../../kind/schema.ts';
import { checkRows } from '../../recipe/series-model.ts';

export const effects: Kind = {
  id: 'evaluate.effects',
  version: 1,
  title: 'Column effects',
  group: 'evaluate',
  icon: 'effects',
  synonyms: [
    'Permutation Feature Importance',
    'permutation_importance',
    'feature importance',
    'Partial dependence',
    'PartialDependenceDisplay',
    'PDP',
    'ICE',
    'what-if',
    'Global Feature Importance',
  ],
  summary:
    'Show which columns a model of any kind leans on (shuffled one at a time), and how its answer moves along each (partial dependence and single rows).',
  inputs: [
    { id: 'model', title: 'Model', type: 'model', required: true },
    { id: 'table', title: 'Rows to try', type: 'table', required: true },
  ],
  outputs: [
    { id: 'curves', title: 'Answer along each column', type: 'table' },
    { id: 'importances', title: 'Importance by column', type: 'table' },
  ],
  params: {
    rows: integer('Most rows', 1000, 'So many rows, evenly spread, are used for the importances.', { min: 20, max: 100_000, log: true }),
    repeats: integer('Shuffles', 5, 'How often each column is shuffled; the spread gets more certain.', {
      min: 1,
      max: 50,
      alias: 'n_repeats',
    }),
    columns: integer('Columns with curves', 9, 'The most important columns get a curve.', { min: 1, max: 50 }),
    points: integer('Points', 20, 'Values tried along each column.', { min: 2, max: 100, alias: 'grid_resolution', advanced: true }),
    class: text('Class', '', 'The class whose probability the curves show. Empty: of two classes the positive one, of more the last.'),
    seed: seed(),
  },
  check: ({ inputs }) => checkRows(inputs.model),
  schema: () => ({
    curves: {
      type: 'table',
      schema: {
        columns: [
          column('column', 'category'),
          column('value', 'text'),
          column('at', 'number'),
          column('mean', 'number'),
          column('low', 'number'),
          column('high', 'number'),
        ],
        open: true,
      },
    },
    importances: {
      type: 'table',
      schema: { columns: [column('column', 'category'), column('importance', 'number'), column('spread', 'number')] },
    },
  }),
  rows: 'new',
  learns: false,
  order: 'free',
  target: 'never',
  tags: { slow: true, random: true, view: 'effects' },
};
