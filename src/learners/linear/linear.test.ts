/** Linear regression on cases whose answer is known, and its linear algebra. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { symmetricEigen } from '../../kernels/eigen.ts';
import type { Training } from '../../recipe/model.ts';
import { fitWith, madeUp, numbersIn } from '../test-learner.ts';
import { centre } from './centred.ts';
import type { FittedLinear } from './fit.ts';
import { linear } from './kind.ts';
import * as code from './learner.ts';
import { leastSquares } from './least-squares.ts';
import { ALPHAS, chooseAlpha } from './leave-one-out.ts';

const f64 = (...values: number[]) => Float64Array.from(values);
const set = (values: Float64Array, cols: number, y: Float64Array): Training => ({
  X: { rows: y.length, cols, values },
  y,
  classCount: 0,
  featureNames: Array.from({ length: cols }, (_, j) => `x${j}`),
});
const fitLinear = (data: Training, alpha: number | null) => fitWith(linear, code, data, { alpha }) as Promise<FittedLinear>;

describe('linear regression', () => {
  it('finds an exact line', async () => {
    const fitted = await fitLinear(set(f64(0, 1, 1, 0, 2, 5, 3, 1), 2, f64(4, 3, 20, 10)), 0);
    expect(fitted.weights[0]).toBeCloseTo(2, 12);
    expect(fitted.weights[1]).toBeCloseTo(3, 12);
    expect(fitted.intercept).toBeCloseTo(1, 12);
    const answer = numbersIn(code.predict(fitted, { rows: 1, cols: 2, values: f64(10, -1) }));
    expect(answer[0]).toBeCloseTo(18, 12);
  });

  it('shrinks as the ridge formula says: one centred feature, weight = xy / (xx + alpha)', async () => {
    const { weights, intercept } = await fitLinear(set(f64(-1, 0, 1), 1, f64(1, 5, 9)), 2);
    expect(weights[0]).toBeCloseTo(8 / (2 + 2), 12);
    expect(intercept).toBeCloseTo(5, 12);
    const weighted = { ...set(f64(-1, 0, 1, 50), 1, f64(1, 5, 9, -7)), weight: f64(1, 1, 1, 0) };
    expect((await fitLinear(weighted, 2)).weights[0]).toBeCloseTo(2, 12);
  });

  it('with columns that depend on each other takes the shortest weights', async () => {
    // One-hot of two levels: each alone tells the other.
    const { weights, intercept } = await fitLinear(set(f64(1, 0, 1, 0, 0, 1, 0, 1), 2, f64(1, 1, 3, 3)), 0);
    expect(weights[0]).toBeCloseTo(-1, 10);
    expect(weights[1]).toBeCloseTo(1, 10);
    expect(intercept).toBeCloseTo(2, 10);
    // More columns than rows: every row is met exactly.
    const wide = madeUp(code, { rows: 5, cols: 9, classes: 0 });
    const fitted = await fitLinear(wide, 0);
    numbersIn(code.predict(fitted, wide.X)).forEach((value, i) => {
      expect(value).toBeCloseTo(wide.y[i], 8);
    });
  });

  it('chooses the penalty whose leave-one-out error is least, and the closed form is the error of refits', async () => {
    const data = madeUp(code, { rows: 25, cols: 6, classes: 0 });
    const { errors, alpha } = chooseAlpha(centre(data));
    for (const a of [4, 14, 20]) {
      let sum = 0;
      for (let left = 0; left < 25; left++) {
        const weight = new Float64Array(25).fill(1);
        weight[left] = 0;
        const fitted = await fitLinear({ ...data, weight }, ALPHAS[a]);
        const error = numbersIn(code.predict(fitted, data.X))[left] - data.y[left];
        sum += error * error;
      }
      expect(errors[a]).toBeCloseTo(sum / 25, 8);
    }
    expect(alpha).toBe(ALPHAS[errors.indexOf(Math.min(...errors))]);
    expect((await fitLinear(data, null)).alpha).toBe(alpha);
    const same = await fitLinear(data, alpha);
    const chosen = await fitLinear(data, null);
    chosen.weights.forEach((w, j) => {
      expect(w).toBeCloseTo(same.weights[j], 9);
    });
  });

  it('with more columns than rows, too, the closed form is the error of refits, at every penalty', async () => {
    const data = madeUp(code, { rows: 12, cols: 30, classes: 0 });
    const { errors, weights, alpha } = chooseAlpha(centre(data));
    for (const a of [0, 8, 16, 24]) {
      let sum = 0;
      for (let left = 0; left < 12; left++) {
        const weight = new Float64Array(12).fill(1);
        weight[left] = 0;
        const fitted = await fitLinear({ ...data, weight }, ALPHAS[a]);
        const error = numbersIn(code.predict(fitted, data.X))[left] - data.y[left];
        sum += error * error;
      }
      expect(errors[a] / (sum / 12)).toBeCloseTo(1, 5);
    }
    const same = await fitLinear(data, alpha);
    same.weights.forEach((w, j) => {
      expect(w).toBeCloseTo(weights[j], 9);
    });
  });

  it('leaves out directions that vary less than a millionth of the strongest, so that nearly equal columns share their weight', async () => {
    const random = stream('near');
    const a = Float64Array.from({ length: 50 }, () => random.normal());
    const third = Float64Array.from({ length: 50 }, () => random.normal());
    const apart = (gap: number, i: number) => a[i] + gap * third[i];
    const y = Float64Array.from(a, (v, i) => 4 * v + 0.1 * random.normal() + third[i] * 0.5);
    const fitOf = (gap: number) =>
      fitLinear(
        set(
          Float64Array.from({ length: 100 }, (_, k) => (k % 2 === 0 ? a[k >> 1] : apart(gap, k >> 1))),
          2,
          y,
        ),
        0,
      );
    const cut = await fitOf(1e-7);
    expect(cut.weights[0]).toBeCloseTo(cut.weights[1], 5);
    const equal = await fitOf(0);
    expect(cut.weights[0]).toBeCloseTo(equal.weights[0], 4);
    // Just above the cut the difference of the columns is used.
    expect(Math.abs((await fitOf(1e-4)).weights[1])).toBeGreaterThan(1000);
  });

  it('keeps its digits where the normal equations lose theirs', () => {
    // Nearly equal columns: 1e-7 apart.
    const random = stream('collinear');
    const a = Float64Array.from({ length: 40 }, () => random.normal());
    const b = a.map((v) => v + 1e-7 * random.normal());
    const y = a.map((v, i) => 3 * v + 2 * (b[i] - v) * 1e7);
    const w = leastSquares([a.slice(), b.slice()], y.slice());
    expect(w[0] + w[1]).toBeCloseTo(3, 6);
    expect(w[1] / 2e7).toBeCloseTo(1, 6);
  });
});

it('eigenvectors rebuild the matrix', () => {
  const random = stream('eigen');
  for (const n of [1, 2, 3, 12, 30]) {
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = i % 3 === 1 ? 0 : random.normal();
    const { values, vectors } = symmetricEigen(a, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        let product = 0;
        for (let k = 0; k < n; k++) {
          sum += vectors[i * n + k] * values[k] * vectors[j * n + k];
          product += vectors[k * n + i] * vectors[k * n + j];
        }
        expect(sum).toBeCloseTo(a[i * n + j], 10);
        expect(product).toBeCloseTo(i === j ? 1 : 0, 10);
      }
    }
  }
});
