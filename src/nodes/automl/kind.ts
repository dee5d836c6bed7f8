/** AutoML: what the node is called, asks for and gives. */
import { RACE_ASKS } from '../../automl/steering.ts';
import { phrase } from '../../base/words.ts';
import type { Kind, SchemaContext } from '../../kind/kind.ts';
import { choice, columnParam, columns, flag, integer, number, type Params, seed, text, under } from '../../kind/params.ts';
import { column } from '../../kind/schema.ts';
import { modelAhead } from '../../learners/learner-kind.ts';
import { METRICS, SERIES_METRICS } from '../../metrics/metric-info.ts';
import { customParam } from './custom.ts';

const own = { param: 'validation', in: ['folds'] };
const made = { param: 'featurise', in: [true] };
const aside = { param: 'validation', in: ['part'] };
/** A learner of a family, allowed or not by itself. */
const inside = (family: string) => ({ when: { param: family, in: [true] }, advanced: true });
const metrics = Object.fromEntries(
  Object.entries(METRICS)
    .filter(([name]) => !SERIES_METRICS.includes(name))
    .map(([name, { title }]) => [name, title]),
);

const params: Params = {
  target: columnParam('Target', 'The column to predict.', {
    auto: 'Guess from the table',
    alias: 'y, label_column_name',
    filter: { port: 'table' },
  }),
  task: choice(
    'Task',
    'auto',
    'Automatic: categories, texts and yes/no are classes; so are whole numbers that are only two, or that run from 0 or 1 without a gap and are at most 20. Other numbers are amounts.',
    {
      auto: 'Automatic',
      classify: 'Predict a class',
      regress: 'Predict a number',
    },
    { alias: 'ml_task, problem_type' },
  ),
  features: columns(
    'Features',
    { all: true },
    'The columns to predict from. Columns with the role id, weight, group or meta are left out.',
    {
      alias: 'X',
      filter: { port: 'table' },
    },
  ),
  metric: choice(
    'Metric',
    'auto',
    'What makes a model better than another. Automatic: AUC for two classes, log-loss for more, RMSE for numbers.',
    { auto: 'Automatic', ...metrics },
    {
      alias:
        'primary_metric, eval_metric, AUC_weighted, average_precision_score_weighted, precision_score_weighted, normalized_root_mean_squared_error, normalized_mean_absolute_error, spearman_correlation',
    },
  ),
  seconds: integer('Time', 60, 'Seconds for everything. Empty: no limit, then the trials are counted.', {
    auto: 'No limit',
    alias: 'experiment_timeout, time_budget, time_limit',
    unit: 's',
    min: 2,
    max: 86_400,
    log: true,
  }),
  trials: integer(
    'Most trials',
    null,
    'Ends after so many trials; after 50 where there is no time limit either. With trials counted and no time limit, the same seed gives the same model.',
    {
      auto: 'As many as the time allows',
      alias: 'max_trials, iterations, max_iter',
      min: 1,
      max: 10_000,
    },
  ),
  ...under('Features', {
    featurise: flag(
      'Make features',
      true,
      'Dates, texts, categories of many levels and skewed numbers are turned into what learners use best, inside each fold. Off: columns go in as they are, but for those with a treatment of their own.',
      { alias: 'featurization auto, off' },
    ),
    dates: flag(
      'Take dates apart',
      true,
      'Year, month, weekday and other parts that vary become features, in the model and its file too.',
      {
        alias: 'featurization',
        advanced: true,
        when: made,
      },
    ),
    texts: flag(
      'Words of texts',
      true,
      'Columns of free text are taken apart into the words that say most, learned inside each fold; in the model’s file too.',
      { alias: 'text featurization', advanced: true, when: made },
    ),
    categories: flag(
      'Means for many categories',
      true,
      'Categories with more than 20 levels are also given as the mean of the target in other training rows, learned inside each fold.',
      { alias: 'target encoding', advanced: true, when: made },
    ),
    evening: flag(
      'Even out numbers',
      true,
      'For networks and some straight-line models: skewed numbers get a power transform, and whether a number is missing becomes a column.',
      { advanced: true, when: made, alias: 'skew' },
    ),
    crossed: flag(
      'Columns together',
      true,
      'When budget is left: boosted trees on products of few numbers, and on means of the target for categories of few levels.',
      { advanced: true, when: made, alias: 'feature crosses, arithmetic features' },
    ),
    custom: customParam,
  }),
  ...under('Learners', {
    boosting: flag('Gradient boosting', true, 'Try boosted trees.', { alias: 'allowed_training_algorithms, blocked_training_algorithms' }),
    forest: flag('Forests', true, 'Try random forests and extra trees.'),
    random_forest: flag('Random forests', true, 'Forests whose trees look for the best split.', {
      ...inside('forest'),
      alias: 'RandomForest',
    }),
    extra_trees: flag('Extra trees', true, 'Forests whose trees draw their splits by chance.', {
      ...inside('forest'),
      alias: 'ExtremeRandomTrees',
    }),
    linear: flag('Linear models', true, 'Try logistic or linear regression, and a linear SVM.'),
    regression: flag('Logistic and linear regression', true, 'Straight lines, also with products of columns and evened-out numbers.', {
      ...inside('linear'),
      alias: 'LogisticRegression, ElasticNet, LassoLars',
    }),
    svm: flag('Linear SVM', true, 'The widest margin, on tables of at most 20,000 rows and 30 columns.', {
      ...inside('linear'),
      alias: 'LinearSVM',
    }),
    network: flag('Neural networks', true, 'Try neural networks.'),
    kernel: flag('RBF kernel', true, 'Try the RBF kernel on tables of at most 2,500 rows; its models keep their rows.'),
    neighbours: flag('Nearest neighbours', true, 'Try nearest neighbours on tables of at most 20,000 rows; its models keep their rows.'),
  }),
  ...under('Judging', {
    validation: choice(
      'Judge by',
      'auto',
      'How trials are compared, always on rows that they did not learn from. Rows of one group, a column with the role group, stay together.',
      {
        auto: 'Automatic: folds where they are quick enough',
        folds: 'Folds',
        part: 'A part kept aside',
        time: 'Forward in time',
      },
      { advanced: true, alias: 'n_cross_validations, validation_data_size' },
    ),
    folds: integer('Folds', 5, 'Each row is judged once, by a model that learned from the other folds.', {
      min: 2,
      max: 50,
      when: own,
      advanced: true,
    }),
    share: number('Rows kept aside', 0.2, 'The share of rows that judge.', { min: 0.02, max: 0.5, when: aside, advanced: true }),
    time: columnParam('Time column', 'Rows are ordered by this column.', {
      auto: 'the column with the role time',
      when: { param: 'validation', in: ['time'] },
      filter: { port: 'table' },
      advanced: true,
    }),
  }),
  ...under('Classes', {
    class_weight: choice(
      'Class weights',
      'none',
      'Balanced: rare classes count as much as frequent ones.',
      { none: 'As in the data', balanced: 'Balanced' },
      {
        alias: 'class_weight',
        advanced: true,
      },
    ),
    positive: text('Positive class', '', 'With two classes: the one that metrics and curves are about. Empty: the last one.', {
      advanced: true,
      alias: 'pos_label',
      when: { param: 'task', in: ['auto', 'classify'] },
    }),
  }),
  ...under('Search', {
    tries: choice(
      'Settings tried',
      'both',
      'Known good settings of each learner come first; then steps about the best ones, as long as there is time.',
      {
        both: 'Known good ones, then a search',
        known: 'Known good ones only',
        search: 'A search from each learner’s usual ones',
      },
      { advanced: true, alias: 'hyperparameter search, portfolio, zero-shot, presets' },
    ),
    trial_seconds: integer('Time per trial', null, 'A fit that takes longer is told to stop and keeps its best.', {
      auto: 'What is left',
      alias: 'trial_timeout',
      unit: 's',
      min: 1,
      max: 86_400,
      advanced: true,
    }),
    exit_score: number('Good enough', null, 'Ends when a trial reaches this value of the metric.', {
      auto: 'Never',
      alias: 'experiment_exit_score',
      advanced: true,
    }),
    patience: integer('Trials without improvement', 40, 'Ends after so many trials of the search that are no better.', {
      auto: 'Never ends for that',
      alias: 'enable_early_stopping',
      min: 2,
      max: 1000,
      advanced: true,
    }),
  }),
  ...under('Best model', {
    ensemble: flag('Ensemble', true, 'Weigh the best trials together; nearly always better than the best one, and larger.', {
      alias: 'enable_vote_ensemble',
    }),
    stack: flag(
      'Stack',
      false,
      'How much each trial says is learned by a model above them, on rows they did not learn from. Only where that is better than to weigh them, on rows it was not fitted to, by more than noise.',
      { alias: 'enable_stack_ensemble, StackEnsemble, num_stack_levels', advanced: true, when: { param: 'ensemble', in: [true] } },
    ),
    calibrate: flag(
      'Calibrate',
      true,
      'Where it pays on rows not learned from, a model that is too sure, or not sure enough, gets its probabilities set right; in the model’s file too.',
      { alias: 'temperature scaling, Platt', advanced: true },
    ),
    final: choice(
      'Final model',
      'folds',
      'The models of the folds say more together than one alone. Learned anew is smaller and quicker to answer, and takes a fifth of the time.',
      { folds: 'Mean of the folds’ models', all: 'Learned anew from all rows' },
      { alias: 'refit_full, retrain_full', advanced: true },
    ),
    explain: flag(
      'Explain',
      false,
      'How much worse the model gets without each column, beside its charts. It takes a little more time, after the race. More is said by the lamp on the leaderboard.',
      { alias: 'model_explainability, permutation importance' },
    ),
    pick: text(
      'Trials to use',
      '',
      'Numbers of trials of the race that make the model, without training: one alone, or several weighed together. Empty: the race decides.',
      { advanced: true },
    ),
  }),
  seed: seed(),
};

