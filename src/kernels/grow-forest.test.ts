/** Forest trees against trying everything: each split is the best that there is, each leaf has none, and samples are what they say. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { type Bins, type ForestSettings, kernels, type TreeArrays } from './door.ts';

const random = stream('forest test');
const ROWS = 700;
const COLS = 5;

/** Values with ties, some of them missing, in one column none and in another only a few different ones. */
function table(rows = ROWS): Bins {
  const values = new Float32Array(rows * COLS);
  for (let i = 0; i < values.length; i++) {
    const col = i % COLS;
    values[i] = col === 4 ? random.below(3) : Math.round(random.normal() * 20) / 4;
    if (col < 3 && random.below(8) === 0) values[i] = Number.NaN;
  }
  return kernels.binMatrix(values, rows, COLS);
}
const everyRow = (bins: Bins) => Int32Array.from({ length: bins.rows }, (_, i) => i);
const lost = (bins: Bins, j: number) => bins.starts[j + 1] - bins.starts[j] + 1;
const codeOf = (bins: Bins, i: number, j: number) => bins.codes[i * bins.stride + j];
const SETTINGS: ForestSettings = {
  classes: 0,
  tries: COLS,
  minLeaf: 1,
  maxDepth: Number.POSITIVE_INFINITY,
  extra: false,
  draws: 0,
};

/** How good a set of rows is: what the two sides' sum is compared by. */
function goodness(rows: readonly number[], y: Float64Array, w: Float64Array, classes: number): number {
  const sums = new Float64Array(Math.max(1, classes));
  let weight = 0;
  for (const i of rows) {
    weight += w[i];
    sums[classes > 0 ? y[i] : 0] += classes > 0 ? w[i] : w[i] * y[i];
  }
  return weight === 0 ? 0 : sums.reduce((sum, s) => sum + s * s, 0) / weight;
}
const sides = (bins: Bins, rows: readonly number[], j: number, bin: number, missingLeft: boolean) => {
  const goesLeft = (i: number) => {
    const code = codeOf(bins, i, j);
    return code === lost(bins, j) ? missingLeft : code <= bin;
  };
  return [rows.filter(goesLeft), rows.filter((i) => !goesLeft(i))];
};

/** The best of all splits that leave enough rows on both sides; -1 when there is none. */
function best(bins: Bins, rows: readonly number[], y: Float64Array, w: Float64Array, { classes, minLeaf }: ForestSettings): number {
  let top = -1;
  for (let j = 0; j < COLS; j++)
    for (let bin = 0; bin < lost(bins, j); bin++)
      for (const missingLeft of [false, true]) {
        const [left, right] = sides(bins, rows, j, bin, missingLeft);
        if (Math.min(left.length, right.length) < minLeaf) continue;
        top = Math.max(top, goodness(left, y, w, classes) + goodness(right, y, w, classes));
      }
  return top;
}

/** Walks the tree with its rows and hands every node to `look`. */
function visit(
  bins: Bins,
  tree: TreeArrays,
  rows: readonly number[],
  look: (node: number, rows: readonly number[]) => void,
  node = 0,
): void {
  look(node, rows);
  if (tree.feature[node] < 0) return;
  const [left, right] = sides(bins, rows, tree.feature[node], tree.bin[node], tree.missingLeft[node] === 1);
  visit(bins, tree, left, look, tree.left[node]);
  visit(bins, tree, right, look, tree.left[node] + 1);
}

const targetsOf = (bins: Bins, classes: number) =>
  Float64Array.from({ length: bins.rows }, (_, i) => {
    const signal = codeOf(bins, i, 0) / 10 + codeOf(bins, i, 4) + random.normal();
    return classes > 0 ? Math.max(0, Math.min(classes - 1, Math.floor(signal / 2))) : signal - 2;
  });

