/** K-means: what the node is called, asks for and gives; the work is in `step.ts`. */
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columns, flag, integer, seed, text } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { column, freeName, type TableSchema } from '../../kind/schema.ts';
import { MATRIX_COLUMNS } from '../column-matrix.ts';

/** The most groups that are tried where the number is to be chosen. */
export const MOST_AUTO = 10;

/** "C1", "C2" … the largest group first. */
export const clusterLabels = (count: number): string[] => Array.from({ length: count }, (_, c) => `C${c + 1}`);

export function clusterNames(taken: Set<string>, name: string): { cluster: string; distance: string } {
  const cluster = freeName(name.trim() || 'cluster', taken);
  return { cluster, distance: freeName(`${cluster} distance`, taken) };
}

/** The second output: what is known of each group; one column per coordinate of its centre is known after a run only. */
const summary: TableSchema = {
  columns: [
    column('cluster', 'category'),
    column('rows', 'integer'),
    column('mean distance', 'number'),
    column('silhouette', 'number'),
    column('share', 'number'),
  ],
  open: true,
};

export const clusters: Kind = {
  id: 'unsupervised.clusters',
  version: 1,
  title: 'K-means groups',
  group: 'unsupervised',
  icon: 'clusters',
  synonyms: [
    'KMeans',
    'k-means',
    'MiniBatchKMeans',
    'K-Means Clustering',
    'Assign Data to Clusters',
    'cluster',
    'clustering',
    'segment',
    'segmentation',
    'k-Means node',
    'Lloyd',
    'silhouette',
  ],
  summary: 'Find groups of similar rows, name each row’s group, and say how far it is from the group’s centre.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [
    { id: 'table', title: 'Table', type: 'table' },
    { id: 'clusters', title: 'Groups', type: 'table' },
  ],
  params: {
    columns: columns(
      'Columns',
      { all: true },
      'What makes rows similar: numbers, yes/no and categories. Missing numbers count as the mean.',
      {
        filter: MATRIX_COLUMNS,
      },
    ),
    k: integer('Groups (k)', null, 'How many groups to find.', {
      auto: 'Choose by silhouette, from 2 to 10',
      alias: 'n_clusters',
      min: 1,
      max: 1000,
    }),
    standardise: flag('Bring numbers to one scale', true, 'Otherwise columns of large numbers decide alone.'),
    restarts: integer('Starts', 3, 'Each start draws other first centres (k-means++); the best result is kept.', {
      alias: 'n_init',
      min: 1,
      max: 100,
      advanced: true,
    }),
    method: choice(
      'Rounds over',
      'all',
      'All rows in every round is more exact; a batch of 1,024 drawn rows is faster on very large tables.',
      { all: 'All rows', batches: 'Batches of rows (mini-batch)' },
      { alias: 'KMeans, MiniBatchKMeans', advanced: true },
    ),
    distance: flag(
      'Add the distance',
      true,
      'A column with each row’s distance from the centre of its group, in standard deviations if numbers are brought to one scale.',
    ),
    name: text('Name of the new column', 'cluster', 'Empty: cluster.', { advanced: true, placeholder: 'cluster' }),
    seed: seed('Seed', 'Draws the first centres.'),
  },
  schema: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return { clusters: { type: 'table', schema: summary } };
    const from = resolveColumns(params.columns as ColumnPick, input.schema, MATRIX_COLUMNS);
    const names = clusterNames(new Set(input.schema.columns.map((found) => found.name)), String(params.name));
    const made = [
      column(names.cluster, 'category', { from, ...(typeof params.k === 'number' ? { categories: clusterLabels(params.k) } : {}) }),
      ...(params.distance ? [column(names.distance, 'number', { from })] : []),
    ];
    return {
      table: { ...input, schema: { ...input.schema, columns: [...input.schema.columns, ...made] } },
      clusters: { type: 'table', schema: summary },
    };
  },
  exportable: () => true,
  brief: ({ k }) =>
    k === null ? phrase('brief.clusters-auto', '2 to 10 groups') : phrase('brief.clusters', '{count} {group|groups}', { count: Number(k) }),
  tags: { random: true, slow: true, view: 'bars' },
  rows: 'keep',
  learns: true,
  order: 'free',
  target: 'never',
};
