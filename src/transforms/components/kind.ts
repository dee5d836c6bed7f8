/** Principal components: what the node is called, asks for and gives; the work is in `step.ts`. */
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columns, flag, integer, number } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { column, freeName, type TableSchema } from '../../kind/schema.ts';

export const COMPONENT_COLUMNS = { types: ['number', 'integer', 'boolean'], roles: ['feature'] } as const;

/** "PC1", "PC2" …, the one that varies most first. */
export const componentNames = (taken: Set<string>, count: number): string[] =>
  Array.from({ length: count }, (_, i) => freeName(`PC${i + 1}`, taken));

const summary: TableSchema = {
  columns: [
    column('component', 'category'),
    column('variance share', 'number'),
    column('cumulative share', 'number'),
    column('variance', 'number'),
    column('kept', 'boolean'),
  ],
  open: true,
};

export const components: Kind = {
  id: 'features.components',
  version: 1,
  title: 'Principal components',
  group: 'features',
  icon: 'components',
  synonyms: [
    'PCA',
    'Principal Component Analysis',
    'principal components',
    'dimension reduction',
    'dimensionality reduction',
    'SVD',
    'Karhunen-Loève',
    'explained variance',
    'scree',
    'prcomp',
    'decorrelate',
    'whiten',
  ],
  summary: 'Replace many related numbers by few that keep most of how the rows differ.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [
    { id: 'table', title: 'Table', type: 'table' },
    { id: 'components', title: 'Components', type: 'table' },
  ],
  params: {
    columns: columns('Columns', { all: true }, 'Number columns to put together. Missing numbers count as the mean.', {
      filter: COMPONENT_COLUMNS,
    }),
    by: choice('Keep', 'share', 'As many components as hold a share of the variance, or a number that you give.', {
      share: 'A share of the variance',
      count: 'A number of components',
    }),
    share: number('Share of the variance', 0.95, 'The fewest components are kept that hold at least this share together.', {
      alias: 'n_components',
      min: 0.01,
      max: 1,
      when: { param: 'by', in: ['share'] },
      tune: { min: 0.5, max: 0.999 },
    }),
    count: integer('Components', 2, 'At most as many as there are columns, or rows.', {
      alias: 'n_components',
      min: 1,
      max: 2000,
      when: { param: 'by', in: ['count'] },
    }),
    standardise: flag('Bring numbers to one scale', true, 'Otherwise columns of large numbers decide alone.'),
    whiten: flag('Give every component deviation 1', false, 'For models that compare distances.', { alias: 'whiten', advanced: true }),
    keep: flag('Keep the columns too', false, 'The components are added; otherwise they replace the columns.'),
  },
  // How many components hold the share is known only from the rows.
  schema: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return { components: { type: 'table', schema: summary } };
    const from = resolveColumns(params.columns as ColumnPick, input.schema, COMPONENT_COLUMNS);
    const chosen = new Set(from);
    const kept = params.keep ? [...input.schema.columns] : input.schema.columns.filter((found) => !chosen.has(found.name));
    const count = params.by === 'count' ? Math.min(Number(params.count), from.length) : Math.min(1, from.length);
    const made = componentNames(new Set(input.schema.columns.map((found) => found.name)), count).map((name) =>
      column(name, 'number', { from }),
    );
    return {
      table: { ...input, schema: { ...input.schema, columns: [...kept, ...made], open: true } },
      components: { type: 'table', schema: summary },
    };
  },
  exportable: () => true,
  brief: ({ by, share, count }) =>
    by === 'share'
      ? phrase('brief.variance-share', '{share} % of the variance', { share: String(Number((Number(share) * 100).toFixed(1))) })
      : phrase('brief.components', '{count} {component|components}', { count: Number(count) }),
  tags: { view: 'bars' },
  rows: 'keep',
  learns: true,
  order: 'free',
  target: 'never',
};
