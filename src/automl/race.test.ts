/** The race on toys: the same trials whatever the width, budgets kept, a failed trial a row like others. */
import { expect, test } from 'vitest';
import { ProblemError } from '../base/problem.ts';
import { stream } from '../base/random.ts';
import { number } from '../kind/params.ts';
import type { Model } from '../recipe/model.ts';
import { noValue } from './no-value.ts';
import { objectiveOf } from './objective.ts';
import type { Candidate } from './portfolio.ts';
import { type RaceLimits, type RaceSetup, type RaceWork, race, type Trial } from './race.ts';
import { createSteering } from './steering.ts';
import type { FoldDone } from './trial.ts';

const params = { x: number('x', 0.5, '', { tune: { min: 0, max: 1 } }) };
const candidate = (id: number, x: number): Candidate => ({ id, family: 'boosting', kind: 'toy', variant: `v${id}`, params: { x } });
const NO_LIMIT: RaceLimits = {
  ms: Number.POSITIVE_INFINITY,
  trials: Number.POSITIVE_INFINITY,
  trialMs: Number.POSITIVE_INFINITY,
  strict: false,
  exitLoss: Number.NEGATIVE_INFINITY,
  patience: 40,
};
const setup = (limits: Partial<RaceLimits>): RaceSetup => ({
  plans: { repeats: [Int32Array.of(0, 1, 2)], by: { kind: 't', version: 1, params: {}, title: 't' } },
  objective: objectiveOf({ task: 'regress', target: 'y' }, 'rmse'),
  portfolio: [candidate(0, 0.9), candidate(1, 0.5), candidate(2, 0.2)],
  search: [() => params, stream('race')],
  limits: { ...NO_LIMIT, ...limits },
});
/** The loss is the distance of x from 0.3; a fold takes 10 ms of the toy clock. */
function work(width: number, more: Partial<RaceWork> = {}): RaceWork & { asked: number[] } {
  let time = 0;
  const asked: number[] = [];
  return {
    width,
    now: () => time,
    stopRequested: () => false,
    adapt: (given) => given,
    told: () => {},
    asked,
    fold: async (given, place, limit) => {
      asked.push(limit?.ms ?? -1);
      const pause = (given.id * 7 + place.fold * 3) % 5;
      await new Promise((done) => setTimeout(done, pause));
      time += 10 / width;
      const predicted = Float64Array.of(Number(given.params.x) - 0.3);
      const tally = {
        ids: Int32Array.of(0),
        truth: Float64Array.of(0),
        predicted,
        probabilities: new Float64Array(0),
        notes: [],
        unknown: 0,
      };
      return { tally, model: {} as Model, ms: 10, cut: false };
    },
    ...more,
  };
}
const said = (trials: readonly Trial[]) => trials.map(({ candidate: { id, params: given }, state, loss }) => [id, given, state, loss]);

test('limited by trials it is the same race on one worker and on four, and the search comes nearer', async () => {
  const one = await race(setup({ trials: 25 }), work(1));
  const four = await race(setup({ trials: 25 }), work(4));
  expect(said(four)).toEqual(said(one));
  expect(one).toHaveLength(25);
  const best = one.reduce((least, { loss }) => Math.min(least, loss), 1);
  expect(best).toBeLessThan(0.05);
});

test('a trial that fails is a row with its reason, and the race goes on', async () => {
  const failing = work(2);
  const { fold } = failing;
  const bad = new ProblemError({ code: 'toy.bad', message: 'It broke.', hint: 'Mend it.' });
  const trials = await race(setup({ trials: 3 }), {
    ...failing,
    fold: (given, place, limit) => (given.id === 1 ? Promise.reject(bad) : fold(given, place, limit)),
  });
  expect(trials.map(({ state }) => state)).toEqual(['complete', 'failed', 'complete']);
  expect(trials[1].problem?.code).toBe('toy.bad');
});

test('a trial that came to its end without a value of the metric failed, and says why', async () => {
  const running = work(1);
  const tallies: Partial<FoldDone['tally']>[] = [
    { predicted: Float64Array.of(Number.NaN) },
    { truth: new Float64Array(0), predicted: new Float64Array(0) },
    { truth: Float64Array.of(0, 1), predicted: Float64Array.of(0, -2) },
    {},
  ];
  const { search: _, ...plain } = setup({});
  const trials = await race(
    { ...plain, objective: objectiveOf({ task: 'regress', target: 'y' }, 'rmsle'), portfolio: tallies.map((_, id) => candidate(id, 0.3)) },
    {
      ...running,
      fold: async (given, place, limit) => {
        const done = await running.fold(given, place, limit);
        return { ...done, tally: { ...done.tally, ...(place.fold === 1 || given.id === 1 ? tallies[given.id] : {}) } };
      },
    },
  );
  expect(trials.map(({ state, problem }) => [state, problem?.code])).toEqual([
    ['failed', 'automl.not-numbers'],
    ['failed', 'automl.none-judged'],
    ['failed', 'automl.no-value'],
    ['complete', undefined],
  ]);
  expect(trials[1].problem!.message).toContain('“y”');
  expect(trials[2].problem).toMatchObject({ at: { param: 'metric' }, message: expect.stringContaining('RMSLE') });
  const goal = { task: 'classify' as const, target: 'y', classes: ['no', 'yes'], positive: 'yes' };
  const alike = {
    ...trials[3].folds[0],
    tally: { ...trials[3].folds[0].tally, truth: Float64Array.of(1, 1), probabilities: Float64Array.of(0, 1, 0.5, 0.5) },
  };
  expect(noValue(objectiveOf(goal, 'auc'), [alike])).toMatchObject({
    at: { param: 'metric' },
    message: 'AUC has no value here: all rows have the same class.',
  });
});

