/** Gradient boosting on cases whose answer is known, its early stopping, sampling and bits in onnxruntime. */
import { describe, expect, it } from 'vitest';
import { log } from '../../base/float.ts';
import type { Progress } from '../../base/progress.ts';
import { stream } from '../../base/random.ts';
import { aucOfClass, classColumn, logLoss } from '../../metrics/probability.ts';
import type { Training } from '../../recipe/model.ts';
import { answerOfGraph, fitWith, madeUp, numbersIn, quietRun } from '../test-learner.ts';
import type { FittedBoosting } from './fit.ts';
import { boosting } from './kind.ts';
import * as code from './learner.ts';

const fitBoosting = (data: Training, params = {}, run = quietRun()) =>
  fitWith(boosting, code, data, params, run) as Promise<FittedBoosting>;
const one = (x: number[], y: number[], classCount: number): Training => ({
  X: { rows: x.length, cols: 1, values: Float32Array.from(x) },
  y: Float64Array.from(y),
  classCount,
  featureNames: ['x'],
});
const small = { min_leaf: 1, learning_rate: 1, leaves: 2, rounds: 1 };

describe('gradient boosting', () => {
  it('one tree of two leaves on numbers gives the means of the sides', async () => {
    const data = one([1, 2, 3, 4, Number.NaN], [10, 10, 20, 22, 21], 0);
    const fitted = await fitBoosting(data, small);
    expect([...numbersIn(code.predict(fitted, data.X, 0))]).toEqual([10, 10, 21, 21, 21]);
    expect(fitted.forest.threshold[0]).toBe(2.5);
    expect(code.importances?.(fitted, ['x'])).toEqual([{ name: 'x', value: 1 }]);
  });

  it('one tree on two classes takes one Newton step from the class shares', async () => {
    const data = one([0, 0, 0, 0, 1, 1, 1, 1], [1, 1, 1, 0, 1, 0, 0, 0], 2);
    const fitted = await fitBoosting(data, small);
    expect(fitted.base[0]).toBe(0);
    // Gradient sum of the left side: 4 · 0.5 - 3 = -1, hessian 4 · 0.25.
    const p = numbersIn(code.predict(fitted, data.X, 2))[1];
    expect(log(p / (1 - p))).toBeCloseTo(1, 6);
    const skewed = await fitBoosting(one([1, 1, 1, 1], [1, 1, 1, 0], 2), small);
    expect(skewed.base[0]).toBeCloseTo(log(3), 6);
    expect(skewed.rounds).toBe(0);
  });

  it('ends where classes can be told apart: what is gained then is next to nothing', async () => {
    const x = Array.from({ length: 200 }, (_, i) => i);
    const settings = { rounds: 2000, early_stopping: true, learning_rate: 0.06, patience: 100, min_leaf: 5, l2: 1 };
    const apart = await fitBoosting(
      one(
        x,
        x.map((v) => (v < 100 ? 0 : 1)),
        2,
      ),
      settings,
    );
    expect(apart.curve.at(-1)!.x).toBeLessThan(1000);
    expect(apart.curve.at(-1)!.series.validation).toBeLessThan(0.01);
  });

  it('ranks better than chance on rows it has not seen, for every task', async () => {
    const train = madeUp(code, { rows: 400, classes: 2, missing: 0.1 });
    const test = madeUp(code, { rows: 400, classes: 2, missing: 0.1, seed: 'b' });
    const answer = numbersIn(code.predict(await fitBoosting(train, { rounds: 30 }), test.X, 2));
    expect(aucOfClass(test.y, classColumn(answer, 2, 1), 1)).toBeGreaterThan(0.85);
  });

  it('gives in onnxruntime the same bits for numbers', async () => {
    const data = madeUp(code, { rows: 300, classes: 0, missing: 0.1 });
    const fitted = await fitBoosting(data, { min_leaf: 5 });
    const there = await answerOfGraph(code, fitted, data.X, 0);
    expect([...there]).toEqual([...numbersIn(code.predict(fitted, data.X, 0))]);
  });

  it('does not fly past a very rare class: what it says of new rows is better than the share alone', async () => {
    const random = stream('rare');
    const values = Float32Array.from({ length: 6000 * 3 }, () => random.normal());
    const score = Float64Array.from({ length: 6000 }, (_, i) => 2 * values[i * 3] - values[i * 3 + 1] + 0.3 * random.normal());
    const bar = score.toSorted()[6000 - 12];
    const y = score.map((v) => (v >= bar ? 1 : 0));
    const half = (from: number) => ({
      X: { rows: 3000, cols: 3, values: values.slice(from * 9000, (from + 1) * 9000) },
      y: y.slice(from * 3000, (from + 1) * 3000),
    });
    const fitted = await fitBoosting({ ...half(0), classCount: 2, featureNames: ['a', 'b', 'c'] }, { early_stopping: false });
    const fresh = half(1);
    const answer = numbersIn(code.predict(fitted, fresh.X, 2));
    expect(aucOfClass(fresh.y, classColumn(answer, 2, 1), 1)).toBeGreaterThan(0.97);
    const share = half(0).y.reduce((sum, v) => sum + v / 3000, 0);
    const alone = Float64Array.from({ length: 6000 }, (_, i) => (i % 2 === 1 ? share : 1 - share));
    expect(logLoss(fresh.y, answer, 2)).toBeLessThan(1.5 * logLoss(fresh.y, alone, 2));
  });

  it('stops when rows kept aside no longer gain, keeps the best round, and shows both curves', async () => {
    const data = madeUp(code, { rows: 300, classes: 2 });
    const points: Progress[] = [];
    const params = { early_stopping: true, rounds: 500, patience: 5, validation: 0.2, learning_rate: 0.3 };
    const fitted = await fitBoosting(data, params, quietRun('s', { progress: (report) => points.push(report) }));
    expect(fitted.rounds).toBeLessThan(100);
    expect(fitted.rounds).toBeGreaterThan(0);
    expect(fitted.forest.roots.length).toBe(fitted.rounds);
    const judged = fitted.curve.map((point) => point.series.validation);
    expect(judged.every(Number.isFinite)).toBe(true);
    expect(points.length).toBe(fitted.curve.length);
    const all = await fitBoosting(data, { ...params, early_stopping: false, rounds: 60 });
    expect(all.rounds).toBe(60);
  });

  it('draws rows and columns by its stream: same stream same trees, another stream others', async () => {
    const data = madeUp(code, { rows: 200, cols: 6, classes: 3 });
    const params = { row_share: 0.5, column_share: 0.5, rounds: 5 };
    const a = await fitBoosting(data, params);
    const b = await fitBoosting(data, params);
    const c = await fitBoosting(data, params, quietRun('other'));
    expect([...b.forest.feature]).toEqual([...a.forest.feature]);
    expect([...c.forest.feature]).not.toEqual([...a.forest.feature]);
    const features = new Set([...a.forest.feature.subarray(0, a.forest.roots[1])].filter((f) => f >= 0));
    expect(features.size).toBeLessThanOrEqual(3);
  });

  it('obeys leaves, depth and least rows', async () => {
    const data = madeUp(code, { rows: 300, classes: 0 });
    const deep = await fitBoosting(data, { rounds: 1, leaves: 8, min_leaf: 10 });
    const leaves = [...deep.forest.feature.keys()].filter((i) => deep.forest.feature[i] < 0);
    expect(leaves.length).toBe(8);
    for (const leaf of leaves) expect(deep.forest.rows[leaf]).toBeGreaterThanOrEqual(10);
    const flat = await fitBoosting(data, { rounds: 1, max_depth: 1 });
    expect(flat.forest.feature.length).toBe(3);
  });
});
