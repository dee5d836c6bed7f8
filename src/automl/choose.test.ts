/** What is made of a race: a winner alone is calibrated where that pays, and says so beside its own row. */
import { expect, test } from 'vitest';
import { exp } from '../base/float.ts';
import { ProblemError } from '../base/problem.ts';
import { stream } from '../base/random.ts';
import { inEnglish } from '../base/words.ts';
import { logLoss } from '../metrics/probability.ts';
import type { Model } from '../recipe/model.ts';
import { cellAt } from '../table/column.ts';
import { columnNamed } from '../table/table.ts';
import { type Choosing, chooseModel, type Ran } from './choose.ts';
import { objectiveOf } from './objective.ts';
import type { Trial } from './race.ts';

const CLASSES = ['a', 'b'];
/** A trial whose log-odds are `times` what they should be. */
function trialOf(times: number, id = 0, kind = 'learn.boosting', rows = 1500): Trial {
  const random = stream('choose');
  const noise = stream('choose', id);
  const truth = new Float64Array(rows);
  const probabilities = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i++) {
    const odds = 2 * random.normal();
    const own = odds + (id === 0 ? 0 : noise.normal());
    truth[i] = random.uniform() < 1 / (1 + exp(-odds)) ? 1 : 0;
    probabilities[2 * i + 1] = 1 / (1 + exp(-times * own));
    probabilities[2 * i] = 1 - probabilities[2 * i + 1];
  }
  const metrics = { log_loss: logLoss(truth, probabilities, 2) };
  const tally = { ids: Int32Array.from(truth.keys()), truth, predicted: truth, probabilities, metrics, notes: [], unknown: 0 };
  const learned = { source: 's', ids: new Int32Array(0) };
  const model = {
    task: 'classify',
    classes: CLASSES,
    inputs: [],
    outputs: [],
    learned,
    about: { rowCount: rows, notes: [] },
  } as unknown as Model;
  const candidate = { id, family: 'boosting' as const, kind, variant: 'plain', params: {} };
  return { candidate, state: 'complete', folds: [{ tally, model, ms: 1, cut: false }], loss: metrics.log_loss, ms: 1, began: 0, ended: 1 };
}
function chosen(
  trial: Trial | Trial[],
  calibrate: boolean,
  pick: number[] = [],
  pinned: number[] = [],
  stack = false,
  looked: Trial[] = [],
) {
  const ran: Ran = { trials: [trial].flat(), looked, deal: { folds: 0, share: 0.2 }, said: [], pinned, seconds: null, spent: null };
  const maker = { kind: 'automl.tables', version: 1, params: {}, title: 'AutoML' };
  const choosing: Choosing = {
    objective: objectiveOf({ task: 'classify', target: 'y', classes: CLASSES, positive: 'b' }, 'log_loss'),
    ensemble: true,
    stack,
    calibrate,
    pick,
    maker,
    titleOf: () => 'Boosting',
    specOf: ({ candidate: { kind, params } }) => ({ kind, version: 1, params, title: 'Boosting' }),
    time: { ms: 1000, now: () => 0 },
  };
  return chooseModel(ran, choosing);
}

test('a winner alone that is too sure is calibrated, judged so, and stands above its own row', () => {
  const sure = trialOf(3);
  const { model, results, leaderboard, notes } = chosen(sure, true);
  expect(model.calibration!.scale).toBeGreaterThan(0.27);
  expect(model.calibration!.scale).toBeLessThan(0.4);
  expect(results.models.map(({ name }) => inEnglish(name))).toEqual(['Boosting, calibrated', 'Boosting']);
  expect(results.models[0].metrics.log_loss).toBeLessThan(sure.loss - 0.05);
  expect(leaderboard.rowCount).toBe(2);
  expect(cellAt(columnNamed(leaderboard, 'model'), 0)).toBe('Boosting, calibrated');
  expect(notes.map(inEnglish).join()).toContain('the model was too sure');
});

test('one that is right, not to be calibrated, or taken by hand stays as it is', () => {
  for (const outcome of [chosen(trialOf(1), true), chosen(trialOf(3), false), chosen(trialOf(3), true, [0])]) {
    expect(outcome.model.calibration).toBeUndefined();
    expect(outcome.results.models).toHaveLength(1);
  }
});

test('of few rows no more than three trials of a learner are weighed together, but those that a person wants', () => {
  const trials = (rows: number) => [
    ...Array.from({ length: 8 }, (_, i) => trialOf(0.8, i + 1, 'learn.boosting', rows)),
    trialOf(0.8, 9, 'learn.logistic', rows),
  ];
  const members = (rows: number, pinned: number[] = []) =>
    chosen(trials(rows), false, [], pinned).chosen.filter(({ trial }) => trial.candidate.kind === 'learn.boosting').length;
  expect(members(600)).toBe(3);
  const all = Array.from({ length: 8 }, (_, i) => i + 1);
  expect(members(600, all)).toBe(8);
  expect(members(1500)).toBeGreaterThan(3);
});

