/** Poisson regression on cases whose answer is known. */
import { describe, expect, it } from 'vitest';
import { exp, log } from '../../base/float.ts';
import type { ProblemError } from '../../base/problem.ts';
import { stream } from '../../base/random.ts';
import type { Training } from '../../recipe/model.ts';
import { fitWith, numbersIn } from '../test-learner.ts';
import type { FittedPoisson } from './fit.ts';
import { poisson } from './kind.ts';
import * as code from './learner.ts';

const f64 = (...values: number[]) => Float64Array.from(values);
const set = (values: Float64Array, cols: number, y: Float64Array, weight?: Float64Array): Training => ({
  X: { rows: y.length, cols, values },
  y,
  classCount: 0,
  featureNames: Array.from({ length: cols }, (_, j) => `x${j}`),
  ...(weight ? { weight } : {}),
});
const fitPoisson = (data: Training, params = {}) => fitWith(poisson, code, data, { alpha: 0, ...params }) as Promise<FittedPoisson>;

describe('Poisson regression', () => {
  it('of two groups gives the logarithms of their means', async () => {
    const { weights, intercept } = await fitPoisson(set(f64(0, 0, 0, 1, 1, 1), 1, f64(1, 2, 3, 10, 11, 12)));
    expect(intercept).toBeCloseTo(log(2), 5);
    expect(weights[0]).toBeCloseTo(log(11 / 2), 5);
  });

  it('takes counts over exposure, with the exposure as weight, as the counts of longer times', async () => {
    // 6 in 3 years and 2 in 1; 20 in 2 years.
    const { weights, intercept } = await fitPoisson(set(f64(0, 0, 1), 1, f64(2, 2, 10), f64(3, 1, 2)));
    expect(exp(intercept)).toBeCloseTo(2, 5);
    expect(exp(intercept + weights[0])).toBeCloseTo(10, 4);
  });

  it('finds what its counts were drawn with, whatever their unit', async () => {
    const random = stream('poisson');
    const rows = 3000;
    const X = Float64Array.from({ length: 2 * rows }, () => random.normal());
    const draw = (mean: number) => {
      let count = 0;
      for (let product = random.uniform(); product > exp(-mean); product *= random.uniform()) count++;
      return count;
    };
    const y = Float64Array.from({ length: rows }, (_, i) => draw(exp(0.5 + 0.4 * X[2 * i] - 0.3 * X[2 * i + 1])));
    const one = await fitPoisson(set(X, 2, y));
    expect(one.converged).toBe(true);
    for (const [found, wanted] of [
      [one.intercept, 0.5],
      [one.weights[0], 0.4],
      [one.weights[1], -0.3],
    ])
      expect(Math.abs(found - wanted)).toBeLessThan(0.05);
    const small = await fitPoisson(
      set(
        X,
        2,
        y.map((v) => v * 1e-6),
      ),
    );
    expect(small.weights[0]).toBeCloseTo(one.weights[0], 8);
    expect(small.intercept).toBeCloseTo(one.intercept + log(1e-6), 8);
  });

  it('of zeros alone is zero, and negative targets are refused in words', async () => {
    const zeros = set(f64(1, 2, 3), 1, f64(0, 0, 0));
    expect([...numbersIn(code.predict(await fitPoisson(zeros), zeros.X))]).toEqual([0, 0, 0]);
    const failed = await fitPoisson(set(f64(1, 2), 1, f64(1, -2))).catch((error: unknown) => error);
    expect((failed as ProblemError).problem).toMatchObject({ code: 'poisson.negative-target', at: { param: 'target', row: 1 } });
    expect((await fitPoisson(set(f64(1, 2), 1, f64(1, -2), f64(1, 0)))).intercept).toBeCloseTo(0, 6);
  });
});
