/**
 * SHAP values of trees: how much each feature moves one row's score from the mean over the learning rows. Exact for trees, with what is not known
 * weighed by how the learning rows went (Lundberg, Erion and Lee, "Consistent individualized feature attribution for tree ensembles", 2018, algorithm 2).
 */
import type { Forest } from './grown-tree.ts';

/** The features asked on the way to a node: of each the share of rows that would pass without knowing it, whether this row does, and the weight of a subset by its size. */
interface Path {
  feature: Int32Array;
  zero: Float64Array;
  one: Float64Array;
  weight: Float64Array;
  length: number;
}

const newPath = (depth: number): Path => ({
  feature: new Int32Array(depth + 2),
  zero: new Float64Array(depth + 2),
  one: new Float64Array(depth + 2),
  weight: new Float64Array(depth + 2),
  length: 0,
});

function copyTo(from: Path, to: Path): void {
  to.feature.set(from.feature.subarray(0, from.length));
  to.zero.set(from.zero.subarray(0, from.length));
  to.one.set(from.one.subarray(0, from.length));
  to.weight.set(from.weight.subarray(0, from.length));
  to.length = from.length;
}

/** Adds a feature: the weights of subsets with and without it. */
function extend(path: Path, feature: number, zero: number, one: number): void {
  const last = path.length++;
  path.feature[last] = feature;
  path.zero[last] = zero;
  path.one[last] = one;
  path.weight[last] = last === 0 ? 1 : 0;
  for (let i = last - 1; i >= 0; i--) {
    path.weight[i + 1] += (one * path.weight[i] * (i + 1)) / (last + 1);
    path.weight[i] = (zero * path.weight[i] * (last - i)) / (last + 1);
  }
}

/** Takes the feature at `at` out again. */
function unwind(path: Path, at: number): void {
  const last = --path.length;
  const one = path.one[at];
  const zero = path.zero[at];
  let next = path.weight[last];
  for (let i = last - 1; i >= 0; i--) {
    if (one !== 0) {
      const held = path.weight[i];
      path.weight[i] = (next * (last + 1)) / ((i + 1) * one);
      next = held - (path.weight[i] * zero * (last - i)) / (last + 1);
    } else path.weight[i] = (path.weight[i] * (last + 1)) / (zero * (last - i));
  }
  for (let i = at; i < last; i++) {
    path.feature[i] = path.feature[i + 1];
    path.zero[i] = path.zero[i + 1];
    path.one[i] = path.one[i + 1];
  }
}

/** Sum of the weights that `unwind` would leave. */
function unwoundSum(path: Path, at: number): number {
  const last = path.length - 1;
  const one = path.one[at];
  const zero = path.zero[at];
  let next = path.weight[last];
  let total = 0;
  for (let i = last - 1; i >= 0; i--) {
    if (one !== 0) {
      const weight = (next * (last + 1)) / ((i + 1) * one);
      total += weight;
      next = path.weight[i] - (weight * zero * (last - i)) / (last + 1);
    } else total += (path.weight[i] * (last + 1)) / (zero * (last - i));
  }
  return total;
}

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

/** Mean of a tree's value over the learning rows, and the depth below each root. */
function aboutTree(forest: Forest, root: number): { mean: number[]; depth: number } {
  const { feature, left, right, rows, value, width } = forest;
  const visit = (node: number): { mean: number[]; depth: number } => {
    if (feature[node] < 0) return { mean: [...value.subarray(node * width, (node + 1) * width)], depth: 0 };
    const [l, r] = [visit(left[node]), visit(right[node])];
    const share = rows[node] > 0 ? rows[left[node]] / rows[node] : 0.5;
    return { mean: l.mean.map((v, w) => share * v + (1 - share) * r.mean[w]), depth: 1 + Math.max(l.depth, r.depth) };
  };
  return visit(root);
}

export interface ShapValues {
  /** Row-major [rows, outputs, cols]: what each feature adds to the raw score. */
  values: Float64Array;
  /** Per output: the score where nothing is known. With a row's values it adds up to the row's score. */
  expected: Float64Array;
}

/** For row-major float32 rows [rows, forest.cols]; `base` as for prediction. Raw scores: before softmax, or the exponential of a log link. */
export function shapValues(forest: Forest, base: Float32Array, values: Float32Array, rows: number): ShapValues {
  const { roots, target, feature, left, right, width, value, cols } = forest;
  const outputs = base.length;
  const phi = new Float64Array(rows * outputs * cols);
  const expected = Float64Array.from(base);
  let deepest = 0;
  roots.forEach((root, t) => {
    const { mean, depth } = aboutTree(forest, root);
    deepest = Math.max(deepest, depth);
    mean.forEach((v, w) => {
      expected[target[t] + w] += v;
    });
  });
  const paths = Array.from({ length: deepest + 2 }, () => newPath(deepest));

  // `asked` is the feature that led here; where it stood in the path before, at `before`, it is taken out first.
  const walk = (t: number, node: number, depth: number, row: number, zero: number, one: number, asked: number, before: number) => {
    const path = paths[depth];
    if (depth > 0) copyTo(paths[depth - 1], path);
    else path.length = 0;
    if (before >= 0) unwind(path, before);
    extend(path, asked, zero, one);
    if (feature[node] < 0) {
      for (let i = 1; i < path.length; i++) {
        const share = unwoundSum(path, i) * (path.one[i] - path.zero[i]);
        for (let w = 0; w < width; w++) phi[(row * outputs + target[t] + w) * cols + path.feature[i]] += share * value[node * width + w];
      }
      return;
    }
    let again = -1;
    for (let i = 1; i < path.length; i++) if (path.feature[i] === feature[node]) again = i;
    const [zeroBefore, oneBefore] = again < 0 ? [1, 1] : [path.zero[again], path.one[again]];
    const toLeft = goesLeft(forest, node, values, row * cols);
    for (const child of [left[node], right[node]]) {
      const zeroHere = zeroBefore * (forest.rows[node] > 0 ? forest.rows[child] / forest.rows[node] : 0.5);
      const oneHere = toLeft === (child === left[node]) ? oneBefore : 0;
      // Where neither the row nor any learning row goes there is nothing to say.
      if (zeroHere > 0 || oneHere > 0) walk(t, child, depth + 1, row, zeroHere, oneHere, feature[node], again);
    }
  };
  for (let row = 0; row < rows; row++) {
    roots.forEach((root, t) => {
      walk(t, root, 0, row, 1, 1, -1, -1);
    });
  }
  return { values: phi, expected };
}
