/**
 * Writes a fitted network into an ONNX graph: Gemm, activation, Gemm …, then Softmax for classes. All in double, as the native
 * forward pass, so that far-out rows give the same answer; weights are stored as float and widened in the graph.
 */

import type { Bend } from '../../kernels/door.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import type { FittedNetwork } from './network.ts';

const DOUBLE = { to: { type: 'int', value: 11 } } as const;
const FLOAT = { to: { type: 'int', value: 1 } } as const;

/** onnxruntime has no Elu in double: below zero it is exp(z) - 1. */
function activate(graph: Graph, name: Bend, z: Value): Value {
  if (name !== 'elu') return graph.op(name === 'relu' ? 'Relu' : 'Tanh', [z], z);
  const below = graph.op('Sub', [graph.op('Exp', [z], z), graph.constant('double', [1], [1, 1])], z);
  const negative = graph.op('Less', [z, graph.constant('double', [0], [1, 1])], { dtype: 'bool', dims: z.dims });
  return graph.op('Where', [negative, below, z], z);
}

/** From the matrix [batch, d] to float [batch, classes] probabilities, or float [batch, 1] values. */
export function lower(graph: Graph, X: Value, fitted: unknown, classCount: number): Value {
  const { layers, activation } = fitted as FittedNetwork;
  const widened = (data: Float32Array, dims: readonly number[], hint: string) =>
    graph.op('Cast', [graph.constant('float', data, dims, hint)], { dtype: 'double', dims }, DOUBLE);
  let value = X.dtype === 'double' ? X : graph.op('Cast', [X], { dtype: 'double', dims: X.dims }, DOUBLE);
  layers.forEach((layer, l) => {
    const weights = widened(layer.weights, [layer.inputs, layer.outputs], 'weights');
    const bias = widened(layer.bias, [layer.outputs], 'bias');
    value = graph.op('Gemm', [value, weights, bias], { dtype: 'double', dims: ['batch', layer.outputs] });
    if (l < layers.length - 1) value = activate(graph, activation, value);
  });
  const answer = classCount > 0 ? graph.op('Softmax', [value], value, { axis: { type: 'int', value: 1 } }) : value;
  return graph.op('Cast', [answer], { dtype: 'float', dims: answer.dims }, FLOAT);
}
