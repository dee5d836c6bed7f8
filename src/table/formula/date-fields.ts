/** Calendar fields of a date-time in milliseconds UTC; the same arithmetic stands in the ONNX graph. */
import { civilFromDays, DAY_MS, isLeapYear } from '../datetime.ts';

export type DateField = 'year' | 'quarter' | 'month' | 'day' | 'weekday' | 'hour' | 'minute' | 'second' | 'dayofyear' | 'days';

/** NaN for a missing date-time. Weekday counts Monday 1 to Sunday 7 (ISO 8601). */
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
      return ((((days + 3) % 7) + 7) % 7) + 1;
  }
  const { year, month, day } = civilFromDays(days);
  if (field === 'year') return year;
  if (field === 'month') return month;
  if (field === 'quarter') return Math.floor((month + 2) / 3);
  if (field === 'day') return day;
  const before = Math.floor((275 * month) / 9) - (month > 2 ? (isLeapYear(year) ? 1 : 2) : 0) - 30;
  return before + day;
}
