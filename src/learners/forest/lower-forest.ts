/**
 * Writes trees into an ONNX graph as one TreeEnsembleRegressor: also for classes, because TreeEnsembleClassifier answers wrong labels in
 * onnxruntime 1.30 (onnx.md §0).
 */
import type { Graph, Value } from '../../onnx/build.ts';
import type { Forest } from './grown-tree.ts';

/** Tree number of each node, and the node's number within its tree. */
function places(forest: Forest): { tree: Int32Array; node: Int32Array } {
  const total = forest.feature.length;
  const tree = new Int32Array(total);
  const node = new Int32Array(total);
  for (let t = 0; t < forest.roots.length; t++) {
    const end = t + 1 < forest.roots.length ? forest.roots[t + 1] : total;
    for (let i = forest.roots[t]; i < end; i++) {
      tree[i] = t;
      node[i] = i - forest.roots[t];
    }
  }
  return { tree, node };
}

/** From float [batch, d] to float [batch, base.length]: leaf values summed in tree order, then `base`. */
export function lowerForest(graph: Graph, X: Value, forest: Forest, base: Float32Array): Value {
  const { tree, node } = places(forest);
  const { feature, width, value, target } = forest;
  const inner = (i: number) => feature[i] >= 0;
  const indices = Int32Array.from(feature, (_, i) => i);
  const leaves = indices.filter((i) => !inner(i));
  const ints = (data: ArrayLike<number>) => ({ type: 'ints' as const, value: data });
  const floats = (data: ArrayLike<number>) => ({ type: 'floats' as const, value: data });
  const strings = (data: string[]) => ({ type: 'strings' as const, value: data });
  const perLeaf = (pick: (leaf: number, w: number) => number) =>
    Float64Array.from({ length: leaves.length * width }, (_, k) => pick(leaves[Math.floor(k / width)], k % width));
  return graph.op(
    'TreeEnsembleRegressor',
    [X],
    { dtype: 'float', dims: ['batch', base.length] },
    {
      n_targets: { type: 'int', value: base.length },
      aggregate_function: { type: 'string', value: 'SUM' },
      post_transform: { type: 'string', value: 'NONE' },
      base_values: floats(base),
      nodes_treeids: ints(tree),
      nodes_nodeids: ints(node),
      nodes_featureids: ints(feature.map((f) => Math.max(f, 0))),
      nodes_values: floats(forest.threshold),
      nodes_modes: strings(Array.from(indices, (i) => (inner(i) ? 'BRANCH_LEQ' : 'LEAF'))),
      nodes_truenodeids: ints(indices.map((i) => (inner(i) ? node[forest.left[i]] : 0))),
      nodes_falsenodeids: ints(indices.map((i) => (inner(i) ? node[forest.right[i]] : 0))),
      nodes_missing_value_tracks_true: ints(forest.missingLeft),
      target_treeids: ints(perLeaf((leaf) => tree[leaf])),
      target_nodeids: ints(perLeaf((leaf) => node[leaf])),
      target_ids: ints(perLeaf((leaf, w) => target[tree[leaf]] + w)),
      target_weights: floats(perLeaf((leaf, w) => value[leaf * width + w])),
    },
    'ai.onnx.ml',
  );
}
