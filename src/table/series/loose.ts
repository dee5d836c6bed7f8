/** The step of times that stand a little off it: readings some seconds early or late, clocks that run off, days and months at any hour. */
import { civilFromDays, DAY_MS, daysInMonth } from '../datetime.ts';
import { type Grid, inUnits, monthOf, timeOfStep } from './grid.ts';

/** Below this share of whole steps times are irregular, and the step is the unit that mostly holds one of them. */
export const REGULAR = 0.8;
/** Of fewer distances nobody can tell what they would be without being off. */
const LEAST_DISTANCES = 6;
/** Steps that people choose, in seconds: one that the middle distance differs from by at most `NEAR` of it is meant. */
const USUAL = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 14_400, 21_600, 28_800, 43_200];
const NEAR = 0.05;
/** So much of a step may a distance be off, or a time. */
const OFF = 0.25;
/** Hours around midnight within which days that begin there are told. */
const MIDNIGHT = DAY_MS / 12;

/** Per series its distinct times, ascending; `detect` tells the step of times that stand on it. */
export function looseGrid(
  times: readonly Float64Array[],
  distances: readonly number[],
  detect: (times: readonly Float64Array[]) => { grid: Grid; steps: number; single: number; holes: number } | undefined,
): Grid | undefined {
  if (distances.length < LEAST_DISTANCES) return undefined;
  const middle = distances.toSorted((a, b) => a - b)[distances.length >> 1];
  if (middle < 0.9 * DAY_MS) return byClock(times, distances, middle);
  if (middle >= 27 * DAY_MS) return byMonths(times);
  const all = times.flatMap((series) => Array.from(series));
  const hour = (time: number) => ((time % DAY_MS) + DAY_MS) % DAY_MS;
  const before = all.filter((time) => hour(time) >= DAY_MS - MIDNIGHT).length;
  const after = all.filter((time) => hour(time) < MIDNIGHT).length;
  const early = before > 0 && after > 0 && before + after >= REGULAR * all.length ? MIDNIGHT : 0;
  const days = times.map((series) => distinct(series.map((time) => Math.floor((time + early) / DAY_MS) * DAY_MS)));
  const kept = days.reduce((sum, series) => sum + series.length, 0);
  if (kept < REGULAR * all.length || all.every((time) => hour(time) === 0)) return undefined;
  const found = detect(days);
  return found && found.single + found.holes >= REGULAR * found.steps ? { ...found.grid, early } : undefined;
}

const distinct = (ascending: Float64Array): Float64Array => ascending.filter((time, i) => i === 0 || time !== ascending[i - 1]);

/** One time in each month, or every few months, whichever its day is. */
function byMonths(times: readonly Float64Array[]): Grid | undefined {
  const distances = times.flatMap((series) => Array.from(series.subarray(1), (time, i) => monthOf(time) - monthOf(series[i])));
  const step = distances.toSorted((a, b) => a - b)[distances.length >> 1];
  if (step < 1 || distances.filter((months) => months > 0 && months % step === 0).length < REGULAR * distances.length) return undefined;
  const shape =
    step % 12 === 0
      ? { unit: 'year' as const, every: step / 12 }
      : step % 3 === 0
        ? { unit: 'quarter' as const, every: step / 3 }
        : { unit: 'month' as const, every: step };
  const ends = times.every((series) => series.every(isLate));
  const end = ends ? { end: true as const } : {};
  const months = { unit: 'month', every: 1, anchor: 0, ...end } as const;
  return { ...shape, anchor: timeOfStep(months, monthOf(firstOf(times)) - monthOf(0)), ...end, early: 0 };
}

const firstOf = (times: readonly Float64Array[]): number =>
  times.reduce((least, [time = least]) => Math.min(least, time), Number.POSITIVE_INFINITY);

/** Within what a working day may lie before the end of a month. */
const LAST_DAYS = 5;
function isLate(time: number): boolean {
  const { year, month, day } = civilFromDays(Math.floor(time / DAY_MS));
  return day > daysInMonth(year, month) - LAST_DAYS;
}

/** Each time counts for the step nearest to it, of steps that stand on the clock, or where most times are. */
function byClock(times: readonly Float64Array[], distances: readonly number[], middle: number): Grid | undefined {
  const usual = USUAL.find((seconds) => Math.abs(seconds * 1000 - middle) <= NEAR * middle);
  const step = usual === undefined ? Math.round(meanStep(distances, middle) / 1000) * 1000 : usual * 1000;
  if (step < 1000 || Math.abs(step - middle) > NEAR * middle) return undefined;
  if (distances.filter((distance) => isWhole(distance, step)).length < REGULAR * distances.length) return undefined;
  const first = firstOf(times);
  const clock = Math.floor(first / DAY_MS) * DAY_MS;
  const TENTHS = 10;
  const far = new Int32Array(TENTHS);
  const off = new Float64Array(TENTHS);
  let count = 0;
  for (const series of times)
    for (const time of series) {
      count++;
      for (let k = 0; k < TENTHS; k++) {
        const own = Math.abs(offBy(time, clock + (k * step) / TENTHS, step));
        off[k] += own;
        if (own > OFF * step) far[k]++;
      }
    }
  const best = off.indexOf(Math.min(...off));
  // Clocks that run off stand anywhere in the end: then the hours' own steps are as good as others.
  const anchor = clock + ((far[0] - far[best] > 0.1 * count ? best : 0) * step) / TENTHS;
  return { ...inUnits(step), anchor: first - offBy(first, anchor, step), early: step / 2 };
}

const isWhole = (distance: number, step: number): boolean => {
  const count = Math.round(distance / step);
  return count >= 1 && Math.abs(distance - count * step) <= OFF * step;
};

/** The mean of distances that are whole steps of about `step`. */
function meanStep(distances: readonly number[], step: number): number {
  const whole = distances.filter((distance) => isWhole(distance, step));
  const counts = whole.reduce((sum, distance) => sum + Math.round(distance / step), 0);
  return whole.reduce((sum, distance) => sum + distance, 0) / Math.max(1, counts);
}

/** How far a time is from the nearest of the steps around `anchor`. */
const offBy = (time: number, anchor: number, step: number): number => time - anchor - Math.round((time - anchor) / step) * step;

/** A grid that most times stand on, with those beside it counting for the nearest step; as it is where some stand far from any. */
export function withStrays(grid: Grid, step: number, times: readonly Float64Array[]): Grid {
  const near = times.every((series) => series.every((time) => Math.abs(offBy(time, grid.anchor, step)) <= OFF * step));
  return near ? { ...grid, early: step / 2 } : grid;
}
