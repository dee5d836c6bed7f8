/** Scores that are weighted sums of the features: computed here, and as the nodes of a graph that computes the same. */
import type { Graph, Value } from '../../onnx/build.ts';
import type { Matrix } from '../../recipe/model.ts';

export interface Scores {
  /** Row-major [features, scores]. */
  weights: Float64Array;
  /** One per score. */
  intercepts: Float64Array;
}

/** X · weights + intercepts, row-major [rows, scores]. */
export function scoresOf({ weights, intercepts }: Scores, { rows, cols, values }: Matrix): Float64Array {
  const wide = intercepts.length;
  const out = new Float64Array(rows * wide);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < wide; k++) {
      let z = 0;
      for (let j = 0; j < cols; j++) z += values[i * cols + j] * weights[j * wide + k];
      out[i * wide + k] = z + intercepts[k];
    }
  }
  return out;
}

/** The same in double, [batch, scores]. */
export function lowerScores(graph: Graph, X: Value, { weights, intercepts }: Scores): Value {
  const wide = intercepts.length;
  const shape = { dtype: 'double' as const, dims: ['batch', wide] };
  const product = graph.op('MatMul', [X, graph.constant('double', weights, [weights.length / wide, wide], 'weights')], shape);
  return graph.op('Add', [product, graph.constant('double', intercepts, [1, wide], 'intercepts')], shape);
}

/** The one cast to float at the end of a graph in double. */
export const lowerToFloat = (graph: Graph, value: Value): Value =>
  graph.op('Cast', [value], { dtype: 'float', dims: value.dims }, { to: { type: 'int', value: 1 } });