describe('a forest tree', () => {
  // 700 rows need histograms at the top, chains below and sorted rows at the bottom; 26 classes only the last two.
  for (const classes of [0, 2, 3, 26]) {
    it(`of ${classes || 'no'} classes splits best everywhere, by the rows it says, and counts weights`, () => {
      const bins = table();
      const y = targetsOf(bins, classes);
      const w = Float64Array.from(y, () => 1 + random.below(3));
      const settings = { ...SETTINGS, classes, minLeaf: 4, maxDepth: 7 };
      const grower = kernels.openForest(bins, everyRow(bins), y, w, settings);
      const tree = grower.grow(stream('one'));
      const again = grower.grow(stream('one'));
      grower.close();
      expect(again).toEqual(tree);
      let nodes = 0;
      visit(bins, tree, [...everyRow(bins)], (node, rows) => {
        nodes++;
        expect(tree.rows[node]).toBe(rows.length);
        const weight = rows.reduce((sum, i) => sum + w[i], 0);
        const width = Math.max(1, classes);
        for (let k = 0; k < width && tree.feature[node] < 0; k++) {
          const share = rows.reduce((sum, i) => sum + (classes > 0 ? (y[i] === k ? w[i] : 0) : w[i] * y[i]), 0) / weight;
          expect(tree.value[tree.bin[node] * width + k]).toBeCloseTo(share, 4);
        }
        // Trying everything is slow; the nodes near the root are the large ones, a sample of the rest will do.
        if (node > 8 && node % 7 > 0) return;
        const own = goodness(rows, y, w, classes);
        if (tree.feature[node] < 0) return;
        const [left, right] = sides(bins, rows, tree.feature[node], tree.bin[node], tree.missingLeft[node] === 1);
        expect(Math.min(left.length, right.length)).toBeGreaterThanOrEqual(4);
        const found = goodness(left, y, w, classes) + goodness(right, y, w, classes);
        expect(found).toBeGreaterThanOrEqual(best(bins, rows, y, w, settings) - 1e-6 * Math.abs(found));
        expect(tree.gain[node]).toBeCloseTo(Math.max(0, found - own), 4);
      });
      expect(nodes).toBe(tree.feature.length);
      const places = Array.from(tree.bin).filter((_, node) => tree.feature[node] < 0);
      expect(new Set(places).size * Math.max(1, classes)).toBe(tree.value.length);
      expect(nodes).toBeGreaterThan(15);
    });
  }

  it('without limits tells all rows apart that differ, even where one split alone gains nothing', () => {
    const values = Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1);
    const bins = kernels.binMatrix(values, 4, 2);
    const y = Float64Array.of(0, 1, 1, 0);
    const grower = kernels.openForest(bins, everyRow(bins), y, new Float64Array(4).fill(1), { ...SETTINGS, classes: 2, tries: 2 });
    const tree = grower.grow(stream('xor'));
    grower.close();
    expect(tree.feature.filter((f) => f < 0)).toHaveLength(4);
  });

  it('draws its rows with replacement, and judges by those left out', () => {
    const bins = table(400);
    const y = targetsOf(bins, 0);
    const settings = { ...SETTINGS, draws: 400, minLeaf: 5 };
    const grower = kernels.openForest(bins, everyRow(bins), y, new Float64Array(400).fill(1), settings);
    const trees = Array.from({ length: 30 }, (_, t) => grower.grow(stream('bag', t)));
    const { sums, trees: judged } = grower.takeOutOfBag();
    expect(grower.takeOutOfBag().trees.every((n) => n === 0)).toBe(true);
    const shareOut = judged.reduce((sum, n) => sum + n, 0) / (400 * 30);
    expect(Math.abs(shareOut - 0.368)).toBeLessThan(0.02);
    expect(new Set(trees.map((tree) => tree.rows[0])).size).toBeGreaterThan(1);
    const miss = Array.from(y, (v, i) => (sums[i] / judged[i] - v) ** 2).reduce((sum, v) => sum + v, 0);
    const spread = Array.from(y, (v) => (v - y.reduce((a, b) => a + b, 0) / 400) ** 2).reduce((sum, v) => sum + v, 0);
    expect(miss).toBeLessThan(0.75 * spread);
    grower.close();
  });

  it('with drawn thresholds differs by its stream, and both sides keep enough rows', () => {
    const bins = table(300);
    const y = targetsOf(bins, 3);
    const settings = { ...SETTINGS, classes: 3, extra: true, tries: 2, minLeaf: 3 };
    const grower = kernels.openForest(bins, everyRow(bins), y, new Float64Array(300).fill(1), settings);
    const trees = [1, 2, 3, 4].map((seed) => grower.grow(stream('extra', seed)));
    grower.close();
    expect(new Set(trees.map((tree) => `${tree.feature[0]} ${tree.bin[0]} ${tree.feature[1]}`)).size).toBeGreaterThan(1);
    for (const tree of trees)
      visit(bins, tree, [...everyRow(bins)], (node, rows) => {
        expect(tree.rows[node]).toBe(rows.length);
        expect(rows.length).toBeGreaterThanOrEqual(3);
      });
  });
});
