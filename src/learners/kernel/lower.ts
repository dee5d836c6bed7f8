/** Writes RBF kernel ridge into an ONNX graph: similarities to the kept rows, their weighted sums, and of classes the shares, in double. */
import type { Graph, Value } from '../../onnx/build.ts';
import { lowerToFloat } from '../linear-scores/scores.ts';
import { lowerShares } from '../linear-scores/shares.ts';
import type { FittedKernel } from './fit.ts';
import { lowerSimilar } from './similarity.ts';

export function lower(graph: Graph, X: Value, fitted: unknown, classCount: number): Value {
  const { kept, gamma, duals, intercepts, present } = fitted as FittedKernel;
  const width = intercepts.length;
  const sums = lowerSimilar(graph, X, kept, gamma, duals, width);
  const scores = graph.op('Add', [sums, graph.constant('double', intercepts, [1, width], 'intercepts')], {
    dtype: 'double',
    dims: sums.dims,
  });
  return lowerToFloat(graph, classCount === 0 ? scores : lowerShares(graph, scores, present));
}
