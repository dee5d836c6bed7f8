/** A fully connected network as plain data, and its forward pass. Training stands elsewhere. */
import { expm1, tanh } from '../../base/float.ts';
import type { Phrase } from '../../base/words.ts';
import { type Bend, kernels } from '../../kernels/door.ts';
import type { Matrix } from '../../recipe/model.ts';

/** `weights` is row-major [inputs, outputs]. */
export interface Layer {
  inputs: number;
  outputs: number;
  weights: Float32Array;
  bias: Float32Array;
}
/** `activation` stands between layers; the last layer gives class scores (softmax follows) or one value. */
export interface Network {
  activation: Bend;
  layers: Layer[];
}
/** What the learner keeps. `engine` is the trainer that made it, `chosen` why. */
export interface FittedNetwork extends Network {
  engine: string;
  chosen: Phrase;
  epochs: number;
  curve: { x: number; series: Record<string, number> }[];
  /** Its layers, had one half of the rows that say when to stop done so alone: the first, the second. */
  halves?: readonly Layer[][];
}

function activate(name: Bend, values: Float64Array): void {
  if (name === 'relu') for (let i = 0; i < values.length; i++) values[i] = Math.max(values[i], 0);
  else if (name === 'tanh') for (let i = 0; i < values.length; i++) values[i] = tanh(values[i]);
  else for (let i = 0; i < values.length; i++) values[i] = values[i] < 0 ? expm1(values[i]) : values[i];
}

/** Rows that go through all layers together. */
const BLOCK_ROWS = 2048;
/** Up to this share of cells that are not zero, those of zero are left out instead of multiplied quickly. */
const FEW = 0.1;

interface WideLayer extends Layer {
  wide: Float64Array;
}

/** Row by row, without the cells that are zero: for many columns of which few are set. */
function multiplyFew(values: Float64Array, rows: number, { inputs, outputs, wide }: WideLayer): Float64Array {
  const out = new Float64Array(rows * outputs);
  for (let at = 0, to = 0; to < out.length; to += outputs)
    for (let k = 0; k < inputs; k++, at++) {
      const a = values[at];
      if (a !== 0) for (let j = 0, w = k * outputs; j < outputs; j++, w++) out[to + j] += a * wide[w];
    }
  return out;
}

function multiply(values: Float64Array, rows: number, layer: WideLayer): Float64Array {
  const { inputs, outputs, wide } = layer;
  let set = 0;
  for (let at = 0; at < values.length; at++) if (values[at] !== 0) set++;
  if (set <= FEW * values.length) return multiplyFew(values, rows, layer);
  return kernels.product({ rows, cols: inputs, values }, { rows: inputs, cols: outputs, values: wide });
}

/** Outputs of the last layer, row-major [rows, outputs]. All in double, as in the exported graph. Throws the Problem `kernel.memory`. */
export function forward(network: Network, { rows, cols, values }: Matrix): Float64Array {
  const { activation } = network;
  const layers = network.layers.map((layer) => ({ ...layer, wide: Float64Array.from(layer.weights) }));
  const width = layers[layers.length - 1].outputs;
  const result = new Float64Array(rows * width);
  for (let first = 0; first < rows; first += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rows - first);
    const own = values.subarray(first * cols, (first + count) * cols);
    let passed = own instanceof Float64Array ? own : Float64Array.from(own);
    layers.forEach((layer, l) => {
      const out = multiply(passed, count, layer);
      const { outputs, bias } = layer;
      for (let at = 0; at < out.length; at += outputs) for (let j = 0; j < outputs; j++) out[at + j] += bias[j];
      if (l < layers.length - 1) activate(activation, out);
      passed = out;
    });
    result.set(passed, first * width);
  }
  return result;
}
