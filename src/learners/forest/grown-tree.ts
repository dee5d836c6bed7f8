/** A tree while it grows, and many of them packed into the parallel arrays that kernels and ONNX read. */
import type { TreeArrays, Trees } from '../../kernels/door.ts';

export interface GrownNode {
  /** -1 for a leaf. */
  feature: number;
  /** Numbers up to this one go left … */
  threshold: number;
  /** … or these categories: 32 bytes of bits by code. */
  set?: Uint8Array;
  missingLeft: boolean;
  left: number;
  right: number;
  /** Learning rows that reached it. */
  rows: number;
  gain: number;
  /** What is predicted here; kept for inner nodes too where a viewer wants it. */
  value: readonly number[];
}
export interface GrownTree {
  /** Node 0 is the root; children come after their parent. */
  nodes: GrownNode[];
  /** First output that the leaves add to. */
  target: number;
}

/** Trees with what only people look at beside them. */
export interface Forest extends Trees {
  readonly cols: number;
  /** Learning rows per node, and the gain of its split. */
  readonly rows: Float64Array;
  readonly gain: Float64Array;
}

/** Room for `trees` with `nodes` in all. */
function emptyForest(trees: number, nodes: number, cols: number, width: number): Forest {
  return {
    cols,
    width,
    roots: new Int32Array(trees),
    target: new Int32Array(trees),
    feature: new Int32Array(nodes),
    threshold: new Float32Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    missingLeft: new Uint8Array(nodes),
    value: new Float32Array(nodes * width),
    rows: new Float64Array(nodes),
    gain: new Float64Array(nodes),
  };
}

/** Packs trees whose nodes all hold `width` values. */
export function packForest(trees: readonly GrownTree[], { cols }: { cols: number }, width: number): Forest {
  const total = trees.reduce((sum, tree) => sum + tree.nodes.length, 0);
  const forest = emptyForest(trees.length, total, cols, width);
  const sets = trees.reduce((sum, tree) => sum + tree.nodes.reduce((count, { set }) => count + (set ? 1 : 0), 0), 0);
  const bySet = { setOf: new Int32Array(sets > 0 ? total : 0).fill(-1), sets: new Uint8Array(sets * 32) };
  let set = 0;
  let root = 0;
  trees.forEach((tree, t) => {
    forest.roots[t] = root;
    forest.target[t] = tree.target;
    tree.nodes.forEach((node, i) => {
      const at = root + i;
      forest.feature[at] = node.feature;
      forest.rows[at] = node.rows;
      for (let w = 0; w < width; w++) forest.value[at * width + w] = node.value[w];
      if (node.feature < 0) return;
      forest.threshold[at] = node.threshold;
      if (node.set) {
        bySet.setOf[at] = set;
        bySet.sets.set(node.set, 32 * set++);
      }
      forest.left[at] = root + node.left;
      forest.right[at] = root + node.right;
      forest.missingLeft[at] = node.missingLeft ? 1 : 0;
      forest.gain[at] = node.gain;
    });
    root += tree.nodes.length;
  });
  return sets > 0 ? { ...forest, ...bySet } : forest;
}

/** Packs trees that a kernel grew, whose leaves add their `width` values divided by `divisor`. */
export function packArrays(trees: readonly TreeArrays[], cols: number, width: number, divisor: number): Forest {
  const total = trees.reduce((sum, tree) => sum + tree.feature.length, 0);
  const forest = emptyForest(trees.length, total, cols, width);
  let root = 0;
  trees.forEach((tree, t) => {
    forest.roots[t] = root;
    forest.feature.set(tree.feature, root);
    forest.rows.set(tree.rows, root);
    forest.gain.set(tree.gain, root);
    packWays(forest, tree, root);
    packLeaves(forest.value, tree, root, width, divisor);
    root += tree.feature.length;
  });
  return forest;
}
function packWays({ threshold, left, right, missingLeft }: Forest, tree: TreeArrays, root: number): void {
  for (let i = 0; i < tree.feature.length; i++) {
    if (tree.feature[i] < 0) continue;
    threshold[root + i] = tree.threshold[i];
    left[root + i] = root + tree.left[i];
    right[root + i] = root + tree.left[i] + 1;
    missingLeft[root + i] = tree.missingLeft[i];
  }
}
function packLeaves(value: Float32Array, { feature, place, value: own }: TreeArrays, root: number, width: number, divisor: number): void {
  for (let i = 0; i < feature.length; i++) {
    if (feature[i] >= 0) continue;
    const to = (root + i) * width;
    if (place[i] < 0) {
      value[to - 1 - place[i]] = 1 / divisor;
      continue;
    }
    const from = place[i] * width;
    for (let w = 0; w < width; w++) if (own[from + w] !== 0) value[to + w] = own[from + w] / divisor;
  }
}

/** The trees of both, one after the other; they have the same columns and width. */
export function joinForests(a: Forest, b: Forest): Forest {
  const [before, after] = [a.feature.length, b.feature.length];
  const forest = emptyForest(a.roots.length + b.roots.length, before + after, a.cols, a.width);
  const sets = [...(a.sets ?? []), ...(b.sets ?? [])];
  const setsBefore = (a.sets?.length ?? 0) / 32;
  const setOf = new Int32Array(before + after).fill(-1);
  for (const [part, tree, node, set] of [
    [a, 0, 0, 0],
    [b, a.roots.length, before, setsBefore],
  ] as const) {
    forest.roots.set(
      part.roots.map((root) => root + node),
      tree,
    );
    forest.target.set(part.target, tree);
    for (const key of ['feature', 'threshold', 'missingLeft', 'rows', 'gain'] as const) forest[key].set(part[key], node);
    forest.value.set(part.value, node * a.width);
    part.feature.forEach((feature, i) => {
      if (feature < 0) return;
      forest.left[node + i] = part.left[i] + node;
      forest.right[node + i] = part.right[i] + node;
      if (part.setOf && part.setOf[i] >= 0) setOf[node + i] = part.setOf[i] + set;
    });
  }
  return sets.length > 0 ? { ...forest, setOf, sets: Uint8Array.from(sets) } : forest;
}

/** Share of the whole gain that each feature's splits brought, summing to one (all zero when nothing was split). */
export function gainShares(forest: Forest, featureNames: readonly string[]): { name: string; value: number }[] {
  const sums = new Float64Array(featureNames.length);
  for (let i = 0; i < forest.feature.length; i++) if (forest.feature[i] >= 0) sums[forest.feature[i]] += forest.gain[i];
  const total = sums.reduce((sum, gain) => sum + gain, 0);
  return featureNames.map((name, j) => ({ name, value: total > 0 ? sums[j] / total : 0 }));
}
