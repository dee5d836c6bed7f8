/** Writes logistic regression into an ONNX graph: MatMul, Add and Softmax in double, one cast to float at the end. */
import type { Graph, Value } from '../../onnx/build.ts';
import type { FittedLogistic } from './fit.ts';

export function lower(graph: Graph, X: Value, fitted: unknown): Value {
  const { weights, intercepts, features, classes } = fitted as FittedLogistic;
  const wide = { dtype: 'double' as const, dims: ['batch', classes] };
  const product = graph.op('MatMul', [X, graph.constant('double', weights, [features, classes], 'weights')], wide);
  const scores = graph.op('Add', [product, graph.constant('double', intercepts, [1, classes], 'intercepts')], wide);
  const shares = graph.op('Softmax', [scores], wide, { axis: { type: 'int', value: 1 } });
  return graph.op('Cast', [shares], { dtype: 'float', dims: wide.dims }, { to: { type: 'int', value: 1 } });
}
