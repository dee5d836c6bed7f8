/** Scoring of trees against the plain walk: the same bits for all shapes of forests and tables. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { kernels } from './door.ts';
import { predictTreesPlainly } from './predict-trees.reference.ts';
import { planStrikes } from './strike-plan.ts';
import type { Trees } from './trees.ts';

const random = stream('predict trees');
const values = [0, -0, 1, 0.5, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -2.25, 1e-40];

/** Trees of random shape, from a leaf alone to a chain, over `cols` features. */
function forest(trees: number, cols: number, width: number, outputs: number, leaves: number): Trees {
  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const roots: number[] = [];
  const add = () => {
    feature.push(-1);
    threshold.push(0);
    left.push(0);
    right.push(0);
    return feature.length - 1;
  };
  for (let t = 0; t < trees; t++) {
    const open = [add()];
    roots.push(open[0]);
    const splits = cols === 0 ? 0 : random.below(leaves);
    for (let s = 0; s < splits; s++) {
      const at = open.splice(random.below(3) === 0 ? open.length - 1 : random.below(open.length), 1)[0];
      feature[at] = random.below(cols);
      threshold[at] = random.below(4) === 0 ? values[random.below(values.length)] : random.normal();
      left[at] = add();
      right[at] = add();
      open.push(left[at], right[at]);
    }
  }
  return {
    roots: Int32Array.from(roots),
    target: Int32Array.from(roots, () => random.below(outputs - width + 1)),
    feature: Int32Array.from(feature),
    threshold: Float32Array.from(threshold),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    missingLeft: Uint8Array.from(feature, () => random.below(2)),
    width,
    value: Float32Array.from({ length: feature.length * width }, () => random.normal()),
  };
}
const table = (rows: number, cols: number, missing: number) =>
  Float32Array.from({ length: rows * cols }, () => {
    if (random.below(1000) < missing * 1000) return Number.NaN;
    return random.below(5) === 0 ? values[random.below(values.length)] : random.normal();
  });
/** The same trees, where a third of the nodes ask for a set of categories. */
function withSets(trees: Trees): Trees {
  const setOf = Int32Array.from(trees.feature, (f) => (f >= 0 && random.below(3) === 0 ? random.below(10) : -1));
  return { ...trees, setOf, sets: Uint8Array.from({ length: 320 }, () => random.below(256)) };
}
/** A tree that parts one leaf off after another. */
const chainOf = (leaves: number) => {
  const nodes = 2 * leaves - 1;
  const inner = (i: number) => i < nodes - 1 && i % 2 === 0;
  return {
    feature: Int32Array.from({ length: nodes }, (_, i) => (inner(i) ? 0 : -1)),
    threshold: Float32Array.from({ length: nodes }, (_, i) => i),
    left: Int32Array.from({ length: nodes }, (_, i) => (inner(i) ? i + 1 : 0)),
    right: Int32Array.from({ length: nodes }, (_, i) => (inner(i) ? i + 2 : 0)),
    missingLeft: new Uint8Array(nodes),
    value: Float32Array.from({ length: nodes }, (_, i) => i),
  };
};
const bits = (data: Float32Array) => [...new Int32Array(data.buffer, data.byteOffset, data.length)];

