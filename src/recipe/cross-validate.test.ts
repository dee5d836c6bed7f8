/** Cross-validation on toys: folds refit everything, equal ids stay together, classes that a fold lacks get zero. */
import { expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { inEnglish } from '../base/words.ts';
import { makeFolds } from '../metrics/folds.ts';
import { tableOf } from '../table/table.ts';
import { crossValidate } from './cross-validate.ts';
import { judgeFold } from './fold.ts';
import { rawFrame } from './frame.ts';
import { centre, drop, fitRun, lookups, run, spec, twice } from './toy.fixture.ts';
import { frameIds } from './track.ts';
import { rowsTogether, strataOf } from './units.ts';

const by = { kind: 't', version: 1, params: {}, title: 'Folds' };
const numbers = () => rawFrame(tableOf({ x: ['number', [1, 2, 3, 4, 5, 6]], y: ['number', [1, null, 3, 4, 5, 6]] }));
const params = { target: 'y', features: { names: ['x'] } };
const folds = (...list: number[]) => [Int32Array.from(list)];

it('learns each fold’s means from the other folds only', async () => {
  const frame = await run(centre, { column: 'x' }, numbers());
  const { models, primary } = await crossValidate(frame, [spec(params)], { repeats: folds(0, 0, 0, 1, 1, 1), by }, lookups, fitRun);
  const [result] = models;
  expect([...result.ids]).toEqual([0, 2, 3, 4, 5]);
  expect([...result.fold!]).toEqual([0, 0, 1, 1, 1]);
  // Fold 0: y mean 5, x centred by 5. Fold 1: y mean 2, x centred by 2.
  expect([...result.predicted]).toEqual([1, 3, 4, 5, 6]);
  expect(result.foldMetrics).toHaveLength(2);
  expect(result.metrics[primary]).toBe(0);
  expect(result.notes.map(inEnglish).join()).toContain('1 row left out: “y” is missing');
});

it('rows that a row step drops are not judged, and counted', async () => {
  const frame = await run(drop, { column: 'y' }, await run(centre, { column: 'x' }, numbers()));
  const { models } = await crossValidate(frame, [spec(params)], { repeats: folds(0, 0, 1, 1, 1), by }, lookups, fitRun);
  expect([...models[0].ids]).toEqual([0, 2, 3, 4, 5]);
});

it('forward folds learn from the past only', async () => {
  const seen: number[] = [];
  const watched = {
    ...lookups,
    learner: async () => ({
      ...(await lookups.learner('', 1)),
      fit: async (data: { y: Float64Array }) => {
        seen.push(data.y.length);
        return { mean: 0, shares: [] };
      },
    }),
  };
  await crossValidate(
    numbers(),
    [spec(params)],
    { repeats: folds(-1, -1, 0, 0, 1, 1), by, forward: true },
    watched as typeof lookups,
    fitRun,
  );
  expect(seen).toEqual([1, 3]);
});

it('a class that a fold’s training rows lack has probability zero there, also when they have one class only', async () => {
  const frame = rawFrame(tableOf({ x: ['number', [1, 2, 3, 4, 5, 6]], y: ['category', ['a', 'b', 'a', 'b', 'c', 'c']] }));
  const { models, classes } = await crossValidate(frame, [spec(params)], { repeats: folds(0, 0, 0, 0, 1, 1), by }, lookups, fitRun);
  expect(classes).toEqual(['a', 'b', 'c']);
  const [result] = models;
  expect([...result.ids]).toEqual([0, 1, 2, 3, 4, 5]);
  expect([...result.probabilities!.slice(0, 3)]).toEqual([0, 0, 1]);
  expect([...result.probabilities!.slice(15)]).toEqual([0.5, 0.5, 0]);
  expect(result.metrics.accuracy).toBe(0);
});

it('leave one out pools its metrics, and several learners get names apart', async () => {
  const { models } = await crossValidate(
    numbers(),
    [spec(params), spec(params)],
    { repeats: folds(0, 1, 2, 3, 4, 5), by },
    lookups,
    fitRun,
  );
  expect(models.map((model) => inEnglish(model.name))).toEqual(['Sum', 'Sum (2)']);
  expect(models[0].sd).toBeUndefined();
  expect(models[0].metrics.rmse).toBeGreaterThan(0);
});

it('equal ids and equal groups are dealt together', async () => {
  const frame = await run(twice, {}, numbers());
  const together = rowsTogether(frameIds(frame), [0, 1, 1, 2, 2, 3, -1, -1, -1, -1, 4, 4]);
  expect([...together]).toEqual([0, 0, 0, 0, 0, 0, 6, 6, 8, 8, 10, 10]);
  const dealt = makeFolds({ n: 12, k: 2, random: stream('folds'), groups: together });
  expect(new Set(dealt.slice(0, 6)).size).toBe(1);
  expect([...strataOf(frame.table.columns[0])]).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
});

it('gives the same whatever carries out its folds', async () => {
  const plans = { repeats: [Int32Array.of(0, 0, 1, 1, 2, 2), Int32Array.of(2, 1, 0, 2, 1, 0)], by };
  const specs = [spec(params), spec(params)];
  const here = await crossValidate(numbers(), specs, plans, lookups, fitRun);
  const begun: string[] = [];
  const there = await crossValidate(numbers(), specs, plans, lookups, fitRun, {
    width: 3,
    judge: async (place) => {
      begun.push(`${place.repeat}.${place.fold}`);
      await new Promise((done) => setTimeout(done, 9 - place.fold * 3));
      return judgeFold(numbers(), specs, plans, place, lookups, fitRun);
    },
  });
  expect([...begun].sort()).toEqual(['0.0', '0.1', '0.2', '1.0', '1.1', '1.2']);
  expect(there).toEqual(here);
});
