/** Losses for numbers and penalties of gradient boosting: what their leaves must say, and that onnxruntime says the same. */
import { describe, expect, it } from 'vitest';
import { exp } from '../../base/float.ts';
import { ProblemError } from '../../base/problem.ts';
import { stream } from '../../base/random.ts';
import type { Training } from '../../recipe/model.ts';
import { answerOfGraph, fitWith, madeUp, numbersIn } from '../test-learner.ts';
import type { FittedBoosting } from './fit.ts';
import { boosting } from './kind.ts';
import * as code from './learner.ts';

const fitBoosting = (data: Training, params = {}) => fitWith(boosting, code, data, params) as Promise<FittedBoosting>;
const answers = (fitted: FittedBoosting, data: Training) => [...numbersIn(code.predict(fitted, data.X, data.classCount))];
const random = stream('boosting losses');

/** Two groups by one feature, with these targets. */
const groups = (a: number[], b: number[], weight?: number[]): Training => ({
  X: { rows: a.length + b.length, cols: 1, values: Float32Array.from([...a.map(() => 0), ...b.map(() => 1)]) },
  y: Float64Array.from([...a, ...b]),
  classCount: 0,
  featureNames: ['x'],
  ...(weight ? { weight: Float64Array.from(weight) } : {}),
});
const small = { min_leaf: 1, learning_rate: 1, leaves: 2, rounds: 1 };
const LOSSES = [
  { loss: 'squared' },
  { loss: 'absolute' },
  { loss: 'quantile', quantile: 0.8 },
  { loss: 'poisson' },
  { loss: 'tweedie', tweedie_power: 1.3 },
];

/** Counts that depend on two features. */
function counts(rows: number): Training {
  const made = madeUp(code, { rows, classes: 0, missing: 0.1 });
  const y = made.y.map((_, i) => {
    const mean = exp(0.5 + 0.6 * (made.X.values[i * 4] || 0) - 0.4 * (made.X.values[i * 4 + 1] || 0));
    let count = 0;
    for (let k = 0; k < 20; k++) if (random.uniform() * 20 < mean) count++;
    return count;
  });
  return { ...made, y };
}

describe('a leaf', () => {
  it('of absolute and quantile loss is the quantile of its rows, with and without weights', async () => {
    const data = groups([1, 2, 3, 50], [10, 11, 12, 13, 99]);
    expect(answers(await fitBoosting(data, { ...small, loss: 'absolute' }), data).slice(3, 5)).toEqual([2.5, 12]);
    const high = answers(await fitBoosting(data, { ...small, loss: 'quantile', quantile: 0.75 }), data);
    expect(high[0]).toBeCloseTo(14.75, 4);
    expect(high[8]).toBeCloseTo(13, 4);
    const weighted = groups([1, 2, 3, 50], [10, 11, 12, 13, 99], [1, 1, 5, 1, 1, 1, 1, 1, 9]);
    expect(answers(await fitBoosting(weighted, { ...small, loss: 'absolute' }), weighted).slice(3, 5)).toEqual([3, 99]);
  });

  it('of Poisson and Tweedie loss comes to the mean of its rows, however far above the others', async () => {
    for (const loss of LOSSES.slice(3)) {
      for (const data of [groups([0, 1, 2, 1], [5, 7, 6, 8]), groups([0, 0, 0, 1], [4000, 6000, 5000, 5000])]) {
        const found = answers(await fitBoosting(data, { ...small, ...loss, rounds: 60, learning_rate: 0.5 }), data);
        const mean = (from: number, to: number) => data.y.slice(from, to).reduce((sum, v) => sum + v / 4, 0);
        expect(found[0] / mean(0, 4)).toBeCloseTo(1, 3);
        expect(found[4] / mean(4, 8)).toBeCloseTo(1, 3);
      }
    }
  });

  it('is held back by L2 and brought to zero by L1', async () => {
    const data = groups([-3, -3], [1, 1, 1, 1]);
    const with2 = await fitBoosting(data, { ...small, l2: 2 });
    const mean = -2 / 6;
    expect(answers(with2, data)[0]).toBeCloseTo(mean + (2 * (-3 - mean)) / (2 + 2), 5);
    const with1 = await fitBoosting(data, { ...small, l1: 1 });
    expect(answers(with1, data)[0]).toBeCloseTo(mean + (2 * (-3 - mean) + 1) / 2, 5);
    expect(new Set(answers(await fitBoosting(data, { ...small, l1: 100 }), data)).size).toBe(1);
  });
});

