/** Decompose & ACF: what the node is called, asks for and gives. */
import type { Kind } from '../../kind/kind.ts';
import { flag, integer, type Params } from '../../kind/params.ts';
import { column } from '../../kind/schema.ts';
import { checkTarget, periodParam, targetParam } from '../forecaster/kind.ts';
import { checkTime, guessesAhead, idsAhead, idsParam, targetAhead, timeAhead, timeParam } from '../series-params.ts';

const params: Params = {
  target: targetParam,
  time: timeParam,
  ids: idsParam,
  period: periodParam,
  robust: flag('Outliers have no say', false, 'Single odd values then do not bend trend and season.', { alias: 'robust' }),
  lags: integer('Lags', null, 'How many steps back the correlations go.', {
    auto: 'Three seasons, at least 20',
    alias: 'nlags',
    min: 1,
    max: 1000,
  }),
};

export const decompose: Kind = {
  id: 'series.decompose',
  version: 1,
  title: 'Decompose & ACF',
  group: 'series',
  icon: 'wave',
  synonyms: [
    'Seasonal Adjustment',
    'STL',
    'seasonal_decompose',
    'Decompose Signal',
    'Correlogram',
    'Periodogram',
    'autocorrelation',
    'plot_acf',
    'pacf',
    'trend',
    'seasonality',
  ],
  summary: 'Take a series apart into trend, season and rest, and see how strongly it goes with its own past.',
  inputs: [{ id: 'table', title: 'Time series', type: 'table', required: true }],
  outputs: [
    { id: 'results', title: 'Results', type: 'results' },
    { id: 'table', title: 'Parts', type: 'table' },
    { id: 'lags', title: 'Correlations', type: 'table' },
  ],
  params,
  schema: ({ params: values, inputs: { table } }) => {
    if (table?.type !== 'table') return { results: { type: 'results' } };
    const own = idsAhead(table.schema, values).map((name) => table.schema.columns.find((entry) => entry.name === name)!);
    const time = timeAhead(table.schema, values);
    const target = targetAhead(table.schema, values);
    const columns = [
      ...own,
      ...(time ? [column(time.name, 'datetime', { role: 'time' })] : []),
      ...(target ? [column(target.name, 'number')] : []),
      ...['trend', 'season', 'rest', 'adjusted'].map((name) => column(name, 'number')),
    ];
    const lags = [column('lag', 'integer'), column('acf', 'number'), column('pacf', 'number'), column('bound', 'number')];
    return {
      results: { type: 'results' },
      table: { type: 'table', schema: { columns, open: true } },
      lags: { type: 'table', schema: { columns: [...own, ...lags], open: true } },
    };
  },
  guesses: guessesAhead,
  check: (context) => [...checkTime(context), ...checkTarget(context)],
  rows: 'new',
  learns: true,
  order: 'whole',
  target: 'reads',
  tags: { view: 'decomposition' },
};
