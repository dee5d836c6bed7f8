/** Whether a first look says more than the trials is told on the rows that both judged, else only where chance cannot be the reason. */
import { expect, test } from 'vitest';
import { stream } from '../base/random.ts';
import type { Model } from '../recipe/model.ts';
import { betterLook } from './look-better.ts';
import { objectiveOf } from './objective.ts';
import type { Trial } from './race.ts';

const objective = objectiveOf({ task: 'regress', target: 'y' }, 'rmse');
const ROWS = 20_000;
const random = stream('look-better');
/** One value in 400 is far from all that can be known of it. */
const truth = Float64Array.from({ length: ROWS }, (_, row) => random.normal() + (row % 400 === 0 ? 60 : 0));

/** Errors of `size` beside those that nobody can avoid; on some of the rows. */
function trialOf(id: number, size: number, rows: Int32Array): Trial {
  const noise = stream('errors', id);
  const own = Float64Array.from(rows, (row) => truth[row]);
  const predicted = Float64Array.from(rows, () => size * noise.normal());
  const tally = { ids: rows, truth: own, predicted, probabilities: new Float64Array(0), metrics: {}, notes: [], unknown: 0 };
  const candidate = { id, family: 'boosting' as const, kind: 'learn.boosting', variant: 'plain', params: {} };
  const folds = [{ tally, model: {} as Model, ms: 1, cut: false }];
  return { candidate, state: 'complete', folds, loss: objective.loss(own, predicted), ms: 1, began: 0, ended: 1 };
}
const every = (step: number, from: number) => Int32Array.from({ length: Math.floor((ROWS - from) / step) }, (_, i) => from + i * step);
const all = every(1, 0);
/** A thousand rows without any of the far ones. */
const lucky = every(20, 1);

test('few rows without the rare ones that count most make no look better', () => {
  const look = trialOf(-1, 1, lucky);
  const whole = [trialOf(1, 0.5, all), trialOf(2, 0.8, all)];
  expect(look.loss).toBeLessThan(whole[0].loss / 2);
  expect(betterLook([look], whole, objective)).toBeUndefined();
  // Judged on other rows than the look.
  expect(betterLook([look], [trialOf(1, 0.5, every(2, 0))], objective)).toBeUndefined();
});

test('a look that says more on the same rows, or far more on others, is better', () => {
  const look = trialOf(-1, 0.1, lucky);
  expect(betterLook([look], [trialOf(1, 1, all)], objective)).toBe(look);
  expect(betterLook([look], [trialOf(1, 40, every(2, 0))], objective)).toBe(look);
});
