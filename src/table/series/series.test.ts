/** Series in tables: steps told from times, rows put on them, gaps filled, short series, and everything counted. */
import { describe, expect, it, test } from 'vitest';
import { cellsOf } from '../column.ts';
import { parseDateTime } from '../datetime.ts';
import { columnNamed, schemaOf, type Table, tableOf } from '../table.ts';
import { detectGrid } from './detect.ts';
import { fillGaps } from './fill.ts';
import { type Grid, stepAt, timeOfStep, usualPeriods } from './grid.ts';
import { periodStart } from './periods.ts';
import { type RegularOptions, regularSize, regularTable } from './regular.ts';
import { firstUntimed, guessIds, guessPeriods, guessTime, momentsOf, seriesRows, timesBySeries } from './rows.ts';

const ms = (...dates: string[]) => Float64Array.from(dates, (date) => parseDateTime(date));
const grid = (unit: Grid['unit'], every: number, anchor: string, end?: true): Grid => ({
  unit,
  every,
  anchor: parseDateTime(anchor),
  ...(end ? { end } : {}),
});

describe('grid', () => {
  test.each<[Grid, string]>([
    [grid('month', 1, '2019-11-01'), '2020-02-01'],
    [grid('month', 1, '2019-11-30', true), '2020-02-29'],
    [grid('quarter', 1, '2019-05-31', true), '2020-02-29'],
    [grid('year', 1, '2017-02-28'), '2020-02-28'],
    [grid('week', 1, '2020-01-01'), '2020-01-22'],
    [grid('weekday', 1, '2020-01-01'), '2020-01-06'],
    [grid('hour', 8, '2020-01-01T04:00'), '2020-01-02T04:00'],
  ])('%o has %s as its third step', (at, date) => {
    expect(timeOfStep(at, 3)).toBe(parseDateTime(date));
    for (let step = -900; step < 900; step++) expect(stepAt(at, timeOfStep(at, step))).toBe(step);
  });

  it('knows the seasons that are usual and long enough', () => {
    expect(usualPeriods({ unit: 'month', every: 1 }, 30)).toEqual([12]);
    expect(usualPeriods({ unit: 'month', every: 1 }, 20)).toEqual([]);
    expect(usualPeriods({ unit: 'minute', every: 30 }, 5000)).toEqual([48, 336]);
    expect(usualPeriods({ unit: 'hour', every: 1 }, 400)).toEqual([24, 168]);
    expect(usualPeriods({ unit: 'year', every: 1 }, 400)).toEqual([]);
  });
});

describe('detected', () => {
  const found = (...dates: string[]) => detectGrid([ms(...dates)]);
  it('months by first or last days, quarters, years, weeks, days, hours, with holes', () => {
    expect(found('2020-01-01', '2020-02-01', '2020-03-01', '2020-05-01')).toMatchObject({
      grid: { unit: 'month', every: 1 },
      steps: 3,
      single: 2,
      holes: 1,
    });
    expect(found('2020-01-31', '2020-02-29', '2020-03-31')?.grid).toMatchObject({ unit: 'month', every: 1, end: true });
    expect(found('2020-01-15', '2020-04-15', '2020-07-15')?.grid).toMatchObject({ unit: 'quarter', every: 1 });
    expect(found('2018-01-01', '2019-01-01', '2020-01-01')?.grid).toMatchObject({ unit: 'year', every: 1 });
    expect(found('2020-01-05', '2020-01-12', '2020-01-19', '2020-01-26')?.grid).toMatchObject({ unit: 'week', every: 1 });
    expect(found('2020-01-05', '2020-01-06', '2020-01-07')?.grid).toMatchObject({ unit: 'day', every: 1 });
    expect(found('2020-01-05T00:00', '2020-01-05T00:15', '2020-01-05T00:30')?.grid).toMatchObject({ unit: 'minute', every: 15 });
  });
  it('working days by their weekends', () => {
    const days = Array.from({ length: 40 }, (_, i) => timeOfStep(grid('weekday', 1, '2020-01-01'), i));
    expect(detectGrid([Float64Array.from(days)])).toMatchObject({ grid: { unit: 'weekday', every: 1 }, steps: 39, single: 39 });
  });
  it('irregular times get the unit that holds most distances', () => {
    const days = ms('2020-01-01T09:13', '2020-01-01T17:50', '2020-01-02T08:01', '2020-01-03T11:30', '2020-01-03T23:59');
    const irregular = detectGrid([days]);
    expect(irregular?.grid).toEqual(grid('day', 1, '2020-01-01'));
  });
  it('nothing of single times', () => expect(detectGrid([ms('2020-01-01')])).toBeUndefined());
});

