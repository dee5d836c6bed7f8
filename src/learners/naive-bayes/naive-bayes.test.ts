/** Naive Bayes on cases whose answer is known. */
import { describe, expect, it } from 'vitest';
import { exp, log } from '../../base/float.ts';
import { stream } from '../../base/random.ts';
import { logLoss } from '../../metrics/probability.ts';
import type { Training } from '../../recipe/model.ts';
import { answerOfGraph, fitWith, numbersIn } from '../test-learner.ts';
import { naiveBayes } from './kind.ts';
import * as code from './learner.ts';
import type { FittedBayes } from './scores.ts';

const f64 = (...values: number[]) => Float64Array.from(values);
const fitBayes = (data: Training, params = {}) =>
  fitWith(naiveBayes, code, data, { alpha: 0, temper: false, ...params }) as Promise<FittedBayes>;
const set = (values: Float64Array, cols: number, y: Float64Array, more: Partial<Training> = {}): Training => ({
  X: { rows: y.length, cols, values },
  y,
  classCount: 2,
  featureNames: Array.from({ length: cols }, (_, j) => `x${j}`),
  ...more,
});

describe('naive Bayes', () => {
  it('of a number compares two normal curves, weighted by their shares', async () => {
    // Class 0: mean 1, variance 1; class 1: mean 6, variance 4, with twice the rows.
    const data = set(f64(0, 2, 4, 8, 4, 8), 1, f64(0, 0, 1, 1, 1, 1));
    const [p0, p1] = numbersIn(code.predict(await fitBayes(data), { rows: 1, cols: 1, values: f64(3) }));
    const curve = (x: number, mean: number, variance: number) => exp((-0.5 * (x - mean) ** 2) / variance) / Math.sqrt(variance);
    expect(log(p1 / p0)).toBeCloseTo(log((2 * curve(3, 6, 4)) / curve(3, 1, 1)), 6);
  });

  it('of a category compares shares, a row more of each with smoothing', async () => {
    // Three codes; class 0 shows 0, 0, 1, class 1 shows 1, 2.
    const data = set(f64(0, 0, 1, 1, 2), 1, f64(0, 0, 0, 1, 1), { categories: [3] });
    const shares = async (value: number, alpha: number) =>
      numbersIn(code.predict(await fitBayes(data, { alpha }), { rows: 1, cols: 1, values: f64(value) }));
    const [p0, p1] = await shares(1, 0);
    expect(p1 / p0).toBeCloseTo(((2 / 5) * (1 / 2)) / ((3 / 5) * (1 / 3)), 9);
    const [q0, q1] = await shares(0, 1);
    expect(q1 / q0).toBeCloseTo(((2 / 5) * (1 / 5)) / ((3 / 5) * (3 / 6)), 9);
    // Missing and never seen say nothing.
    for (const value of [Number.NaN, 7]) expect((await shares(value, 1))[1]).toBeCloseTo(0.4, 9);
  });

  it('takes a number of zeros and ones as a yes or no', async () => {
    const fitted = await fitBayes(set(f64(0, 5, 0, 6, 1, 7, 1, 8), 2, f64(0, 0, 1, 1)));
    expect([...fitted.coded]).toEqual([0]);
    expect([...fitted.numbers]).toEqual([1]);
  });

  it('leaves missing and infinite cells out, here and in the graph, and others as they would be without them', async () => {
    const random = stream('bayes');
    const rows = 200;
    const values = Float64Array.from({ length: rows * 3 }, (_, at) => (at % 3 === 2 ? random.below(4) : random.normal()));
    const y = Float64Array.from({ length: rows }, (_, i) => (values[i * 3] + 0.3 * values[i * 3 + 2] + random.normal() > 0.5 ? 1 : 0));
    for (let at = 0; at < values.length; at += 7) values[at] = at % 3 === 2 ? Number.NaN : [Number.NaN, Number.POSITIVE_INFINITY][at % 2];
    const data = set(values, 3, y, { categories: [0, 0, 4] });
    const fitted = await fitBayes(data, { alpha: 1, temper: true });
    const here = numbersIn(code.predict(fitted, data.X));
    const there = await answerOfGraph(code, fitted, data.X, 2);
    here.forEach((p, i) => {
      expect(Math.abs(p - there[i])).toBeLessThan(1e-6);
    });
    const empty = numbersIn(code.predict(fitted, { rows: 1, cols: 3, values: f64(Number.NaN, Number.NaN, Number.NaN) }));
    expect(empty[1]).toBeCloseTo(y.reduce((sum, v) => sum + v, 0) / rows, 9);
  });

  it('tempered does not take a column repeated ten times for ten witnesses', async () => {
    const random = stream('tempered');
    const rows = 500;
    const x = Float64Array.from({ length: rows }, () => random.normal());
    const y = x.map((v) => (v + 1.5 * random.normal() > 0 ? 1 : 0));
    const copies = (count: number) =>
      set(
        Float64Array.from({ length: rows * count }, (_, at) => x[Math.floor(at / count)]),
        count,
        y,
      );
    const loss = async (count: number, temper: boolean) => {
      const data = copies(count);
      return logLoss(y, numbersIn(code.predict(await fitBayes(data, { temper }), data.X)), 2);
    };
    const [one, ten, tempered] = [await loss(1, false), await loss(10, false), await loss(10, true)];
    expect(ten).toBeGreaterThan(1.5 * one);
    expect(tempered).toBeLessThan(1.01 * one);
    expect((await fitBayes(copies(10), { temper: true })).power).toBeCloseTo(0.1, 1);
  });
});
