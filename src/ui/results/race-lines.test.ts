/** The line of the ensemble above the trials. */
import { expect, test } from 'vitest';
import type { ModelResult, Race, RaceRow } from '../../recipe/results.ts';
import { togetherLine } from './race-lines.ts';

const row = (id: number, weight: number, more: Partial<RaceRow> = {}): RaceRow => ({
  id,
  name: `t${id}`,
  kind: 'learn.boosting',
  params: {},
  state: 'complete',
  began: 0,
  ended: 1,
  folds: 5,
  weight,
  ...more,
});
const race = (rows: RaceRow[]): Race => ({ metric: 'auc', deal: { folds: 5, share: 0 }, seed: 0, steps: [], rows });
const model = { name: 'Ensemble', metrics: { auc: 0.9 } } as unknown as ModelResult;

test('it stands there where several trials have a say, with what their models cost together', () => {
  const rows = [row(0, 0.6, { answerMs: 2, bytes: 10 }), row(1, 0.4, { answerMs: 3, bytes: 20 }), row(2, 0, { answerMs: 9, bytes: 90 })];
  expect(togetherLine(race(rows), [model])).toEqual({ name: 'Ensemble', members: 2, metrics: { auc: 0.9 }, answerMs: 5, bytes: 30 });
});

test('not for one trial alone, and without a cost that is not known of all', () => {
  expect(togetherLine(race([row(0, 1), row(1, 0)]), [model])).toBeUndefined();
  expect(togetherLine(race([row(0, 0.6, { bytes: 10 }), row(1, 0.4)]), [model])).toEqual({
    name: 'Ensemble',
    members: 2,
    metrics: { auc: 0.9 },
  });
});
