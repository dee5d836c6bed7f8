/**
 * SHAP values of trees: how much each feature moves one row's score from the mean over the learning rows. Exact for trees, with what is not known
 * weighed by how the learning rows went (Lundberg, Erion and Lee, "Consistent individualized feature attribution for tree ensembles", 2018, algorithm 2). What a
 * leaf says of a row depends on which of the features asked on its way let the row pass, and on nothing else: that is computed once for each pattern
 * (Yang, "Fast TreeSHAP", 2021).
 */
import type { Forest } from './grown-tree.ts';
import { type LeafWay, leafShares, planTree } from './leaf-ways.ts';

/** Where a row goes at an inner node. */
export function goesLeft(
  { feature, threshold, missingLeft, setOf, sets }: Forest,
  node: number,
  values: ArrayLike<number>,
  at: number,
): boolean {
  const v = values[at + feature[node]];
  if (Number.isNaN(v)) return missingLeft[node] === 1;
  if (!setOf || !sets || setOf[node] < 0) return v <= threshold[node];
  return Number.isInteger(v) && v >= 0 && v < 256 && ((sets[32 * setOf[node] + (v >> 3)] >> (v & 7)) & 1) === 1;
}

/** Mean of a tree's value over the learning rows. */
function meanOf({ feature, left, right, rows, value, width }: Forest, root: number): number[] {
  const visit = (node: number): number[] => {
    if (feature[node] < 0) return [...value.subarray(node * width, (node + 1) * width)];
    const [l, r] = [visit(left[node]), visit(right[node])];
    const share = rows[node] > 0 ? rows[left[node]] / rows[node] : 0.5;
    return l.map((v, w) => share * v + (1 - share) * r[w]);
  };
  return visit(root);
}

export interface ShapValues {
  /** Row-major [rows, outputs, cols]: what each feature adds to the raw score. */
  values: Float64Array;
  /** Per output: the score where nothing is known. With a row's values it adds up to the row's score. */
  expected: Float64Array;
}

/** Leaves with so many features on their way, or fewer, keep what they say by pattern; and so many numbers of a tree are kept at most. */
const MOST_BITS = 10;
const MOST_KEPT = 1 << 22;

/** Room for what leaves say by pattern, where rows are enough to meet patterns again; NaN is not yet known. */
function tablesOf(ways: readonly (LeafWay | undefined)[], rows: number): { tables: Float64Array; starts: Int32Array } {
  const starts = new Int32Array(ways.length).fill(-1);
  let kept = 0;
  ways.forEach((way, node) => {
    const size = way?.feature.length ?? 0;
    if (size === 0 || size > MOST_BITS || 1 << size > 4 * rows || kept + (size << size) > MOST_KEPT) return;
    starts[node] = kept;
    kept += size << size;
  });
  return { tables: new Float64Array(kept).fill(Number.NaN), starts };
}

/** For row-major float32 rows [rows, forest.cols]; `base` as for prediction. Raw scores: before softmax, or the exponential of a log link. */
export function shapValues(forest: Forest, base: Float32Array, values: Float32Array, rows: number): ShapValues {
  const { roots, target, feature, left, right, width, value, cols } = forest;
  const outputs = base.length;
  const phi = new Float64Array(rows * outputs * cols);
  const expected = Float64Array.from(base);
  roots.forEach((root, t) => {
    meanOf(forest, root).forEach((v, w) => {
      expected[target[t] + w] += v;
    });
    const end = t + 1 < roots.length ? roots[t + 1] : feature.length;
    const { words, slot, ways } = planTree(forest, root, end);
    const { tables, starts } = tablesOf(ways, rows);
    /** Per node a bit for each feature on its way: whether the row passes all that was asked of it. */
    const passed = new Int32Array((end - root) * words);
    const own = new Float64Array(Math.max(1, ...ways.map((way) => way?.feature.length ?? 0)));
    for (let row = 0; row < rows; row++) {
      passed.fill(-1, 0, words);
      for (let node = root; node < end; node++) {
        const at = (node - root) * words;
        if (feature[node] >= 0) {
          const [l, r] = [(left[node] - root) * words, (right[node] - root) * words];
          for (let k = 0; k < words; k++) passed[l + k] = passed[r + k] = passed[at + k];
          const bit = slot[node - root];
          passed[(goesLeft(forest, node, values, row * cols) ? r : l) + (bit >> 5)] &= ~(1 << (bit & 31));
          continue;
        }
        const way = ways[node - root];
        if (!way) continue;
        const size = way.feature.length;
        let shares: Float64Array = own;
        let from = 0;
        if (starts[node - root] < 0) leafShares(way, passed, at, own, 0);
        else {
          shares = tables;
          from = starts[node - root] + (passed[at] & ((1 << size) - 1)) * size;
          if (Number.isNaN(tables[from])) leafShares(way, passed, at, tables, from);
        }
        for (let w = 0; w < width; w++) {
          const says = value[node * width + w];
          if (says === 0) continue;
          const to = (row * outputs + target[t] + w) * cols;
          for (let i = 0; i < size; i++) phi[to + way.feature[i]] += shares[from + i] * says;
        }
      }
    }
  });
  return { values: phi, expected };
}
