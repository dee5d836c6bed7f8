/** Writes linear regression into an ONNX graph: MatMul and Add in double, one cast to float at the end. */
import type { Graph, Value } from '../../onnx/build.ts';
import type { FittedLinear } from './fit.ts';

export function lower(graph: Graph, X: Value, fitted: unknown): Value {
  const { weights, intercept } = fitted as FittedLinear;
  const one = { dtype: 'double' as const, dims: ['batch', 1] };
  const product = graph.op('MatMul', [X, graph.constant('double', weights, [weights.length, 1], 'weights')], one);
  const sum = graph.op('Add', [product, graph.constant('double', [intercept], [1, 1], 'intercept')], one);
  return graph.op('Cast', [sum], { dtype: 'float', dims: one.dims }, { to: { type: 'int', value: 1 } });
}