describe('every loss', () => {
  for (const loss of LOSSES) {
    it(`${loss.loss}: lowers its curve, answers as onnxruntime does, and counts weights as rows`, async () => {
      const data = counts(300);
      const fitted = await fitBoosting(data, { ...loss, min_leaf: 10 });
      const curve = fitted.curve.map((point) => point.series.training);
      expect(curve.every(Number.isFinite)).toBe(true);
      expect(curve[curve.length - 1]).toBeLessThan(0.9 * curve[0]);
      const here = answers(fitted, data);
      const there = await answerOfGraph(code, fitted, data.X, 0);
      here.forEach((value, i) => {
        expect(Math.abs(there[i] - value)).toBeLessThanOrEqual(1e-6 + 1e-5 * Math.abs(value));
      });
      if (loss.loss === 'absolute' || loss.loss === 'quantile') return;
      // Rows of weight 2 are as if they stood there twice.
      const weight = Float64Array.from(data.y, (_, i) => 1 + (i % 2));
      const twice = [...data.y.keys()].flatMap((i) => (i % 2 === 1 ? [i, i] : [i]));
      const doubled: Training = {
        ...data,
        X: { rows: twice.length, cols: 4, values: Float32Array.from(twice.flatMap((i) => [...data.X.values.slice(i * 4, i * 4 + 4)])) },
        y: Float64Array.from(twice, (i) => data.y[i]),
      };
      const few = { ...loss, rounds: 3, leaves: 4, min_leaf: 1 };
      const one = answers(await fitBoosting({ ...data, weight }, few), data);
      const two = answers(await fitBoosting(doubled, few), data);
      one.forEach((value, i) => {
        expect(value / two[i]).toBeCloseTo(1, 3);
      });
    });
  }

  it('quantiles lie where they should: a fifth of the rows above the 80 % quantile', async () => {
    const data = madeUp(code, { rows: 2000, classes: 0 });
    const found = answers(await fitBoosting(data, { loss: 'quantile', quantile: 0.8 }), data);
    const above = found.filter((value, i) => data.y[i] > value).length / 2000;
    expect(Math.abs(above - 0.2)).toBeLessThan(0.03);
  });

  it('of amounts refuses a negative target in words, and knows a target of zeros', async () => {
    for (const loss of LOSSES.slice(3)) {
      const failed = await fitBoosting(groups([1, -2], [3, 4]), loss).catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(ProblemError);
      expect((failed as ProblemError).problem).toMatchObject({ code: 'boosting.negative-target', at: { param: 'loss', row: 1 } });
      const zeros = groups([0, 0], [0, 0]);
      const fitted = await fitBoosting(zeros, loss);
      expect(answers(fitted, zeros)).toEqual([0, 0, 0, 0]);
      expect([...(await answerOfGraph(code, fitted, zeros.X, 0))]).toEqual([0, 0, 0, 0]);
    }
  });

  it('keeps its precision for targets of any size', async () => {
    const plain = madeUp(code, { rows: 200, classes: 0 });
    const base = answers(await fitBoosting(plain), plain);
    for (const scale of [2 ** -90, 2 ** 90]) {
      const data = { ...plain, y: plain.y.map((v) => v * scale) };
      answers(await fitBoosting(data), data).forEach((value, i) => {
        expect(value / scale / base[i]).toBeCloseTo(1, 6);
      });
    }
  });
});

describe('growth', () => {
  it('balanced classes weigh the same', async () => {
    const rare = { ...groups(Array(95).fill(0), Array(5).fill(0)), classCount: 2 };
    rare.y[96] = rare.y[97] = rare.y[98] = 1;
    const plain = answers(await fitBoosting(rare, { rounds: 1 }), rare)[1];
    const balanced = answers(await fitBoosting(rare, { rounds: 1, min_leaf: 100, class_weight: 'balanced' }), rare)[1];
    expect(plain).toBeLessThan(0.05);
    expect(balanced).toBeCloseTo(0.5, 6);
  });

  it('with random thresholds differs by its stream, still learns, and is reproducible', async () => {
    const data = madeUp(code, { rows: 400, classes: 0 });
    const best = await fitBoosting(data, { rounds: 5 });
    const drawn = await fitBoosting(data, { rounds: 5, random_thresholds: true });
    const again = await fitBoosting(data, { rounds: 5, random_thresholds: true });
    expect([...again.forest.threshold]).toEqual([...drawn.forest.threshold]);
    expect([...drawn.forest.threshold]).not.toEqual([...best.forest.threshold]);
    const last = (fitted: FittedBoosting) => fitted.curve[fitted.curve.length - 1].series.training;
    expect(last(drawn)).toBeLessThan(drawn.curve[0].series.training);
    expect(last(drawn)).toBeGreaterThanOrEqual(last(best) * 0.99);
  });
});
