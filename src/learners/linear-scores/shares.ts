/** Class shares from one score per class: a sigmoid each, over their sum; computed here, and as the nodes of a graph that computes the same. */
import { exp } from '../../base/float.ts';
import type { Graph, Value } from '../../onnx/build.ts';

/** Scores count up to here: every class that was seen keeps a share above zero. */
const MOST_SCORE = 30;

/** In place on row-major [rows, classes]; `present` is 1 for classes that were seen, else 0. Gives the same array. */
export function sharesInPlace(scores: Float64Array, present: Float64Array): Float64Array {
  const classes = present.length;
  for (let at = 0; at < scores.length; at += classes) {
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      const z = Math.min(Math.max(scores[at + k], -MOST_SCORE), MOST_SCORE);
      sum += scores[at + k] = present[k] / (1 + exp(-z));
    }
    for (let k = 0; k < classes; k++) scores[at + k] /= sum;
  }
  return scores;
}

/** The same in double, [batch, classes]. */
export function lowerShares(graph: Graph, scores: Value, present: Float64Array): Value {
  const wide = { dtype: 'double' as const, dims: scores.dims };
  const number = (value: number, hint: string) => graph.constant('double', [value], [1, 1], hint);
  const bounded = graph.op('Max', [graph.op('Min', [scores, number(MOST_SCORE, 'most')], wide), number(-MOST_SCORE, 'least')], wide);
  const odds = graph.op('Add', [number(1, 'one'), graph.op('Exp', [graph.op('Neg', [bounded], wide)], wide)], wide);
  const each = graph.op('Div', [graph.constant('double', present, [1, present.length], 'present'), odds], wide);
  const axes = graph.constant('int64', [1], [1], 'axes');
  const sum = graph.op('ReduceSum', [each, axes], { dtype: 'double', dims: ['batch', 1] }, { keepdims: { type: 'int', value: 1 } });
  return graph.op('Div', [each, sum], wide);
}
