/**
 * Writes trees into an ONNX graph as one TreeEnsembleRegressor: also for classes, because TreeEnsembleClassifier answers wrong labels in
 * onnxruntime 1.30 (onnx.md §0).
 */
import type { Trees } from '../kernels/door.ts';
import type { Graph, Value } from '../onnx/build.ts';

/** The nodes of an ONNX tree ensemble, in order. */
interface OnnxNodes {
  tree: number[];
  node: number[];
  feature: number[];
  value: number[];
  mode: ('BRANCH_LEQ' | 'BRANCH_EQ' | 'LEAF')[];
  yes: number[];
  no: number[];
  missingYes: number[];
}

const codesOf = (sets: Uint8Array, set: number): number[] =>
  Array.from({ length: 256 }, (_, code) => code).filter((code) => ((sets[32 * set + (code >> 3)] >> (code & 7)) & 1) === 1);

/**
 * A node keeps its number within its tree. One that asks for a set becomes a chain of questions, one per category, that all lead to the same left
 * child; those after the first are numbered behind the tree's own nodes.
 */
function onnxNodes(forest: Trees): OnnxNodes {
  const { roots, feature, threshold, left, right, missingLeft, setOf, sets } = forest;
  const nodes: OnnxNodes = { tree: [], node: [], feature: [], value: [], mode: [], yes: [], no: [], missingYes: [] };
  const add = (tree: number, node: number, of: number, value: number, mode: OnnxNodes['mode'][number], yes: number, no: number) => {
    nodes.tree.push(tree);
    nodes.node.push(node);
    nodes.feature.push(Math.max(feature[of], 0));
    nodes.value.push(value);
    nodes.mode.push(mode);
    nodes.yes.push(yes);
    nodes.no.push(no);
    nodes.missingYes.push(mode === 'LEAF' ? 0 : missingLeft[of]);
  };
  for (let t = 0; t < roots.length; t++) {
    const root = roots[t];
    const end = t + 1 < roots.length ? roots[t + 1] : feature.length;
    let extra = end - root;
    const rest: (() => void)[] = [];
    for (let i = root; i < end; i++) {
      if (feature[i] < 0) add(t, i - root, i, 0, 'LEAF', 0, 0);
      else if (!setOf || !sets || setOf[i] < 0) add(t, i - root, i, threshold[i], 'BRANCH_LEQ', left[i] - root, right[i] - root);
      else {
        const codes = codesOf(sets, setOf[i]);
        codes.forEach((code, c) => {
          const node = c === 0 ? i - root : extra++;
          const next = c + 1 < codes.length ? extra : right[i] - root;
          const link = () => add(t, node, i, code, 'BRANCH_EQ', left[i] - root, next);
          if (c === 0) link();
          else rest.push(link);
        });
      }
    }
    for (const link of rest) link();
  }
  return nodes;
}

/** From float [rows, d] to float [rows, base.length]: leaf values summed in tree order, then `base`. */
export function lowerForest(graph: Graph, X: Value, forest: Trees, base: Float32Array): Value {
  const nodes = onnxNodes(forest);
  const { feature, width, value, target, roots } = forest;
  const treeOf = new Int32Array(feature.length);
  roots.forEach((root, t) => {
    treeOf.fill(t, root);
  });
  const leaves = Int32Array.from(feature.keys()).filter((i) => feature[i] < 0);
  const ints = (data: ArrayLike<number>) => ({ type: 'ints' as const, value: data });
  const floats = (data: ArrayLike<number>) => ({ type: 'floats' as const, value: data });
  const strings = (data: string[]) => ({ type: 'strings' as const, value: data });
  const perLeaf = (pick: (leaf: number, w: number) => number) =>
    Float64Array.from({ length: leaves.length * width }, (_, k) => pick(leaves[Math.floor(k / width)], k % width));
  return graph.op(
    'TreeEnsembleRegressor',
    [X],
    { dtype: 'float', dims: [X.dims[0], base.length] },
    {
      n_targets: { type: 'int', value: base.length },
      aggregate_function: { type: 'string', value: 'SUM' },
      post_transform: { type: 'string', value: 'NONE' },
      base_values: floats(base),
      nodes_treeids: ints(nodes.tree),
      nodes_nodeids: ints(nodes.node),
      nodes_featureids: ints(nodes.feature),
      nodes_values: floats(nodes.value),
      nodes_modes: strings(nodes.mode),
      nodes_truenodeids: ints(nodes.yes),
      nodes_falsenodeids: ints(nodes.no),
      nodes_missing_value_tracks_true: ints(nodes.missingYes),
      target_treeids: ints(perLeaf((leaf) => treeOf[leaf])),
      target_nodeids: ints(perLeaf((leaf) => leaf - roots[treeOf[leaf]])),
      target_ids: ints(perLeaf((leaf, w) => target[treeOf[leaf]] + w)),
      target_weights: floats(perLeaf((leaf, w) => value[leaf * width + w])),
    },
    'ai.onnx.ml',
  );
}
