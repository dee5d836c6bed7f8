/** A race that is given more time goes on from where it was; with the same time it is taken as it is, with less it is run anew. */
import { expect, test } from 'vitest';
import { autoMl } from '../../automl/automl.ts';
import type { Ran } from '../../automl/choose.ts';
import { lookups } from '../lookup.ts';
import { ask, frame, workOf } from './toy-work.fixture.ts';

const given = (seconds: number) => ({ ...ask, families: new Set(['linear'] as const), folds: 2, limits: { ...ask.limits, seconds } });
async function raced(seconds: number, known?: Ran) {
  const { work, fitted } = workOf(300);
  const answer = await autoMl(frame, given(seconds), lookups, { ...work, known });
  return { ...answer, fits: fitted.length };
}
const ids = ({ trials }: Ran) => trials.map(({ candidate }) => candidate.id);

test('trials of before are not run again, numbers go on, and the ensemble is made of both', async () => {
  const short = await raced(2);
  expect(short.fresh).toBe(true);
  expect(short.ran).toMatchObject({ seconds: 2, spent: 2 });
  const over = short.ran.trials.filter(({ state }) => state === 'complete');
  expect(over.length).toBeGreaterThan(0);
  const long = await raced(6, short.ran);
  expect(long.fresh).toBe(true);
  expect(long.ran.deal).toEqual(short.ran.deal);
  expect(long.ran.trials.length).toBeGreaterThan(short.ran.trials.length);
  for (const trial of over) expect(long.ran.trials.find(({ candidate }) => candidate.id === trial.candidate.id)?.loss).toBe(trial.loss);
  expect(new Set(ids(long.ran)).size).toBe(long.ran.trials.length);
  // Two folds for each trial that is new, and none for the others.
  expect(long.fits).toBeLessThanOrEqual(2 * (long.ran.trials.length - over.length));
  const later = long.ran.trials.filter(({ candidate }) => !over.some((trial) => trial.candidate.id === candidate.id));
  for (const { began } of later) expect(began).toBeGreaterThanOrEqual(Math.max(...over.map(({ ended }) => ended)) - 300);
});

test('the same time needs no fit; less time is a race of its own', async () => {
  const first = await raced(4);
  const again = await raced(4, first.ran);
  expect([again.fresh, again.fits]).toEqual([false, 0]);
  const less = await raced(2, first.ran);
  expect(less.fresh).toBe(true);
  expect(less.ran.trials.length).toBeLessThan(first.ran.trials.length);
});
