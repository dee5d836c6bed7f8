/** Sample data: one of the bundled tables, there without a network. */
import type { Kind } from '../../kind/kind.ts';
import { catalogue, columnParam } from '../../kind/params.ts';
import { checkTarget, sourceSchema } from '../source-schema.ts';

export const sampleData: Kind = {
  id: 'data.sample',
  version: 1,
  title: 'Sample data',
  group: 'data',
  icon: 'sample',
  synonyms: ['Sample datasets', 'Datasets', 'Built-in data', 'Example data', 'iris', 'load_iris', 'toy data', 'demo'],
  summary: 'Use a bundled table to try things out; works offline.',
  inputs: [],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params: {
    sample: catalogue('Sample', 'sample', 'iris', 'Which bundled table. Its licence and source stand here.'),
    target: columnParam('Target', 'The column to predict later; it can also be chosen in the learner.', { optional: true }),
  },
  schema: ({ params, known }) => {
    const schema = sourceSchema(known, params.target);
    return { table: schema && { type: 'table', schema } };
  },
  check: checkTarget,
  brief: (params) => String(params.sample),
};
