/** A fully connected network as plain data, its first weights, and its forward pass in plain typed arrays. Training stands elsewhere. */
import { expm1, tanh } from '../../base/float.ts';
import type { Random } from '../../base/random.ts';
import type { Matrix } from '../../recipe/model.ts';

export type Activation = 'relu' | 'elu' | 'tanh';
/** `weights` is row-major [inputs, outputs]. */
export interface Layer {
  inputs: number;
  outputs: number;
  weights: Float32Array;
  bias: Float32Array;
}
/** `activation` stands between layers; the last layer gives class scores (softmax follows) or one value. */
export interface Network {
  activation: Activation;
  layers: Layer[];
}
/** What the learner keeps. `engine` is the trainer that made it. */
export interface FittedNetwork extends Network {
  engine: string;
  epochs: number;
  curve: { x: number; series: Record<string, number> }[];
}

/**
 * Weights and biases uniform within ±sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010; biases as scikit-learn draws them: with biases
 * of 0 all first bends of a layer meet in one point). `sizes`: inputs, hidden layers …, outputs.
 */
export function firstLayers(sizes: readonly number[], random: Random): Layer[] {
  return sizes.slice(1).map((outputs, i) => {
    const inputs = sizes[i];
    const bound = Math.sqrt(6 / (inputs + outputs));
    const draw = (length: number) => Float32Array.from({ length }, () => (random.uniform() * 2 - 1) * bound);
    return { inputs, outputs, weights: draw(inputs * outputs), bias: draw(outputs) };
  });
}

export const copyLayers = (layers: readonly Layer[]): Layer[] =>
  layers.map((layer) => ({ ...layer, weights: layer.weights.slice(), bias: layer.bias.slice() }));

function activate(name: Activation, values: Float64Array): void {
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
