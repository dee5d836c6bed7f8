/** Writes logistic regression into an ONNX graph: MatMul, Add and Softmax in double, one cast to float at the end. */
import type { Graph, Value } from '../../onnx/build.ts';
import { lowerScores, lowerToFloat } from '../linear-scores/scores.ts';
import type { FittedLogistic } from './fit.ts';

export function lower(graph: Graph, X: Value, fitted: unknown): Value {
  const scores = lowerScores(graph, X, fitted as FittedLogistic);
  return lowerToFloat(graph, graph.op('Softmax', [scores], { dtype: 'double', dims: scores.dims }, { axis: { type: 'int', value: 1 } }));
}
