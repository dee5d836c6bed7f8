/** What a race leaves behind: the ensemble is judged as the trials are, fold by fold, and every trial says what its answers cost. */
import { expect, test } from 'vitest';
import type { FoldTally } from '../recipe/fold.ts';
import type { Model } from '../recipe/model.ts';
import { objectiveOf } from './objective.ts';
import type { Trial } from './race.ts';
import { answersOf, costsOf, leaderboard, metricsByTrial, resultsOf } from './report.ts';

const GOAL = { task: 'classify' as const, target: 'y', classes: ['no', 'yes'], positive: 'yes' };
const AUC = objectiveOf(GOAL, 'auc');
/** Scores of “yes”, by fold; every second row is one. */
function tally(scores: readonly number[], answerMs: number): FoldTally {
  const truth = Float64Array.from(scores, (_, i) => i % 2);
  const predicted = Float64Array.from(scores, (score) => (score >= 0.5 ? 1 : 0));
  const probabilities = Float64Array.from(scores.flatMap((score) => [1 - score, score]));
  return { ids: Int32Array.from(scores.keys()), truth, predicted, probabilities, metrics: { auc: 0.5 }, notes: [], unknown: 0, answerMs };
}
const trial = (id: number, folds: readonly (readonly number[])[], ms: number): Trial => ({
  candidate: { id, kind: 'learn.toy', family: 'linear', variant: 'plain', params: {} },
  state: 'complete',
  folds: folds.map((scores) => ({
    tally: tally(scores, ms),
    model: { weights: new Float64Array(10 * (id + 1)) } as unknown as Model,
    ms: 5,
    cut: false,
  })),
  loss: id,
  ms: 10,
  began: 0,
  ended: 10,
});
// Each fold is ranked without a mistake, but on other scales: all rows together are not.
const folds = [
  [0.1, 0.2, 0.15, 0.3],
  [0.7, 0.9, 0.6, 0.8],
];
const trials = [trial(0, folds, 2), trial(1, folds, 3)];
const titleOf = ({ candidate }: Trial) => `Trial ${candidate.id + 1}`;

test('the ensemble’s metrics are the means over folds, with their spread', () => {
  const { answers } = answersOf(trials[0]);
  const { models } = resultsOf(AUC, trials, titleOf, { trials, weights: [0.5, 0.5], answers });
  expect(models).toHaveLength(3);
  expect(models[0].metrics.auc).toBe(1);
  expect(models[0].foldMetrics?.map(({ auc }) => auc)).toEqual([1, 1]);
  expect(models[0].sd?.auc).toBe(0);
  expect(models[0].predicted).toEqual(models[1].predicted);
});

test('time and size: of all fold models of a trial, and of all trials with a say', () => {
  expect(costsOf(trials[0])).toEqual({ answerMs: 4, bytes: 160 });
  expect(costsOf({ ...trials[0], folds: [] })).toEqual({});
  const [first, ...rest] = trials[0].folds;
  expect(costsOf({ ...trials[0], folds: [{ ...first, tally: { ...first.tally, answerMs: 90 } }, ...rest] }).answerMs).toBe(4);
  const ran = { ranked: trials, rest: [], metrics: metricsByTrial(AUC, trials) };
  const { answers } = answersOf(trials[0]);
  const results = resultsOf(AUC, trials, titleOf, { trials, weights: [0.5, 0.5], answers });
  const board = leaderboard(AUC, ran, results, { titleOf, weightOf: () => 0.5, together: true });
  const values = (name: string) => {
    const column = board.columns[board.fields.findIndex((field) => field.name === name)];
    return column.type === 'number' ? [...column.values] : [];
  };
  expect(values('ms per 1000 rows')).toEqual([10, 4, 6]);
  expect(values('bytes')).toEqual([480, 160, 320]);
});
