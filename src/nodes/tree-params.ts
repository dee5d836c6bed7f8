/** What boosted trees look at, as nodes of time series ask for it: columns known in advance, lags, windows and the calendar. */
import type { Json } from '../base/json.ts';
import { type Problem, problem } from '../base/problem.ts';
import { phrase, type Words } from '../base/words.ts';
import type { SchemaContext } from '../kind/kind.ts';
import { type ColumnPick, choice, columns, flag, integer, list, type Param, type Params, type ParamValues } from '../kind/params.ts';
import { resolveColumns } from '../kind/pick.ts';
import { type ColumnSchema, findColumn, type TableSchema } from '../kind/schema.ts';
import { type LagLook, type LagWindow, WINDOW_HOWS } from '../series/lagged-features.ts';
import type { Panel, PanelSeries } from '../series/panel.ts';
import { isShared } from '../series/shared-ids.ts';
import { targetAhead } from './series-params.ts';

const KNOWN = { types: ['number', 'integer', 'boolean'] } as const;

/** Shown while `when` says that trees may be tried. */
export function treeParams(when: NonNullable<Param['when']>): Params {
  return {
    known: columns(
      'Known in advance',
      { names: [] },
      'Columns whose future is known, such as a price or a holiday: boosted trees use it, other methods do not. Forecast then asks for rows of that time.',
      { filter: { port: 'table', ...KNOWN }, alias: 'known_covariates, future regressors, xreg', when },
    ),
    lags: list('Lags of trees', [], 'How many steps back boosted trees look. None: those right before, and those around a season ago.', {
      itemLabel: 'Lag',
      item: { lag: integer('Steps back', 1, 'How many steps before the first one forecast.', { min: 1, max: 10_000 }) },
      alias: 'target_lags',
      advanced: true,
      when,
    }),
    windows: list('Windows of trees', [], 'Summaries of the last steps that boosted trees see besides.', {
      itemLabel: 'Window',
      item: {
        size: integer('Steps', 6, 'How many of the last steps.', { min: 2, max: 10_000 }),
        how: choice('How', 'mean', 'The summary.', WINDOW_HOWS),
      },
      alias: 'target_rolling_window_size',
      advanced: true,
      when,
    }),
    calendar: flag('Calendar of trees', true, 'Boosted trees see month, day, weekday and hour of the step.', {
      alias: 'feature engineering of time, holidays',
      advanced: true,
      when,
    }),
  };
}

/** Whether trees that may be tried look at the time ahead. */
export const asksKnown = (params: ParamValues): boolean => {
  const pick = params.known as ColumnPick | undefined;
  const trees = 'boosting' in params ? params.boosting === true : true;
  const methods = Array.isArray(params.methods)
    ? records(params.methods).map(({ method }) => String(method))
    : [typeof params.method === 'string' ? params.method : 'auto'];
  return (
    trees &&
    methods.some((method) => method === 'auto' || isShared(method)) &&
    pick !== undefined &&
    !('names' in pick && pick.names.length === 0)
  );
};
export const knownAhead = (schema: TableSchema, params: ParamValues): ColumnSchema[] =>
  asksKnown(params)
    ? resolveColumns(params.known as ColumnPick, schema, KNOWN).map((name) => ({ ...findColumn(schema, name)!, role: 'feature' as const }))
    : [];

/** The target by name among them: its future is what nobody knows. By a rule such as all columns it is left out. */
export function checkKnown({ params, inputs: { table } }: SchemaContext): Problem[] {
  if (table?.type !== 'table' || !asksKnown(params)) return [];
  const target = targetAhead(table.schema, params)?.name;
  const pick = params.known as ColumnPick;
  if (target === undefined || !('names' in pick) || !pick.names.includes(target)) return [];
  return [
    problem({
      code: 'series.known-target',
      at: { param: 'known', column: target },
      args: { column: target },
      message: `“${target}” is what is forecast, so it is not known in advance.`,
      hint: 'Take it out of the columns known in advance, or choose another target.',
    }),
  ];
}

/** What is to be said of columns known in advance: that nothing looks at them, or that the chart goes on with their last values. */
export function knownNotes(
  { panel, known, horizon }: { panel: Panel; known: readonly string[]; horizon: number },
  { shared }: { shared: Readonly<Record<string, unknown>> },
): Words[] {
  if (known.length === 0) return [];
  const columns = [...known];
  if (Object.keys(shared).length === 0)
    return [phrase('series.known-unused', 'Boosted trees have no say in these forecasts, so nothing looks at {columns}.', { columns })];
  const given = ({ y, known: own }: PanelSeries) =>
    own.every((values) => Array.from({ length: horizon }, (_, h) => values[y.length + h]).every((value) => Number.isFinite(value)));
  if (panel.series.every(given)) return [];
  return [
    phrase(
      'series.known-carried',
      'The table does not go on after the last value: the chart takes the last {columns}. Forecast asks for those of the time ahead.',
      {
        columns,
      },
    ),
  ];
}

export const lookOf = (params: ParamValues, known: readonly string[]): LagLook => ({
  lags: records(params.lags).map(({ lag }) => Number(lag)),
  windows: records(params.windows).map(({ size, how }) => ({ size: Number(size), how: how as LagWindow['how'] })),
  calendar: params.calendar !== false,
  known,
});
const records = (value: Json | undefined) => (Array.isArray(value) ? (value as Record<string, Json>[]) : []);