test('no fold is given more time than is left, and nothing is begun after the end', async () => {
  const running = work(1);
  const trials = await race(setup({ ms: 95, trialMs: 60 }), running);
  expect(running.now()).toBeLessThanOrEqual(105);
  expect(Math.max(...running.asked)).toBeLessThanOrEqual(60);
  expect(trials.filter(({ state }) => state === 'complete').length).toBeGreaterThan(0);
});

test('ends when asked, when good enough, and when nothing gets better', async () => {
  let folds = 0;
  const asked = work(1, { stopRequested: () => folds >= 4 });
  const { fold } = asked;
  const stopped = await race(setup({}), { ...asked, fold: (...args) => (folds++, fold(...args)) });
  expect(stopped.map(({ state }) => state)).toEqual(['complete', 'cut']);
  const enough = await race(setup({ exitLoss: 0.25 }), work(1));
  expect(enough).toHaveLength(2);
  const patient = await race(setup({ patience: 2 }), work(1));
  expect(patient.length).toBeLessThan(40);
});

test('a fold whose rows are all of one class has no AUC, and the other folds are judged', async () => {
  const running = work(2);
  const goal = { task: 'classify' as const, target: 'y', classes: ['no', 'yes'], positive: 'yes' };
  const truths = [Float64Array.of(0, 0), Float64Array.of(0, 1), Float64Array.of(1, 0)];
  const trials = await race(
    { ...setup({ trials: 2 }), objective: objectiveOf(goal, 'auc') },
    {
      ...running,
      fold: async (given, place, limit) => {
        const done = await running.fold(given, place, limit);
        const truth = truths[place.fold];
        const said = truth.map((y) => (given.id === 0 ? y : 1 - y));
        return {
          ...done,
          tally: { ...done.tally, truth, predicted: said, probabilities: Float64Array.from([...said].flatMap((p) => [1 - p, p])) },
        };
      },
    },
  );
  expect(trials.map(({ state, loss }) => [state, loss])).toEqual([
    ['complete', -1],
    ['complete', 0],
  ]);
});

test('steered: a pause holds the race and its clock, an ended trial is a row, more time means more trials', async () => {
  const running = work(1);
  const steering = createSteering(running.now, 0, () => {});
  const { fold } = running;
  let begun = 0;
  const seen: string[] = [];
  const trials = await race(setup({ ms: 60 }), {
    ...running,
    now: steering.now,
    steering,
    changed: (open, ended) => seen.push(`${open.length}/${ended.length}`),
    fold: async (given, place, limit) => {
      begun++;
      if (begun === 2) {
        steering.hear({ name: 'pause' });
        setTimeout(() => steering.hear({ name: 'resume' }), 5);
      }
      if (given.id === 1) {
        steering.hear({ name: 'end-trial', args: { trial: 1 } });
        return Promise.reject(new Error('ended'));
      }
      if (begun === 3) steering.hear({ name: 'add-time', args: { seconds: 0.09 } });
      return fold(given, place, limit);
    },
  });
  expect(trials[1]).toMatchObject({ state: 'ended', folds: [] });
  expect(trials[1].problem).toBeUndefined();
  // Three folds of ten milliseconds each: two trials in sixty, five in a hundred and fifty.
  expect(trials.filter(({ state }) => state === 'complete').length).toBeGreaterThanOrEqual(4);
  expect(seen[0]).toBe('1/0');
  expect(seen.at(-1)).toBe(`0/${trials.length}`);
});

test('without a search the portfolio is all that is tried', async () => {
  const { search: _, ...plain } = setup({ trials: 25 });
  expect(await race(plain, work(2))).toHaveLength(3);
});

test('where a model stands already, nothing is begun that could not end in time; else the first trial is', async () => {
  const leastMs = ({ id }: Candidate) => (id === 2 ? undefined : 500);
  const some = await race(setup({ ms: 300, trials: 3 }), work(1, { stands: true, leastMs }));
  expect(some.map(({ candidate: { id } }) => id)[0]).toBe(2);
  expect((await race(setup({ ms: 300, trials: 1 }), work(1, { leastMs })))[0].candidate.id).toBe(0);
});

test('a second go of all folds, where the first settles something, is what counts; the search goes on from the settings before it', async () => {
  const settle: RaceWork['settle'] = ({ params: { x }, settled }, done) => {
    expect(done).toHaveLength(3);
    expect(settled).toBeUndefined();
    return Number(x) > 0.4 ? { x: 0.4 } : undefined;
  };
  const used: unknown[] = [];
  const running = work(2, { settle });
  const { fold } = running;
  const trials = await race(setup({ trials: 4 }), {
    ...running,
    fold: (given, place, limit) => {
      used.push(given.settled?.x ?? given.params.x);
      return fold({ ...given, params: { ...given.params, ...given.settled } }, place, limit);
    },
  });
  expect(trials.slice(0, 3).map(({ candidate: { params: own, settled }, loss, ms }) => [own.x, settled?.x, loss.toFixed(1), ms])).toEqual([
    [0.9, 0.4, '0.1', 60],
    [0.5, 0.4, '0.1', 60],
    [0.2, undefined, '0.1', 30],
  ]);
  expect(used.filter((x) => x === 0.4)).toHaveLength(trials.filter(({ candidate }) => candidate.settled).length * 3);
  // Without time for the second go the first is not taken for the whole.
  const short = await race(setup({ ms: 45, trials: 1 }), work(1, { settle }));
  expect(short.map(({ state, folds, candidate: { settled } }) => [state, folds.length, settled])).toEqual([['cut', 3, undefined]]);
});
