/** When the model of a race of forecasts opens as nodes: by weights, anew for each series, or not, with the reason. */
import { expect, test } from 'vitest';
import { inEnglish } from '../../base/words.ts';
import type { Tried } from '../../series/fit.ts';
import type { Judged } from '../../series/scores.ts';
import { opensAs } from './opens.ts';

const nobody = () => false;
const judged: Judged = { series: 0, truth: new Float64Array(1), mean: new Float64Array(1), scale: 1 };
const tried = (id: number, weight: number, more: Partial<Tried> & { origins?: number } = {}): Tried => ({
  id,
  method: `method ${id}`,
  state: 'complete',
  series: 1,
  failed: 0,
  cut: false,
  standIn: false,
  scores: {},
  judged: Array.from({ length: more.origins ?? 3 }, () => judged),
  done: 1,
  began: 0,
  ended: 1,
  weight,
  ...more,
});
const race = (lines: Tried[], series: number) => ({ tried: lines, series: Array(series).fill({}) });

test('one series: those with a say, by their weights; what failed or was ended is left out', () => {
  const lines = [tried(0, 0.75), tried(1, 0), tried(2, 0.25), tried(3, 0, { state: 'ended' }), tried(4, 0, { state: 'failed', failed: 1 })];
  const members = [
    { id: 0, weight: 0.75 },
    { id: 2, weight: 0.25 },
  ];
  expect(opensAs(race(lines, 1), false, nobody)).toEqual({ made: { members } });
  expect(opensAs(race(lines, 1), false, (id) => id === 2)).toEqual({ made: { members } });
});

test('one series that a method without a say left fewer origins to compare at: all of them, weighed anew', () => {
  const { made } = opensAs(race([tried(0, 1), tried(1, 0, { origins: 2 })], 1), false, nobody);
  expect(made).toEqual({ members: [expect.objectContaining({ id: 0 }), expect.objectContaining({ id: 1 })], by: 'errors' });
});

test('many series: weighed anew for each, or the best of each; not where nodes could not say the same', () => {
  const many = race([tried(0, 0.5), tried(1, 0.5)], 4);
  expect(opensAs(many, false, nobody).made).toMatchObject({ by: 'errors' });
  expect(opensAs(many, true, nobody).made).toMatchObject({ by: 'best' });
  const kept = opensAs(many, false, (id) => id === 1);
  expect(kept.made).toBeUndefined();
  expect(inEnglish(kept.closed!)).toMatch(/kept by hand/);
  const stoodIn = opensAs(race([tried(0, 0.9), tried(1, 0.1, { standIn: true })], 4), false, nobody);
  expect(stoodIn.made).toBeUndefined();
  expect(inEnglish(stoodIn.closed!)).toMatch(/only by their last value/);
});
