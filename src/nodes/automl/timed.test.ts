/** What ends a part of AutoML's work: its time, a person, or itself; and what is said of each. */
import { expect, test } from 'vitest';
import { ProblemError } from '../../base/problem.ts';
import { timed } from './timed.ts';

/** Runs on until it is ended, as a part in another worker does. */
const hangs = (_: string, __: unknown, ended?: Promise<unknown>): Promise<unknown> =>
  ended!.then(() => {
    throw new ProblemError({ code: 'pool.cancelled', message: 'Ended.', hint: 'Run it again.' });
  });

test('a part whose time is over is ended, and late; one that a person ended is not', async () => {
  await expect(timed({ spread: hangs }, 'fold', { mostMs: 5 })).rejects.toMatchObject({ problem: { code: 'automl.late' } });
  await expect(timed({ spread: hangs }, 'fold', { mostMs: 60_000 }, Promise.resolve())).rejects.toMatchObject({
    problem: { code: 'pool.cancelled' },
  });
});

test('what a part answers or fails with comes through', async () => {
  expect(await timed({ spread: async () => 3 }, 'fold', { mostMs: 60_000 })).toBe(3);
  const broken = new ProblemError({ code: 'toy.broken', message: 'It broke.', hint: 'Mend it.' });
  await expect(timed({ spread: () => Promise.reject(broken) }, 'fold', { mostMs: 60_000 })).rejects.toBe(broken);
});
