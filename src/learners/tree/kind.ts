/** Decision tree: a chain of yes/no questions that people can read. */
import { phrase, rowsOf } from '../../base/words.ts';
import { choice, integer, number } from '../../kind/params.ts';
import { classWeight, FOR_CLASSES } from '../common-params.ts';
import { learnerKind } from '../learner-kind.ts';

export const tree = learnerKind({
  id: 'learn.tree',
  version: 1,
  title: 'Decision tree',
  icon: 'tree',
  synonyms: [
    'DecisionTreeClassifier',
    'DecisionTreeRegressor',
    'CART',
    'Tree',
    'Classification tree',
    'Regression tree',
    'Decision Tree Learner',
    'rpart',
    'C4.5',
    'J48',
  ],
  summary: 'Ask one yes/no question after another; easy to read, and it takes missing values as they are.',
  tasks: ['classify', 'regress'],
  params: {
    max_depth: integer('Most levels', 6, 'How many questions deep the tree may go.', {
      auto: 'No limit',
      alias: 'max_depth',
      min: 1,
      max: 64,
      tune: { min: 2, max: 20 },
    }),
    min_leaf: integer('Least rows in a leaf', 5, 'More makes a smaller, steadier tree.', {
      alias: 'min_samples_leaf',
      min: 1,
      max: 1000000,
      log: true,
      tune: { min: 1, max: 64, log: true },
    }),
    min_split: integer('Least rows to split', 2, 'A node with fewer rows stays a leaf.', {
      alias: 'min_samples_split',
      min: 2,
      max: 1000000,
      advanced: true,
    }),
    max_leaves: integer('Most leaves', null, 'The best splits come first.', {
      auto: 'No limit',
      alias: 'max_leaf_nodes',
      min: 2,
      max: 100000,
      advanced: true,
    }),
    criterion: choice(
      'Purity measure',
      'gini',
      'How a split is judged for classes; numbers are always judged by squared error.',
      { gini: 'Gini', entropy: 'Entropy' },
      { alias: 'criterion', advanced: true, when: { param: 'task', in: ['auto', 'classify'] }, tune: ['gini', 'entropy'] },
    ),
    smoothing: number(
      'Smoothing of shares',
      1,
      'Each leaf’s class shares are taken as if this many average rows of the table had reached it too, so that a few rows never make a class impossible. 0 gives the plain shares, as scikit-learn does.',
      { min: 0, max: 1000, advanced: true, when: { param: 'task', in: ['auto', 'classify'] }, tune: { min: 0, max: 10 } },
    ),
    class_weight: classWeight(FOR_CLASSES),
  },
  brief: ({ max_depth: depth, min_leaf: least, max_leaves: most }) => {
    const levels =
      depth === null ? phrase('brief.any-depth', 'any depth') : phrase('brief.levels', '{count} {level|levels}', { count: Number(depth) });
    const rows = rowsOf(Number(least));
    return most === null
      ? phrase('brief.tree', '{levels}, {rows} in a leaf', { levels, rows })
      : phrase('brief.tree-leaves', '{levels}, {rows} in a leaf, {leaves} leaves', { levels, rows, leaves: Number(most) });
  },
  tags: { view: 'tree' },
});
