/** The decision tree on cases whose answer is known, its limits, and its bits in onnxruntime. */
import { describe, expect, it } from 'vitest';
import type { Training } from '../../recipe/model.ts';
import { answerOfGraph, fitWith, madeUp, numbersIn } from '../test-learner.ts';
import type { FittedTree } from './fit.ts';
import { tree } from './kind.ts';
import * as code from './learner.ts';

const set = (cols: number, values: number[], y: number[], classCount: number): Training => ({
  X: { rows: y.length, cols, values: Float32Array.from(values) },
  y: Float64Array.from(y),
  classCount,
  featureNames: Array.from({ length: cols }, (_, j) => `x${j}`),
});
const fitTree = (data: Training, params = {}) =>
  fitWith(tree, code, data, { min_leaf: 1, max_depth: null, smoothing: 0, ...params }) as Promise<FittedTree>;
const answers = (fitted: FittedTree, data: Training) => [...numbersIn(code.predict(fitted, data.X, data.classCount))];

describe('decision tree', () => {
  it('cuts half-way between the values that it parts', async () => {
    const data = set(1, [1, 2, 8, 9], [0, 0, 1, 1], 2);
    const fitted = await fitTree(data);
    expect(fitted.forest.threshold[0]).toBe(5);
    expect(answers(fitted, data)).toEqual([1, 0, 1, 0, 0, 1, 0, 1]);
    expect(code.importances?.(fitted, ['x0'])).toEqual([{ name: 'x0', value: 1 }]);
  });

  it('cuts half-way also where other rows of the table lie between', async () => {
    // Below the root x1 parts 0 and 1 first; inside x1 = 0 only the values 1 and 9 of x0 are left.
    const data = set(2, [1, 0, 9, 0, 3, 1, 5, 1, 7, 1], [10, 20, 100, 100, 100], 0);
    const fitted = await fitTree(data);
    const view = code.inspect(fitted, ['x0', 'x1']);
    if (view.type !== 'tree') throw new Error('a tree is drawn as a tree');
    const inner = view.nodes.find((node) => node.feature === 'x0');
    expect(inner?.threshold).toBe(5);
    expect(inner?.rows).toBe(2);
    expect(answers(fitted, data)).toEqual([10, 20, 100, 100, 100]);
  });

  it('learns exclusive or, whose first question gains nothing', async () => {
    const data = set(2, [0, 0, 0, 1, 1, 0, 1, 1], [0, 1, 1, 0], 2);
    expect(answers(await fitTree(data), data)).toEqual([1, 0, 0, 1, 0, 1, 1, 0]);
  });

  it('sends missing values where they belong', async () => {
    const data = set(1, [1, 2, Number.NaN, 8, 9, Number.NaN], [0, 0, 1, 1, 1, 1], 2);
    const fitted = await fitTree(data);
    expect(answers(fitted, data).filter((_, i) => i % 2 === 1)).toEqual([0, 0, 1, 1, 1, 1]);
    const only = set(1, [1, 2, 3, Number.NaN], [0, 0, 0, 1], 2);
    expect(answers(await fitTree(only), only).filter((_, i) => i % 2 === 1)).toEqual([0, 0, 0, 1]);
    const endless = set(1, [1, 2, Number.POSITIVE_INFINITY, Number.NaN], [0, 0, 0, 1], 2);
    expect(answers(await fitTree(endless), endless).filter((_, i) => i % 2 === 1)).toEqual([0, 0, 0, 1]);
    expect([...(await answerOfGraph(code, await fitTree(endless), endless.X, 2))]).toEqual([1, 0, 1, 0, 1, 0, 0, 1]);
    // Nothing missing in learning: with the majority.
    const none = set(1, [1, 2, 3, 9], [0, 0, 0, 1], 2);
    const unseen = { ...none, X: { rows: 1, cols: 1, values: Float32Array.of(Number.NaN) } };
    expect(answers(await fitTree(none), unseen)).toEqual([1, 0]);
  });

  it('obeys depth, leaf size, split size and leaf count', async () => {
    const data = madeUp(code, { rows: 300, classes: 3 });
    const leavesOf = ({ forest }: FittedTree) => [...forest.feature.keys()].filter((i) => forest.feature[i] < 0);
    expect(leavesOf(await fitTree(data, { max_depth: 1 })).length).toBe(2);
    expect(leavesOf(await fitTree(data, { max_leaves: 7 })).length).toBe(7);
    const big = await fitTree(data, { min_leaf: 25 });
    for (const leaf of leavesOf(big)) expect(big.forest.rows[leaf]).toBeGreaterThanOrEqual(25);
    const wide = await fitTree(data, { min_split: 100 });
    wide.forest.feature.forEach((f, i) => {
      if (f >= 0) expect(wide.forest.rows[i]).toBeGreaterThanOrEqual(100);
    });
  });

  it('takes bins for nodes too large to sort, and finds nearly the same tree', async () => {
    const rows = 20_000;
    const large = madeUp(code, { rows, cols: 2, classes: 0, missing: 0.05 });
    const binned = await fitTree(large, { max_depth: 1 });
    const sorted = await fitTree({ ...large, weight: Float64Array.from(large.y, (_, i) => (i < 16_000 ? 1 : 0)) }, { max_depth: 1 });
    expect(binned.forest.feature[0]).toBe(sorted.forest.feature[0]);
    expect(Math.abs(binned.forest.threshold[0] - sorted.forest.threshold[0])).toBeLessThan(0.1);
    expect(binned.forest.rows[1] + binned.forest.rows[2]).toBe(rows);
    const there = await answerOfGraph(code, binned, large.X, 0);
    expect([...there]).toEqual(answers(binned, large));
  });

  it('balanced classes weigh the same; entropy and gini agree on a clean cut', async () => {
    const data = set(1, [1, 1, 1, 1, 1, 2], [0, 0, 0, 0, 1, 1], 2);
    const balanced = await fitTree(data, { class_weight: 'balanced' });
    expect(balanced.forest.value[0]).toBeCloseTo(0.5, 6);
    const clean = madeUp(code, { rows: 50, classes: 2 });
    clean.y.forEach((_, i) => {
      clean.y[i] = clean.X.values[i * 4 + 1] > 0.2 ? 1 : 0;
    });
    const gini = await fitTree(clean);
    const entropy = await fitTree(clean, { criterion: 'entropy' });
    expect([...entropy.forest.threshold]).toEqual([...gini.forest.threshold]);
    expect(gini.forest.feature.length).toBe(3);
  });

  it('smooths shares by average rows: no class is impossible, no label changes, the whole stays the whole', async () => {
    const data = set(1, [1, 2, 3, 7, 8, 9, 9, 9], [0, 0, 0, 0, 1, 1, 1, 1], 2);
    const plain = answers(await fitTree(data, { max_leaves: 2 }), data);
    const fitted = await fitTree(data, { max_leaves: 2, smoothing: 1 });
    expect([...fitted.forest.value.subarray(0, 2)]).toEqual([0.5, 0.5]);
    const smooth = answers(fitted, data);
    expect(smooth[0]).toBeCloseTo((4 + 0.5) / (4 + 1), 6);
    expect(smooth.map((p) => p > 0.5)).toEqual(plain.map((p) => p > 0.5));
    // Rows count by weight, one of average weight is added; a class without rows stays at nothing.
    const weighted = { ...data, classCount: 3, weight: new Float64Array(8).fill(10) };
    expect(answers(await fitTree(weighted, { max_leaves: 2, smoothing: 1 }), weighted).slice(0, 3)).toEqual([smooth[0], smooth[1], 0]);
  });

  it('gives in onnxruntime the same bits', async () => {
    for (const classes of [0, 2, 3]) {
      const data = madeUp(code, { rows: 300, classes, missing: 0.1 });
      const fitted = await fitTree(data);
      expect([...(await answerOfGraph(code, fitted, data.X, classes))]).toEqual(answers(fitted, data));
    }
  });
});
