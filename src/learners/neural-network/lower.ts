/** Writes a fitted network into an ONNX graph: Gemm, activation, Gemm …, then Softmax for classes. */
import type { Graph, Value } from '../../onnx/build.ts';
import { activationOp } from './gradient-graph.ts';
import type { FittedNetwork } from './network.ts';

/** From the matrix [batch, d] to float [batch, classes] probabilities, or float [batch, 1] values. */
export function lower(graph: Graph, X: Value, fitted: unknown, classCount: number): Value {
  const { layers, activation } = fitted as FittedNetwork;
  let value = X.dtype === 'float' ? X : graph.op('Cast', [X], { dtype: 'float', dims: X.dims }, { to: { type: 'int', value: 1 } });
  layers.forEach((layer, l) => {
    const weights = graph.constant('float', layer.weights, [layer.inputs, layer.outputs], 'weights');
    const bias = graph.constant('float', layer.bias, [layer.outputs], 'bias');
    value = graph.op('Gemm', [value, weights, bias], { dtype: 'float', dims: ['batch', layer.outputs] });
    if (l < layers.length - 1) value = activationOp(graph, activation, value);
  });
  return classCount > 0 ? graph.op('Softmax', [value], value, { axis: { type: 'int', value: 1 } }) : value;
}
