/** The state that training begins with, and the plain network that a state amounts to. */

import type { Random } from '../../base/random.ts';
import { type Moving, NORM_EPSILON, type TrainingState } from '../../kernels/door.ts';
import type { Layer } from './network.ts';

const still = (values: Float32Array): Moving => ({
  values,
  first: new Float32Array(values.length),
  second: new Float32Array(values.length),
});

/**
 * Weights and biases uniform within ±sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010; biases as scikit-learn draws them: with biases
 * of 0 all first bends of a layer meet in one point). `sizes`: inputs, hidden layers …, outputs.
 */
export function firstState(sizes: readonly number[], random: Random, norm: boolean): TrainingState {
  const layers = sizes.slice(1).map((outputs, i) => {
    const inputs = sizes[i];
    const bound = Math.sqrt(6 / (inputs + outputs));
    const draw = (length: number) => still(Float32Array.from({ length }, () => (random.uniform() * 2 - 1) * bound));
    const layer = { inputs, outputs, weights: draw(inputs * outputs), bias: draw(outputs) };
    if (!norm || i === sizes.length - 2) return layer;
    const scale = still(new Float32Array(outputs).fill(1));
    return { ...layer, norm: { scale, mean: new Float32Array(outputs), variance: new Float32Array(outputs).fill(1) } };
  });
  return { steps: 0, layers };
}

/**
 * The layers that answer as the state does: what normalises stands before the bend and is as linear as the weights, so it goes into them
 * (scale / √(variance + epsilon) into weights, the rest into the bias).
 */
export function layersOf(state: TrainingState): Layer[] {
  return state.layers.map(({ inputs, outputs, weights, bias, norm }) => {
    if (!norm) return { inputs, outputs, weights: weights.values.slice(), bias: bias.values.slice() };
    const factor = Float64Array.from(norm.scale.values, (scale, j) => scale / Math.sqrt(norm.variance[j] + NORM_EPSILON));
    return {
      inputs,
      outputs,
      weights: weights.values.map((value, i) => value * factor[i % outputs]),
      bias: bias.values.map((value, j) => value - norm.mean[j] * factor[j]),
    };
  });
}

const copyMoving = ({ values, first, second }: Moving): Moving => ({
  values: values.slice(),
  first: first.slice(),
  second: second.slice(),
});
export const copyState = ({ steps, layers }: TrainingState): TrainingState => ({
  steps,
  layers: layers.map(({ weights, bias, norm, ...sizes }) => ({
    ...sizes,
    weights: copyMoving(weights),
    bias: copyMoving(bias),
    ...(norm && { norm: { scale: copyMoving(norm.scale), mean: norm.mean.slice(), variance: norm.variance.slice() } }),
  })),
});
