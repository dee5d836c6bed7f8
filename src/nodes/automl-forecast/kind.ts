/** AutoML forecasting: what the node is called, asks for and gives. */
import { RACE_ASKS } from '../../automl/steering.ts';
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { choice, flag, integer, type Params, seed, under } from '../../kind/params.ts';
import { column } from '../../kind/schema.ts';
import {
  checkTarget,
  exportableAhead,
  horizonParam,
  originsParam,
  periodParam,
  seriesModelAhead,
  targetParam,
} from '../forecaster/kind.ts';
import { stepParams } from '../make-series/kind.ts';
import { methodFlags } from '../method-flags.ts';
import { checkTime, guessesAhead, idsParam, timeParam } from '../series-params.ts';
import { checkKnown, treeParams } from '../tree-params.ts';

const aside = Object.fromEntries(Object.entries(stepParams).map(([id, param]) => [id, { ...param, advanced: true }]));

const params: Params = {
  target: targetParam,
  time: timeParam,
  ids: idsParam,
  horizon: horizonParam,
  metric: choice(
    'Metric',
    'mase',
    'What ranks the methods; in the ensemble of a series they are weighed by MASE.',
    { mase: 'MASE', smape: 'sMAPE', rmse: 'RMSE', mae: 'MAE' },
    { alias: 'primary_metric, eval_metric' },
  ),
  seconds: integer('Time', 60, 'Seconds for everything. Empty: no limit, then every method is tried.', {
    auto: 'No limit',
    alias: 'experiment_timeout, time_limit',
    unit: 's',
    min: 2,
    max: 86_400,
    log: true,
  }),
  trials: integer(
    'Methods at most',
    null,
    'How many methods are tried, quick ones first. With no time limit the same seed then gives the same model.',
    {
      auto: 'All that are allowed',
      alias: 'experiment trials, max_trials',
      min: 1,
      max: 100,
    },
  ),
  ...under('Methods', methodFlags()),
  ...under('Boosted trees', treeParams({ param: 'boosting', in: [true] })),
  ...under('Steps of time', { period: periodParam, ...aside }),
  ...under('Judging', { origins: originsParam }),
  ...under('Best model', {
    ensemble: flag('Ensemble', true, 'Weigh methods together for each series; off: the best one for each.', { alias: 'enable_ensembling' }),
  }),
  seed: seed(),
};

export const automlForecast: Kind = {
  id: 'automl.forecast',
  version: 1,
  title: 'AutoML forecasting',
  group: 'automl',
  icon: 'automl',
  synonyms: [
    'Automated ML forecasting',
    'AutoGluon TimeSeries',
    'AutoTS',
    'StatsForecast',
    'auto forecast',
    'best forecast',
    'demand forecasting',
    'forecasting task',
  ],
  summary:
    'Find the best forecasts of one or many series: rows put on regular steps, methods raced at rolling origins, the best weighed together.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [
    { id: 'model', title: 'Best model', type: 'model' },
    { id: 'results', title: 'Results', type: 'results' },
    { id: 'table', title: 'Leaderboard', type: 'table' },
    { id: 'guardrails', title: 'Guardrails', type: 'table' },
  ],
  params,
  schema: (context) => ({
    model: seriesModelAhead(context),
    results: { type: 'results' },
    table: { type: 'table', schema: { columns: [column('rank', 'integer'), column('model', 'category')], open: true } },
    guardrails: {
      type: 'table',
      schema: { columns: [column('check', 'category'), column('state', 'category'), column('columns', 'text'), column('what', 'text')] },
    },
  }),
  guesses: guessesAhead,
  check: (context) => [...checkTime(context), ...checkTarget(context), ...checkKnown(context)],
  exportable: exportableAhead,
  brief: ({ seconds }) =>
    seconds === null ? phrase('brief.every-method', 'every method') : phrase('brief.seconds', '{seconds} s', { seconds: Number(seconds) }),
  tags: { random: true, slow: true, stoppable: true, asks: RACE_ASKS, view: 'race' },
};
