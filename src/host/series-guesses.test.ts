/** What stands in the form of a time-series node before anybody chose: told from the columns, then from the rows. */
import { expect, it } from 'vitest';
import { inEnglish, type Words } from '../base/words.ts';
import { defaults } from '../kind/params.ts';
import { automlForecast } from '../nodes/automl-forecast/kind.ts';
import { forecaster } from '../nodes/forecaster/kind.ts';
import { makeSeries } from '../nodes/make-series/kind.ts';
import { rawFrame } from '../recipe/frame.ts';
import { DAY_MS, daysFromCivil } from '../table/datetime.ts';
import { schemaOf, tableOf } from '../table/table.ts';
import { seriesGuesses } from './series-guesses.ts';

const MONTHS = 48;
const rows = ['north', 'south'].flatMap((shop) =>
  Array.from({ length: MONTHS }, (_, i) => ({
    shop,
    when: daysFromCivil(2015 + Math.floor(i / 12), (i % 12) + 1, 1) * DAY_MS,
    sold: i % 12,
  })),
);
const sales = tableOf({
  shop: ['category', rows.map(({ shop }) => shop)],
  when: ['datetime', rows.map(({ when }) => when)],
  sold: ['number', rows.map(({ sold }) => sold)],
});
const said = (guesses: Record<string, Words>) =>
  Object.fromEntries(Object.entries(guesses).map(([name, words]) => [name, inEnglish(words)]));

it('by the columns: time and target, not which columns tell series apart', () => {
  const context = {
    params: defaults(forecaster.params),
    inputs: { table: { type: 'table' as const, schema: schemaOf(sales) } },
    lists: {},
  };
  expect(said(forecaster.guesses?.(context) ?? {})).toEqual({ time: 'when', target: 'sold' });
});

it('by the rows: series, step, season and horizon too, and what is chosen stands', () => {
  const frame = rawFrame(sales);
  const all = { time: 'when', target: 'sold', ids: '“shop”', unit: 'monthly', period: '12 steps', horizon: '9 steps' };
  expect(said(seriesGuesses(frame, defaults(automlForecast.params)))).toEqual(all);
  expect(said(seriesGuesses(frame, { ...defaults(automlForecast.params), unit: 'quarter' }))).toMatchObject({ period: '4 steps' });
  expect(said(seriesGuesses(frame, defaults(makeSeries.params)))).toEqual({ time: 'when', ids: '“shop”', unit: 'monthly' });
});

it('rows that cannot be series say nothing, and one series is said to be one', () => {
  const numbers = rawFrame(tableOf({ x: ['number', [1, 2, 3]] }));
  expect(seriesGuesses(numbers, defaults(forecaster.params))).toEqual({});
  const one = rawFrame(tableOf({ when: ['datetime', [0, DAY_MS, 2 * DAY_MS]], x: ['number', [1, 2, 3]] }));
  expect(said(seriesGuesses(one, defaults(forecaster.params)))).toMatchObject({ ids: 'none, one series', period: 'none' });
});
