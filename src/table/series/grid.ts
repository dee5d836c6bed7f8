/** The regular steps in time that a series stands on: what its step is, which step a moment belongs to, and when a step is. */
import { type Phrase, phrase } from '../../base/words.ts';
import { civilFromDays, DAY_MS, daysFromCivil, daysInMonth } from '../datetime.ts';

export const UNITS = ['second', 'minute', 'hour', 'day', 'weekday', 'week', 'month', 'quarter', 'year'] as const;
export type Unit = (typeof UNITS)[number];

/** Plain data. Step 0 holds the moment `anchor` (milliseconds UTC). */
export interface Grid {
  readonly unit: Unit;
  /** How many units make a step. */
  readonly every: number;
  readonly anchor: number;
  /** Months, quarters and years: times are the last day of the month. */
  readonly end?: true;
  /** Times may stand an hour later than their step, as local midnights do in UTC where clocks change. */
  readonly clocks?: true;
  /** Times may stand off their step: anywhere from so many milliseconds before it to as many before the next. */
  readonly early?: number;
}

export const UNIT_MS: Readonly<Record<'second' | 'minute' | 'hour' | 'day' | 'week', number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY_MS,
  week: 7 * DAY_MS,
};
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
const isMonths = (unit: Unit): unit is keyof typeof MONTHS => unit in MONTHS;

const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);
export const monthOf = (ms: number): number => {
  const { year, month } = civilFromDays(dayOf(ms));
  return year * 12 + month - 1;
};
/** Monday is 0. */
export const weekdayOf = (ms: number): number => (((dayOf(ms) + 3) % 7) + 7) % 7;
/** Working days since a Monday long ago; a weekend belongs to its Friday. */
const workday = (ms: number): number => Math.floor((dayOf(ms) + 3) / 7) * 5 + Math.min(4, weekdayOf(ms));
export const isMonthEnd = (ms: number): boolean => {
  const { year, month, day } = civilFromDays(dayOf(ms));
  return day === daysInMonth(year, month);
};

/** The step that holds the moment: the last one that does not begin after it; months by the calendar. */
export function stepAt({ unit, every, anchor, early = 0 }: Grid, time: number): number {
  const ms = time + early;
  if (isMonths(unit)) return Math.floor((monthOf(ms) - monthOf(anchor)) / (every * MONTHS[unit]));
  if (unit === 'weekday') return Math.floor((workday(ms) - workday(anchor)) / every);
  return Math.floor((ms - anchor) / (every * UNIT_MS[unit]));
}

/** The largest unit that so many milliseconds are whole ones of, seconds at least. */
export function inUnits(ms: number): Pick<Grid, 'unit' | 'every'> {
  for (const unit of ['week', 'day', 'hour', 'minute', 'second'] as const)
    if (ms % UNIT_MS[unit] === 0) return { unit, every: ms / UNIT_MS[unit] };
  return { unit: 'second', every: Math.max(1, Math.round(ms / 1000)) };
}

/** Milliseconds of a step of the clock; undefined for days and longer, which the calendar makes. */
export const clockStep = ({ unit, every }: Pick<Grid, 'unit' | 'every'>): number | undefined =>
  unit === 'second' || unit === 'minute' || unit === 'hour' ? every * UNIT_MS[unit] : undefined;

/** When a step is, in milliseconds UTC. */
export function timeOfStep({ unit, every, anchor, end }: Grid, step: number): number {
  if (isMonths(unit)) {
    const months = monthOf(anchor) + step * every * MONTHS[unit];
    const year = Math.floor(months / 12);
    const month = months - year * 12 + 1;
    const { day } = civilFromDays(dayOf(anchor));
    const last = daysInMonth(year, month);
    return daysFromCivil(year, month, end ? last : Math.min(day, last)) * DAY_MS + (anchor - dayOf(anchor) * DAY_MS);
  }
  if (unit === 'weekday') {
    const day = workday(anchor) + step * every;
    return (Math.floor(day / 5) * 7 + (((day % 5) + 5) % 5) - 3) * DAY_MS + (anchor - dayOf(anchor) * DAY_MS);
  }
  return anchor + step * every * UNIT_MS[unit];
}

/** Seasons that such series usually have, in steps, shortest first, of those that `length` observations show at least twice. */
export function usualPeriods({ unit, every }: Pick<Grid, 'unit' | 'every'>, length: number): number[] {
  const perYear = { month: [12], quarter: [4], year: [], week: [52], weekday: [5, 260], day: [7, 365], hour: [24, 168] };
  const base = unit === 'minute' ? [60, 1440, 10_080] : unit === 'second' ? [60, 3600] : perYear[unit];
  const whole = base.map((period) => period / every).filter((period) => Number.isInteger(period) && period >= 2);
  // A day of half-hours is a season; half of an hour in two steps is not.
  const wide = unit === 'minute' && every > 1 ? whole.filter((period) => period >= 1440 / every) : whole;
  return wide.filter((period) => length >= 2 * period);
}

const NAMES: Readonly<Record<Unit, Phrase>> = {
  second: phrase('series.by.second', 'by the second'),
  minute: phrase('series.by.minute', 'by the minute'),
  hour: phrase('series.by.hour', 'hourly'),
  day: phrase('series.by.day', 'daily'),
  weekday: phrase('series.by.weekday', 'each working day'),
  week: phrase('series.by.week', 'weekly'),
  month: phrase('series.by.month', 'monthly'),
  quarter: phrase('series.by.quarter', 'quarterly'),
  year: phrase('series.by.year', 'yearly'),
};
const SEVERAL: Readonly<Record<Unit, (count: number) => Phrase>> = {
  second: (count) => phrase('series.every.second', 'every {count} seconds', { count }),
  minute: (count) => phrase('series.every.minute', 'every {count} minutes', { count }),
  hour: (count) => phrase('series.every.hour', 'every {count} hours', { count }),
  day: (count) => phrase('series.every.day', 'every {count} days', { count }),
  weekday: (count) => phrase('series.every.weekday', 'every {count} working days', { count }),
  week: (count) => phrase('series.every.week', 'every {count} weeks', { count }),
  month: (count) => phrase('series.every.month', 'every {count} months', { count }),
  quarter: (count) => phrase('series.every.quarter', 'every {count} quarters', { count }),
  year: (count) => phrase('series.every.year', 'every {count} years', { count }),
};
/** "monthly", "every 2 weeks". */
export const gridWords = ({ unit, every }: Pick<Grid, 'unit' | 'every'>): Phrase => (every === 1 ? NAMES[unit] : SEVERAL[unit](every));
