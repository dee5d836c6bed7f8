/** Train: what the node is called, asks for and gives. */
import type { Kind } from '../../kind/kind.ts';
import { modelAhead } from '../../learners/learner-kind.ts';

export const train: Kind = {
  id: 'evaluate.train',
  version: 1,
  title: 'Train',
  group: 'evaluate',
  icon: 'train',
  synonyms: ['Train Model', 'warm_start', 'init_model', 'fit', 'Learner', 'model.fit', 'train', 'learn', 'X-Partitioner Learner'],
  summary: 'Train a learner on a table; the model carries the preparation before it. Gradient boosting can go on from a model of its own.',
  inputs: [
    { id: 'learner', title: 'Learner', type: 'learner', required: true },
    { id: 'table', title: 'Training rows', type: 'table', required: true },
    { id: 'model', title: 'Continue from', type: 'model' },
  ],
  outputs: [{ id: 'model', title: 'Model', type: 'model' }],
  params: {},
  schema: ({ inputs: { table, learner } }) => ({
    model:
      table?.type === 'table' && learner?.type === 'learner'
        ? modelAhead(table.schema, learner.tasks as readonly ('classify' | 'regress')[], learner.params ?? {})
        : undefined,
  }),
  tags: { random: true, slow: true, stoppable: true, gpu: true, view: 'model' },
  exportable: () => true,
};
