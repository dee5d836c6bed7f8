/** The pacer lets messages in, and a long fit stops when asked, with what it has. */
import { expect, it } from 'vitest';
import { boosting } from './boosting/kind.ts';
import * as code from './boosting/learner.ts';
import { pacer } from './pacer.ts';
import { fitWith, madeUp, quietRun } from './test-learner.ts';

it('answers at once for little work, and after a macrotask for much', async () => {
  let heard = false;
  setTimeout(() => {
    heard = true;
  }, 0);
  const pace = pacer({ stopRequested: () => heard });
  expect(pace(1000)).toBe(false);
  expect(await pace(1e8)).toBe(true);
});

it('boosting stops between rounds and keeps its trees', async () => {
  const data = madeUp(code, { rows: 500, classes: 0 });
  const fitted = (await fitWith(boosting, code, data, { rounds: 10_000 }, quietRun('s', { stopRequested: () => true }))) as {
    rounds: number;
  };
  expect(fitted.rounds).toBeGreaterThan(10);
  expect(fitted.rounds).toBeLessThan(2000);
});
