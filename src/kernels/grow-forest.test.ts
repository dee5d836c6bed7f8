/** Forest trees against trying everything: each split is the best that there is, each leaf has none, and samples are what they say. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { type ForestCodes, type ForestSettings, kernels, type TreeArrays } from './door.ts';

const random = stream('forest test');
const ROWS = 700;
const COLS = 5;

/** Values with ties, some of them missing, in one column none and in another only a few different ones. */
interface Table {
  rows: number;
  values: Float32Array;
  codes: ForestCodes;
}
const codesOf = (values: Float32Array, rows: number, cols: number): ForestCodes =>
  kernels.codeForForest(
    values,
    rows,
    cols,
    Int32Array.from({ length: rows }, (_, i) => i),
  );
function table(rows = ROWS): Table {
  const values = new Float32Array(rows * COLS);
  for (let i = 0; i < values.length; i++) {
    const col = i % COLS;
    values[i] = col === 4 ? random.below(3) : Math.round(random.normal() * 20) / 4;
    if (col < 3 && random.below(8) === 0) values[i] = Number.NaN;
  }
  return { rows, values, codes: codesOf(values, rows, COLS) };
}
const everyRow = ({ rows }: { rows: number }) => Int32Array.from({ length: rows }, (_, i) => i);
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
const sides = ({ values }: Table, rows: readonly number[], j: number, threshold: number, missingLeft: boolean) => {
  const goesLeft = (i: number) => {
    const value = values[i * COLS + j];
    return Number.isNaN(value) ? missingLeft : value <= threshold;
  };
  return [rows.filter(goesLeft), rows.filter((i) => !goesLeft(i))];
};

/** The best of all splits that leave enough rows on both sides; -1 when there is none. */
function best(data: Table, rows: readonly number[], y: Float64Array, w: Float64Array, { classes, minLeaf }: ForestSettings): number {
  let top = -1;
  for (let j = 0; j < COLS; j++)
    for (const threshold of new Set(rows.map((i) => data.values[i * COLS + j]).filter((value) => !Number.isNaN(value))))
      for (const missingLeft of [false, true]) {
        const [left, right] = sides(data, rows, j, threshold, missingLeft);
        if (Math.min(left.length, right.length) < minLeaf) continue;
        top = Math.max(top, goodness(left, y, w, classes) + goodness(right, y, w, classes));
      }
  return top;
}

/** What a leaf says of a class, or its mean. */
const leafValue = ({ place, value }: TreeArrays, node: number, width: number, k: number): number =>
  place[node] < 0 ? Number(k === -1 - place[node]) : value[place[node] * width + k];

/** Walks the tree with its rows and hands every node to `look`. */
function visit(
  data: Table,
  tree: TreeArrays,
  rows: readonly number[],
  look: (node: number, rows: readonly number[]) => void,
  node = 0,
): void {
  look(node, rows);
  if (tree.feature[node] < 0) return;
  const [left, right] = sides(data, rows, tree.feature[node], tree.threshold[node], tree.missingLeft[node] === 1);
  visit(data, tree, left, look, tree.left[node]);
  visit(data, tree, right, look, tree.left[node] + 1);
}

const targetsOf = ({ rows, values }: Table, classes: number) =>
  Float64Array.from({ length: rows }, (_, i) => {
    const first = values[i * COLS];
    const signal = (Number.isNaN(first) ? 20 : 10 + first) / 2 + values[i * COLS + 4] + random.normal();
    return classes > 0 ? Math.max(0, Math.min(classes - 1, Math.floor(signal / 2))) : signal - 7;
  });

