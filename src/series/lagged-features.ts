/** What boosted trees see of a series when they forecast it: recent values, values of the same season, the calendar, and which series it is. */
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
}
export interface LagShape {
  grid: Grid;
  /** The season, 1 for none. */
  period: number;
  /** Values right before, by how many steps. */
  recent: number;
}

const SEASONS = 3;
const AROUND = [-1, 0, 1];

export const lagShape = (grid: Grid, periods: readonly number[]): LagShape => {
  const period = periods[0] ?? 1;
  return { grid, period, recent: Math.max(4, Math.min(period > 1 ? period : 7, 14)) };
};

/** Values needed before a first row. */
export const warmUp = ({ period, recent }: LagShape): number => Math.max(recent + 1, period * (period > 1 ? 2 : 1) + 1);

export function featureNames({ period, recent }: LagShape): string[] {
  const seasonal =
    period > 1
      ? Array.from({ length: SEASONS }, (_, k) => AROUND.map((d) => `season -${k + 1}${d === 0 ? '' : d > 0 ? ' +1' : ' -1'}`)).flat()
      : [];
  return [
    'step',
    'series',
    'level',
    ...Array.from({ length: recent }, (_, j) => `lag ${j + 1}`),
    ...seasonal,
    'month',
    'day',
    'weekday',
    'hour',
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
  { y, first, code, scale }: Known,
  t: number,
  h: number,
  shape: LagShape,
): void {
  const { period, recent, grid } = shape;
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
  for (let j = 0; j < recent; j++) out[column++] = t - j >= 0 ? rest(y[t - j]) : Number.NaN;
  if (period > 1)
    for (let k = 0; k < SEASONS; k++)
      for (const d of AROUND) {
        const i = t + h - period * (Math.ceil(h / period) + k) + d;
        out[column++] = i >= 0 && i <= t ? rest(y[i]) : Number.NaN;
      }
  const ms = timeOfStep(grid, first + t + h);
  const { month, day } = civilFromDays(Math.floor(ms / DAY_MS));
  out[column++] = month;
  out[column++] = day;
  out[column++] = weekdayOf(ms);
  out[column++] = Math.floor((((ms % DAY_MS) + DAY_MS) % DAY_MS) / 3_600_000);
}
