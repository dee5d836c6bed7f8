/** Least rows in a leaf, left to the learner: follows the number of rows, is written down, and lets small tables be learned from. */
import { expect, it } from 'vitest';
import { inEnglish } from '../../base/words.ts';
import { fitWith, madeUp, numbersIn } from '../test-learner.ts';
import type { FittedBoosting } from './fit.ts';
import { boosting } from './kind.ts';
import * as code from './learner.ts';
import { autoMinLeaf } from './settings.ts';

it('is the square root of the rows, at least 1 and at most 20', () => {
  expect([1, 2, 15, 16, 30, 100, 399, 400, 1e6].map(autoMinLeaf)).toEqual([1, 1, 3, 4, 5, 10, 19, 20, 20]);
});

it('tells 30 rows apart, where 20 rows in a leaf leave no question to ask', async () => {
  const data = madeUp(code, { rows: 30, classes: 2 });
  const shares = async (params = {}) => new Set(numbersIn(code.predict(await fitWith(boosting, code, data, params), data.X, 2))).size;
  expect(await shares()).toBeGreaterThan(10);
  expect(await shares({ min_leaf: 20 })).toBeLessThan(3);
});

it('is the setting of that number, bit for bit, and says which; rows without weight do not count', async () => {
  const data = madeUp(code, { rows: 120, classes: 0 });
  const weight = Float64Array.from({ length: 120 }, (_, i) => (i < 50 ? 1 : 0));
  for (const [given, chosen, rows] of [
    [data, 10, 120],
    [{ ...data, weight }, 7, 50],
  ] as const) {
    const own = (await fitWith(boosting, code, given, { rounds: 20 })) as FittedBoosting;
    const set = (await fitWith(boosting, code, given, { rounds: 20, min_leaf: chosen })) as FittedBoosting;
    expect(own.forest).toEqual(set.forest);
    expect(code.notes?.(own).map(inEnglish)).toEqual([`Least rows in a leaf: ${chosen}, chosen from the ${rows} rows learned from.`]);
    expect(code.notes?.(set)).toEqual([]);
  }
});
