/** Symmetric trees: one question per level, values that enough rows stand behind, and everything else as in trees grown leaf by leaf. */
import { describe, expect, it } from 'vitest';
import type { Training } from '../../recipe/model.ts';
import { answerOfGraph, fitWith, madeUp, numbersIn } from '../test-learner.ts';
import type { FittedBoosting } from './fit.ts';
import { levelsFor } from './grow-symmetric.ts';
import { boosting } from './kind.ts';
import * as code from './learner.ts';

const fitBoosting = (data: Training, params = {}) =>
  fitWith(boosting, code, data, { growth: 'symmetric', ...params }) as Promise<FittedBoosting>;
const answers = (fitted: FittedBoosting, data: Training) => [...numbersIn(code.predict(fitted, data.X, data.classCount))];

/** The questions of every level of a tree: feature, threshold, set and side of missing values. */
function questions({ forest }: FittedBoosting, root: number): Set<string>[] {
  const levels: Set<string>[] = [];
  const visit = (node: number, level: number) => {
    if (forest.feature[node] < 0) return;
    levels[level] ??= new Set();
    const set =
      forest.setOf && forest.setOf[node] >= 0 ? [...forest.sets!.subarray(32 * forest.setOf[node], 32 * forest.setOf[node] + 32)] : [];
    levels[level].add(JSON.stringify([forest.feature[node], forest.threshold[node], set, forest.missingLeft[node]]));
    visit(forest.left[node], level + 1);
    visit(forest.right[node], level + 1);
  };
  visit(root, 0);
  return levels;
}
function withCategory(rows: number, classes: number): Training {
  const data = madeUp(code, { rows, cols: 4, classes, missing: 0.1 });
  for (let i = 0; i < rows; i++) data.X.values[i * 4 + 3] = i % 11 === 0 ? Number.NaN : (i * 7) % 5;
  return { ...data, y: data.y.map((v, i) => (classes === 0 && (i * 7) % 5 === 2 ? v + 4 : v)), categories: [0, 0, 0, 5] };
}

describe('symmetric trees', () => {
  it('have about as many leaves as asked, within the levels allowed', () => {
    expect([2, 3, 5, 6, 31, 32, 45, 46, 1024].map((leaves) => levelsFor(leaves, 64))).toEqual([1, 2, 2, 3, 5, 5, 5, 6, 10]);
    expect(levelsFor(31, 3)).toBe(3);
  });

  for (const classes of [0, 2, 3]) {
    it(`ask one question per level, and onnxruntime answers as here (${classes || 'no'} classes)`, async () => {
      const data = withCategory(400, classes);
      const fitted = await fitBoosting(data, { rounds: 20, min_leaf: 10 });
      let sets = 0;
      for (const root of fitted.forest.roots) {
        const levels = questions(fitted, root);
        expect(levels.length).toBeLessThanOrEqual(5);
        for (const level of levels) expect(level.size).toBe(1);
      }
      for (const set of fitted.forest.setOf ?? []) if (set >= 0) sets++;
      if (classes === 0) expect(sets).toBeGreaterThan(0);
      const here = answers(fitted, data);
      const there = await answerOfGraph(code, fitted, data.X, classes);
      here.forEach((value, i) => {
        expect(Math.abs(there[i] - value)).toBeLessThanOrEqual(1e-6 + 1e-5 * Math.abs(value));
      });
      const last = fitted.curve[fitted.curve.length - 1].series.training;
      expect(last).toBeLessThan(0.9 * fitted.curve[0].series.training);
    });
  }

  it('take the question that gains most over the whole level', async () => {
    // By itself the left half gains most from b, the right half from c, but both gain from d.
    const rows = Array.from({ length: 64 }, (_, i) => [i >> 5, (i >> 3) & 1, (i >> 2) & 1, (i >> 1) & 1]);
    const y = rows.map(([a, b, c, d]) => 100 * a + (a ? 3 * c : 3 * b) + 2.5 * d);
    const data: Training = {
      X: { rows: 64, cols: 4, values: Float32Array.from(rows.flat()) },
      y: Float64Array.from(y),
      classCount: 0,
      featureNames: ['a', 'b', 'c', 'd'],
    };
    const { forest } = await fitBoosting(data, { rounds: 1, leaves: 4, min_leaf: 1, learning_rate: 1 });
    expect([...forest.feature.subarray(0, 3)]).toEqual([0, 3, 3]);
  });

  it('give a leaf with too few rows the value above it, also one without any', async () => {
    const data = madeUp(code, { rows: 200, cols: 3, classes: 0 });
    const { forest, base } = await fitBoosting(data, { rounds: 1, leaves: 128, min_leaf: 15, learning_rate: 1 });
    const mean = (rows: number[]) => rows.reduce((sum, i) => sum + data.y[i] / rows.length, 0);
    let [few, none] = [0, 0];
    const visit = (node: number, rows: number[], above: number) => {
      const value = rows.length >= 15 ? mean(rows) : above;
      expect(forest.rows[node]).toBe(rows.length);
      if (forest.feature[node] < 0) {
        expect(forest.value[node] + base[0]).toBeCloseTo(value, 4);
        if (rows.length < 15) few++;
        if (rows.length === 0) none++;
        return;
      }
      const left = (i: number) => data.X.values[i * 3 + forest.feature[node]] <= forest.threshold[node];
      visit(forest.left[node], rows.filter(left), value);
      visit(
        forest.right[node],
        rows.filter((i) => !left(i)),
        value,
      );
    };
    visit(0, [...data.y.keys()], mean([...data.y.keys()]));
    expect(few).toBeGreaterThan(none);
    expect(none).toBeGreaterThan(0);
  });

  it('keep directions, losses, sampling, drawn thresholds and early stopping', async () => {
    const data = madeUp(code, { rows: 500, classes: 0, missing: 0.05 });
    const cases = [
      { rising: { names: ['x0'] } },
      { loss: 'absolute' },
      { loss: 'poisson' },
      { row_share: 0.6, column_share: 0.6 },
      { random_thresholds: true },
      { early_stopping: true, patience: 5, rounds: 200 },
    ];
    for (const params of cases) {
      const positive = params.loss === 'poisson' ? { ...data, y: data.y.map((v) => Math.max(0, Math.round(v / 4))) } : data;
      const fitted = await fitBoosting(positive, { rounds: 30, min_leaf: 10, ...params });
      const again = await fitBoosting(positive, { rounds: 30, min_leaf: 10, ...params });
      expect([...again.forest.value]).toEqual([...fitted.forest.value]);
      expect(fitted.curve[fitted.curve.length - 1].series.training).toBeLessThan(fitted.curve[0].series.training);
      // What was learned of rows kept aside and not drawn is what the model says of them.
      const there = await answerOfGraph(code, fitted, positive.X, 0);
      answers(fitted, positive).forEach((value, i) => {
        expect(Math.abs(there[i] - value)).toBeLessThanOrEqual(1e-6 + 1e-5 * Math.abs(value));
      });
      if (!params.rising) continue;
      const grid = Array.from({ length: 81 }, (_, g) => [(g - 40) / 10, 0.3, -0.2, 0.1]);
      const found = numbersIn(code.predict(fitted, { rows: 81, cols: 4, values: Float32Array.from(grid.flat()) }, 0));
      expect(found.every((v, g) => g === 0 || v >= found[g - 1])).toBe(true);
    }
  });
});
