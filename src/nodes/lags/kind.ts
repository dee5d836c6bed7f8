/** Lag & window: what the node is called, asks for and gives. */
import { problem } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { Kind } from '../../kind/kind.ts';
import { type ColumnPick, choice, columns, flag, integer, list, type Params, type ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { column, freeName } from '../../kind/schema.ts';
import { checkTime, guessesAhead, idsParam, timeAhead, timeParam } from '../series-params.ts';

export const LAGGABLE = { types: ['number', 'integer'], roles: ['feature', 'target', 'meta'] } as const;
const WINDOW_NAMES = { mean: 'Mean', sum: 'Sum', min: 'Smallest', max: 'Largest', std: 'Standard deviation' } as const;
export type WindowHow = keyof typeof WINDOW_NAMES;

export type LagColumn = { name: string } & ({ lag: number } | { size: number; how: WindowHow });

/** The columns that one column gives, by their names. */
export function lagColumns(source: string, params: ParamValues, taken: Set<string>): LagColumn[] {
  const lags = (params.lags as { lag: number }[]).map(({ lag }): LagColumn => ({ name: freeName(`${source}_lag_${lag}`, taken), lag }));
  const windows = (params.windows as { size: number; how: WindowHow }[]).map(
    ({ size, how }): LagColumn => ({ name: freeName(`${source}_${how}_${size}`, taken), size, how }),
  );
  return [...lags, ...windows];
}

const params: Params = {
  columns: columns('Columns', { all: true }, 'Columns of numbers to look back in.', { filter: LAGGABLE }),
  time: timeParam,
  ids: idsParam,
  lags: list('Lags', [{ lag: 1 }], 'The value so many rows before, one column each.', {
    itemLabel: 'Lag',
    alias: 'target_lags, shift',
    item: { lag: integer('Rows back', 1, 'How many rows before.', { min: 1, max: 100_000 }) },
  }),
  windows: list('Windows', [], 'A summary of the rows before, one column each.', {
    itemLabel: 'Window',
    alias: 'target_rolling_window_size, rolling',
    item: {
      size: integer('Rows', 3, 'How many rows before are summed up.', { min: 1, max: 100_000 }),
      how: choice('How', 'mean', 'The summary. Missing values are left out.', WINDOW_NAMES),
    },
  }),
  least: integer('Least values', 1, 'A window with fewer values than this is missing.', { alias: 'min_periods', min: 1, max: 100_000 }),
  inclusive: flag(
    'Windows with the row itself',
    false,
    'Off: windows end at the row before, so that nothing of a row’s own time is in them. Not for the target.',
    { alias: 'closed', advanced: true },
  ),
};

const NEEDS_HISTORY = problem({
  code: 'export.history',
  at: { param: 'lags' },
  message: 'Lags and windows need the rows before, which a single request to an ONNX file does not have.',
  hint: 'Use the model in this app, or Forecast model, whose ONNX file carries the end of each series.',
});

export const lagWindow: Kind = {
  id: 'series.lags',
  version: 1,
  title: 'Lag & window',
  group: 'series',
  icon: 'history',
  synonyms: [
    'Lag Column',
    'shift',
    'rolling',
    'Moving Transform',
    'Moving Average',
    'Difference',
    'window features',
    'lagged features',
    'Moving Aggregator',
  ],
  summary: 'Make columns of what came before: values so many rows back, and means, sums or extremes of the rows before, series by series.',
  inputs: [{ id: 'table', title: 'Table', type: 'table', required: true }],
  outputs: [{ id: 'table', title: 'Table', type: 'table' }],
  params,
  schema: ({ params: values, inputs }) => {
    const input = inputs.table;
    if (input?.type !== 'table') return {};
    const time = timeAhead(input.schema, values)?.name;
    const taken = new Set(input.schema.columns.map(({ name }) => name));
    const made = resolveColumns(values.columns as ColumnPick, input.schema, LAGGABLE)
      .filter((name) => name !== time)
      .flatMap((name) => lagColumns(name, values, taken).map((entry) => column(entry.name, 'number', { from: [name] })));
    return { table: { ...input, schema: { ...input.schema, columns: [...input.schema.columns, ...made] } } };
  },
  guesses: guessesAhead,
  check: checkTime,
  exportable: () => NEEDS_HISTORY,
  brief: ({ lags, windows }) =>
    phrase('brief.lags', '{lags} lags, {windows} windows', { lags: (lags as unknown[]).length, windows: (windows as unknown[]).length }),
  rows: 'keep',
  learns: false,
  order: 'looks-back',
  target: 'never',
};
