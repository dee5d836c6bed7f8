/** A fully connected network as plain data, and its forward pass in plain typed arrays. Training stands elsewhere. */
import { expm1, tanh } from '../../base/float.ts';
import type { Phrase } from '../../base/words.ts';
import type { Bend } from '../../kernels/door.ts';
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
}

function activate(name: Bend, values: Float64Array): void {
  if (name === 'relu') for (let i = 0; i < values.length; i++) values[i] = Math.max(values[i], 0);
  else if (name === 'tanh') for (let i = 0; i < values.length; i++) values[i] = tanh(values[i]);
  else for (let i = 0; i < values.length; i++) values[i] = values[i] < 0 ? expm1(values[i]) : values[i];
}

/** Outputs of the last layer, row-major [rows, outputs]. All in double, as in the exported graph. */
export function forward(network: Network, X: Matrix): Float64Array {
  const { layers, activation } = network;
  const width = layers[layers.length - 1].outputs;
  const result = new Float64Array(X.rows * width);
  const buffers = layers.map((layer) => new Float64Array(layer.outputs));
  const input = new Float64Array(X.cols);
  for (let row = 0; row < X.rows; row++) {
    for (let j = 0; j < X.cols; j++) input[j] = X.values[row * X.cols + j];
    let from = input;
    for (let l = 0; l < layers.length; l++) {
      const { inputs, outputs, weights, bias } = layers[l];
      const to = buffers[l];
      to.set(bias);
      for (let k = 0; k < inputs; k++) {
        const a = from[k];
        if (a === 0) continue;
        for (let j = 0, at = k * outputs; j < outputs; j++, at++) to[j] += a * weights[at];
      }
      if (l < layers.length - 1) activate(activation, to);
      from = to;
    }
    result.set(from, row * width);
  }
  return result;
}
