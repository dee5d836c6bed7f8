import fc from 'fast-check';
import { expect, test } from 'vitest';
import { civilFromDays, DAY_MS, daysFromCivil, formatDateTime, parseDateTime } from './datetime.ts';

test('the civil calendar agrees with Date from 1600 to 2400, day by day, both ways', () => {
  const from = Date.UTC(1600, 0, 1) / DAY_MS;
  const to = Date.UTC(2400, 11, 31) / DAY_MS;
  for (let days = from; days <= to; days++) {
    const date = new Date(days * DAY_MS);
    const { year, month, day } = civilFromDays(days);
    if (year !== date.getUTCFullYear() || month !== date.getUTCMonth() + 1 || day !== date.getUTCDate()) expect.fail(`day ${days}`);
    if (daysFromCivil(year, month, day) !== days) expect.fail(`back from day ${days}`);
  }
  expect(to - from).toBe(292_559);
});

test('ISO texts read as Date reads them, and what is formatted reads back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (ms) => {
      expect(parseDateTime(new Date(ms).toISOString())).toBe(ms);
      expect(parseDateTime(formatDateTime(ms))).toBe(ms);
    }),
    { numRuns: 3000 },
  );
  expect(formatDateTime(0)).toBe('1970-01-01');
  expect(formatDateTime(1.5e3)).toBe('1970-01-01T00:00:01.5');
  expect(formatDateTime(Number.NaN)).toBe('');
});

const feb1 = Date.UTC(2023, 1, 1);
test.each([
  ['2023-02-01', feb1],
  ['2023/2/1', feb1],
  ['2023.02.01', feb1],
  ['2023-02', feb1],
  ['02/01/2023', feb1],
  ['2/1/23', feb1],
  ['2023年2月1日', feb1],
  ['2023年02月', feb1],
  ['2023年2月1日 13:05', feb1 + 47_100_000],
  ['02.01.23', feb1],
  ['1 Feb 2023', feb1],
  ['01-Feb-2023', feb1],
  ['February 1, 2023', feb1],
  ['2023-02-01 13:05', feb1 + 47_100_000],
  ['2023-02-01T13:05:09.25Z', feb1 + 47_109_250],
  ['2023-02-01T13:05:09+02:00', feb1 + 39_909_000],
  ['2/1/2023 1:05 PM', feb1 + 47_100_000],
  ['2023-02-01 24:00', feb1 + DAY_MS],
  ['Feb 2023', feb1],
  ['february-2023', feb1],
])('%s', (text, ms) => {
  expect(parseDateTime(text)).toBe(ms);
});

test.each([
  '',
  'x',
  '2023',
  '20230201',
  '2023-13-01',
  '2023-02-29',
  '31/02/2023',
  '1.5',
  '1.2.23',
  '12:30',
  '2023-02-01x',
  '2023-02-01 25:00',
  '1-2',
  'May',
  'May 23',
  'Q1',
  'Quarter 2023',
])('not a date: %s', (text) => {
  expect(parseDateTime(text)).toBeNaN();
  expect(parseDateTime(text, 'day-first')).toBeNaN();
});

test('day first', () => {
  expect(parseDateTime('01.02.2023', 'day-first')).toBe(feb1);
  expect(parseDateTime('01/02/2023', 'day-first')).toBe(feb1);
});
