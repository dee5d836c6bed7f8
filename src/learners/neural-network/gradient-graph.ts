/** The network's loss and its gradients as one ONNX graph, so that onnxruntime's matrix code does the training arithmetic. */
import { type Graph, newGraph, type Value } from '../../onnx/build.ts';
import type { Dims, GraphProto } from '../../onnx/proto.ts';
import type { Activation, Network } from './network.ts';
import type { Loss, TrainerOptions } from './trainer.ts';

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

/** The loss at each output, and its derivative by the scores: what is predicted minus `y`. */
function lossOps(graph: Graph, loss: Loss, scores: Value, y: Value): { difference: Value; point: Value } {
  const less = (a: Value, b: Value) => graph.op('Sub', [a, b], scores);
  const times = (a: Value, b: Value) => graph.op('Mul', [a, b], scores);
  if (loss === 'squared') {
    const difference = less(scores, y);
    return { difference, point: times(times(difference, difference), graph.constant('float', [0.5], [])) };
  }
  if (loss === 'logistic') {
    const point = less(graph.op('Softplus', [scores], scores), times(scores, y));
    return { difference: less(graph.op('Sigmoid', [scores], scores), y), point };
  }
  const axis = { axis: FLAG };
  const point = graph.op('Neg', [times(y, graph.op('LogSoftmax', [scores], scores, axis))], scores);
  return { difference: less(graph.op('Softmax', [scores], scores, axis), y), point };
}

/**
 * Inputs `x`, `y`, `share`, `W0`…, `b0`…, `M0`… (masks, with dropout); outputs `loss`, `gW0`…, `gb0`…. Loss: see
 * `Loss`, weighted by `share`. Backpropagation as in Rumelhart, Hinton and Williams 1986.
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

  const { difference, point } = lossOps(graph, options.loss, scores, y);
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
