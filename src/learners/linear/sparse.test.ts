/** Lasso and elastic net on cases whose answer is known, by both ways of fitting. */
import { describe, expect, it } from 'vitest';
import type { Training } from '../../recipe/model.ts';
import { fitWith, madeUp, numbersIn, quietRun } from '../test-learner.ts';
import type { FittedLinear } from './fit.ts';
import { linear } from './kind.ts';
import * as code from './learner.ts';
import { columnFits, productFits } from './sparse-fits.ts';
import { basisOf } from './summary.ts';

const f64 = (...values: number[]) => Float64Array.from(values);
const lasso = (data: Training, l1_alpha: number | null, more = {}) =>
  fitWith(linear, code, data, { penalty: 'lasso', l1_alpha, ...more }) as Promise<FittedLinear>;
const line: Training = { X: { rows: 3, cols: 1, values: f64(-1, 0, 1) }, y: f64(1, 5, 9), classCount: 0, featureNames: ['x'] };

describe('lasso', () => {
  it('moves one weight towards zero by alpha over the mean square, and no further', async () => {
    // Mean square 2/3, pull 8/3.
    const { weights, intercept } = await lasso(line, 0.5);
    expect(weights[0]).toBeCloseTo((8 / 3 - 0.5) / (2 / 3), 12);
    expect(intercept).toBeCloseTo(5, 12);
    expect((await lasso(line, 8 / 3)).weights[0]).toBe(0);
    expect((await lasso(line, 0)).weights[0]).toBeCloseTo(4, 12);
  });

  it('elastic net divides by the ridge part too', async () => {
    const { weights } = await lasso(line, 0.5, { penalty: 'elastic-net', l1_ratio: 0.25 });
    expect(weights[0]).toBeCloseTo((8 / 3 - 0.125) / (2 / 3 + 0.375), 12);
  });

  it('takes a weight of two as two rows', async () => {
    const data = madeUp(code, { rows: 30, cols: 5, classes: 0 });
    const twice = { ...data, weight: data.y.map((_, i) => (i < 10 ? 2 : 1)) };
    const rows = [...Array(30).keys(), ...Array(10).keys()];
    const repeated = {
      ...data,
      X: { rows: 40, cols: 5, values: Float64Array.from(rows.flatMap((r) => [...data.X.values.subarray(r * 5, r * 5 + 5)])) },
      y: Float64Array.from(rows, (r) => data.y[r]),
    };
    const [a, b] = [await lasso(twice, 0.3), await lasso(repeated, 0.3)];
    a.weights.forEach((w, j) => {
      expect(w).toBeCloseTo(b.weights[j], 9);
    });
    expect(a.intercept).toBeCloseTo(b.intercept, 9);
  });

  it('chosen by parts leaves out the features of noise alone, and predicts rows it has not seen', async () => {
    const data = madeUp(code, { rows: 300, cols: 30, classes: 0 });
    const fitted = await lasso(data, null);
    expect(Math.abs(fitted.weights[0])).toBeGreaterThan(2);
    expect(Math.abs(fitted.weights[1])).toBeGreaterThan(1);
    expect(fitted.weights.filter((w) => w === 0).length).toBeGreaterThan(8);
    expect(code.notes(fitted)[0].text).toMatch(/^\d+ of 30 features have a weight; the penalty that was chosen, alpha /);
    expect(fitted.path?.validation.length).toBeGreaterThan(20);
    expect(fitted.path?.alphas.includes(fitted.alpha)).toBe(true);
    expect(Math.min(...(fitted.path?.validation ?? []))).toBe(fitted.path?.validation[fitted.path.alphas.indexOf(fitted.alpha)]);
    const fresh = madeUp(code, { rows: 300, cols: 30, classes: 0, seed: 'b' });
    const error = (answer: Float64Array) => answer.reduce((sum, v, i) => sum + (v - fresh.y[i]) ** 2, 0);
    const plain = (await fitWith(linear, code, data, { penalty: 'none' })) as FittedLinear;
    expect(error(numbersIn(code.predict(fitted, fresh.X)))).toBeLessThan(error(numbersIn(code.predict(plain, fresh.X))));
    // The same penalty given by hand is the same fit.
    const again = await lasso(data, fitted.alpha);
    again.weights.forEach((w, j) => {
      expect(w).toBeCloseTo(fitted.weights[j], 6);
    });
  });

  it('keeps groups together when it chooses', async () => {
    const data = madeUp(code, { rows: 60, cols: 3, classes: 0 });
    const groups = Int32Array.from({ length: 60 }, (_, i) => i % 3);
    expect((await lasso({ ...data, groups }, null)).path?.alphas.length).toBeGreaterThan(20);
    expect((await lasso({ ...data, groups: groups.fill(1) }, null)).path?.alphas.length).toBeGreaterThan(20);
  });

  it('is the same by products as by columns: weights, intercept, and errors of the parts', () => {
    const data = madeUp(code, { rows: 50, cols: 7, classes: 0 });
    const weight = data.y.map((_, i) => i % 4);
    const basis = basisOf({ ...data, weight });
    const places = [...basis.places!];
    const parts = [0, 1, 2].map((f) => Int32Array.from(places.filter((_, i) => i % 3 === f)));
    const [a, b] = [productFits(basis, parts), columnFits(basis, parts)];
    expect(a.largestPull).toBeCloseTo(b.largestPull, 10);
    for (const share of [0.5, 0.1, 0.01]) {
      for (const fits of [a, b]) for (let again = 0; again < 30; again++) fits.solve(share * a.largestPull, 0.05, 'about');
      expect(a.errors().training).toBeCloseTo(b.errors().training, 6);
      expect(a.errors().validation).toBeCloseTo(b.errors().validation, 6);
      for (const fits of [a, b]) fits.solve(share * a.largestPull, 0.05, 'exactly');
      const [one, two] = [a.solution(), b.solution()];
      expect(one.intercept).toBeCloseTo(two.intercept, 8);
      one.weights.forEach((w, j) => {
        expect(w).toBeCloseTo(two.weights[j], 7);
      });
    }
    a.close();
    b.close();
  });

  it('with more columns than rows finds the few that matter', async () => {
    const data = madeUp(code, { rows: 60, cols: 200, classes: 0 });
    const { weights } = await lasso(data, null);
    expect(Math.abs(weights[0])).toBeGreaterThan(1.5);
    expect(weights.filter((w) => w !== 0).length).toBeLessThan(60);
  });

  it('reports its path while it runs', async () => {
    const points: number[] = [];
    const fitted = (await fitWith(
      linear,
      code,
      madeUp(code, { rows: 50, classes: 0 }),
      { penalty: 'lasso' },
      quietRun('s', { progress: ({ point }) => points.push(point?.x ?? -1) }),
    )) as FittedLinear;
    expect(points).toEqual(code.curve(fitted)?.map(({ x }) => x));
    expect(points[0]).toBe(1);
    expect(points.length).toBeGreaterThan(20);
  });
});
