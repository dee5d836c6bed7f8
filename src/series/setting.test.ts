/** Seasons and horizons that nobody named. */
import { expect, it } from 'vitest';
import type { Grid } from '../table/series/grid.ts';
import type { Panel } from './panel.ts';
import { horizonFor, periodsFor } from './setting.ts';

const panelOf = (y: Float64Array, grid: Pick<Grid, 'unit' | 'every'>): Panel => ({
  grid: { ...grid, anchor: 0 },
  series: [{ key: [], first: 0, y, known: [], filled: 0 }],
  empty: 0,
  rowCount: y.length,
  notes: [],
});
const rhythm = (length: number, period: number) =>
  Float64Array.from({ length }, (_, i) => (i % period) * (i % period) + 0.01 * ((i * 7) % 5));

it('seasons are those given, then the calendar’s, then the series’ own', () => {
  expect(periodsFor(panelOf(rhythm(60, 12), { unit: 'month', every: 1 }), null)).toEqual([12]);
  expect(periodsFor(panelOf(rhythm(60, 12), { unit: 'month', every: 1 }), 6)).toEqual([6]);
  expect(periodsFor(panelOf(rhythm(60, 12), { unit: 'month', every: 1 }), 1)).toEqual([]);
  expect(periodsFor(panelOf(rhythm(90, 9), { unit: 'second', every: 7 }), null)).toEqual([9]);
  expect(periodsFor(panelOf(rhythm(90, 9), { unit: 'year', every: 1 }), null)).toEqual([]);
});

it('the horizon is a season, within a fifth of the history', () => {
  expect(horizonFor(panelOf(rhythm(120, 12), { unit: 'month', every: 1 }), [12], null)).toBe(12);
  expect(horizonFor(panelOf(rhythm(20, 12), { unit: 'month', every: 1 }), [12], null)).toBe(4);
  expect(horizonFor(panelOf(rhythm(20, 12), { unit: 'month', every: 1 }), [12], 9)).toBe(9);
  // A year of weeks ahead could not be judged: two years and a bit are left before it.
  expect(horizonFor(panelOf(rhythm(120, 52), { unit: 'week', every: 1 }), [52], null)).toBe(11);
  expect(horizonFor(panelOf(rhythm(106, 52), { unit: 'week', every: 1 }), [52], null)).toBe(21);
});