test('trials that are too timid together are stacked where that is asked for: one model with a row of its own, judged on rows it was not fitted to', () => {
  const timid = [trialOf(0.3, 0, 'learn.a'), trialOf(0.4, 1, 'learn.b')];
  expect(chosen(timid, false).model.stack).toBeUndefined();
  const { model, results, leaderboard, race, notes } = chosen(timid, false, [], [], true);
  expect(model.stack!.weights).toHaveLength(model.members!.length);
  expect(race.made).toMatchObject({ members: model.members!.map(({ weight }) => ({ weight })), stack: model.stack });
  expect(model.stack!.weights.reduce((sum, weight) => sum + weight, 0)).toBeGreaterThan(1.5);
  expect(model.members!.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  expect(cellAt(columnNamed(leaderboard, 'model'), 0)).toBe('Stack');
  expect(results.models[0].metrics.log_loss).toBeLessThan(Math.min(...timid.map(({ loss }) => loss)));
  expect(notes.map(inEnglish).join()).toContain('Stacked: how much each says');
  // Trials taken or kept by hand are weighed, as was asked.
  expect(chosen(timid, false, [0, 1], [], true).model.stack).toBeUndefined();
  expect(chosen(timid, false, [], [1], true).model.stack).toBeUndefined();
});

test('a first look that says surely more than every trial in time is the model, unless a person chose', () => {
  const look = trialOf(1, -1);
  const half = trialOf(0.05, 2);
  const { chosen: made, notes, ran, race } = chosen(half, true, [], [], false, [look]);
  expect(made).toEqual([{ trial: look, weight: 1 }]);
  expect(notes.map(inEnglish).join()).toContain('first short look');
  expect(ran.looked).toEqual([look]);
  expect(race.made).toBeUndefined();
  expect(chosen(half, true, [2], [], false, [look]).chosen[0].trial).toBe(half);
  // As good is not better, and of few rows nothing is sure.
  expect(chosen(trialOf(1, 2), true, [], [], false, [look]).chosen[0].trial.candidate.id).toBe(2);
  expect(chosen(half, true, [], [], false, [trialOf(1, -1, 'learn.boosting', 300)]).chosen[0].trial).toBe(half);
});

test('only trials that were judged on the rows of the best are weighed, and those left out are named', () => {
  const trials = [trialOf(0.8, 1, 'learn.a'), trialOf(0.8, 2, 'learn.b'), trialOf(0.8, 3, 'learn.c')];
  const [other] = trials[2].folds;
  const shifted = { ...trials[2], folds: [{ ...other, tally: { ...other.tally, ids: other.tally.ids.map((id) => id + 1) } }] };
  const members = (all: Trial[], pick: number[] = []) => {
    const { chosen: made, notes } = chosen(all, false, pick);
    return { ids: made.map(({ trial }) => trial.candidate.id).sort(), notes: notes.map(inEnglish).join() };
  };
  expect(members(trials)).toMatchObject({ ids: [1, 2, 3] });
  for (const odd of [shifted, { ...trialOf(0.8, 3, 'learn.c', 700), loss: 2 }]) {
    const { ids, notes } = members([trials[0], trials[1], { ...odd, loss: 2 }]);
    expect(ids).toEqual([1, 2]);
    expect(notes).toContain('on other rows than the best');
  }
  expect(members([trials[0], { ...shifted, loss: 2 }], [3, 1])).toMatchObject({ ids: [1], notes: expect.stringContaining('other rows') });
});

test('a trial without a value is neither weighed nor the model; where nothing else came to an end, its reason is the error', () => {
  const reason = new ProblemError({ code: 'automl.not-numbers', message: 'Not numbers.', hint: 'Leave it out.' });
  const lost: Trial = { ...trialOf(0.8, 1), state: 'failed', loss: Number.POSITIVE_INFINITY, problem: reason.problem };
  const { chosen: made, race, notes } = chosen([lost, trialOf(0.8, 2)], false, [], [1]);
  expect(notes.map(inEnglish).join()).toContain('Kept by hand, and not in the ensemble');
  expect(made.map(({ trial }) => trial.candidate.id)).toEqual([2]);
  expect(race.rows.map(({ id, state }) => [id, state])).toEqual([
    [2, 'complete'],
    [1, 'failed'],
  ]);
  expect(() => chosen(lost, false)).toThrow('Not numbers.');
  const look = { ...trialOf(0.8, -1), loss: Number.POSITIVE_INFINITY };
  expect(() =>
    chosen([], false, [], [], false, [
      { ...look, folds: [{ ...look.folds[0], tally: { ...look.folds[0].tally, truth: new Float64Array(0) } }] },
    ]),
  ).toThrow('None of the rows');
  // Of a look that has a value the note says that the trials failed, not that the time was over.
  expect(
    chosen(lost, false, [], [], false, [trialOf(0.8, -1)])
      .notes.map(inEnglish)
      .join(),
  ).not.toContain('time was over');
});
