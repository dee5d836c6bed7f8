/** Trains fully connected layers in WebAssembly: a step is forward, backward and optimiser over one batch, with nothing copied but the batch. */
import {
  ADAM,
  type Batch,
  type Bend,
  type Moving,
  NORM_EPSILON,
  normShare,
  type TrainerOptions,
  type TrainingState,
  wholePower,
} from './layer-state.ts';
import { bytes } from './layers.as.ts?wasm';
import { kernelArea, openSpace, type Room } from './space.ts';

interface LayersCall {
  multiply: (a: number, b: number, bias: number, c: number, rows: number, inner: number, width: number) => void;
  multiplyTransposed: (a: number, d: number, g: number, rows: number, inner: number, width: number) => void;
  compress: (a: number, rows: number, inner: number, starts: number, columns: number, values: number) => number;
  multiplyListed: (
    starts: number,
    columns: number,
    values: number,
    b: number,
    bias: number,
    c: number,
    rows: number,
    width: number,
  ) => void;
  multiplyListedTransposed: (
    starts: number,
    columns: number,
    values: number,
    d: number,
    g: number,
    rows: number,
    inner: number,
    width: number,
  ) => void;
  transpose: (w: number, out: number, inner: number, width: number) => void;
  sumColumns: (d: number, g: number, rows: number, width: number) => void;
  bend: (kind: number, a: number, count: number) => void;
  unbend: (kind: number, a: number, d: number, count: number) => void;
  times: (a: number, b: number, out: number, count: number) => void;
  momentsOf: (z: number, share: number, mean: number, variance: number, rows: number, width: number) => void;
  normalise: (
    z: number,
    mean: number,
    variance: number,
    scale: number,
    bias: number,
    inverse: number,
    out: number,
    rows: number,
    width: number,
    epsilon: number,
  ) => void;
  unnormalise: (
    d: number,
    z: number,
    share: number,
    mean: number,
    inverse: number,
    scale: number,
    gBias: number,
    gScale: number,
    rows: number,
    width: number,
  ) => void;
  lossOfOne: (logistic: number, scores: number, y: number, share: number, d: number, rows: number, width: number) => number;
  lossOfClasses: (scores: number, y: number, share: number, d: number, rows: number, width: number, classes: number) => number;
  adam: (
    values: number,
    gradients: number,
    first: number,
    second: number,
    count: number,
    rate: number,
    root: number,
    keep: number,
    epsilon: number,
  ) => void;
}
export const layersArea = kernelArea<LayersCall>('layers', bytes);

const BENDS: readonly Bend[] = ['relu', 'elu', 'tanh'];
/** Inputs that are worth a look whether most of them are zero, as those of categories are; and the share of others up to which they are listed. */
const WIDE = 64;
const LISTED_SHARE = 0.4;
const upTo = (step: number, count: number) => Math.ceil(count / step) * step;

/** A parameter in the space: rows and columns filled up with zeros to `width` columns. */
interface Placed {
  values: Float32Array;
  gradient: Float32Array;
  first: Float32Array;
  second: Float32Array;
}
function place(room: Room, length: number): Placed {
  return { values: room.f32(length), gradient: room.f32(length), first: room.f32(length), second: room.f32(length) };
}

/** Copies `rows` rows of `from` numbers each into rows of `to` numbers. */
function spread(source: Float32Array, target: Float32Array, rows: number, from: number, to: number): void {
  if (from === to) {
    target.set(rows * from === source.length ? source : source.subarray(0, rows * from));
    return;
  }
  const width = Math.min(from, to);
  if (width >= WIDE) for (let i = 0; i < rows; i++) target.set(source.subarray(i * from, i * from + width), i * to);
  else for (let i = 0; i < rows; i++) for (let j = 0, s = i * from, t = i * to; j < width; j++, s++, t++) target[t] = source[s];
}

export interface LayerTrainer {
  /** One step; answers with the batch's loss before it. */
  step: (batch: Batch, learningRate: number) => number;
  /** Loss without a step: no dropout, and normalised by the moved mean and variance. */
  loss: (batch: Batch) => number;
  state: () => TrainingState;
  close: () => void;
}

