/** Train: what the node is called, asks for and gives. */
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { choice, columnParam, integer, number, type Params, seed } from '../../kind/params.ts';
import { modelAhead } from '../../learners/learner-kind.ts';
import { checkRows } from '../../recipe/series-model.ts';

const dealt = { param: 'fits', in: ['folds', 'part', 'time'] };
const params: Params = {
  fits: choice(
    'Fits',
    'one',
    'One model learns from all rows. On folds, each model learns from all rows but those of its fold, which say when to stop, and the answer is their mean: what AutoML does with a trial.',
    {
      one: 'One, on all rows',
      folds: 'The mean of one per fold',
      part: 'One, with a part kept aside to say when to stop',
      time: 'The mean of one per fold, forward in time',
    },
    { alias: 'bagging, cross_val_predict, num_bag_folds' },
  ),
  folds: integer('Folds', 5, 'Rows are dealt into so many, each with the same mix of the target.', {
    min: 2,
    max: 50,
    when: { param: 'fits', in: ['folds', 'time'] },
  }),
  share: number('Rows kept aside', 0.2, 'The share of rows that say when to stop.', {
    min: 0.02,
    max: 0.5,
    when: { param: 'fits', in: ['part'] },
  }),
  time: columnParam('Time column', 'Rows are ordered by this column.', {
    auto: 'the column with the role time',
    when: { param: 'fits', in: ['time'] },
    filter: { port: 'table' },
  }),
  seed: seed('Seed', 'Deals the rows; the learner has a seed of its own.', { when: dealt }),
};

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
  params,
  check: ({ inputs }) => checkRows(inputs.model),
  schema: ({ inputs: { table, learner } }) => ({
    model:
      table?.type === 'table' && learner?.type === 'learner'
        ? modelAhead(table.schema, learner.tasks as readonly ('classify' | 'regress')[], learner.params ?? {})
        : undefined,
  }),
  tags: { random: true, slow: true, stoppable: true, gpu: true, view: 'model' },
  brief: ({ fits, folds }) =>
    fits === 'folds' || fits === 'time' ? phrase('brief.mean-of-folds', 'mean of {folds} folds', { folds: Number(folds) }) : '',
  exportable: () => true,
};