describe('predictTrees', () => {
  for (const missing of [0, 0.01, 0.3]) {
    it(`equals the plain walk in every bit with ${missing * 100} % missing`, () => {
      for (const rows of [1, 7, 8, 63, 64, 65, 300]) {
        for (const [cols, width, outputs] of [
          [1, 1, 1],
          [3, 1, 4],
          [5, 2, 2],
          [28, 3, 5],
        ]) {
          const trees = forest(20, cols, width, outputs, 40);
          const base = Float32Array.from({ length: outputs }, () => random.normal());
          const X = table(rows, cols, missing);
          expect(bits(kernels.predictTrees(trees, base, X, rows, cols))).toEqual(bits(predictTreesPlainly(trees, base, X, rows, cols)));
        }
      }
    });
  }

  for (const missing of [0, 0.02]) {
    it(`strikes leaves out on many rows, with the same bits and ${missing * 100} % missing`, () => {
      for (const [trees, cols, outputs, leaves, rows] of [
        [100, 3, 1, 31, 1501],
        [40, 28, 1, 64, 2703],
        [30, 5, 4, 64, 4160],
        [60, 2, 3, 90, 4099],
        [20, 1, 1, 3, 200],
      ]) {
        const few = forest(trees, cols, 1, outputs, leaves);
        const base = Float32Array.from({ length: outputs }, () => random.normal());
        const X = table(rows, cols, missing);
        const expected = predictTreesPlainly(few, base, X, rows, cols);
        expect(bits(kernels.predictTrees(few, base, X, rows, cols))).toEqual(bits(expected));
        const plan = planStrikes(few, rows)!;
        expect(Math.max(...plan.leaves)).toBe(leaves > 32 ? 64 : 32);
        // Trees of too many leaves, or whose thresholds do not fit their features' tables, are walked.
        expect(plan.leaves.includes(0)).toBe(leaves > 64 || cols === 3);
        for (const { thresholds } of plan.asked) expect(thresholds.length).toBeLessThanOrEqual(254);
      }
    });
  }

  it('walks where tables cost more than they bring, and trees that ask for sets of very late codes', () => {
    const trees = forest(30, 4, 1, 1, 31);
    expect(planStrikes(trees, 100)).toBeUndefined();
    expect(planStrikes(forest(30, 4, 2, 2, 31), 10_000)).toBeUndefined();
    // A leaf alone needs no questions, a tree of many leaves gets none.
    const leaf = forest(1, 0, 1, 1, 1);
    expect(planStrikes(leaf, 100)!.asked).toEqual([]);
    expect([...kernels.predictTrees(leaf, Float32Array.of(0), new Float32Array(), 100, 0)]).toEqual(Array(100).fill(leaf.value[0]));
    const chain = { ...leaf, ...chainOf(70) };
    expect(planStrikes(chain, 100_000)).toBeUndefined();
    const mixed = { ...trees, setOf: withSets(trees).setOf!, sets: new Uint8Array(320).fill(0x5a) };
    mixed.setOf.fill(-1, trees.roots[10]);
    expect([...planStrikes(mixed, 3000)!.leaves].map((leaves) => leaves > 0).lastIndexOf(false)).toBeLessThan(10);
    const X = table(3000, 4, 0.1).map((v, i) => (i % 2 === 0 ? v : Math.round(v * 30)));
    const base = Float32Array.of(0.5);
    expect(bits(kernels.predictTrees(mixed, base, X, 3000, 4))).toEqual(bits(predictTreesPlainly(mixed, base, X, 3000, 4)));
  });

  it('answers questions for sets before a tree is asked, but for sets of the last two codes', () => {
    const asking = withSets(forest(30, 4, 1, 1, 31));
    for (let set = 0; set < 10; set++) asking.sets![32 * set + 31] &= 0x3f;
    const X = table(3001, 4, 0.1).map((v, i) =>
      i % 4 === 0 || Number.isNaN(v)
        ? v
        : [random.below(254), random.below(256), 254, 255, 256, -1, 2.5, 1e30, -0][(random.below(30) % 27) % 9],
    );
    const base = Float32Array.of(0.5);
    expect(planStrikes(asking, 3001)!.leaves.includes(0)).toBe(false);
    expect(planStrikes(asking, 3001)!.mostSets).toBeGreaterThan(3);
    expect(bits(kernels.predictTrees(asking, base, X, 3001, 4))).toEqual(bits(predictTreesPlainly(asking, base, X, 3001, 4)));
  });

  it('asks for sets of categories, unknown and fractional codes being in none', () => {
    for (const missing of [0, 0.2]) {
      const trees = withSets(forest(20, 4, 1, 2, 30));
      const codes = table(203, 4, missing).map((v, i) =>
        i % 4 === 0 || Number.isNaN(v) ? v : [random.below(256), 256, -1, 2.5, 1e30][(random.below(20) % 16) % 5],
      );
      const base = Float32Array.of(0, 1);
      expect(bits(kernels.predictTrees(trees, base, codes, 203, 4))).toEqual(bits(predictTreesPlainly(trees, base, codes, 203, 4)));
    }
  });

  it('takes more rows than it copies at once, no rows, no columns, and rows that are part of an array', () => {
    const trees = forest(10, 2, 1, 1, 8);
    const base = Float32Array.of(0.25);
    const X = table(10_001, 2, 0.1);
    expect(bits(kernels.predictTrees(trees, base, X, 10_001, 2))).toEqual(bits(predictTreesPlainly(trees, base, X, 10_001, 2)));
    expect(kernels.predictTrees(trees, base, new Float32Array(), 0, 2).length).toBe(0);
    expect([...kernels.predictTrees(forest(1, 0, 1, 1, 1), base, new Float32Array(), 3, 0)].length).toBe(3);
    const part = X.subarray(20, 40);
    expect(bits(kernels.predictTrees(trees, base, part, 10, 2))).toEqual(bits(predictTreesPlainly(trees, base, part, 10, 2)));
  });

  it('adds up in float32 in the order of the trees, base last', () => {
    const trees = {
      roots: Int32Array.of(0, 3),
      target: Int32Array.of(0, 0),
      feature: Int32Array.of(0, -1, -1, -1),
      threshold: Float32Array.of(1, 0, 0, 0),
      left: Int32Array.of(1, 0, 0, 0),
      right: Int32Array.of(2, 0, 0, 0),
      missingLeft: Uint8Array.of(1, 0, 0, 0),
      width: 1,
      value: Float32Array.of(0, 0.1, 0.2, 0.3),
    };
    const out = kernels.predictTrees(trees, Float32Array.of(1e6), Float32Array.of(1, 2, Number.NaN), 3, 1);
    const f = Math.fround;
    expect([...out]).toEqual([f(f(f(0.1) + f(0.3)) + 1e6), f(f(f(0.2) + f(0.3)) + 1e6), f(f(f(0.1) + f(0.3)) + 1e6)]);
  });
});
