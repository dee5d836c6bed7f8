/** Times that are written as nobody's dates: quarters, weeks of a year, months with a short year, days with their weekday, UTC in letters. */
import { DAY_MS, daysFromCivil, parseDateTime } from '../datetime.ts';
import { weekdayOf } from './grid.ts';

const first = (year: number, month: number): number => daysFromCivil(year, month, 1) * DAY_MS;

/** Monday of a week of ISO 8601; NaN where the year has no such week. */
function weekStart(year: number, week: number): number {
  const january = first(year, 1) + 3 * DAY_MS;
  const start = january - weekdayOf(january) * DAY_MS + (week - 1) * 7 * DAY_MS;
  // The Thursday says which year a week is of.
  const thursday = start + 3 * DAY_MS;
  return week >= 1 && thursday < first(year + 1, 1) ? start : Number.NaN;
}

/** Two digits up to 68 are of this century. */
const century = (short: number): number => short + (short < 69 ? 2000 : 1900);

const FORMS: readonly { form: RegExp; ms: (found: RegExpMatchArray) => number }[] = [
  { form: /^(\d{4})[\s-]?q([1-4])$/i, ms: ([, year, quarter]) => first(Number(year), 3 * Number(quarter) - 2) },
  { form: /^q([1-4])[\s/-]?(\d{4})$/i, ms: ([, quarter, year]) => first(Number(year), 3 * Number(quarter) - 2) },
  { form: /^(\d{4})[\s-]?w(\d{1,2})$/i, ms: ([, year, week]) => weekStart(Number(year), Number(week)) },
  { form: /^(\d{4})[\s-]?m(0?[1-9]|1[0-2])$/i, ms: ([, year, month]) => first(Number(year), Number(month)) },
  { form: /^([a-z]{3,9})[\s'-]+(\d{2})$/i, ms: ([, month, short]) => parseDateTime(`${month} ${century(Number(short))}`) },
  { form: /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+(.*[a-z].*)$/i, ms: ([, rest]) => parseDateTime(rest) },
  { form: /^(\d{4}-\d{1,2}-\d{1,2}[ t].*\d)\s*(?:utc|gmt)$/i, ms: ([, rest]) => parseDateTime(`${rest}Z`) },
  // Days and months in figures could be either way round: those are the reader's of the file to tell.
  { form: /^(\d{4}[-/].*|.*[a-z]{3}.*)$/i, ms: ([text]) => parseDateTime(text) },
];

/** Milliseconds UTC of the start of what the text names, NaN where it names no time. */
export function periodStart(text: string): number {
  const bare = text.trim();
  for (const { form, ms } of FORMS) {
    const found = bare.match(form);
    if (found) return ms(found);
  }
  return Number.NaN;
}

const YEARS = { least: 1900, most: 2199 };
/** 202312 as the month that it reads as; NaN where it reads as none. */
export function writtenMonth(value: number): number {
  const [year, month] = [Math.floor(value / 100), value % 100];
  return year >= YEARS.least && year <= YEARS.most && month >= 1 && month <= 12 ? first(year, month) : Number.NaN;
}
/** 20231231 as the day that it reads as; NaN where it reads as none. */
export function writtenDay(value: number): number {
  const digits = String(value);
  return writtenMonth(Math.floor(value / 100)) > Number.NEGATIVE_INFINITY
    ? parseDateTime(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`)
    : Number.NaN;
}
