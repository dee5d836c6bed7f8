/** What boosted trees see of a series when they forecast it: recent values, values of the same season, the calendar, and which series it is. */

import type { KnownSpan } from '../recipe/series-model.ts';
import { civilFromDays, DAY_MS } from '../table/datetime.ts';
import { type Grid, timeOfStep, weekdayOf } from '../table/series/grid.ts';

/** One series up to the time that is known. */
export interface Known {
  y: Float64Array;
  /** Step of `y[0]`. */
  first: number;
  /** Which series it is. */
  code: number;
  /** By what values are divided: the mean error of repeating the last season. */
  scale: number;
  /** What is known in advance, at its own steps. */
  known?: KnownSpan;
}
export const WINDOW_HOWS = { mean: 'Mean', min: 'Smallest', max: 'Largest', std: 'Standard deviation' } as const;
/** A summary of so many values right before. */
export interface LagWindow {
  size: number;
  how: keyof typeof WINDOW_HOWS;
}
/** What a person has trees look at. */
export interface LagLook {
  /** Steps back; the usual ones when there are none. */
  lags: readonly number[];
  windows: readonly LagWindow[];
  calendar: boolean;
  /** Names of the columns known in advance. */
  known: readonly string[];
}
export interface LagShape {
  grid: Grid;
  /** The season, 1 for none. */
  period: number;
  /** Values right before, by how many steps. */
  recent: number;
  /** These lags in the place of those right before and a season ago. */
  lags?: readonly number[];
  windows?: readonly LagWindow[];
  /** Absent: the calendar is seen. */
  calendar?: false;
  known?: readonly string[];
}

const SEASONS = 3;
const AROUND = [-1, 0, 1];

/** What trees see of series on such a grid; `periods`: seasons in steps, shortest first. */
export const lagShape = (grid: Grid, periods: readonly number[], look?: LagLook): LagShape => {
  const period = periods[0] ?? 1;
  return {
    grid,
    period,
    recent: Math.max(4, Math.min(period > 1 ? period : 7, 14)),
    ...(look && look.lags.length > 0 ? { lags: [...new Set(look.lags)].sort((a, b) => a - b) } : {}),
    ...(look && look.windows.length > 0 ? { windows: look.windows } : {}),
    ...(look?.calendar === false ? { calendar: false as const } : {}),
    ...(look && look.known.length > 0 ? { known: look.known } : {}),
  };
};

/** Values needed before a first row. */
export const warmUp = ({ period, recent, lags, windows = [] }: LagShape): number => {
  const back = lags ? Math.max(...lags) : recent;
  const seasons = lags || period === 1 ? 1 : 2;
  return Math.max(back + 1, period * seasons + 1, ...windows.map(({ size }) => size + 1));
};

/** How many steps before the end of what is known trees look, windows aside. */
export const lookedBack = ({ period, recent, lags }: LagShape): number =>
  lags ? Math.max(...lags) : Math.max(recent, period > 1 ? period * SEASONS + 1 : 0);

/** The values of the same season that trees see of the step `h` ahead: steps before the first that is not known, 1 being the last known. */
export const seasonalBack = ({ period, lags }: Pick<LagShape, 'period' | 'lags'>, h: number): number[] =>
  period > 1 && !lags
    ? Array.from({ length: SEASONS }, (_, k) => AROUND.map((d) => 1 - h + period * (Math.ceil(h / period) + k) - d)).flat()
    : [];

export const CALENDAR = ['month', 'day', 'weekday', 'hour'] as const;

/** In the order in which `writeFeatures` writes them. */
export function featureNames({ period, recent, lags, windows = [], calendar, known = [] }: LagShape): string[] {
  const seasonal =
    period > 1 && !lags
      ? Array.from({ length: SEASONS }, (_, k) => AROUND.map((d) => `season -${k + 1}${d === 0 ? '' : d > 0 ? ' +1' : ' -1'}`)).flat()
      : [];
  return [
    'step',
    'series',
    'level',
    ...(lags ?? Array.from({ length: recent }, (_, j) => j + 1)).map((lag) => `lag ${lag}`),
    ...seasonal,
    ...windows.map(({ size, how }) => `${how} of ${size}`),
    ...(calendar === false ? [] : CALENDAR),
    ...known.flatMap((name) => [name, `${name}, change`]),
  ];
}

/** The value one or more whole seasons before the step `h` after `t`, the latest that is known at `t`. */
export const baseAt = (y: Float64Array, t: number, h: number, period: number): number => y[t + h - period * Math.ceil(h / period)];

/**
 * Writes the row of the step `h` after `t` (an index of `y`) at `out[at]`: differences from the base over the scale, so that level
 * and size of a series do not matter, nor that trees cannot go beyond what they saw.
 */
export function writeFeatures(
  out: Float32Array,
  at: number,
  { y, first, code, scale, known }: Known,
  t: number,
  h: number,
  shape: LagShape,
): void {
  const { period, recent, grid, lags, windows = [] } = shape;
  const base = baseAt(y, t, h, period);
  const size = scale > 0 ? scale : 1;
  const rest = (value: number | undefined) => (value === undefined ? Number.NaN : (value - base) / size);
  let level = 0;
  const span = Math.min(t + 1, Math.max(period, 3));
  for (let j = 0; j < span; j++) level += y[t - j] / span;
  let column = at;
  out[column++] = h;
  out[column++] = code;
  out[column++] = rest(level);
  if (lags) for (const lag of lags) out[column++] = t + 1 - lag >= 0 ? rest(y[t + 1 - lag]) : Number.NaN;
  else for (let j = 0; j < recent; j++) out[column++] = t - j >= 0 ? rest(y[t - j]) : Number.NaN;
  for (const back of seasonalBack(shape, h)) {
    const i = t + 1 - back;
    out[column++] = i >= 0 && i <= t ? rest(y[i]) : Number.NaN;
  }
  for (const { size: length, how } of windows) {
    const value = summary(y, t + 1 - length, t + 1, how);
    out[column++] = how === 'std' ? value / size : rest(value);
  }
  if (shape.calendar !== false) column = writeCalendar(out, column, timeOfStep(grid, first + t + h));
  // Beside the value then, how far it is from that of the time which the forecast is told from.
  const baseStep = first + t + h - period * Math.ceil(h / period);
  for (let k = 0; k < (shape.known?.length ?? 0); k++) {
    const then = knownAt(known, k, first + t + h);
    out[column++] = then;
    out[column++] = then - knownAt(known, k, baseStep);
  }
}

/** NaN where it is not known. */
export const knownAt = (span: KnownSpan | undefined, column: number, step: number): number =>
  span?.values[column][step - span.first] ?? Number.NaN;

function summary(y: Float64Array, from: number, to: number, how: LagWindow['how']): number {
  if (from < 0) return Number.NaN;
  const own = y.subarray(from, to);
  if (how === 'min') return own.reduce((least, value) => Math.min(least, value));
  if (how === 'max') return own.reduce((most, value) => Math.max(most, value));
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  if (how === 'mean') return mean;
  return own.length > 1 ? Math.sqrt(own.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (own.length - 1)) : Number.NaN;
}

/** Writes the step's month, day, weekday and hour at `out[at]`; answers the place behind them. */
export function writeCalendar(out: Float32Array, at: number, ms: number): number {
  let column = at;
  const { month, day } = civilFromDays(Math.floor(ms / DAY_MS));
  out[column++] = month;
  out[column++] = day;
  out[column++] = weekdayOf(ms);
  out[column++] = Math.floor((((ms % DAY_MS) + DAY_MS) % DAY_MS) / 3_600_000);
  return column;
}
