/** Random forest: many deep trees, each from its own sample, that vote; with drawn thresholds it is extra trees. */
import { choice, flag, integer, number, seed } from '../../kind/params.ts';
import { classWeight, FOR_CLASSES } from '../common-params.ts';
import { learnerKind } from '../learner-kind.ts';

export const randomForest = learnerKind({
  id: 'learn.random-forest',
  version: 1,
  title: 'Random forest',
  icon: 'forest',
  synonyms: [
    'RandomForestClassifier',
    'RandomForestRegressor',
    'ExtraTreesClassifier',
    'ExtraTreesRegressor',
    'Extra trees',
    'Extremely randomised trees',
    'Decision forest',
    'Two-Class Decision Forest',
    'Multiclass Decision Forest',
    'Decision Forest Regression',
    'Random Forest Learner',
    'Bagged trees',
    'ranger',
  ],
  summary: 'Let many deep trees vote, each grown on its own sample; strong without tuning, and it takes missing values as they are.',
  tasks: ['classify', 'regress'],
  params: {
    trees: integer('Trees', 100, 'More is steadier and slower; it never fits too closely by more trees.', {
      alias: 'n_estimators',
      min: 1,
      max: 5000,
      log: true,
      tune: { min: 50, max: 500, log: true },
    }),
    splits: choice(
      'Thresholds',
      'best',
      'The best one of each feature looked at, or one drawn for each: then they are extra trees, faster and more varied.',
      { best: 'Best (random forest)', drawn: 'Drawn (extra trees)' },
      { alias: 'RandomForest, ExtraTrees', tune: ['best', 'drawn'] },
    ),
    features_share: number('Features per split', null, 'The share of features that each split looks at.', {
      auto: 'Square root for classes, a third for numbers',
      alias: 'max_features',
      min: 0.001,
      max: 1,
      tune: { min: 0.1, max: 1 },
    }),
    min_leaf: integer('Least rows in a leaf', 2, 'More makes smaller trees and a smaller file.', {
      alias: 'min_samples_leaf',
      min: 1,
      max: 1000000,
      log: true,
      tune: { min: 1, max: 32, log: true },
    }),
    max_depth: integer('Most levels', null, 'How many questions deep a tree may go.', {
      auto: 'No limit',
      alias: 'max_depth',
      min: 1,
      max: 1000,
      advanced: true,
    }),
    bootstrap: flag('Sample with replacement', true, 'Each tree draws its own rows; those left out judge it (out-of-bag).', {
      alias: 'bootstrap',
      advanced: true,
    }),
    row_share: number('Rows per tree', 1, 'How many rows each tree draws, as a share of the table.', {
      alias: 'max_samples',
      min: 0.05,
      max: 1,
      when: { param: 'bootstrap', in: [true] },
      advanced: true,
    }),
    class_weight: classWeight(FOR_CLASSES),
    seed: seed('Seed', 'Draws rows, features and thresholds.'),
  },
  brief: (params) => `${params.trees} ${params.splits === 'drawn' ? 'extra trees' : 'trees'}`,
  tags: { random: true, slow: true, stoppable: true },
});
