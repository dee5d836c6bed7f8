/** The look before the race: few rows of the same kind, a first model, and how slow the machine is. */
import { expect, test } from 'vitest';
import { ProblemError } from '../base/problem.ts';
import { stream } from '../base/random.ts';
import { dealRows } from '../recipe/deal-rows.ts';
import { rawFrame } from '../recipe/frame.ts';
import type { Model } from '../recipe/model.ts';
import { columnOf } from '../table/column.ts';
import { table } from '../table/table.ts';
import { firstLook, looks, thinlyDealt, thinned } from './first-look.ts';
import { objectiveOf } from './objective.ts';
import { foldCount, roundSeconds } from './validation.ts';

const by = { kind: 't', version: 1, params: {}, title: 't' };
const large = { repeats: [Int32Array.from({ length: 60_000 }, (_, row) => (row % 5 === 0 ? 0 : -1))], by };
const size = { features: 20, levels: [] };
const objective = objectiveOf({ task: 'regress', target: 'y' }, 'rmse');
const answer = (loss: number, roundMs?: number) => ({
  tally: {
    ids: Int32Array.of(0),
    truth: Float64Array.of(0),
    predicted: Float64Array.of(loss),
    probabilities: new Float64Array(0),
    notes: [],
    unknown: 0,
  },
  model: {} as Model,
  ms: 10,
  cut: false,
  ...(roundMs === undefined ? {} : { roundMs }),
});

test('of a large table 5,000 rows are looked at, judged ones among them; a small one as it is', () => {
  const { repeats } = thinned(large);
  expect(repeats[0]).toHaveLength(60_000);
  expect(repeats[0].filter((fold) => fold !== -2)).toHaveLength(5000);
  expect(repeats[0].filter((fold) => fold === 0).length).toBeGreaterThan(800);
  const small = { repeats: [Int32Array.of(0, -1, 0)], by };
  expect(thinned(small)).toEqual(small);
});

test('the better model comes first, one that fails is no end, and a slow machine gets fewer folds', async () => {
  const both = looks({ families: new Set(['boosting', 'linear']) }, 'regress');
  const usual = roundSeconds({ rows: 4000, features: 20, classes: 0 }, 15) * 1000;
  const found = await firstLook(large, both, size, objective, {
    now: () => 0,
    // How long another learner's steps take says nothing of boosting.
    fold: async ({ family }) => (family === 'boosting' ? answer(3, 6 * usual) : answer(2, 300 * usual)),
  });
  expect(found.trials.map(({ candidate, loss }) => [candidate.family, loss])).toEqual([
    ['linear', 2],
    ['boosting', 3],
  ]);
  expect(found.slowness).toBeCloseTo(6, 1);
  const failing = await firstLook(large, both, size, objective, {
    now: () => 0,
    fold: ({ family }) => (family === 'boosting' ? Promise.reject(new Error('bug')) : Promise.resolve(answer(2))),
  });
  expect(failing).toMatchObject({ slowness: 1, trials: [{ loss: 2 }] });
  const late = new ProblemError({ code: 'automl.late', message: 'Late.', hint: 'Wait.' });
  const slow = await firstLook(large, both, size, objective, { now: () => 0, fold: () => Promise.reject(late) });
  expect(slow).toEqual({ slowness: 10, trials: [] });
  const ask = { folds: null, share: null, rows: 10_000, features: 20, classes: 0, seconds: 60 };
  expect(foldCount({ ...ask, slowness: 1 } as never)).toBe(5);
  expect(foldCount({ ...ask, slowness: 12 } as never)).toBe(0);
});

test('of a large table the rows looked at are dealt by themselves: classes in proportion, the others left out; a small one as it is', () => {
  const n = 40_000;
  const rare = Array.from({ length: n }, (_, i) => (i % 10 === 0 ? 'rare' : 'usual'));
  const frame = rawFrame(table(['y'], [columnOf('category', rare)], n));
  const dealt = thinlyDealt(frame, (some) => dealRows(some, 'y', { folds: 0, share: 0.2 }, stream('thin'), by));
  const [folds] = dealt.repeats;
  const count = (wanted: number, label?: string) => folds.filter((fold, row) => fold === wanted && (!label || rare[row] === label)).length;
  expect([folds.length, count(-2)]).toEqual([n, n - 5000]);
  expect(count(0)).toBe(1000);
  expect(count(0, 'rare') / 1000).toBeCloseTo((count(0, 'rare') + count(-1, 'rare')) / 5000, 2);
  expect(thinned(dealt)).toEqual(dealt);
  const small = rawFrame(table(['y'], [columnOf('category', rare.slice(0, 100))], 100));
  expect(thinlyDealt(small, (some) => dealRows(some, 'y', { folds: 0, share: 0.2 }, stream('thin'), by)).repeats[0]).not.toContain(-2);
});
