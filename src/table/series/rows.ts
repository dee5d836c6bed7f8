/** Which rows of a table belong to which series, in time: the columns that say so, guessed where nobody did. */
import type { ColumnSchema, TableSchema } from '../../kind/schema.ts';
import { type Cell, type Column, cellAt, cellsOf, countMissing } from '../column.ts';
import { DAY_MS, daysFromCivil } from '../datetime.ts';
import { gather } from '../gather.ts';
import { targetNameRank } from '../guess/target-names.ts';
import { columnNamed, type Table } from '../table.ts';
import { rowGroups } from '../verbs/row-keys.ts';
import { sortOrder } from '../verbs/sort.ts';
import { periodStart, writtenDay, writtenMonth } from './periods.ts';

const isTimeName = (name: string): boolean => /^(date|time|datetime|timestamp|ds|day|week|month|quarter|year|period)$/i.test(name);

const isNumbers = (type: ColumnSchema['type']): boolean => type === 'integer' || type === 'number';

/** The column with the role time, else the first one of dates, else whole numbers called year or timestamp. */
export function guessTime({ columns }: TableSchema): ColumnSchema | undefined {
  const dates = columns.filter(({ type }) => type === 'datetime');
  return (
    columns.find(({ role, type }) => role === 'time' && (type === 'datetime' || type === 'integer')) ??
    dates.find(({ name }) => isTimeName(name)) ??
    dates[0] ??
    columns.find(({ name, type }) => /^(year|(unix|epoch)[ _]?(time|timestamp)?|timestamp)$/i.test(name) && isNumbers(type))
  );
}

const PERIOD_NAME =
  /^((year|fiscal)[ _]?)?(date|day|week|month|quarter|period|time|datetime|timestamp|ts|ds|when|datum|tag|woche|monat|quartal|jahr|fecha|mes|semana|a[nñ]o|mois|jour|ann[eé]e|anno|data|日期|月份|季度|年|年份|年度)$|yyyymm/i;
export const isPeriodName = (name: string): boolean => isTimeName(name) || PERIOD_NAME.test(name);
/** Where no column is of dates: one named as times are, of texts or whole numbers that may read as such. */
export const guessPeriods = ({ columns }: TableSchema): ColumnSchema | undefined =>
  columns.find(
    ({ name, type, role }) => role !== 'target' && PERIOD_NAME.test(name) && ['integer', 'number', 'text', 'category'].includes(type),
  );

/** The years 1980 and 2100 in seconds since 1970: whole numbers between them are taken for such. */
const SECONDS = { least: 315_532_800, most: 4_102_444_800 };
/** What whole numbers are as times, the first one that all of them fit. */
const COUNTED: readonly { fits: (value: number) => boolean; ms: (value: number) => number }[] = [
  { fits: (year) => year >= 1000 && year <= 2999, ms: (year) => daysFromCivil(year, 1, 1) * DAY_MS },
  { fits: (value) => !Number.isNaN(writtenMonth(value)), ms: writtenMonth },
  { fits: (value) => !Number.isNaN(writtenDay(value)), ms: writtenDay },
  { fits: (at) => at >= SECONDS.least && at <= SECONDS.most, ms: (at) => at * 1000 },
  { fits: (at) => at >= SECONDS.least * 1000 && at <= SECONDS.most * 1000, ms: (at) => at },
];

const MONTHS = 12;
/** Years with their months as a fraction, as R writes times: 1949.083 is February 1949. */
const DECIMAL_YEARS = {
  ms: (value: number) => {
    const months = Math.round(value * MONTHS);
    return daysFromCivil(Math.floor(months / MONTHS), (months % MONTHS) + 1, 1) * DAY_MS;
  },
};
/** Of values with two digits behind the point. */
const MONTH_OFF = 0.07;
const isDecimalYears = (values: Float64Array): boolean =>
  values.some((value) => value % 1 !== 0) &&
  values.every((value) => Number.isNaN(value) || (value >= 1000 && value < 3000 && isMonth(value * MONTHS)));
const isMonth = (months: number): boolean => Math.abs(months - Math.round(months)) <= MONTH_OFF;

/**
 * Milliseconds UTC: of dates as they are; of whole numbers from 1000 to 2999 the first of January of that year, of those like 202312 and
 * 20231231 what they read as, of years with a fraction the first of that month, of large ones the seconds or milliseconds since 1970 that they count; of texts what `periodStart` reads;
 * undefined for other columns.
 */
export function momentsOf(column: Column): Float64Array | undefined {
  if (column.type === 'datetime') return column.values;
  if (column.type === 'category' || column.type === 'text') return firstUntimed(column) === undefined ? textMoments(column) : undefined;
  if (column.type !== 'integer' && column.type !== 'number') return undefined;
  const { values } = column;
  const how = isDecimalYears(values)
    ? DECIMAL_YEARS
    : COUNTED.find(({ fits }) => values.every((value) => Number.isNaN(value) || (Number.isInteger(value) && fits(value))));
  return how && values.map((value) => (Number.isNaN(value) ? Number.NaN : how.ms(value)));
}

const textMoments = (column: Column): Float64Array | undefined => {
  const read = new Map<Cell, number>();
  const moments = Float64Array.from(cellsOf(column), (cell) => {
    if (cell === null || cell === '') return Number.NaN;
    const known = read.get(cell) ?? periodStart(String(cell));
    read.set(cell, known);
    return known;
  });
  return moments.every(Number.isNaN) ? undefined : moments;
};

