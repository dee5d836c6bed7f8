/** The seconds of a race as they are shared out: looks leave time for the end, and a trial is weighed by what the look took. */
import { expect, test } from 'vitest';
import type { Model } from '../recipe/model.ts';
import type { Candidate } from './portfolio.ts';
import type { Trial } from './race.ts';
import { leastMs, lookTime, reserveOf } from './timing.ts';

const of = (family: Candidate['family'], kind: string): Candidate => ({ id: 0, family, kind, params: {}, variant: 'v' });
const boosting = of('boosting', 'learn.boosting');
const linear = of('linear', 'learn.logistic');
const size = { rows: 100_000, features: 20, classes: 2 };

test('a slower machine keeps more for the end, up to a bound', () => {
  expect(reserveOf(2000, 1)).toBe(260);
  expect(reserveOf(2000, 3)).toBe(660);
  expect(reserveOf(60_000, 30)).toBe(reserveOf(60_000, 4));
});

test('looks end while there is time for a model to be made, however late they began', () => {
  for (const spent of [0, 500, 1000]) {
    expect(spent + lookTime(boosting, 10_000, spent).mostMs).toBe(5000);
    expect(spent + lookTime(linear, 10_000, spent).mostMs).toBe(10_000 - reserveOf(10_000, 1));
  }
  expect(lookTime(boosting, 2000, 1900).mostMs).toBeGreaterThan(0);
});

test('a trial takes as long as its rows are more than those of the look; of learners not seen nothing is said', () => {
  const looked = { candidate: linear, ms: 100, folds: [{ model: { about: { rowCount: 5000 } } as Model }] } as unknown as Trial;
  expect(leastMs(linear, [looked], size, 1)).toBe(1000);
  expect(leastMs(of('forest', 'learn.random-forest'), [looked], size, 1)).toBeUndefined();
  expect(leastMs(boosting, [], size, 3)).toBeCloseTo(3 * leastMs(boosting, [], size, 1)!, 9);
});
