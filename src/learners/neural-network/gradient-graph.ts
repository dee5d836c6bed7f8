/** The network's loss and its gradients as one ONNX graph, so that onnxruntime's matrix code does the training arithmetic. */
import { type Dims, type Graph, newGraph, type Value } from '../../onnx/build.ts';
import type { GraphProto } from '../../onnx/proto.ts';
import type { Activation, Network } from './network.ts';
import type { TrainerOptions } from './trainer.ts';

const float = (...dims: Dims) => ({ dtype: 'float' as const, dims });
const FLAG = { type: 'int', value: 1 } as const;

export function activationOp(graph: Graph, name: Activation, z: Value): Value {
  return graph.op(name === 'relu' ? 'Relu' : name === 'elu' ? 'Elu' : 'Tanh', [z], z);
}

/** Derivative of an activation from its output a: relu sign(a); elu min(a, 0) + 1; tanh 1 - a². */
function slope(graph: Graph, name: Activation, a: Value): Value {
  if (name === 'relu') return graph.op('Sign', [a], a);
  const one = graph.constant('float', [1], []);
  if (name === 'elu') return graph.op('Add', [graph.op('Min', [a, graph.constant('float', [0], [])], a), one], a);
  return graph.op('Sub', [one, graph.op('Mul', [a, a], a)], a);
}

/**
 * Inputs `x`, `y`, `share`, `W0`…, `b0`…, `M0`… (masks, with dropout); outputs `loss`, `gW0`…, `gb0`…. Loss: cross-entropy
 * of the softmax, or half the squared error, weighted by `share`. Backpropagation as in Rumelhart, Hinton and Williams 1986.
 */
export function gradientGraph(network: Network, options: TrainerOptions): GraphProto {
  const graph = newGraph('gradient');
  const { layers, activation } = network;
  const last = layers.length - 1;
  const width = layers[last].outputs;
  const x = graph.input('x', 'float', ['batch', layers[0].inputs]);
  const y = graph.input('y', 'float', ['batch', width]);
  const share = graph.input('share', 'float', ['batch', 1]);
  const weights = layers.map((layer, l) => graph.input(`W${l}`, 'float', [layer.inputs, layer.outputs]));
  const biases = layers.map((layer, l) => graph.input(`b${l}`, 'float', [layer.outputs]));
  const masks = layers.slice(0, -1).map((layer, l) => (options.dropout ? graph.input(`M${l}`, 'float', ['batch', layer.outputs]) : null));

  const activated: Value[] = [];
  const passed: Value[] = [x];
  for (let l = 0; l < last; l++) {
    const z = graph.op('Gemm', [passed[l], weights[l], biases[l]], float('batch', layers[l].outputs));
    const a = activationOp(graph, activation, z);
    const mask = masks[l];
    activated.push(a);
    passed.push(mask ? graph.op('Mul', [a, mask], a) : a);
  }
  const scores = graph.op('Gemm', [passed[last], weights[last], biases[last]], float('batch', width));

  const axis = { axis: FLAG };
  const predicted = options.classify ? graph.op('Softmax', [scores], scores, axis) : scores;
  const difference = graph.op('Sub', [predicted, y], scores);
  const point = options.classify
    ? graph.op('Neg', [graph.op('Mul', [y, graph.op('LogSoftmax', [scores], scores, axis)], scores)], scores)
    : graph.op('Mul', [graph.op('Mul', [difference, difference], scores), graph.constant('float', [0.5], [])], scores);
  const weighted = graph.op('Mul', [point, share], scores);
  graph.output(graph.op('ReduceSum', [weighted], float(), { keepdims: { type: 'int', value: 0 } }), 'loss');

  let delta = graph.op('Mul', [difference, share], scores);
  for (let l = last; l >= 0; l--) {
    graph.output(graph.op('Gemm', [passed[l], delta], float(layers[l].inputs, layers[l].outputs), { transA: FLAG }), `gW${l}`);
    const rows = graph.constant('int64', [0]);
    graph.output(graph.op('ReduceSum', [delta, rows], float(layers[l].outputs), { keepdims: { type: 'int', value: 0 } }), `gb${l}`);
    if (l === 0) break;
    let back = graph.op('Gemm', [delta, weights[l]], float('batch', layers[l].inputs), { transB: FLAG });
    const mask = masks[l - 1];
    if (mask) back = graph.op('Mul', [back, mask], back);
    delta = graph.op('Mul', [back, slope(graph, activation, activated[l - 1])], back);
  }
  return graph.finish();
}
