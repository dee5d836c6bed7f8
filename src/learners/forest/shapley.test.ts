/** SHAP values against their definition: all subsets of features, what is unknown averaged as the learning rows went. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import type { Training } from '../../recipe/model.ts';
import type { FittedBoosting } from '../boosting/fit.ts';
import { boosting } from '../boosting/kind.ts';
import * as code from '../boosting/learner.ts';
import { fitWith, madeUp } from '../test-learner.ts';
import type { Forest } from './grown-tree.ts';
import { goesLeft, shapValues } from './shapley.ts';

/** A tree's value where only the features in `known` are known. */
function valueKnowing(forest: Forest, node: number, row: ArrayLike<number>, known: number): number {
  const { feature, left, right, rows, value } = forest;
  if (feature[node] < 0) return value[node];
  const [l, r] = [left[node], right[node]];
  if ((known >> feature[node]) & 1) return valueKnowing(forest, goesLeft(forest, node, row, 0) ? l : r, row, known);
  return (rows[l] * valueKnowing(forest, l, row, known) + rows[r] * valueKnowing(forest, r, row, known)) / rows[node];
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
/** Shapley's formula, output by output. */
function bruteForce(forest: Forest, outputs: number, row: ArrayLike<number>): number[][] {
  const { cols, roots, target } = forest;
  return Array.from({ length: outputs }, (_, k) =>
    Array.from({ length: cols }, (_, j) => {
      let sum = 0;
      for (let known = 0; known < 1 << cols; known++) {
        if ((known >> j) & 1) continue;
        const size = known.toString(2).replaceAll('0', '').length;
        const weight = (factorial(size) * factorial(cols - size - 1)) / factorial(cols);
        roots.forEach((root, t) => {
          if (target[t] !== k) return;
          sum += weight * (valueKnowing(forest, root, row, known | (1 << j)) - valueKnowing(forest, root, row, known));
        });
      }
      return sum;
    }),
  );
}

const random = stream('shap');
/** Like `madeUp`, with the last column a category. */
function withCategory(rows: number, classes: number): Training {
  const data = madeUp(code, { rows, cols: 5, classes, missing: 0.1 });
  for (let i = 0; i < rows; i++) data.X.values[i * 5 + 4] = random.below(8) === 0 ? Number.NaN : random.below(6);
  return { ...data, y: data.y.map((v, i) => (classes === 0 && data.X.values[i * 5 + 4] > 3 ? v + 2 : v)), categories: [0, 0, 0, 0, 6] };
}

describe('SHAP values', () => {
  for (const classes of [0, 2, 3]) {
    it(`are what the definition says, and add up to the score (${classes || 'no'} classes)`, async () => {
      const data = withCategory(300, classes);
      const fitted = (await fitWith(boosting, code, data, { rounds: 4, leaves: 12, min_leaf: 5 })) as FittedBoosting;
      const { forest, base } = fitted;
      const rows = 12;
      const values = data.X.values.slice(0, rows * 5) as Float32Array;
      const shap = shapValues(forest, base, values, rows);
      const outputs = base.length;
      for (let i = 0; i < rows; i++) {
        const row = values.subarray(i * 5, i * 5 + 5);
        const plain = bruteForce(forest, outputs, row);
        for (let k = 0; k < outputs; k++) {
          const found = shap.values.subarray((i * outputs + k) * 5, (i * outputs + k + 1) * 5);
          found.forEach((value, j) => {
            expect(value).toBeCloseTo(plain[k][j], 9);
          });
          const score = forest.roots.reduce(
            (sum, root, t) => (forest.target[t] === k ? sum + valueKnowing(forest, root, row, 31) : sum),
            base[k],
          );
          expect(shap.expected[k] + found.reduce((sum, v) => sum + v, 0)).toBeCloseTo(score, 9);
        }
      }
    });
  }

  it('of forty features asked one after the other, each passed by half of the rows, are what symmetry says', () => {
    const cols = 40;
    const nodes = 2 * cols + 1;
    // The even nodes ask, the odd ones are leaves of nothing; the last is a leaf of one.
    const inner = (i: number) => i % 2 === 0 && i < nodes - 1;
    const list = (of: (i: number) => number) => Array.from({ length: nodes }, (_, i) => of(i));
    const chain: Forest = {
      cols,
      width: 1,
      roots: Int32Array.of(0),
      target: Int32Array.of(0),
      feature: Int32Array.from(list((i) => (inner(i) ? i / 2 : -1))),
      threshold: new Float32Array(nodes).fill(0.5),
      left: Int32Array.from(list((i) => (inner(i) ? i + 1 : 0))),
      right: Int32Array.from(list((i) => (inner(i) ? i + 2 : 0))),
      missingLeft: new Uint8Array(nodes),
      value: Float32Array.from(list((i) => (i === nodes - 1 ? 1 : 0))),
      rows: Float64Array.from(list((i) => 2 ** (cols - Math.ceil(i / 2)))),
      gain: new Float64Array(nodes),
    };
    const values = new Float32Array(2 * cols).fill(1);
    values[cols + 35] = 0;
    const shap = shapValues(chain, new Float32Array(1), values, 2);
    const mean = 2 ** -cols;
    expect(shap.expected[0]).toBeCloseTo(mean, 15);
    for (const found of shap.values.subarray(0, cols)) expect(found).toBeCloseTo((1 - mean) / cols, 12);
    // The row that fails one: the others are alike, and that one takes back what they say.
    const failing = [...shap.values.subarray(cols)];
    for (const [j, found] of failing.entries()) if (j !== 35) expect(found).toBeCloseTo(failing[0], 12);
    expect(failing[35]).toBeLessThan(0);
    expect(failing.reduce((sum, v) => sum + v, 0)).toBeCloseTo(-mean, 12);
  });

  it('of a feature that no tree asks are zero, and a single leaf says all by itself', async () => {
    const data = madeUp(code, { rows: 100, cols: 3, classes: 0 });
    for (let i = 0; i < 100; i++) data.X.values[i * 3 + 2] = 1;
    const fitted = (await fitWith(boosting, code, data, { rounds: 5 })) as FittedBoosting;
    const { values } = shapValues(fitted.forest, fitted.base, data.X.values as Float32Array, 100);
    expect(values.every((v, i) => i % 3 !== 2 || v === 0)).toBe(true);
    expect(values.some((v) => v !== 0)).toBe(true);
    const flat = (await fitWith(boosting, code, { ...data, y: data.y.map(() => 3) }, {})) as FittedBoosting;
    const alone = shapValues(flat.forest, flat.base, data.X.values as Float32Array, 2);
    expect([...alone.values, ...alone.expected]).toEqual([0, 0, 0, 0, 0, 0, 3]);
  });
});