describe('a forest tree', () => {
  // 700 rows need histograms at the top, chains below and sorted rows at the bottom; 26 classes only the last two.
  for (const classes of [0, 2, 3, 26]) {
    it(`of ${classes || 'no'} classes splits best everywhere, by the rows it says, and counts weights`, () => {
      const data = table();
      const y = targetsOf(data, classes);
      const w = Float64Array.from(y, () => 1 + random.below(3));
      const settings = { ...SETTINGS, classes, minLeaf: 4, maxDepth: 7 };
      const grower = kernels.openForest(data.codes, everyRow(data), y, w, settings);
      const tree = grower.grow(stream('one'));
      const again = grower.grow(stream('one'));
      grower.close();
      expect(again).toEqual(tree);
      let nodes = 0;
      visit(data, tree, [...everyRow(data)], (node, rows) => {
        nodes++;
        expect(tree.rows[node]).toBe(rows.length);
        const weight = rows.reduce((sum, i) => sum + w[i], 0);
        const width = Math.max(1, classes);
        for (let k = 0; k < width && tree.feature[node] < 0; k++) {
          const share = rows.reduce((sum, i) => sum + (classes > 0 ? (y[i] === k ? w[i] : 0) : w[i] * y[i]), 0) / weight;
          expect(leafValue(tree, node, width, k)).toBeCloseTo(share, 4);
        }
        // Trying everything is slow; the nodes near the root are the large ones, a sample of the rest will do.
        if (node > 8 && node % 7 > 0) return;
        const own = goodness(rows, y, w, classes);
        if (tree.feature[node] < 0) return;
        const [left, right] = sides(data, rows, tree.feature[node], tree.threshold[node], tree.missingLeft[node] === 1);
        expect(Math.min(left.length, right.length)).toBeGreaterThanOrEqual(4);
        const found = goodness(left, y, w, classes) + goodness(right, y, w, classes);
        expect(found).toBeGreaterThanOrEqual(best(data, rows, y, w, settings) - 1e-6 * Math.abs(found));
        expect(tree.gain[node]).toBeCloseTo(Math.max(0, found - own), 4);
      });
      expect(nodes).toBe(tree.feature.length);
      const places = Array.from(tree.place).filter((place, node) => tree.feature[node] < 0 && place >= 0);
      expect(new Set(places).size * Math.max(1, classes)).toBe(tree.value.length);
      expect(nodes).toBeGreaterThan(15);
    });
  }

  it('counted in whole numbers is the one weighed in fractions', () => {
    const data = table();
    const y = targetsOf(data, 26);
    const settings = { ...SETTINGS, classes: 26, tries: 2, draws: ROWS };
    // Half of everything rounds alike.
    const grown = [1, 0.5].map((weight) => {
      const grower = kernels.openForest(data.codes, everyRow(data), y, new Float64Array(ROWS).fill(weight), settings);
      const tree = grower.grow(stream('whole'));
      grower.close();
      return tree;
    });
    expect(grown[0].feature).toEqual(grown[1].feature);
    expect(grown[0].threshold).toEqual(grown[1].threshold);
    expect(grown[0].missingLeft).toEqual(grown[1].missingLeft);
    expect(grown[0].feature.length).toBeGreaterThan(300);
  });

  it('without limits tells all rows apart that differ, even where one split alone gains nothing', () => {
    const values = Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1);
    const codes = codesOf(values, 4, 2);
    const y = Float64Array.of(0, 1, 1, 0);
    const grower = kernels.openForest(codes, everyRow(codes), y, new Float64Array(4).fill(1), { ...SETTINGS, classes: 2, tries: 2 });
    const tree = grower.grow(stream('xor'));
    grower.close();
    expect(tree.feature.filter((f) => f < 0)).toHaveLength(4);
  });

  it('draws its rows with replacement, and judges by those left out', () => {
    const data = table(400);
    const y = targetsOf(data, 0);
    const settings = { ...SETTINGS, draws: 400, minLeaf: 5 };
    const grower = kernels.openForest(data.codes, everyRow(data), y, new Float64Array(400).fill(1), settings);
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
    const data = table(300);
    const y = targetsOf(data, 3);
    const settings = { ...SETTINGS, classes: 3, extra: true, tries: 2, minLeaf: 3 };
    const grower = kernels.openForest(data.codes, everyRow(data), y, new Float64Array(300).fill(1), settings);
    const trees = [1, 2, 3, 4].map((seed) => grower.grow(stream('extra', seed)));
    grower.close();
    expect(new Set(trees.map((tree) => `${tree.feature[0]} ${tree.threshold[0]} ${tree.feature[1]}`)).size).toBeGreaterThan(1);
    for (const tree of trees)
      visit(data, tree, [...everyRow(data)], (node, rows) => {
        expect(tree.rows[node]).toBe(rows.length);
        expect(rows.length).toBeGreaterThanOrEqual(3);
      });
  });

  // With weights sums are of f64, without them whole numbers are counted, two classes and several each their way.
  for (const weighted of [false, true])
    for (const classes of [0, 2, 3, 26]) {
      it(`with drawn thresholds is what its rows say (${classes || 'no'} classes, ${weighted ? 'weights' : 'no weights'})`, () => {
        const data = table();
        const y = targetsOf(data, classes);
        const w = Float64Array.from(y, () => (weighted ? 1 + random.below(3) : 1));
        const settings = { ...SETTINGS, classes, extra: true, tries: COLS, minLeaf: 2 };
        const grower = kernels.openForest(data.codes, everyRow(data), y, w, settings);
        const tree = grower.grow(stream('drawn'));
        const again = grower.grow(stream('drawn'));
        grower.close();
        expect(again).toEqual(tree);
        const width = Math.max(1, classes);
        visit(data, tree, [...everyRow(data)], (node, rows) => {
          expect(tree.rows[node]).toBe(rows.length);
          const weight = rows.reduce((sum, i) => sum + w[i], 0);
          if (tree.feature[node] < 0) {
            for (let k = 0; k < width; k++) {
              const share = rows.reduce((sum, i) => sum + (classes > 0 ? (y[i] === k ? w[i] : 0) : w[i] * y[i]), 0) / weight;
              expect(leafValue(tree, node, width, k)).toBeCloseTo(share, 4);
            }
            return;
          }
          const [left, right] = sides(data, rows, tree.feature[node], tree.threshold[node], tree.missingLeft[node] === 1);
          expect(Math.min(left.length, right.length)).toBeGreaterThanOrEqual(2);
          const gain = goodness(left, y, w, classes) + goodness(right, y, w, classes) - goodness(rows, y, w, classes);
          expect(tree.gain[node]).toBeCloseTo(Math.max(0, gain), 4);
        });
        expect(tree.feature.length).toBeGreaterThan(50);
      });
    }

  it('draws thresholds for more features than are looked at together, over several vectors of them', () => {
    const cols = 70;
    const values = Float32Array.from({ length: 900 * cols }, () => random.normal());
    const y = Float64Array.from({ length: 900 }, (_, i) => (values[i * cols + 69] > 0 ? 1 : 0));
    const codes = codesOf(values, 900, cols);
    const settings = { ...SETTINGS, classes: 2, extra: true, tries: cols };
    const grower = kernels.openForest(codes, everyRow(codes), y, new Float64Array(900).fill(1), settings);
    const trees = [1, 2, 3, 4, 5, 6].map((seed) => grower.grow(stream('wide', seed)));
    grower.close();
    // Of all that is drawn the one column that tells the classes is the best.
    for (const tree of trees) expect(tree.feature[0]).toBe(69);
  });

  for (const classes of [0, 2, 3])
    it(`draws rows by their weights, and counts each as often as it was drawn (${classes || 'no'} classes)`, () => {
      const data = table(400);
      const y = targetsOf(data, classes);
      // The last hundred rows have as much weight as the others together, one row has nearly none.
      const w = Float64Array.from(y, (_, i) => (i >= 300 ? 3 : i === 0 ? 1e-9 : 1));
      const grower = kernels.openForest(data.codes, everyRow(data), y, w, { ...SETTINGS, classes, draws: 400, maxDepth: 0 });
      const roots = Array.from({ length: 200 }, (_, t) => grower.grow(stream('by weight', t)));
      const { trees: out } = grower.takeOutOfBag();
      grower.close();
      const shareOut = (from: number, to: number) => out.subarray(from, to).reduce((sum, n) => sum + n, 0) / (200 * (to - from));
      // A row of chance p is left out of 400 draws with (1 - p)^400.
      expect(shareOut(1, 300)).toBeCloseTo((1 - 1 / 599) ** 400, 2);
      expect(shareOut(300, 400)).toBeCloseTo((1 - 3 / 599) ** 400, 2);
      expect(out[0]).toBe(200);
      // Nothing but a leaf: the weighted mean, or the weighted share of the first class.
      const told = roots.reduce((sum, root) => sum + leafValue(root, 0, Math.max(1, classes), 0), 0) / 200;
      const value = (i: number) => (classes > 0 ? Number(y[i] === 0) : y[i]);
      const mean = everyRow(data).reduce((sum, i) => sum + w[i] * value(i), 0) / w.reduce((sum, v) => sum + v, 0);
      expect(Math.abs(told - mean)).toBeLessThan(classes > 0 ? 0.01 : 0.1);
    });
});
