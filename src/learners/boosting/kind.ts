/** Gradient boosting: many small trees, each repairing what the ones before got wrong. */
import { phrase } from '../../base/words.ts';
import { choice, columns, flag, integer, number, seed } from '../../kind/params.ts';
import { classWeight, FOR_CLASSES } from '../common-params.ts';
import { learnerKind } from '../learner-kind.ts';
import { bothDirections, inBoth } from './directions.ts';

const numbers = { param: 'task', in: ['auto', 'regress'] };
const stopping = { param: 'early_stopping', in: [true] };

export const boosting = learnerKind({
  id: 'learn.boosting',
  version: 1,
  title: 'Gradient boosting',
  icon: 'boosting',
  synonyms: [
    'HistGradientBoostingClassifier',
    'HistGradientBoostingRegressor',
    'GradientBoostingClassifier',
    'LightGBM',
    'XGBoost',
    'CatBoost',
    'GBDT',
    'GBM',
    'Two-Class Boosted Decision Tree',
    'Boosted Decision Tree Regression',
    'Gradient Boosted Trees Learner',
    'Boosted trees',
  ],
  summary: 'Add up many small trees; usually the most accurate on tables, and it takes missing values as they are.',
  tasks: ['classify', 'regress'],
  params: {
    rounds: integer('Rounds', 100, 'Trees to add, one after another (one per class with more than two classes).', {
      alias: 'max_iter, n_estimators',
      min: 1,
      max: 10000,
      tune: { min: 50, max: 1000, log: true },
    }),
    learning_rate: number('Learning rate', 0.1, 'How much of its tree each round adds. Smaller is steadier and needs more rounds.', {
      alias: 'learning_rate',
      min: 0.0001,
      max: 1,
      log: true,
      tune: { min: 0.01, max: 0.3, log: true },
    }),
    leaves: integer('Leaves per tree', 31, 'More leaves catch finer patterns and need more rows.', {
      alias: 'max_leaf_nodes, num_leaves',
      min: 2,
      max: 1024,
      log: true,
      tune: { min: 4, max: 128, log: true },
    }),
    min_leaf: integer(
      'Least rows in a leaf',
      null,
      'More is steadier on noisy tables. Automatic: 4 for 20 rows, 10 for 100, 20 from 400 rows on.',
      {
        auto: 'Square root of the rows, at most 20',
        alias: 'min_samples_leaf, min_child_samples',
        min: 1,
        max: 100000,
        log: true,
        tune: { min: 2, max: 128, log: true },
      },
    ),
    loss: choice(
      'Loss for numbers',
      'squared',
      'What counts as a miss. Squared aims at the mean, absolute at the middle value; Poisson is for counts, Tweedie for amounts that are often zero. Classes have their own.',
      { squared: 'Squared', absolute: 'Absolute', quantile: 'Quantile', poisson: 'Poisson', tweedie: 'Tweedie' },
      { alias: 'loss, objective', advanced: true, when: numbers },
    ),
    quantile: number('Quantile', 0.5, 'The share of answers that should lie below the prediction.', {
      alias: 'quantile, alpha',
      min: 0.01,
      max: 0.99,
      advanced: true,
      when: { param: 'loss', in: ['quantile'] },
    }),
    tweedie_power: number('Tweedie power', 1.5, 'Nearer to 1: like counts. Nearer to 2: like amounts with a long tail.', {
      alias: 'tweedie_variance_power',
      min: 1.01,
      max: 1.99,
      advanced: true,
      when: { param: 'loss', in: ['tweedie'] },
    }),
    class_weight: classWeight(FOR_CLASSES),
    l1: number('L1 penalty', 0, 'Brings leaves with little to say to exactly zero.', {
      alias: 'reg_alpha, lambda_l1',
      min: 0,
      max: 1e6,
      advanced: true,
      tune: { min: 1e-3, max: 100, log: true },
    }),
    l2: number('L2 penalty', 0, 'Holds the leaves’ values nearer to zero.', {
      alias: 'l2_regularization, reg_lambda',
      min: 0,
      max: 1e6,
      advanced: true,
      tune: { min: 1e-3, max: 100, log: true },
    }),
    max_depth: integer('Most levels', null, 'How many questions deep a tree may go.', {
      auto: 'No limit',
      alias: 'max_depth',
      min: 1,
      max: 64,
      advanced: true,
    }),
    row_share: number('Rows per tree', 1, 'The share of rows that each tree learns from, drawn anew.', {
      alias: 'subsample, bagging_fraction',
      min: 0.05,
      max: 1,
      advanced: true,
      tune: { min: 0.5, max: 1 },
    }),
    column_share: number('Columns per tree', 1, 'The share of features that each tree may ask about, drawn anew.', {
      alias: 'colsample_bytree, feature_fraction',
      min: 0.05,
      max: 1,
      advanced: true,
      tune: { min: 0.4, max: 1 },
    }),
    growth: choice(
      'Growth',
      'leaf',
      'Leaf by leaf: always split where it gains most. Level by level: one question for the whole level; steadier on small tables.',
      { leaf: 'Leaf by leaf', symmetric: 'Level by level' },
      { alias: 'grow_policy', advanced: true, tune: ['leaf', 'symmetric'] },
    ),
    random_thresholds: flag(
      'Random thresholds',
      false,
      'Draw one threshold per feature instead of the best: faster and steadier on noisy tables.',
      {
        alias: 'extra_trees',
        advanced: true,
      },
    ),
    rising: columns(
      'Only rising with',
      { names: [] },
      'The prediction never falls while one of these numbers rises and all else stays. With two classes: the chance of the second.',
      {
        alias: 'monotonic_cst = 1, monotone_constraints',
        filter: { port: 'table', types: ['number', 'integer', 'boolean', 'datetime'] },
        advanced: true,
      },
    ),
    falling: columns(
      'Only falling with',
      { names: [] },
      'The prediction never rises while one of these numbers rises and all else stays.',
      {
        alias: 'monotonic_cst = -1, monotone_constraints',
        filter: { port: 'table', types: ['number', 'integer', 'boolean', 'datetime'] },
        advanced: true,
      },
    ),
    early_stopping: flag('Stop early', false, 'Keep some rows aside, and stop when more rounds no longer help on them.', {
      alias: 'early_stopping',
    }),
    validation: number('Rows kept aside', 0.1, 'The share of rows that judge when to stop; they are not learned from.', {
      alias: 'validation_fraction',
      min: 0.02,
      max: 0.5,
      when: stopping,
      advanced: true,
    }),
    patience: integer('Patience', 20, 'Rounds without improvement before it stops.', {
      alias: 'n_iter_no_change',
      unit: 'rounds',
      min: 1,
      max: 1000,
      when: stopping,
      advanced: true,
    }),
    seed: seed('Seed', 'Draws rows and columns, and the rows kept aside.'),
  },
  check: ({ params, inputs }) => {
    const table = inputs.table;
    const [twice] = table?.type === 'table' && table.schema ? inBoth(params, table.schema.columns) : [];
    return twice === undefined ? [] : [bothDirections(twice)];
  },
  brief: ({ rounds, leaves }) =>
    phrase('brief.rounds', '{rounds} rounds × {leaves} leaves', { rounds: Number(rounds), leaves: Number(leaves) }),
  tags: { random: true, slow: true, stoppable: true },
});