/** Without a time limit and a number of trials there would be no end. */
export const TRIALS_WITHOUT_LIMIT = 50;

/** What is kept of a race, so that the model can be made of other trials. */
export const RACE = 'race';

export const automl: Kind = {
  id: 'automl.tables',
  version: 1,
  title: 'AutoML',
  group: 'automl',
  icon: 'automl',
  synonyms: [
    'Automated ML',
    'AutoML',
    'FLAML',
    'AutoGluon',
    'auto-sklearn',
    'TPOT',
    'H2O AutoML',
    'best model',
    'model search',
    'leaderboard',
    'tune',
    'hyperparameters',
  ],
  summary:
    'Find the best model for a table within a time budget: many learners and settings raced on rows not learned from, the best weighed together. Every learner that it races can be written to an ONNX file.',
  inputs: [
    { id: 'table', title: 'Table', type: 'table', required: true },
    { id: 'validation', title: 'Validation table', type: 'table' },
    { id: 'test', title: 'Test table', type: 'table' },
  ],
  outputs: [
    { id: 'model', title: 'Best model', type: 'model' },
    { id: 'results', title: 'Results', type: 'results' },
    { id: 'table', title: 'Leaderboard', type: 'table' },
    { id: 'guardrails', title: 'Guardrails', type: 'table' },
  ],
  params,
  schema: ({ inputs: { table }, params: given }: SchemaContext) => ({
    model: table?.type === 'table' ? modelAhead(table.schema, ['classify', 'regress'], given) : undefined,
    results: { type: 'results' },
    table: {
      type: 'table',
      schema: { columns: [column('rank', 'integer'), column('model', 'category'), column('state', 'category')], open: true },
    },
    guardrails: {
      type: 'table',
      schema: { columns: [column('check', 'category'), column('state', 'category'), column('columns', 'text'), column('what', 'text')] },
    },
  }),
  exportable: () => true,
  keeps: { id: RACE, params: ['pick', 'ensemble', 'stack', 'calibrate', 'final', 'explain', 'seconds'] },
  brief: ({ seconds, trials, metric }) => {
    const by = metric === 'auto' ? '' : `, ${METRICS[String(metric)]?.title ?? ''}`;
    if (seconds === null)
      return phrase('brief.automl-trials', '{count} {trial|trials}{by}', { count: Number(trials ?? TRIALS_WITHOUT_LIMIT), by });
    return phrase('brief.automl', '{seconds} s{by}', { seconds: Number(seconds), by });
  },
  tags: { random: true, slow: true, stoppable: true, asks: RACE_ASKS, gpu: true, view: 'results' },
};
