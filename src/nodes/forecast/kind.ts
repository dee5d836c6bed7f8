/** Forecast: what the node is called, asks for and gives. */
import { problem } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { integer } from '../../kind/params.ts';
import { column } from '../../kind/schema.ts';
import { NOT_SERIES } from '../../recipe/series-model.ts';
import { boundName } from '../../series/ahead.ts';
import { LEVELS } from '../../series/intervals.ts';

const needsFuture = (columns: string[]) =>
  problem({
    code: 'forecast.wire-future',
    severity: 'warning',
    at: { port: 'future' },
    message: phrase('forecast.wire-future', 'This model may need {columns} of the time ahead.', { columns }),
    hint: 'Wire a table with these columns to Future rows, one row for each series and step ahead.',
  });

export const forecast: Kind = {
  id: 'series.forecast',
  version: 1,
  title: 'Forecast',
  group: 'series',
  icon: 'forecast',
  synonyms: [
    'forecast()',
    'predict future',
    'Forecaster',
    'ARIMA Predictor',
    'Line Chart',
    'prediction interval',
    'fan chart',
    'next values',
  ],
  summary: 'Go on from where the series of a model end: forecasts with 80 % and 95 % intervals, as a table and a fan chart.',
  inputs: [
    { id: 'model', title: 'Model', type: 'model', required: true },
    { id: 'table', title: 'Newer rows', type: 'table' },
    { id: 'future', title: 'Future rows', type: 'table' },
  ],
  outputs: [
    { id: 'table', title: 'Forecasts', type: 'table' },
    { id: 'results', title: 'Results', type: 'results' },
  ],
  params: {
    horizon: integer('Steps ahead', null, 'How far the forecasts go.', {
      auto: 'As the model was made for',
      alias: 'horizon, h',
      min: 1,
      max: 1000,
    }),
  },
  schema: ({ inputs: { model } }) => {
    const results = { type: 'results' as const };
    if (model?.type !== 'model') return { results };
    const bounds = LEVELS.flatMap((level) => [boundName('lower', level), boundName('upper', level)]);
    const ids = model.inputs.columns.filter(({ role }) => role === 'group');
    return {
      results,
      table: {
        type: 'table',
        schema: { columns: [...ids, ...['forecast', ...bounds].map((name) => column(name, 'number'))], open: true },
      },
    };
  },
  check: ({ inputs: { model }, wired = [] }) => {
    if (model?.type !== 'model') return [];
    if (model.task !== undefined && model.task !== 'forecast') return [problem(NOT_SERIES)];
    const known = model.inputs.columns.filter(({ role }) => role === 'feature').map(({ name }) => name);
    return known.length > 0 && !wired.includes('future') ? [needsFuture(known)] : [];
  },
  brief: ({ horizon }) => (horizon === null ? '' : phrase('brief.steps-ahead', '{count} {step|steps} ahead', { count: Number(horizon) })),
  rows: 'new',
  learns: false,
  order: 'whole',
  target: 'never',
  tags: { random: true, view: 'fan' },
};