describe('gaps', () => {
  const gap = Number.NaN;
  test.each<[Parameters<typeof fillGaps>[1], number[]]>([
    ['none', [gap, 1, gap, 3, gap, gap, 5, gap]],
    ['previous', [1, 1, 1, 3, 3, 3, 5, 5]],
    ['linear', [1, 1, 2, 3, 3 + 2 / 3, 3 + 4 / 3, 5, 5]],
    ['zero', [0, 1, 0, 3, 0, 0, 5, 0]],
    ['mean', [3, 1, 3, 3, 3, 3, 5, 3]],
    ['season', [3, 1, 2, 3, 1, 3, 5, 1]],
  ])('%s', (how, expected) => {
    const values = Float64Array.from([gap, 1, gap, 3, gap, gap, 5, gap]);
    const filled = fillGaps(values, how, how === 'season' ? 3 : 0);
    expect(filled).toBe(how === 'none' ? 0 : 5);
    expect([...values].map((value) => Number(value.toFixed(12)))).toEqual(expected.map((value) => Number(value.toFixed(12))));
  });
});

const shop = (): Table =>
  tableOf({
    day: ['datetime', [...ms('2020-01-03', '2020-01-01', '2020-01-01', '2020-01-05', '2020-01-02')].concat([Number.NaN])],
    shop: ['category', ['b', 'a', 'a', 'a', 'b', 'a']],
    sold: ['integer', [7, 1, 2, 5, 6, 9]],
    mood: ['category', ['x', 'y', 'z', 'y', 'x', 'x']],
  });
const make = (t: Table, more: Partial<RegularOptions> = {}) => {
  const rows = seriesRows(t, momentsOf(columnNamed(t, 'day'))!, ['shop']);
  const { grid } = detectGrid(timesBySeries(rows))!;
  const options: RegularOptions = { time: 'day', ids: ['shop'], grid, together: 'sum', fill: 'linear', short: 'keep', least: 0, ...more };
  return { ...regularTable(t, rows, options), size: regularSize(rows, grid) };
};
const cells = (t: Table, name: string) => cellsOf(columnNamed(t, name));

