/** What is kept of a race is bounded: the best first, what is shared counted once, what does not fit stays a row with its metrics. */
import { expect, test } from 'vitest';
import type { Model } from '../recipe/model.ts';
import { hasModels, keptTrials } from './keep.ts';
import type { Trial } from './race.ts';

const shared = new Float64Array(100).fill(7);
const trial = (id: number, loss: number, state: Trial['state'] = 'complete'): Trial => ({
  candidate: { id, family: 'linear', kind: 'toy', variant: '', params: {} },
  state,
  folds: [
    {
      tally: {
        ids: Int32Array.of(1, 2),
        truth: Float64Array.of(1, 2),
        predicted: Float64Array.of(id, id),
        probabilities: new Float64Array(0),
        metrics: { rmse: loss },
        notes: [],
        unknown: 0,
      },
      model: { fitted: { own: new Float64Array(1000).fill(id), shared } } as unknown as Model,
      ms: 1,
      cut: false,
    },
  ],
  loss,
  ms: 1,
  began: 0,
  ended: 1,
});
const kept = (trials: readonly Trial[]) => trials.filter(hasModels).map(({ candidate }) => candidate.id);
const MOST = { trials: 9, models: 1e6, answers: 1e6 };

test('the best are kept, in the order of the race; trials that did not complete are rows only', () => {
  const trials = [trial(0, 3), trial(1, 1), trial(2, 2), trial(3, 0, 'cut')];
  const bounded = keptTrials(trials, { ...MOST, trials: 2 });
  expect(bounded.map(({ candidate }) => candidate.id)).toEqual([0, 1, 2, 3]);
  expect(kept(bounded)).toEqual([1, 2]);
  expect(bounded[0].folds[0]).toMatchObject({ ms: 1, tally: { metrics: { rmse: 3 } } });
  expect(bounded[0].folds[0].tally.truth).toHaveLength(0);
  expect(kept(trials)).toEqual([0, 1, 2, 3]);
  // Those kept by hand before better ones.
  expect(kept(keptTrials(trials, { ...MOST, trials: 2 }, new Set([0])))).toEqual([0, 1]);
});

test('bytes bound it, and an array that two models share counts once', () => {
  const trials = [trial(0, 1), trial(1, 2), trial(2, 3)];
  // Two models of 8,000 bytes each, 800 that they share, and their few hundred bytes of text.
  expect(kept(keptTrials(trials, { ...MOST, models: 17_600 }))).toEqual([0, 1]);
  expect(kept(keptTrials(trials, { ...MOST, models: 100 }))).toEqual([]);
  expect(kept(keptTrials(trials, { ...MOST, answers: 10 }))).toEqual([]);
});
