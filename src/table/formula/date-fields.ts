/** Calendar fields of a date-time in milliseconds UTC; the same arithmetic stands in the ONNX graph. */
import { civilFromDays, DAY_MS, isLeapYear } from '../datetime.ts';

export type DateField =
  | 'year'
  | 'half'
  | 'quarter'
  | 'month'
  | 'day'
  | 'weekday'
  | 'week'
  | 'weekyear'
  | 'hour'
  | 'minute'
  | 'second'
  | 'dayofyear'
  | 'days';

/** Monday 1 to Sunday 7; `days` since 1970. */
const weekdayOf = (days: number): number => ((((days + 3) % 7) + 7) % 7) + 1;

/** NaN for a missing date-time. Weekday, week and the year that a week belongs to are those of ISO 8601: a week is its Thursday's. */
export function dateField(field: DateField, ms: number): number {
  if (Number.isNaN(ms)) return Number.NaN;
  const days = Math.floor(ms / DAY_MS);
  const time = ms - days * DAY_MS;
  switch (field) {
    case 'days':
      return ms / DAY_MS;
    case 'hour':
      return Math.floor(time / 3_600_000);
    case 'minute':
      return Math.floor(time / 60_000) % 60;
    case 'second':
      return Math.floor(time / 1000) % 60;
    case 'weekday':
      return weekdayOf(days);
    case 'week':
    case 'weekyear': {
      const thursday = (days + 4 - weekdayOf(days)) * DAY_MS;
      return field === 'weekyear' ? dateField('year', thursday) : Math.floor((dateField('dayofyear', thursday) - 1) / 7) + 1;
    }
  }
  const { year, month, day } = civilFromDays(days);
  if (field === 'year') return year;
  if (field === 'month') return month;
  if (field === 'half') return month > 6 ? 2 : 1;
  if (field === 'quarter') return Math.floor((month + 2) / 3);
  if (field === 'day') return day;
  const before = Math.floor((275 * month) / 9) - (month > 2 ? (isLeapYear(year) ? 1 : 2) : 0) - 30;
  return before + day;
}
