/** Coordinate descent against the conditions that the minimum must meet, from products and from columns. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { type Descent, kernels } from './door.ts';

const random = stream('descent');
function problem(rows: number, cols: number) {
  const columns = Float64Array.from({ length: rows * cols }, () => random.normal());
  const y = Float64Array.from({ length: rows }, (_, i) => 2 * columns[i] - (cols > 2 ? columns[2 * rows + i] : 0) + 0.5 * random.normal());
  const X = { rows, cols, values: new Float64Array(rows * cols) };
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) X.values[i * cols + j] = columns[j * rows + i];
  return { columns, y, X };
}
/** Xᵀ(y - Xw): at the minimum l1 · sign(w) + l2 · w, or within ±l1 where w is zero. */
function expectMinimum({ X, y }: ReturnType<typeof problem>, w: Float64Array, l1: number, l2: number) {
  const rest = kernels.times(X, w).map((value, i) => y[i] - value);
  kernels.transposedTimes(X, rest).forEach((pull, j) => {
    if (w[j] === 0) expect(Math.abs(pull)).toBeLessThanOrEqual(l1 + 1e-6);
    else expect(pull).toBeCloseTo(l1 * Math.sign(w[j]) + l2 * w[j], 6);
  });
}

describe('coordinate descent', () => {
  for (const [rows, cols] of [
    [40, 1],
    [61, 5],
    [50, 12],
    [20, 60],
  ]) {
    it(`meets the conditions of the minimum along a path, ${rows} × ${cols}`, () => {
      const set = problem(rows, cols);
      const descents: Descent[] = [
        kernels.openDescentByProducts(kernels.gram(set.X), kernels.transposedTimes(set.X, set.y)),
        kernels.openDescentByColumns(set.columns, set.y),
      ];
      for (const descent of descents) {
        for (const l1 of [1e6, 20, 5, 1]) {
          expect(descent.run(l1, 2, 1e-22, 100_000)).toBe(true);
          const w = descent.weights();
          if (l1 === 1e6) expect([...w]).toEqual(Array.from(w, () => 0));
          expectMinimum(set, w, l1, 2);
        }
        descent.close();
      }
    });
  }

  it('says when the rounds were not enough, and goes on from there', () => {
    const set = problem(30, 8);
    const descent = kernels.openDescentByProducts(kernels.gram(set.X), kernels.transposedTimes(set.X, set.y));
    expect(descent.run(0.1, 0, 1e-26, 1)).toBe(false);
    expect(descent.run(0.1, 0, 1e-26, 10_000)).toBe(true);
    expectMinimum(set, descent.weights(), 0.1, 0);
    descent.close();
  });
});
