/** What a model of series says of the time after their ends: forecasts with intervals, as numbers, as a table and for the fan chart. */
import { ProblemError } from '../base/problem.ts';
import { phrase } from '../base/words.ts';
import { forecastMethod } from '../forecast/index.ts';
import { freeName } from '../kind/schema.ts';
import type { FanSeries } from '../recipe/results.ts';
import type { FittedSeries, SeriesMember, SeriesModel } from '../recipe/series-model.ts';
import { type Column, columnOf, numeric } from '../table/column.ts';
import { timeOfStep } from '../table/series/grid.ts';
import { type Field, type Table, table } from '../table/table.ts';
import { weightedMean } from './fit.ts';
import type { SharedMember } from './lagged.ts';
import { isShared } from './shared-ids.ts';

export interface SeriesAhead {
  series: FittedSeries;
  mean: Float64Array;
  /** Row-major [levels, horizon]. */
  lower: Float64Array;
  upper: Float64Array;
}
/** A series that never was below 0 is not forecast below 0. */
export const isNonNegative = ({ history }: Pick<FittedSeries, 'history'>): boolean => history.every((value) => value >= 0);

/** Forecasts are weighed together around the last value. */
export const baseOf = ({ history }: Pick<FittedSeries, 'history'>): number => history[history.length - 1];

function memberMean({ method, fitted }: SeriesMember, horizon: number): Float64Array {
  if (!isShared(method)) return forecastMethod(method).forecast(fitted, horizon).mean;
  const { mean } = fitted as SharedMember;
  if (horizon <= mean.length) return mean.subarray(0, horizon);
  throw new ProblemError({
    code: 'forecast.too-far',
    at: { param: 'horizon' },
    args: { most: mean.length },
    message: phrase('forecast.too-far', 'The boosted trees of this model were made for {count} {step|steps} ahead.', {
      count: mean.length,
    }),
    hint: 'Forecast fewer steps, or train the model for more.',
  });
}

/** `horizon` may pass the model's own: intervals then widen with the root of the step. */
export function aheadOf(model: Pick<SeriesModel, 'horizon' | 'levels'>, series: FittedSeries, horizon: number): SeriesAhead {
  const mean = weightedMean(
    baseOf(series),
    series.members.map((member) => ({ weight: member.weight, mean: memberMean(member, horizon) })),
  );
  const floor = isNonNegative(series) ? 0 : Number.NEGATIVE_INFINITY;
  const lower = new Float64Array(model.levels.length * horizon);
  const upper = new Float64Array(model.levels.length * horizon);
  const clipped = mean.map((value) => Math.max(floor, value));
  model.levels.forEach((_, l) => {
    for (let h = 0; h < horizon; h++) {
      const own = Math.min(h, model.horizon - 1);
      const wider = h < model.horizon ? 1 : Math.sqrt((h + 1) / model.horizon);
      const width = series.widths[l * model.horizon + own] * wider;
      lower[l * horizon + h] = Math.max(floor, mean[h] - width);
      upper[l * horizon + h] = Math.max(floor, mean[h] + width);
    }
  });
  return { series, mean: clipped, lower, upper };
}

/** The column of a bound: "lower_80". */
export const boundName = (side: 'lower' | 'upper', level: number): string => `${side}_${Math.round(level * 100)}`;

/** One row per series and step: ids, time, forecast, and the bounds of each interval, wide to narrow around it. */
export function forecastTable(model: SeriesModel, aheads: readonly SeriesAhead[]): Table {
  const horizon = aheads[0]?.mean.length ?? 0;
  const rows = aheads.length * horizon;
  const taken = new Set<string>();
  const fields: Field[] = [];
  const columns: Column[] = [];
  const add = (field: Field, column: Column) => {
    fields.push({ ...field, name: freeName(field.name, taken) });
    columns.push(column);
  };
  model.ids.forEach((name, i) => {
    const type = model.inputs.find((input) => input.name === name)?.type ?? 'category';
    const cells = aheads.flatMap(({ series }) => new Array<string>(horizon).fill(series.key[i]));
    const typed = cells.map((cell) =>
      cell === ''
        ? null
        : type === 'number' || type === 'integer' || type === 'datetime'
          ? Number(cell)
          : type === 'boolean'
            ? cell === 'true'
            : cell,
    );
    add({ name, role: 'group' }, columnOf(type, typed));
  });
  const times = new Float64Array(rows);
  aheads.forEach(({ series }, s) => {
    for (let h = 0; h < horizon; h++) times[s * horizon + h] = timeOfStep(model.grid, series.last + 1 + h);
  });
  add({ name: model.time, role: 'time' }, numeric(times, 'datetime'));
  const put = (name: string, of: (ahead: SeriesAhead) => Float64Array) => {
    const values = new Float64Array(rows);
    aheads.forEach((ahead, s) => void values.set(of(ahead), s * horizon));
    add({ name, role: 'feature' }, numeric(values));
  };
  put('forecast', ({ mean }) => mean);
  model.levels.forEach((level, l) => {
    put(boundName('lower', level), ({ lower }) => lower.subarray(l * horizon, (l + 1) * horizon));
    put(boundName('upper', level), ({ upper }) => upper.subarray(l * horizon, (l + 1) * horizon));
  });
  return table(fields, columns, rows);
}

/** Of each series the chart draws so much of its history: enough to see what the forecast goes on from. */
const LEAST_HISTORY = 60;
const HISTORY_PER_STEP = 6;
const MOST_HISTORY = 600;

/** Steps count on the grid of the model; of the history no more than the chart draws. */
export function fanOf({ series, mean, lower, upper }: SeriesAhead): FanSeries {
  const history = series.history.slice(-Math.min(MOST_HISTORY, Math.max(LEAST_HISTORY, HISTORY_PER_STEP * mean.length)));
  return { name: series.key.join(' · '), first: series.last + 1 - history.length, history, at: series.last + 1, mean, lower, upper };
}
