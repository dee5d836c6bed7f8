/** Forecast model: what the node is called, asks for and gives. */
import { type Problem, problem } from '../../base/problem.ts';
import { labelWords, phrase } from '../../base/words.ts';
import type { Kind, PortSchema, SchemaContext } from '../../kind/kind.ts';
import { choice, columnParam, flag, integer, type Params, seed } from '../../kind/params.ts';
import { findColumn } from '../../kind/schema.ts';
import { whyNotIds } from '../../series/lower.ts';
import { METHOD_TITLES } from '../../series/methods.ts';
import { DIRECT, RECURSIVE } from '../../series/shared-ids.ts';
import { methodFlags } from '../method-flags.ts';
import { checkTime, guessesAhead, idsAhead, idsParam, targetAhead, timeAhead, timeParam } from '../series-params.ts';
import { checkKnown, knownAhead, treeParams } from '../tree-params.ts';

export const targetParam = columnParam('Target', 'The column of numbers to forecast.', {
  auto: 'Guess from the table',
  alias: 'y, label_column_name',
  filter: { port: 'table', types: ['number', 'integer'] },
});
export const horizonParam = integer('Steps ahead', null, 'How far the forecasts go.', {
  auto: 'One season, at least 6',
  alias: 'forecast_horizon, h',
  min: 1,
  max: 1000,
});
export const periodParam = integer('Season', null, 'Steps until a season comes again, 12 for months in a year; 1 for none.', {
  auto: 'The usual one for the step',
  alias: 'seasonality, freq, m',
  min: 1,
  max: 10_000,
});
export const originsParam = integer(
  'Rolling origins',
  3,
  'The methods are judged so many times, each time on the steps after a shorter history; 0 judges none. Fewer where a series is short.',
  { alias: 'n_cross_validations, folds', min: 0, max: 50 },
);

const params: Params = {
  target: targetParam,
  time: timeParam,
  ids: idsParam,
  horizon: horizonParam,
  method: choice(
    'Method',
    'auto',
    'Automatic: the methods that suit each series, weighed by how far off they were at rolling origins.',
    { auto: 'Automatic: several, weighed', ...METHOD_TITLES },
    { alias: 'model, allowed_training_algorithms' },
  ),
  ...methodFlags({ param: 'method', in: ['auto'] }),
  ...treeParams({ param: 'method', in: ['auto', DIRECT, RECURSIVE] }),
  period: periodParam,
  long_seasons: flag(
    'Take long seasons off',
    true,
    'ETS and ARIMA by themselves know seasons of up to 24 steps; a longer one is taken off before them, by MSTL.',
    { advanced: true, when: { param: 'method', in: ['ets', 'arima'] } },
  ),
  origins: originsParam,
  seed: seed(),
};

/** Before a run: what the model will ask for; undefined where the table or its target is not known yet. */
export function seriesModelAhead({ params: values, inputs: { table } }: SchemaContext): PortSchema | undefined {
  if (table?.type !== 'table') return undefined;
  const target = targetAhead(table.schema, values);
  if (!target) return undefined;
  const ids = idsAhead(table.schema, values).map((name) => ({ ...findColumn(table.schema, name)!, role: 'group' as const }));
  const aside = new Set([...ids.map(({ name }) => name), target.name, timeAhead(table.schema, values)?.name]);
  const known = knownAhead(table.schema, values).filter(({ name }) => !aside.has(name));
  const inputs = { columns: [...ids, ...known], open: true };
  return { type: 'model', inputs, task: 'forecast', target: target.name, exportable: whyNotIds(ids) ?? true };
}

/** Before a run: whether an ONNX file can look up what tells the series apart. */
export function exportableAhead({ params: values, inputs: { table } }: Pick<SchemaContext, 'params' | 'inputs'>): true | Problem {
  if (table?.type !== 'table') return true;
  return whyNotIds(idsAhead(table.schema, values).map((name) => findColumn(table.schema, name)!)) ?? true;
}

/** Before a run: whether there are numbers to forecast. */
export function checkTarget({ params: values, inputs: { table } }: SchemaContext): Problem[] {
  if (table?.type !== 'table' || table.schema.open) return [];
  const target = targetAhead(table.schema, values);
  if (target?.type === 'number' || target?.type === 'integer') return [];
  if (target === undefined && typeof values.target === 'string') return [];
  return [
    problem({
      code: 'series.target',
      at: { param: 'target' },
      message: 'There is no column of numbers to forecast.',
      hint: 'Choose a target of numbers.',
    }),
  ];
}

export const forecaster: Kind = {
  id: 'series.forecaster',
  version: 1,
  title: 'Forecast model',
  group: 'series',
  icon: 'forecaster',
  synonyms: [
    'ARIMA',
    'AutoARIMA',
    'ARIMA Model',
    'VAR Model',
    'ETS',
    'ExponentialSmoothing',
    'Holt-Winters',
    'Theta',
    'Prophet',
    'statsforecast',
    'SARIMAX',
    'Croston',
    'MSTL',
    'naive forecast',
    'seasonal naive',
    'time series model',
    'train forecaster',
  ],
  summary: 'Learn to forecast one or many series: one method, or the best ones for each series weighed by rolling origins.',
  inputs: [{ id: 'table', title: 'Time series', type: 'table', required: true }],
  outputs: [
    { id: 'model', title: 'Model', type: 'model' },
    { id: 'results', title: 'Results', type: 'results' },
  ],
  params,
  schema: (context) => ({ model: seriesModelAhead(context), results: { type: 'results' } }),
  guesses: guessesAhead,
  check: (context) => [...checkTime(context), ...checkTarget(context), ...checkKnown(context)],
  exportable: exportableAhead,
  brief: ({ method, horizon }) => {
    const how = method === 'auto' ? phrase('brief.auto', 'automatic') : labelWords(METHOD_TITLES[String(method)] ?? String(method));
    return horizon === null ? how : phrase('brief.ahead', '{how}, {count} {step|steps} ahead', { how, count: Number(horizon) });
  },
  tags: { random: true, slow: true, stoppable: true, view: 'fan' },
};
