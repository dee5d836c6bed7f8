/** Rolling-origin evaluation: what the node is called, asks for and gives. */
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { choice, integer, list, type Params, seed } from '../../kind/params.ts';
import { column } from '../../kind/schema.ts';
import { METHOD_TITLES } from '../../series/methods.ts';
import { DIRECT, RECURSIVE } from '../../series/shared-ids.ts';
import { checkTarget, horizonParam, periodParam, targetParam } from '../forecaster/kind.ts';
import { checkTime, guessesAhead, idsParam, timeParam } from '../series-params.ts';
import { checkKnown, treeParams } from '../tree-params.ts';

const params: Params = {
  target: targetParam,
  time: timeParam,
  ids: idsParam,
  methods: list(
    'Methods',
    [{ method: 'seasonal-naive' }, { method: 'ets' }, { method: 'theta' }],
    'What is compared, on the same origins.',
    {
      itemLabel: 'Method',
      item: { method: choice('Method', 'ets', 'How it forecasts.', METHOD_TITLES) },
    },
  ),
  ...treeParams({ param: 'methods', in: [DIRECT, RECURSIVE] }),
  horizon: horizonParam,
  origins: integer('Rolling origins', 5, 'How many times the end of the history is moved back; fewer where a series is short.', {
    alias: 'n_splits, n_windows, folds',
    min: 1,
    max: 100,
  }),
  stride: integer('Steps between origins', null, 'How far the end of the history moves back each time.', {
    auto: 'As many as are forecast',
    alias: 'step_size',
    min: 1,
    max: 1000,
    advanced: true,
  }),
  gap: integer('Gap', 0, 'Steps between the end of the history and the first one that is judged.', {
    alias: 'gap',
    min: 0,
    max: 1000,
    advanced: true,
  }),
  history: choice('History', 'expanding', 'What is learned from at each origin.', {
    expanding: 'All before the origin',
    sliding: 'A window of fixed length before it',
  }),
  window: integer('Length of the window', 60, 'Steps that are learned from.', {
    min: 4,
    max: 100_000,
    alias: 'max_train_size',
    when: { param: 'history', in: ['sliding'] },
  }),
  period: periodParam,
  seed: seed(),
};
const METRICS = ['mase', 'smape', 'rmse', 'mae', 'coverage_80', 'coverage_95'];

export const rollingOrigin: Kind = {
  id: 'series.rolling-origin',
  version: 1,
  title: 'Rolling-origin evaluation',
  group: 'series',
  icon: 'rolling',
  synonyms: [
    'Model Evaluation',
    'TimeSeriesSplit',
    'time series cross validation',
    'backtest',
    'backtesting',
    'ROCV',
    'walk forward',
    'tsCV',
    'MASE',
    'forecast accuracy',
  ],
  summary: 'Judge forecasting methods on time they did not see, again and again from earlier ends: errors by step ahead and by series.',
  inputs: [{ id: 'table', title: 'Time series', type: 'table', required: true }],
  outputs: [
    { id: 'results', title: 'Results', type: 'results' },
    { id: 'table', title: 'By step ahead', type: 'table' },
    { id: 'series', title: 'By series', type: 'table' },
  ],
  params,
  schema: () => {
    const metrics = METRICS.map((name) => column(name, 'number'));
    const method = column('method', 'category');
    return {
      results: { type: 'results' },
      table: { type: 'table', schema: { columns: [method, column('step', 'integer'), ...metrics], open: true } },
      series: { type: 'table', schema: { columns: [column('series', 'text'), method, ...metrics], open: true } },
    };
  },
  guesses: guessesAhead,
  check: (context) => [...checkTime(context), ...checkTarget(context), ...checkKnown(context)],
  brief: ({ origins, horizon }) =>
    horizon === null
      ? phrase('brief.origins', '{count} {origin|origins}', { count: Number(origins) })
      : phrase('brief.origins-ahead', '{origins} origins, {count} {step|steps} ahead', {
          origins: Number(origins),
          count: Number(horizon),
        }),
  rows: 'new',
  learns: true,
  order: 'whole',
  target: 'reads',
  tags: { random: true, slow: true, stoppable: true, view: 'errors' },
};