describe('a regular table', () => {
  it('has a row for each step of each series; times that repeat are put together, gaps filled and counted', () => {
    const { table, reports, size } = make(shop());
    expect(size).toBe(7);
    expect(cells(table, 'shop')).toEqual(['a', 'a', 'a', 'a', 'a', 'b', 'b']);
    expect(cells(table, 'day')).toEqual([
      ...ms('2020-01-01', '2020-01-02', '2020-01-03', '2020-01-04', '2020-01-05', '2020-01-02', '2020-01-03'),
    ]);
    expect(cells(table, 'sold')).toEqual([3, 3.5, 4, 4.5, 5, 6, 7]);
    expect(cells(table, 'mood')).toEqual(['z', 'z', 'z', 'z', 'y', 'x', 'x']);
    expect(reports).toMatchObject([
      { key: ['a'], rows: 3, steps: 5, repeated: 1, gaps: 3, filled: 3, padded: 0, dropped: false },
      { key: ['b'], rows: 2, steps: 2, repeated: 0, gaps: 0, filled: 0 },
    ]);
    expect(table.fields.map(({ role }) => role)).toEqual(['time', 'group', 'feature', 'feature']);
  });
  it('leaves gaps open when asked, and a sum of nothing is not nought', () => {
    expect(cells(make(shop(), { fill: 'none' }).table, 'sold')).toEqual([3, null, null, null, 5, 6, 7]);
    expect(cells(make(shop(), { fill: 'zero' }).table, 'sold')).toEqual([3, 0, 0, 0, 5, 6, 7]);
  });
  it('short series are left out or begin earlier', () => {
    const dropped = make(shop(), { short: 'drop', least: 3 });
    expect(cells(dropped.table, 'shop')).toEqual(['a', 'a', 'a', 'a', 'a']);
    expect(dropped.reports.map(({ dropped }) => dropped)).toEqual([false, true]);
    const padded = make(shop(), { short: 'pad', least: 4 });
    expect(cells(padded.table, 'sold').slice(5)).toEqual([6, 6, 6, 7]);
    expect(padded.reports[1]).toMatchObject({ padded: 2, gaps: 0, steps: 4, from: parseDateTime('2019-12-31') });
  });
});

