/** The network's loss and its gradients as one ONNX graph, so that onnxruntime's matrix code does the training arithmetic. */
import { type Bend, type Loss, NORM_EPSILON, type TrainerOptions, type TrainingState } from '../../kernels/door.ts';
import { type Graph, newGraph, type Value } from '../../onnx/build.ts';
import type { Dims, GraphProto } from '../../onnx/proto.ts';
import type { Layer } from './network.ts';

const float = (...dims: Dims) => ({ dtype: 'float' as const, dims });
const FLAG = { type: 'int', value: 1 } as const;
const FLAT = { keepdims: { type: 'int', value: 0 } } as const;

function bendOp(graph: Graph, name: Bend, z: Value): Value {
  return graph.op(name === 'relu' ? 'Relu' : name === 'elu' ? 'Elu' : 'Tanh', [z], z);
}

/** Derivative of a bend from its output a: relu sign(a); elu min(a, 0) + 1; tanh 1 - a². */
function slope(graph: Graph, name: Bend, a: Value): Value {
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

const sumRows = (graph: Graph, value: Value) => graph.op('ReduceSum', [value, graph.constant('int64', [0])], float(value.dims[1]), FLAT);

/** What one layer's batch normalisation leaves for the way back. */
interface Normed {
  out: Value;
  unit: Value;
  inverse: Value;
  scale: Value;
}
/** Normalises z's columns over the batch, weighted by `share`; outputs `mean{l}` and `variance{l}` (Ioffe and Szegedy 2015). */
function normalise(graph: Graph, z: Value, share: Value, scale: Value, bias: Value, l: number): Normed {
  const row = float(z.dims[1]);
  const weighted = (value: Value) => sumRows(graph, graph.op('Mul', [value, share], z));
  const mean = weighted(z);
  const centred = graph.op('Sub', [z, mean], z);
  const variance = weighted(graph.op('Mul', [centred, centred], z));
  graph.output(mean, `mean${l}`);
  graph.output(variance, `variance${l}`);
  const root = graph.op('Sqrt', [graph.op('Add', [variance, graph.constant('float', [NORM_EPSILON], [])], row)], row);
  const inverse = graph.op('Div', [graph.constant('float', [1], []), root], row);
  const unit = graph.op('Mul', [centred, inverse], z);
  return { out: graph.op('Add', [graph.op('Mul', [unit, scale], z), bias], z), unit, inverse, scale };
}
/** The derivative by z; outputs `gS{l}`. `biasGradient` is the sum of delta's rows. */
function normaliseBack(graph: Graph, { unit, inverse, scale }: Normed, delta: Value, biasGradient: Value, share: Value, l: number): Value {
  const scaleGradient = sumRows(graph, graph.op('Mul', [delta, unit], delta));
  graph.output(scaleGradient, `gS${l}`);
  const common = graph.op('Add', [graph.op('Mul', [unit, scaleGradient], delta), biasGradient], delta);
  const own = graph.op('Sub', [delta, graph.op('Mul', [common, share], delta)], delta);
  return graph.op('Mul', [own, graph.op('Mul', [inverse, scale], inverse)], delta);
}

/**
 * Inputs `x`, `y`, `share`, `W0`…, `b0`…, `M0`… (masks, with dropout), `S0`… (scales, where a layer normalises); outputs `loss`, `gW0`…, `gb0`…
 * and those of `normalise`. Loss: see `Loss`, weighted by `share`. Backpropagation as in Rumelhart, Hinton and Williams 1986.
 */
export function gradientGraph(state: TrainingState, options: TrainerOptions): GraphProto {
  const graph = newGraph('gradient');
  const { layers } = state;
  const last = layers.length - 1;
  const width = layers[last].outputs;
  const x = graph.input('x', 'float', ['batch', layers[0].inputs]);
  const y = graph.input('y', 'float', ['batch', width]);
  const share = graph.input('share', 'float', ['batch', 1]);
  const weights = layers.map((layer, l) => graph.input(`W${l}`, 'float', [layer.inputs, layer.outputs]));
  const biases = layers.map((layer, l) => graph.input(`b${l}`, 'float', [layer.outputs]));
  const masks = layers.slice(0, -1).map((layer, l) => (options.dropout ? graph.input(`M${l}`, 'float', ['batch', layer.outputs]) : null));
  const scales = layers.map((layer, l) => (layer.norm ? graph.input(`S${l}`, 'float', [layer.outputs]) : null));

  const activated: Value[] = [];
  const passed: Value[] = [x];
  const normed: (Normed | null)[] = [];
  for (let l = 0; l < last; l++) {
    const scale = scales[l];
    const z = graph.op('Gemm', [passed[l], weights[l], ...(scale ? [] : [biases[l]])], float('batch', layers[l].outputs));
    normed.push(scale ? normalise(graph, z, share, scale, biases[l], l) : null);
    const a = bendOp(graph, options.activation, normed[l]?.out ?? z);
    const mask = masks[l];
    activated.push(a);
    passed.push(mask ? graph.op('Mul', [a, mask], a) : a);
  }
  const scores = graph.op('Gemm', [passed[last], weights[last], biases[last]], float('batch', width));

  const { difference, point } = lossOps(graph, options.loss, scores, y);
  const weighted = graph.op('Mul', [point, share], scores);
  graph.output(graph.op('ReduceSum', [weighted], float(), FLAT), 'loss');

  let delta = graph.op('Mul', [difference, share], scores);
  for (let l = last; l >= 0; l--) {
    const biasGradient = sumRows(graph, delta);
    graph.output(biasGradient, `gb${l}`);
    const norm = normed[l];
    if (norm) delta = normaliseBack(graph, norm, delta, biasGradient, share, l);
    graph.output(graph.op('Gemm', [passed[l], delta], float(layers[l].inputs, layers[l].outputs), { transA: FLAG }), `gW${l}`);
    if (l === 0) break;
    let back = graph.op('Gemm', [delta, weights[l]], float('batch', layers[l].inputs), { transB: FLAG });
    const mask = masks[l - 1];
    if (mask) back = graph.op('Mul', [back, mask], back);
    delta = graph.op('Mul', [back, slope(graph, options.activation, activated[l - 1])], back);
  }
  return graph.finish();
}

/** Only the loss, of plain layers: inputs `x`, `y`, `share`, `W0`…, `b0`…; output `loss`. */
export function lossGraph(layers: readonly Layer[], activation: Bend, loss: Loss): GraphProto {
  const graph = newGraph('loss');
  let value = graph.input('x', 'float', ['batch', layers[0].inputs]);
  const y = graph.input('y', 'float', ['batch', layers[layers.length - 1].outputs]);
  const share = graph.input('share', 'float', ['batch', 1]);
  layers.forEach((layer, l) => {
    const weights = graph.input(`W${l}`, 'float', [layer.inputs, layer.outputs]);
    const bias = graph.input(`b${l}`, 'float', [layer.outputs]);
    value = graph.op('Gemm', [value, weights, bias], float('batch', layer.outputs));
    if (l < layers.length - 1) value = bendOp(graph, activation, value);
  });
  const { point } = lossOps(graph, loss, value, y);
  graph.output(graph.op('ReduceSum', [graph.op('Mul', [point, share], value)], float(), FLAT), 'loss');
  return graph.finish();
}
