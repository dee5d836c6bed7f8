/** Weeks against their definition: numbered from the one that holds the first Thursday, and none is split between years. */
import { expect, it } from 'vitest';
import { DAY_MS } from '../datetime.ts';
import { dateField } from './date-fields.ts';

const at = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day);
const week = (ms: number) => `${dateField('weekyear', ms)}-W${dateField('week', ms)}-${dateField('weekday', ms)}`;

// From the examples of ISO 8601 and of Python's date.isocalendar.
it('knows the years that begin or end in the week of another', () => {
  const days: [number, number, number, string][] = [
    [2004, 1, 1, '2004-W1-4'],
    [2005, 1, 1, '2004-W53-6'],
    [2005, 1, 2, '2004-W53-7'],
    [2005, 12, 31, '2005-W52-6'],
    [2007, 1, 1, '2007-W1-1'],
    [2007, 12, 31, '2008-W1-1'],
    [2008, 12, 29, '2009-W1-1'],
    [2009, 12, 31, '2009-W53-4'],
    [2010, 1, 3, '2009-W53-7'],
    [2010, 1, 4, '2010-W1-1'],
    [1969, 12, 29, '1970-W1-1'],
  ];
  for (const [year, month, day, wanted] of days) expect([year, month, day, week(at(year, month, day))]).toEqual([year, month, day, wanted]);
});

it('gives each week seven days in a row, and goes on by one or back to 1', () => {
  for (let monday = at(1899, 12, 25); monday < at(2101, 1, 1); monday += 7 * DAY_MS) {
    const number = dateField('week', monday);
    for (let day = 1; day < 7; day++) expect(dateField('week', monday + day * DAY_MS + 1)).toBe(number);
    const next = dateField('week', monday + 7 * DAY_MS);
    expect(next === number + 1 || (next === 1 && number >= 52)).toBe(true);
  }
});

it('halves the year after June, and leaves a missing date missing', () => {
  expect([at(2023, 1, 1), at(2023, 6, 30), at(2023, 7, 1), at(2023, 12, 31)].map((ms) => dateField('half', ms))).toEqual([1, 1, 2, 2]);
  expect(dateField('week', Number.NaN)).toBeNaN();
});
