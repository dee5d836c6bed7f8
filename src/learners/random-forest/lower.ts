/** Writes a random forest into an ONNX graph: one ensemble whose leaves are shares of the vote, divided by their sum. */
import type { Graph, Value } from '../../onnx/build.ts';
import { lowerForest } from '../../recipe/lower-forest.ts';
import type { FittedRandomForest } from './fit.ts';

export function lower(graph: Graph, X: Value, fitted: unknown, classCount: number): Value {
  const { forest, base } = fitted as FittedRandomForest;
  const scores = lowerForest(graph, X, forest, base);
  if (classCount === 0) return scores;
  const axes = graph.constant('int64', [1]);
  const sum = graph.op('ReduceSum', [scores, axes], { dtype: 'float', dims: ['batch', 1] }, { keepdims: { type: 'int', value: 1 } });
  return graph.op('Div', [scores, sum], { dtype: 'float', dims: scores.dims });
}