/** The first text of a column that is no time, with its row; undefined where all are, or for other columns. */
export function firstUntimed(column: Column): { row: number; text: string } | undefined {
  if (column.type !== 'category' && column.type !== 'text') return undefined;
  const cells = cellsOf(column);
  const row = cells.findIndex((cell) => cell !== null && cell !== '' && Number.isNaN(periodStart(String(cell))));
  return row < 0 ? undefined : { row, text: String(cells[row]) };
}

/** Columns that say when in a year: beside the time they tell no series apart. */
export const isPartOfDate = (name: string): boolean =>
  /^(year|quarter|month|week|weekday|day|hour|minute)([ _]?(of[ _]?year|no|num|number))?$/i.test(name);

/** More series than this is no guess any more. */
const MOST_GUESSED = 100_000;
/** Of so many rows a few may be there twice. */
const ALMOST_ALL = 0.98;
/** Whole numbers tell series apart where most of them come at most times, as shops do, and amounts do not. */
const MOSTLY_THERE = 0.5;
/** So many columns together at most. */
const MOST_COLUMNS = 3;
/**
 * Columns that tell series apart where nobody said so: those with the role group; else, where times repeat, the one of categories with
 * fewest labels that makes nearly all of them unique, or that and more of them; whole numbers that come again and again come after
 * categories. Names of what is predicted are none.
 */
export function guessIds(t: Table, time: string): string[] {
  const marked = t.fields.filter(({ role, name }) => role === 'group' && name !== time);
  if (marked.length > 0) return marked.map(({ name }) => name);
  const moments = columnNamed(t, time);
  const timed = t.rowCount - countMissing(moments);
  const repeats = (columns: readonly Column[]) => rowGroups([moments, ...columns], t.rowCount).count < ALMOST_ALL * timed;
  if (!repeats([])) return [];
  const times = rowGroups([moments], t.rowCount).count;
  const ends = { first: t.fields[0].name, last: t.fields[t.fields.length - 1].name };
  const labels = t.fields
    .map(({ name, role }, i) => ({ name, role, column: t.columns[i], whole: t.columns[i].type === 'integer' }))
    .filter(({ name, role, column, whole }) => name !== time && role !== 'target' && (column.type === 'category' || whole))
    .filter(
      ({ name, column, whole }) =>
        countMissing(column) === 0 && !(whole && (isPartOfDate(name) || targetNameRank(name, ends) !== undefined)),
    )
    .map((entry) => ({ ...entry, count: rowGroups([entry.column], t.rowCount).count }))
    .filter(({ count, whole }) => count > 1 && count <= MOST_GUESSED && (!whole || timed >= MOSTLY_THERE * count * times))
    .sort((a, b) => Number(a.whole) - Number(b.whole) || a.count - b.count);
  const alone = labels.find(({ column }) => !repeats([column]));
  if (alone) return [alone.name];
  for (let size = 2; size <= Math.min(MOST_COLUMNS, labels.length); size++) {
    const several = labels.slice(0, size);
    if (!repeats(several.map(({ column }) => column))) return several.map(({ name }) => name);
  }
  return [];
}

export interface SeriesRows {
  count: number;
  /** First row of each series; series ascend by their ids. */
  first: Int32Array;
  /** Rows with a time, series by series, oldest first; those of series s stand from `start[s]` to `start[s + 1]`. */
  order: Int32Array;
  start: Int32Array;
  /** By row of the table. */
  moments: Float64Array;
}

/** The rows by series and time; rows without a time are in no series. */
export function seriesRows(t: Table, moments: Float64Array, ids: readonly string[]): SeriesRows {
  const columns = ids.map((name) => columnNamed(t, name));
  const { group, first, count } = rowGroups(columns, t.rowCount);
  const sorted = sortOrder(
    columns.map((column) => ({ column: gather(column, first), descending: false })),
    count,
  );
  const place = new Int32Array(count);
  for (let s = 0; s < count; s++) place[sorted[s]] = s;
  const start = new Int32Array(count + 1);
  for (let row = 0; row < group.length; row++) if (!Number.isNaN(moments[row])) start[place[group[row]] + 1]++;
  for (let s = 0; s < count; s++) start[s + 1] += start[s];
  const next = start.slice();
  const order = new Int32Array(start[count]);
  for (let row = 0; row < group.length; row++) if (!Number.isNaN(moments[row])) order[next[place[group[row]]]++] = row;
  for (let s = 0; s < count; s++) {
    const own = order.subarray(start[s], start[s + 1]);
    let sortedAlready = true;
    for (let i = 1; i < own.length && sortedAlready; i++) sortedAlready = moments[own[i - 1]] <= moments[own[i]];
    if (!sortedAlready) own.sort((a, b) => moments[a] - moments[b] || a - b);
  }
  return { count, first: sorted.map((s) => first[s]), order, start, moments };
}

/** Distinct times of each series, ascending. */
export const timesBySeries = ({ count, order, start, moments }: SeriesRows): Float64Array[] =>
  Array.from({ length: count }, (_, s) => {
    const own = order.subarray(start[s], start[s + 1]);
    const times = Float64Array.from(own, (row) => moments[row]);
    return times.filter((time, i) => i === 0 || time !== times[i - 1]);
  });

/** A series' ids as one text, which tells it apart from all others. */
export const keyText = (key: readonly string[]): string => key.join('\u0000');
/** A text of `keyText` as people read it. */
export const keyWords = (text: string): string => text.replaceAll('\u0000', ' · ');

/** The ids of a row as texts; a missing one is ''. */
export const keyAt = (t: Table, ids: readonly string[], row: number): string[] =>
  ids.map((name) => {
    const cell = cellAt(columnNamed(t, name), row);
    return cell === null ? '' : String(cell);
  });
