/** Logistic regression on cases whose answer is known. */
import { describe, expect, it } from 'vitest';
import { exp, log } from '../../base/float.ts';
import { minimise } from '../linear-scores/lbfgs.ts';
import { objectiveOf } from '../linear-scores/objective.ts';
import { minimiseSparse } from '../linear-scores/orthant-wise.ts';
import { fitWith, madeUp, numbersIn } from '../test-learner.ts';
import { type FittedLogistic, logisticGoal } from './fit.ts';
import { logistic } from './kind.ts';
import * as code from './learner.ts';

const f64 = (...values: number[]) => Float64Array.from(values);

describe('logistic regression', () => {
  it('with a free fit gives the log-odds of a 2 × 2 table', async () => {
    // x = 0: 3 of 4 positive; x = 1: 1 of 4.
    const data = {
      X: { rows: 8, cols: 1, values: f64(0, 0, 0, 0, 1, 1, 1, 1) },
      y: f64(1, 1, 1, 0, 1, 0, 0, 0),
      classCount: 2,
      featureNames: ['x'],
    };
    const fitted = (await fitWith(logistic, code, data, { c: 1e6 })) as FittedLogistic;
    expect(fitted.converged).toBe(true);
    expect(fitted.intercepts[1]).toBeCloseTo(log(3), 4);
    expect(fitted.weights[1]).toBeCloseTo(-2 * log(3), 4);
    const weighted = { ...data, weight: f64(2, 2, 2, 1, 1, 1, 1, 1) };
    const doubled = (await fitWith(logistic, code, weighted, { c: 1e6 })) as FittedLogistic;
    expect(doubled.intercepts[1]).toBeCloseTo(log(6), 4);
    const balanced = (await fitWith(
      logistic,
      code,
      { ...data, y: f64(1, 1, 1, 1, 1, 1, 0, 0) },
      { c: 1e-6, class_weight: 'balanced' },
    )) as FittedLogistic;
    expect(balanced.intercepts[1]).toBeCloseTo(0, 4);
  });

  it('stays finite on separable classes', async () => {
    const data = { X: { rows: 4, cols: 1, values: f64(-2, -1, 1, 2) }, y: f64(0, 0, 1, 1), classCount: 2, featureNames: ['x'] };
    const answer = numbersIn(code.predict(await fitWith(logistic, code, data, { c: 1e6 }), data.X));
    expect(answer.every(Number.isFinite)).toBe(true);
    expect(answer[1]).toBeLessThan(0.01);
    expect(answer[7]).toBeGreaterThan(0.99);
  });

  it('reaches the point where the gradient is zero', async () => {
    const data = madeUp(code, { rows: 200, cols: 5, classes: 3 });
    const fitted = (await fitWith(logistic, code, data, { c: 2 })) as FittedLogistic;
    const x = new Float64Array(18);
    for (let k = 0; k < 3; k++) {
      for (let j = 0; j < 5; j++) x[k * 6 + j] = fitted.weights[j * 3 + k];
      x[k * 6 + 5] = fitted.intercepts[k];
    }
    const gradient = new Float64Array(18);
    objectiveOf(logisticGoal(data, Int32Array.from(data.y), 3, { penalty: 'l2', c: 2 }))(x, gradient);
    for (const g of gradient) expect(Math.abs(g)).toBeLessThan(1e-7);
    expect(fitted.iterations).toBeLessThan(60);
  });

  it('has a gradient that is the slope of its loss', () => {
    const data = madeUp(code, { rows: 40, cols: 3, classes: 2 });
    const weighted = { ...data, weight: data.y.map((v) => 1 + v) };
    const f = objectiveOf(logisticGoal(weighted, Int32Array.from(data.y), 2, { penalty: 'l2', c: 0.5 }));
    const x = f64(0.3, -0.2, 0.1, 0.4);
    const gradient = new Float64Array(4);
    const unused = new Float64Array(4);
    f(x, gradient);
    for (let j = 0; j < 4; j++) {
      const step = 1e-6;
      const slope = (f(x.with(j, x[j] + step), unused) - f(x.with(j, x[j] - step), unused)) / (2 * step);
      expect(gradient[j]).toBeCloseTo(slope, 7);
    }
  });

  for (const classes of [2, 3]) {
    it(`with L1 meets the conditions of the minimum, ${classes} classes`, async () => {
      const data = madeUp(code, { rows: 300, cols: 12, classes });
      for (const [penalty, c] of [
        ['l1', 0.1],
        ['l1', 0.01],
        ['elastic-net', 0.1],
      ] as const) {
        const params = { penalty, c, l1_ratio: 0.7, tolerance: 1e-9 };
        const fitted = (await fitWith(logistic, code, data, params)) as FittedLogistic;
        expect(fitted.converged).toBe(true);
        const rows = classes === 2 ? [1] : [0, 1, 2];
        const x = Float64Array.from(
          rows.flatMap((k) => [...Array.from({ length: 12 }, (_, j) => fitted.weights[j * classes + k]), fitted.intercepts[k]]),
        );
        const gradient = new Float64Array(x.length);
        const goal = logisticGoal(data, Int32Array.from(data.y), classes, params);
        objectiveOf(goal)(x, gradient);
        const l1 = goal.l1 / goal.total;
        gradient.forEach((g, i) => {
          if (i % 13 === 12) expect(Math.abs(g)).toBeLessThan(1e-7);
          else if (x[i] === 0) expect(Math.abs(g)).toBeLessThanOrEqual(l1 + 1e-7);
          else expect(g).toBeCloseTo(-l1 * Math.sign(x[i]), 7);
        });
        expect(x.filter((v) => v === 0).length).toBeGreaterThan(3);
      }
    });
  }

  it('without a penalty stays finite, on separable classes too', async () => {
    const data = { X: { rows: 4, cols: 1, values: f64(-2, -1, 1, 2) }, y: f64(0, 0, 1, 1), classCount: 2, featureNames: ['x'] };
    const fitted = (await fitWith(logistic, code, data, { penalty: 'none' })) as FittedLogistic;
    expect(fitted.weights.every(Number.isFinite)).toBe(true);
    expect(numbersIn(code.predict(fitted, data.X))[7]).toBeGreaterThan(0.99);
  });

  it('says when the weights had not settled, and how many features L1 left in', async () => {
    const data = madeUp(code, { rows: 200, cols: 6, classes: 2 });
    expect(code.notes(await fitWith(logistic, code, data))).toEqual([]);
    const short = code.notes(await fitWith(logistic, code, data, { max_iterations: 2 }));
    expect(short.map(({ text }) => text)).toEqual(['The weights had not settled when learning ended after 2 iterations.']);
    const sparse = code.notes(await fitWith(logistic, code, data, { penalty: 'l1', c: 0.05 }));
    expect(sparse[0].text).toMatch(/^[1-5] of 6 features have a weight/);
  });

  it('refuses numbers that are not finite', async () => {
    const data = { X: { rows: 2, cols: 1, values: f64(1, Number.POSITIVE_INFINITY) }, y: f64(0, 1), classCount: 2, featureNames: ['size'] };
    await expect(fitWith(logistic, code, data)).rejects.toThrow('“size”');
  });
});

