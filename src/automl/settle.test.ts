/** On few rows the rounds of boosting are one number for all folds: the leaderboard flatters no more, and the search goes on as before. */
import { expect, test } from 'vitest';
import type { Model } from '../recipe/model.ts';
import type { Candidate } from './portfolio.ts';
import { settledParams } from './settle.ts';
import type { FoldDone } from './trial.ts';

const boosting: Candidate = {
  id: 0,
  family: 'boosting',
  kind: 'learn.boosting',
  variant: 'v',
  params: { early_stopping: true, rounds: 2000 },
};
const folds = (rounds: readonly number[], cut = false) =>
  rounds.map((count): FoldDone => ({ model: { fitted: { rounds: count } } as Model, ms: 1, cut, tally: {} as FoldDone['tally'] }));

test('all folds stop at the median of where they would have stopped', () => {
  expect(settledParams(boosting, folds([12, 121, 1, 692, 30]), 500)).toEqual({ early_stopping: false, rounds: 30 });
  expect(settledParams(boosting, folds([10, 20, 40, 400]), 500)).toEqual({ early_stopping: false, rounds: 30 });
  expect(settledParams(boosting, folds([0, 0, 0]), 500)).toEqual({ early_stopping: false, rounds: 1 });
});

test('not with many rows, one part kept aside, a fit cut short, nor for what does not stop early', () => {
  expect(settledParams(boosting, folds([10, 20, 30]), 5000)).toBeUndefined();
  expect(settledParams(boosting, folds([10]), 500)).toBeUndefined();
  expect(settledParams(boosting, folds([10, 20], true), 500)).toBeUndefined();
  expect(settledParams({ ...boosting, params: { early_stopping: false } }, folds([10, 20]), 500)).toBeUndefined();
  expect(settledParams({ ...boosting, kind: 'learn.linear' }, folds([10, 20]), 500)).toBeUndefined();
});
