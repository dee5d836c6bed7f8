/** AutoML when the time is over before any trial is: there is a model all the same, and it says what it is. */
import { expect, test } from 'vitest';
import { type AutoMlAsk, type AutoMlWork, autoMl } from '../../automl/automl.ts';
import { fitAnew } from '../../automl/refit.ts';
import { type FoldJob, runFold } from '../../automl/trial.ts';
import { type Problem, ProblemError } from '../../base/problem.ts';
import { stream } from '../../base/random.ts';
import { learners } from '../../learners/index.ts';
import { rawFrame } from '../../recipe/frame.ts';
import { predictModel } from '../../recipe/predict.ts';
import { columnOf } from '../../table/column.ts';
import { table } from '../../table/table.ts';
import { lookups } from '../lookup.ts';

const rows = 60;
const x = Array.from({ length: rows }, (_, i) => ((i * 37) % rows) / rows);
const frame = rawFrame(
  table(
    ['x', 'y'],
    [
      columnOf('number', x),
      columnOf(
        'category',
        x.map((value) => (value > 0.5 ? 'high' : 'low')),
      ),
    ],
    rows,
  ),
);
const maker = { kind: 'automl.tables', version: 1, params: {}, title: 'AutoML' };
const ask: AutoMlAsk = {
  common: { target: 'y', features: { all: true }, task: 'auto', positive: '' },
  metric: null,
  limits: { seconds: 2, trials: 50, trialMs: Number.POSITIVE_INFINITY, patience: 40, exitScore: null },
  families: new Set(['boosting', 'linear']),
  balanced: false,
  evening: false,
  crossed: false,
  ensemble: true,
  calibrate: true,
  refit: false,
  pick: [],
  folds: null,
  share: null,
  by: maker,
  maker,
  seed: 0,
};
/** Every fit takes three seconds of a clock of its own; those of `late` are ended. */
function slow(late: (kind: string) => boolean): { work: AutoMlWork; problems: Problem[] } {
  let time = 0;
  const problems: Problem[] = [];
  const random = (purpose: string) => stream('short', purpose);
  const run = { random, stopRequested: () => false, progress: () => {}, backend: 'cpu' as const };
  return {
    problems,
    work: {
      width: 1,
      began: 0,
      now: () => time,
      stopRequested: () => false,
      known: undefined,
      random,
      fold: async (job: FoldJob) => {
        time += 3000;
        if (late(job.spec.kind)) throw new ProblemError({ code: 'automl.late', message: 'Late.', hint: 'Wait.' });
        return runFold(frame, job, lookups, run, () => time);
      },
      refit: (job) => fitAnew(frame, job, lookups, run),
      kindOf: (id) => learners.find(({ kind }) => kind.id === id)!.kind,
      onAsk: () => {},
      live: () => {},
      told: () => {},
      guard: () => {},
      log: (_, problem) => problem && problems.push(problem),
    },
  };
}

test('the straight line of the first look is the model where nothing else came to an end', async () => {
  const { work, problems } = slow((kind) => kind === 'learn.boosting');
  const { model } = await autoMl(frame, ask, lookups, work);
  expect(model.learner.kind).toBe('learn.logistic');
  expect(problems.map(({ code }) => code)).toEqual(['automl.too-short']);
  const { probabilities } = await predictModel(model, frame.table, lookups);
  expect(probabilities!.length).toBe(2 * rows);
});

test('where no learner ends, the model says what is usual, and that it does no more', async () => {
  const { work, problems } = slow((kind) => kind !== 'learn.baseline');
  const { model, race } = await autoMl(frame, ask, lookups, work);
  expect(model.learner.kind).toBe('learn.baseline');
  expect(problems[0].message).toContain('only says what is usual');
  expect(race.rows).toHaveLength(1);
});

test('where nothing can be fitted, the race says why', async () => {
  const { work } = slow(() => true);
  await expect(autoMl(frame, ask, lookups, work)).rejects.toMatchObject({ problem: { code: 'automl.no-model' } });
});
