/** Isolation forest: what the node is called, asks for and gives; the work is in `step.ts`. */
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, columns, integer, number, seed, text } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { column, freeName } from '../../kind/schema.ts';
import { MATRIX_COLUMNS } from '../column-matrix.ts';

export function anomalyNames(taken: Set<string>, name: string): { score: string; outlier: string } {
  const score = freeName(name.trim() || 'anomaly', taken);
  return { score, outlier: freeName('outlier', taken) };
}

export const anomalies: Kind = {
  id: 'unsupervised.anomalies',
  version: 1,
  title: 'Isolation forest',
  group: 'unsupervised',
  icon: 'anomaly',
  synonyms: [
    'IsolationForest',
    'iForest',
    'anomaly detection',
    'outliers',
    'outlier detection',
    'PCA-Based Anomaly Detection',
    'One-Class Support Vector Machine',
    'fraud',
    'novelty',
    'contamination',
    'unusual rows',
  ],
  summary: 'Score how unusual each row is by how few random cuts set it apart, and mark the most unusual ones.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [
    { id: 'table', title: 'Table', type: 'table' },
    { id: 'outliers', title: 'Outliers', type: 'table' },
  ],
  params: {
    columns: columns(
      'Columns',
      { all: true },
      'What makes rows unusual: numbers, yes/no and categories. Missing numbers count as the mean.',
      {
        filter: MATRIX_COLUMNS,
      },
    ),
    contamination: number('Share of outliers', null, 'How many of the learning rows to mark, the most unusual first.', {
      auto: 'Rows with a score above 0.5',
      alias: 'contamination',
      min: 0.0001,
      max: 0.5,
    }),
    trees: integer('Trees', 100, 'More give a steadier score.', { alias: 'n_estimators', min: 10, max: 1000, advanced: true }),
    sample: integer('Rows per tree', 256, 'Few rows are enough to set the unusual ones apart, and keep them from hiding each other.', {
      alias: 'max_samples',
      min: 2,
      max: 10000,
      advanced: true,
    }),
    name: text('Name of the new column', 'anomaly', 'Empty: anomaly.', { advanced: true, placeholder: 'anomaly' }),
    seed: seed('Seed', 'Draws rows, columns and cuts.'),
  },
  schema: ({ params, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const from = resolveColumns(params.columns as ColumnPick, input.schema, MATRIX_COLUMNS);
    const names = anomalyNames(new Set(input.schema.columns.map((found) => found.name)), String(params.name));
    const made = [column(names.score, 'number', { from }), column(names.outlier, 'boolean', { from })];
    const schema = { ...input.schema, columns: [...input.schema.columns, ...made] };
    return { table: { ...input, schema }, outliers: { type: 'table', schema: { columns: schema.columns } } };
  },
  exportable: () => true,
  brief: ({ contamination }) =>
    contamination === null
      ? phrase('brief.anomaly-auto', 'score above 0.5')
      : phrase('brief.anomaly-share', '{share} % most unusual', { share: String(Number((Number(contamination) * 100).toFixed(2))) }),
  tags: { random: true },
  rows: 'keep',
  learns: true,
  order: 'free',
  target: 'never',
};
