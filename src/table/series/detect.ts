/** What the step of a time column is, told from the distances of its times, with the evidence. */
import { DAY_MS } from '../datetime.ts';
import { clockStep, type Grid, inUnits, isMonthEnd, monthOf, stepAt, timeOfStep, UNIT_MS, type Unit, weekdayOf } from './grid.ts';
import { looseGrid, REGULAR, withStrays } from './loose.ts';

export interface Detected {
  grid: Grid;
  /** Distances between neighbouring times of one series. */
  steps: number;
  /** Those that are one step. */
  single: number;
  /** Those that are several whole steps: times are left out there. */
  holes: number;
}

/** The most frequent value; the smaller of two as frequent. */
function mode(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = Number.NaN;
  for (const [value, count] of counts) {
    const most = counts.get(best) ?? 0;
    if (count > most || (count === most && value < best)) best = value;
  }
  return best;
}

/** A calendar day in every time: same time of day, and a month apart or more. */
function monthly(times: readonly Float64Array[], distances: readonly number[]): Pick<Grid, 'unit' | 'every' | 'end'> | undefined {
  if (distances.some((distance) => distance < 28 * DAY_MS)) return undefined;
  const days = new Set<number>();
  let ends = true;
  for (const series of times)
    for (const time of series) {
      days.add(time - timeOfStep({ unit: 'month', every: 1, anchor: 0 }, monthOf(time) - monthOf(0)));
      ends &&= isMonthEnd(time);
    }
  if (days.size > 1 && !ends) return undefined;
  const months = mode(times.flatMap((series) => Array.from(series.subarray(1), (time, i) => monthOf(time) - monthOf(series[i]))));
  const end = ends ? { end: true as const } : {};
  if (months % 12 === 0) return { unit: 'year', every: months / 12, ...end };
  if (months % 3 === 0) return { unit: 'quarter', every: months / 3, ...end };
  return { unit: 'month', every: months, ...end };
}

/** Of fewer distances a weekend between may as well be a gap. */
const LEAST_WORKDAYS = 8;
/** Days of the week only from Monday to Friday, and weekends between. */
function workdays(times: readonly Float64Array[], distances: readonly number[]): boolean {
  if (distances.length < LEAST_WORKDAYS || mode(distances) !== DAY_MS || distances.some((distance) => distance % DAY_MS !== 0))
    return false;
  if (times.some((series) => series.some((time) => weekdayOf(time) > 4))) return false;
  return distances.filter((distance) => distance === 3 * DAY_MS).length * 7 >= distances.length;
}

/** The finest unit that is no shorter than the middle distance. */
function coarse(distances: readonly number[]): Unit {
  const middle = distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)];
  const units = [...Object.entries(UNIT_MS), ['month', 31 * DAY_MS], ['year', 366 * DAY_MS]] as [Unit, number][];
  return units.find(([, ms]) => ms >= middle)?.[0] ?? 'year';
}

/** Whether a moment is the time of its step. */
export const onStep = (grid: Grid, step: number, time: number): boolean => {
  const off = time - timeOfStep(grid, step);
  return off === 0 || grid.early !== undefined || (grid.clocks === true && off === UNIT_MS.hour);
};

/** The times, those of summer and winter at one time of day, where there are two times of day an hour apart; else undefined. */
function clocksUnchanged(times: readonly Float64Array[]): Float64Array[] | undefined {
  const within = (time: number) => ((time % DAY_MS) + DAY_MS) % DAY_MS;
  const seen = [...new Set(times.flatMap((series) => Array.from(series, within)))];
  if (seen.length !== 2) return undefined;
  const [late] = seen.filter((time) => seen.includes((time - UNIT_MS.hour + DAY_MS) % DAY_MS));
  return late === undefined ? undefined : times.map((series) => series.map((time) => (within(time) === late ? time - UNIT_MS.hour : time)));
}

/** How many distances are one step of the grid, and how many several whole ones. */
export function evidenceOf(grid: Grid, times: readonly Float64Array[]): Omit<Detected, 'grid'> {
  const found = { steps: 0, single: 0, holes: 0 };
  for (const series of times)
    for (let i = 1; i < series.length; i++) {
      const [before, step] = [stepAt(grid, series[i - 1]), stepAt(grid, series[i])];
      found.steps++;
      if (!onStep(grid, step, series[i]) || !onStep(grid, before, series[i - 1])) continue;
      if (step - before === 1) found.single++;
      else if (step > before) found.holes++;
    }
  return found;
}

/** When the first step of such a grid is: the first time, or the start of its unit where times stand anywhere within. */
export function anchorFor(unit: Unit, first: number, within: boolean): number {
  if (!within) return first;
  if (unit === 'second' || unit === 'minute' || unit === 'hour' || unit === 'day') return Math.floor(first / UNIT_MS[unit]) * UNIT_MS[unit];
  const day = Math.floor(first / DAY_MS) * DAY_MS;
  if (unit === 'week') return day - weekdayOf(first) * DAY_MS;
  if (unit === 'weekday') return day - Math.max(0, weekdayOf(first) - 4) * DAY_MS;
  const months = monthOf(first);
  const start = unit === 'year' ? months - (months % 12) : unit === 'quarter' ? months - (months % 3) : months;
  return timeOfStep({ unit: 'month', every: 1, anchor: 0 }, start - monthOf(0));
}

/** Per series its distinct times, ascending. Undefined without two times in one series. */
export function detectGrid(times: readonly Float64Array[]): Detected | undefined {
  const distances = times.flatMap((series) => Array.from(series.subarray(1), (time, i) => time - series[i]));
  if (distances.length === 0) return undefined;
  const first = times.reduce((least, series) => (series.length > 0 ? Math.min(least, series[0]) : least), Number.POSITIVE_INFINITY);
  const shape =
    monthly(times, distances) ?? (workdays(times, distances) ? { unit: 'weekday' as const, every: 1 } : inUnits(mode(distances)));
  const grid: Grid = { ...shape, anchor: first };
  const evidence = evidenceOf(grid, times);
  if (evidence.single + evidence.holes >= REGULAR * evidence.steps) {
    const step = clockStep(grid);
    if (step === undefined || evidence.single + evidence.holes === evidence.steps) return { grid, ...evidence };
    const strayed = withStrays(grid, step, times);
    return { grid: strayed, ...evidenceOf(strayed, times) };
  }
  const even = clocksUnchanged(times);
  const local = even && detectGrid(even);
  if (local && local.single + local.holes >= REGULAR * local.steps) {
    const clocks: Grid = { ...local.grid, clocks: true };
    return { grid: clocks, ...evidenceOf(clocks, times) };
  }
  const loose = looseGrid(times, distances, detectGrid);
  if (loose) return { grid: loose, ...evidenceOf(loose, times) };
  const unit = coarse(distances);
  const wide: Grid = { unit, every: 1, anchor: anchorFor(unit, first, true) };
  return { grid: wide, ...evidenceOf(wide, times) };
}
