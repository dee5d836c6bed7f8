/** Trials weighed together while the race runs: told when that is better than each alone, and only as often as time allows. */
import { expect, test } from 'vitest';
import { stream } from '../base/random.ts';
import type { FoldTally } from '../recipe/fold.ts';
import { objectiveOf } from './objective.ts';
import { type Trial, trialLoss } from './race.ts';
import { togetherSoFar } from './together.ts';

const draw = stream('together');
const RMSE = objectiveOf({ task: 'regress', target: 'y' }, 'rmse');
const truths = [0, 1].map(() => Float64Array.from({ length: 60 }, () => draw.normal()));
/** Right but for noise of its own. */
function trial(id: number): Trial {
  const folds = truths.map((truth) => {
    const predicted = truth.map((value) => value + 0.3 * draw.normal());
    const tally: FoldTally = { ids: new Int32Array(60), truth, predicted, probabilities: new Float64Array(0), notes: [], unknown: 0 };
    return { tally, ms: 1, cut: false };
  });
  const candidate = { id, kind: 'learn.toy', family: 'linear' as const, variant: 'plain', params: {} };
  return { candidate, state: 'complete', folds, loss: trialLoss(RMSE, folds), ms: 2, began: 0, ended: 1 };
}
const trials = [0, 1, 2, 3].map(trial);

test('better than each of them, and better with more of them', () => {
  let clock = 1000;
  const together = togetherSoFar(RMSE, () => clock);
  expect(together(trials.slice(0, 1))).toEqual([]);
  const two = [...together(trials.slice(0, 2))];
  clock = 3000;
  const four = together(trials);
  expect(two).toMatchObject([{ at: 1 }]);
  expect(two[0].value).toBeLessThan(Math.min(trials[0].loss, trials[1].loss));
  expect(four).toHaveLength(2);
  expect(four[1].at).toBe(3);
  expect(four[1].value).toBeLessThan(four[0].value);
});

test('the same trials are not weighed again, nor any while looks took more than their share of the time', () => {
  let clock = 1000;
  const together = togetherSoFar(RMSE, () => {
    clock += 5;
    return clock;
  });
  together(trials.slice(0, 2));
  const after = clock;
  together(trials.slice(0, 2));
  expect(clock).toBe(after);
  // Its looks cost 15 ms of a second: not before a second and a half.
  expect(together(trials)).toHaveLength(1);
  clock = 60_000;
  expect(together(trials)).toHaveLength(2);
});

test('a trial that overtakes the others together is told at once, whatever looks took', () => {
  let clock = 1000;
  const together = togetherSoFar(RMSE, () => clock);
  const two = together(trials.slice(0, 2)).length;
  clock = 1001;
  const ahead = { ...trials[2], loss: 1e-6 };
  expect(together([...trials.slice(0, 2), ahead]).slice(two)[0]).toEqual({ at: 1.001, value: RMSE.sign * 1e-6 });
});
