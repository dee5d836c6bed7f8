/** Make time series: what the node is called, asks for and gives. */
import type { Kind } from '../../kind/kind.ts';
import { choice, columnParam, integer, list, type Params } from '../../kind/params.ts';
import { column, type TableSchema } from '../../kind/schema.ts';
import { gridWords, type Unit } from '../../table/series/grid.ts';
import { checkTime, guessesAhead, idsAhead, idsParam, timeAhead, timeParam } from '../series-params.ts';

const TOGETHER = {
  sum: 'Sum',
  mean: 'Mean',
  median: 'Median',
  min: 'Smallest',
  max: 'Largest',
  first: 'First',
  last: 'Last',
};
export const REPORT_COLUMNS = [
  ['series', 'text'],
  ['from', 'datetime'],
  ['to', 'datetime'],
  ['steps', 'integer'],
  ['rows', 'integer'],
  ['repeated', 'integer'],
  ['gaps', 'integer'],
  ['filled', 'integer'],
  ['padded', 'integer'],
  ['left out', 'boolean'],
] as const;

/** How rows come to stand on steps; AutoML of series asks the same. */
export const stepParams: Params = {
  unit: choice(
    'Step',
    'auto',
    'The distance from one time to the next. A longer one puts the rows of each step together.',
    {
      auto: 'Told from the times',
      second: 'Seconds',
      minute: 'Minutes',
      hour: 'Hours',
      day: 'Days',
      weekday: 'Working days',
      week: 'Weeks',
      month: 'Months',
      quarter: 'Quarters',
      year: 'Years',
    },
    { alias: 'freq, frequency' },
  ),
  every: integer('Units in a step', 1, 'For example 15 with minutes: one row each quarter of an hour.', {
    min: 1,
    max: 1000,
    when: { param: 'unit', in: ['second', 'minute', 'hour', 'day', 'weekday', 'week', 'month', 'quarter', 'year'] },
  }),
  together: choice(
    'Rows of one step',
    'auto',
    'What becomes of the numbers of several rows on one step; texts keep the last. Automatic: added up, or their mean where times stand a little off their steps.',
    { auto: 'Automatic', ...TOGETHER },
    { alias: 'target_aggregation_function' },
  ),
  each: list('Other columns', [], 'Columns of numbers that are put together in another way.', {
    itemLabel: 'Column',
    advanced: true,
    item: {
      column: columnParam('Column', 'Which column.', { filter: { port: 'table', types: ['number', 'integer'] } }),
      how: choice('How', 'mean', 'What becomes of several rows on one step.', TOGETHER),
    },
  }),
  fill: choice(
    'Gaps',
    'auto',
    'What stands where a step has no row or no number. Automatic: 0 where the rows of a step are added up and steps often have several, else a straight line; rows at the end without a number stay empty, as the time ahead.',
    {
      auto: 'Automatic',
      linear: 'A straight line between neighbours',
      previous: 'The value before',
      zero: '0',
      mean: 'The mean of the series',
      season: 'The value one season before',
      none: 'Leave them empty',
    },
    { alias: 'feature_lags, fillna, interpolate' },
  ),
  short: choice(
    'Short series',
    'auto',
    'Automatic: left out, unless every series is short; then they are made longer.',
    { auto: 'Automatic', keep: 'Keep them as they are', pad: 'Begin them earlier, with their first value', drop: 'Leave them out' },
    { alias: 'short_series_handling_configuration' },
  ),
  least: integer('Least steps', 6, 'Series with fewer steps are short.', {
    min: 2,
    max: 100_000,
    when: { param: 'short', in: ['auto', 'pad', 'drop'] },
  }),
};

/** With time and series named as they are in the table. */
function madeSchema({ columns, open }: TableSchema, time: string | undefined, ids: readonly string[]): TableSchema {
  return {
    ...(open ? { open } : {}),
    columns: columns.map((entry) =>
      entry.name === time
        ? { ...entry, type: 'datetime' as const, role: 'time' as const }
        : ids.includes(entry.name)
          ? { ...entry, role: 'group' as const }
          : entry,
    ),
  };
}

export const makeSeries: Kind = {
  id: 'series.make',
  version: 1,
  title: 'Make time series',
  group: 'series',
  icon: 'timeline',
  synonyms: [
    'As Timeseries',
    'Form Timeseries',
    'Interpolate',
    'resample',
    'asfreq',
    'Moving Transform',
    'Timestamp Alignment',
    'frequency',
    'aggregate by month',
    'fill gaps',
    'date_range',
  ],
  summary:
    'Put rows on regular steps of time: the step is told from the dates, repeated times are put together, gaps filled, all of it counted.',
  inputs: [
    { id: 'table', title: 'Table', type: 'table', required: true },
    { id: 'future', title: 'Future rows', type: 'table' },
  ],
  outputs: [
    { id: 'table', title: 'Time series', type: 'table' },
    { id: 'report', title: 'What was done', type: 'table' },
    { id: 'future', title: 'Future rows', type: 'table' },
  ],
  params: { time: timeParam, ids: idsParam, ...stepParams },
  schema: (context) => {
    const input = context.inputs.table;
    const report = {
      type: 'table' as const,
      schema: { columns: REPORT_COLUMNS.map(([name, type]) => column(name, type, { role: 'meta' })) },
    };
    if (input?.type !== 'table') return { report };
    const time = timeAhead(input.schema, context.params)?.name;
    const ids = idsAhead(input.schema, context.params);
    const { future } = context.inputs;
    return {
      table: { ...input, schema: madeSchema(input.schema, time, ids) },
      report,
      ...(future?.type === 'table' ? { future: { ...future, schema: madeSchema(future.schema, time, ids) } } : {}),
    };
  },
  guesses: guessesAhead,
  check: checkTime,
  brief: ({ unit, every }) => (unit === 'auto' ? '' : gridWords({ unit: unit as Unit, every: Number(every) })),
  rows: 'new',
  learns: false,
  order: 'whole',
  target: 'never',
};