/** Starts from `state`, which is copied. Throws the Problem `kernel.memory` where there is no room for it. */
export function openLayers(state: TrainingState, options: TrainerOptions): LayerTrainer {
  const kind = BENDS.indexOf(options.activation);
  const count = state.layers.length;
  const last = count - 1;
  const capacity = upTo(4, options.rows);
  const inner = state.layers.map((layer) => upTo(8, layer.inputs));
  const width = state.layers.map((layer) => upTo(8, layer.outputs));
  const widest = Math.max(...width, ...inner.slice(1), 0);
  const wide = inner[0] >= WIDE;
  const oneTarget = options.loss !== 'softmax';
  const classes = state.layers[last].outputs;

  const space = openSpace(layersArea, (room) => ({
    x: room.f32(capacity * inner[0]),
    /** The cells of `x` that are not zero, where it is wide. */
    listed: {
      starts: room.i32(wide ? capacity + 1 : 0),
      columns: room.i32(wide ? capacity * inner[0] + 1 : 0),
      values: room.f32(wide ? capacity * inner[0] + 1 : 0),
    },
    y: room.f32(capacity * (oneTarget ? 1 : width[last])),
    share: room.f32(capacity),
    /** Scores, and the derivatives on their way back. */
    scores: room.f32(capacity * width[last]),
    d: [room.f32(capacity * widest), room.f32(capacity * widest)],
    turned: room.f32(Math.max(0, ...state.layers.slice(1).map((_, l) => inner[l + 1] * width[l + 1]))),
    layers: state.layers.map((layer, l) => ({
      weights: place(room, inner[l] * width[l]),
      bias: place(room, width[l]),
      /** What goes on to the next layer; before dropout it is `bent`. */
      passed: room.f32(l < last ? capacity * width[l] : 0),
      bent: room.f32(l < last && options.dropout ? capacity * width[l] : 0),
      mask: room.f32(l < last && options.dropout ? capacity * width[l] : 0),
      norm: layer.norm && {
        scale: place(room, width[l]),
        z: room.f32(capacity * width[l]),
        mean: room.f32(width[l]),
        variance: room.f32(width[l]),
        inverse: room.f32(width[l]),
        movedMean: room.f32(width[l]),
        movedVariance: room.f32(width[l]),
      },
    })),
  }));
  const { call, at } = space;
  const address = (array: Float32Array | Int32Array) => array.byteOffset;
  const lists = [at.listed.starts, at.listed.columns, at.listed.values].map(address) as [number, number, number];
  /** Whether the first layer goes by the lists: as the first batch says. */
  let listed: boolean | undefined = wide ? undefined : false;
  let steps = state.steps;

  for (const array of [at.x, at.y, at.share, at.scores, ...at.d, at.turned]) array.fill(0);
  const fill = (placed: Placed, moving: Moving, rows: number, from: number, to: number) => {
    for (const array of Object.values(placed) as Float32Array[]) array.fill(0);
    spread(moving.values, placed.values, rows, from, to);
    spread(moving.first, placed.first, rows, from, to);
    spread(moving.second, placed.second, rows, from, to);
  };
  state.layers.forEach((layer, l) => {
    const own = at.layers[l];
    fill(own.weights, layer.weights, layer.inputs, layer.outputs, width[l]);
    fill(own.bias, layer.bias, 1, layer.outputs, width[l]);
    for (const array of [own.passed, own.bent, own.mask]) array.fill(0);
    if (!own.norm || !layer.norm) return;
    fill(own.norm.scale, layer.norm.scale, 1, layer.outputs, width[l]);
    for (const array of [own.norm.z, own.norm.mean, own.norm.variance, own.norm.inverse]) array.fill(0);
    own.norm.movedMean.fill(0).set(layer.norm.mean);
    own.norm.movedVariance.fill(0).set(layer.norm.variance);
  });

  /** Brings the batch in and computes the scores; answers with the row count filled up. */
  const forward = (batch: Batch, learning: boolean): number => {
    const rows = upTo(4, batch.rows);
    spread(batch.x, at.x, batch.rows, state.layers[0].inputs, inner[0]);
    spread(batch.y, at.y, batch.rows, classes, oneTarget ? 1 : width[last]);
    at.share.set(batch.share);
    at.share.fill(0, batch.rows, rows);
    if (listed !== false) {
      const found = call.compress(address(at.x), rows, inner[0], ...lists);
      listed ??= found <= LISTED_SHARE * batch.rows * inner[0];
    }
    const multiply = (l: number, a: Float32Array, bias: number, out: Float32Array) => {
      const b = address(at.layers[l].weights.values);
      if (l === 0 && listed) call.multiplyListed(...lists, b, bias, address(out), rows, width[0]);
      else call.multiply(address(a), b, bias, address(out), rows, inner[l], width[l]);
    };
    let from = at.x;
    for (let l = 0; l < last; l++) {
      const { bias, passed, bent, mask, norm } = at.layers[l];
      const dropped = learning && batch.masks.length > 0;
      const out = dropped ? bent : passed;
      const z = norm ? norm.z : out;
      multiply(l, from, norm ? 0 : address(bias.values), z);
      if (norm) {
        if (learning) call.momentsOf(address(z), address(at.share), address(norm.mean), address(norm.variance), rows, width[l]);
        const [mean, variance] = learning ? [norm.mean, norm.variance] : [norm.movedMean, norm.movedVariance];
        const [by, plus] = [address(norm.scale.values), address(bias.values)];
        const to = [address(norm.inverse), address(out), rows, width[l], NORM_EPSILON] as const;
        call.normalise(address(z), address(mean), address(variance), by, plus, ...to);
      }
      call.bend(kind, address(out), rows * width[l]);
      if (dropped) {
        spread(batch.masks[l], mask, batch.rows, state.layers[l].outputs, width[l]);
        call.times(address(bent), address(mask), address(passed), rows * width[l]);
      }
      from = passed;
    }
    multiply(last, from, address(at.layers[last].bias.values), at.scores);
    return rows;
  };
  const judge = (rows: number): number => {
    const [scores, y, share, d] = [at.scores, at.y, at.share, at.d[0]].map(address);
    if (oneTarget) return call.lossOfOne(Number(options.loss === 'logistic'), scores, y, share, d, rows, width[last]);
    return call.lossOfClasses(scores, y, share, d, rows, width[last], classes);
  };
  /** Gradients of every parameter, from the derivatives that `judge` left in the first of the two arrays. */
  const backward = (rows: number, dropped: boolean): void => {
    let [d, other] = at.d;
    for (let l = last; l >= 0; l--) {
      const { weights, bias, norm } = at.layers[l];
      if (norm) {
        const [z, share, mean, inverse] = [norm.z, at.share, norm.mean, norm.inverse].map(address);
        const to = [address(bias.gradient), address(norm.scale.gradient), rows, width[l]] as const;
        call.unnormalise(address(d), z, share, mean, inverse, address(norm.scale.values), ...to);
      } else call.sumColumns(address(d), address(bias.gradient), rows, width[l]);
      const from = l > 0 ? at.layers[l - 1].passed : at.x;
      const to = [address(d), address(weights.gradient), rows, inner[l], width[l]] as const;
      if (l === 0 && listed) call.multiplyListedTransposed(...lists, ...to);
      else call.multiplyTransposed(address(from), ...to);
      if (l === 0) return;
      call.transpose(address(weights.values), address(at.turned), inner[l], width[l]);
      call.multiply(address(d), address(at.turned), 0, address(other), rows, width[l], inner[l]);
      [d, other] = [other, d];
      const below = at.layers[l - 1];
      if (dropped) call.times(address(d), address(below.mask), address(d), rows * inner[l]);
      call.unbend(kind, address(dropped ? below.bent : below.passed), address(d), rows * inner[l]);
    }
  };
  const move = (placed: Placed, learningRate: number, decay: number): void => {
    const rate = learningRate / (1 - wholePower(ADAM.beta1, steps));
    const root = 1 / Math.sqrt(1 - wholePower(ADAM.beta2, steps));
    const [values, gradient, first, second] = [placed.values, placed.gradient, placed.first, placed.second].map(address);
    call.adam(values, gradient, first, second, placed.values.length, rate, root, 1 - learningRate * decay, ADAM.epsilon);
  };

  const read = (placed: Placed, rows: number, from: number, to: number): Moving => {
    const copy = (array: Float32Array) => {
      const out = new Float32Array(rows * to);
      spread(array, out, rows, from, to);
      return out;
    };
    return { values: copy(placed.values), first: copy(placed.first), second: copy(placed.second) };
  };
  return {
    step: (batch, learningRate) => {
      const rows = forward(batch, true);
      const loss = judge(rows);
      backward(rows, batch.masks.length > 0);
      steps++;
      for (const { weights, bias, norm } of at.layers) {
        move(weights, learningRate, options.weightDecay);
        move(bias, learningRate, 0);
        if (!norm) continue;
        move(norm.scale, learningRate, 0);
        const share = normShare(steps);
        for (let j = 0; j < norm.mean.length; j++) {
          norm.movedMean[j] += (norm.mean[j] - norm.movedMean[j]) * share;
          norm.movedVariance[j] += (norm.variance[j] - norm.movedVariance[j]) * share;
        }
      }
      return loss;
    },
    loss: (batch) => judge(forward(batch, false)),
    state: () => ({
      steps,
      layers: state.layers.map(({ inputs, outputs }, l) => {
        const { weights, bias, norm } = at.layers[l];
        const own = { inputs, outputs, weights: read(weights, inputs, width[l], outputs), bias: read(bias, 1, width[l], outputs) };
        if (!norm) return own;
        const [mean, variance] = [norm.movedMean.slice(0, outputs), norm.movedVariance.slice(0, outputs)];
        return { ...own, norm: { scale: read(norm.scale, 1, width[l], outputs), mean, variance } };
      }),
    }),
    close: () => space.close(),
  };
}