describe('guesses', () => {
  it('the time column, and ids only where times repeat', () => {
    expect(guessTime(schemaOf(shop()))?.name).toBe('day');
    expect(guessTime(schemaOf(tableOf({ year: ['integer', [1999]], x: ['number', [1]] })))?.name).toBe('year');
    const t = tableOf({
      day: ['datetime', [...ms('2020-01-01', '2020-01-02', '2020-01-01', '2020-01-02')]],
      shop: ['category', ['a', 'a', 'b', 'b']],
      kind: ['category', ['k', 'l', 'k', 'k']],
    });
    expect(guessIds(t, 'day')).toEqual(['shop']);
    expect(guessIds(tableOf({ day: ['datetime', [1, 2]], shop: ['category', ['a', 'b']] }), 'day')).toEqual([]);
  });
  it('ids may be whole numbers that come again at most times, and a few rows may be there twice', () => {
    const days = Array.from({ length: 120 }, (_, i) => (18_000 + Math.floor(i / 4)) * 86_400_000);
    const parts: Parameters<typeof tableOf>[0] = {
      day: ['datetime', days],
      shop_id: ['integer', days.map((_, i) => 101 + (i % 2))],
      item: ['integer', days.map((_, i) => 7 + (Math.floor(i / 2) % 2))],
      visitors: ['integer', days.map((_, i) => (i * 7919) % 83)],
    };
    expect(guessIds(tableOf(parts), 'day')).toEqual(['shop_id', 'item']);
    const two = tableOf({
      ...parts,
      item: ['integer', days.map(() => 7)],
      day: ['datetime', days.map((at, i) => at + (i % 4 > 1 ? 1 : 0))],
    });
    expect(guessIds(two, 'day')).toEqual(['shop_id']);
    // One receipt entered twice does not make one series of two shops.
    days[119] = days[115];
    const twice = tableOf({
      day: ['datetime', days],
      shop: ['category', days.map((_, i) => 'abcd'[i % 4])],
      sold: ['integer', days.map((_, i) => i)],
    });
    expect(guessIds(twice, 'day')).toEqual(['shop']);
  });
  it('seconds and milliseconds since 1970 are moments', () => {
    const of = (values: (number | null)[]) => momentsOf(columnNamed(tableOf({ y: ['integer', values] }), 'y'));
    const at = Date.UTC(2024, 0, 2);
    expect(of([at / 1000, null])).toEqual(Float64Array.of(at, Number.NaN));
    expect(of([at, at + 1])).toEqual(Float64Array.of(at, at + 1));
    expect(of([at, at / 1000])).toBeUndefined();
    expect(guessTime(schemaOf(tableOf({ timestamp: ['integer', [at]], x: ['number', [1]] })))?.name).toBe('timestamp');
  });
  it('months and days written as numbers, and periods written as texts, are moments', () => {
    const of = (values: (number | null)[]) => momentsOf(columnNamed(tableOf({ y: ['integer', values] }), 'y'));
    expect(of([202301, null, 202312])).toEqual(Float64Array.of(Date.UTC(2023, 0), Number.NaN, Date.UTC(2023, 11)));
    expect(of([20240229, 20240301])).toEqual(Float64Array.of(Date.UTC(2024, 1, 29), Date.UTC(2024, 2, 1)));
    expect([of([20230229]), of([202313])]).toEqual([undefined, undefined]);
    const forms: [string, number][] = [
      ['2023Q2', Date.UTC(2023, 3)],
      ['2023 q4', Date.UTC(2023, 9)],
      ['Q1 2023', Date.UTC(2023, 0)],
      ['2023-W01', Date.UTC(2023, 0, 2)],
      ['2020W53', Date.UTC(2020, 11, 28)],
      ['2023M07', Date.UTC(2023, 6)],
      ['Jan-19', Date.UTC(2019, 0)],
      ["Dec '98", Date.UTC(1998, 11)],
      ['Saturday, January 01, 2022', Date.UTC(2022, 0, 1)],
      ['2022-01-01 13:00:00 UTC', Date.UTC(2022, 0, 1, 13)],
      ['2022-01-05', Date.UTC(2022, 0, 5)],
    ];
    for (const [text, ms] of forms) expect([text, periodStart(text)]).toEqual([text, ms]);
    for (const text of ['2021-W53', '2023Q5', '2023M13', 'Foo-19', '1/2/2023', 'north', '2020-13-45', '19'])
      expect([text, periodStart(text)]).toEqual([text, Number.NaN]);
    const texts = tableOf({ Quarter: ['category', ['2023Q1', null, '2023Q2']], When: ['text', ['2023Q1', 'n', '2023Q2']] });
    expect(momentsOf(columnNamed(texts, 'Quarter'))).toEqual(Float64Array.of(Date.UTC(2023, 0), Number.NaN, Date.UTC(2023, 3)));
    expect(momentsOf(columnNamed(texts, 'When'))).toBeUndefined();
    expect(firstUntimed(columnNamed(texts, 'When'))).toEqual({ row: 1, text: 'n' });
    expect(guessPeriods(schemaOf(texts))?.name).toBe('Quarter');
  });
  it('local midnights are days, though clocks change and files say it in UTC', () => {
    const summer = (i: number) => i >= 85 && i < 302;
    const days = Float64Array.from({ length: 400 }, (_, i) => Date.UTC(2022, 0, 1 + i) - (summer(i) ? 2 : 1) * 3_600_000);
    const found = detectGrid([days])!;
    expect(found).toMatchObject({ grid: { unit: 'day', every: 1, clocks: true }, steps: 399, single: 399, holes: 0 });
    expect([...days].map((time) => stepAt(found.grid, time))).toEqual(Array.from(days.keys()));
    const weeks = days.filter((_, i) => i % 7 === 0);
    expect(detectGrid([weeks])).toMatchObject({ grid: { unit: 'week', every: 1, clocks: true }, single: weeks.length - 1 });
    const twice = Float64Array.from({ length: 40 }, (_, i) => i * 43_200_000 + (i % 2) * 1_800_000);
    expect(detectGrid([twice])!.grid.clocks).toBeUndefined();
  });
  it('years are moments, other numbers are none', () => {
    expect(momentsOf(columnNamed(tableOf({ y: ['integer', [1970, 1971]] }), 'y'))).toEqual(Float64Array.of(0, 365 * 86_400_000));
    expect(momentsOf(columnNamed(tableOf({ y: ['integer', [1, 2]] }), 'y'))).toBeUndefined();
  });
});