it('L-BFGS finds the minimum of an ill-scaled convex function', async () => {
  const scales = f64(1, 100, 1e4, 0.01);
  const result = await minimise(
    (x, gradient) => {
      let value = 0;
      for (let i = 0; i < 4; i++) {
        const d = x[i] - i;
        value += scales[i] * (exp(d) - d - 1);
        gradient[i] = scales[i] * (exp(d) - 1);
      }
      return value;
    },
    new Float64Array(4),
    { inverseCurvature: scales.map((s) => 1 / s), tolerance: 1e-9, maxIterations: 200 },
  );
  expect(result.converged).toBe(true);
  for (let i = 0; i < 4; i++) expect(result.x[i]).toBeCloseTo(i, 6);
});

it('orthant-wise L-BFGS finds the minimum of an ill-scaled convex function with corners', async () => {
  const scales = f64(1, 100, 1e4, 0.01);
  const result = await minimiseSparse(
    (x, gradient) => {
      let value = 0;
      for (let i = 0; i < 4; i++) {
        const d = x[i] - (i - 1);
        value += (scales[i] * d * d) / 2;
        gradient[i] = scales[i] * d;
      }
      return value;
    },
    f64(3, -3, 3, 0),
    { inverseCurvature: scales.map((s) => 1 / s), l1: f64(0.5, 7, 1e3, 0.1), tolerance: 1e-9, maxIterations: 200 },
  );
  expect(result.converged).toBe(true);
  [-0.5, 0, 0.9, 0].forEach((wanted, i) => {
    expect(result.x[i]).toBeCloseTo(wanted, 8);
  });
});
