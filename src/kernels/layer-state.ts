/** What training of fully connected layers is told and what it changes, as plain data that every engine takes and gives. */

/** A parameter with Adam's moving means of its gradient and of the gradient's square. */
export interface Moving {
  values: Float32Array;
  first: Float32Array;
  second: Float32Array;
}
export interface LayerState {
  inputs: number;
  outputs: number;
  /** Row-major [inputs, outputs]. */
  weights: Moving;
  bias: Moving;
  /** Batch normalisation of a hidden layer: the bias is added after it. Mean and variance move along with the batches'. */
  norm?: { scale: Moving; mean: Float32Array; variance: Float32Array };
}
/** A checkpoint: training goes on from it on any engine. */
export interface TrainingState {
  /** Steps taken so far. */
  steps: number;
  layers: LayerState[];
}

export type Bend = 'relu' | 'elu' | 'tanh';
/**
 * Mean over rows of: cross-entropy of the outputs' softmax; cross-entropy of one output's logistic function (two classes; two outputs would move
 * their difference twice as far in each step); half the squared error of one output.
 */
export type Loss = 'softmax' | 'logistic' | 'squared';
export interface TrainerOptions {
  activation: Bend;
  loss: Loss;
  dropout: boolean;
  /** Decoupled, per step: weights shrink by learning rate × this. Biases and scales do not. */
  weightDecay: number;
  /** The most rows of a batch. */
  rows: number;
}

/** One batch. All arrays row-major float32, reused for the next batch. */
export interface Batch {
  rows: number;
  /** [rows, inputs] */
  x: Float32Array;
  /** [rows, outputs]: one-hot classes; 1 for the second of two classes; or the standardised target. */
  y: Float32Array;
  /** Share of each row in the batch's loss; sums to 1. */
  share: Float32Array;
  /** One per hidden layer, [rows, width]: 0 = dropped, else 1 / (1 - rate). Empty without dropout. */
  masks: Float32Array[];
}

export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
/** base^exponent by squaring: the same bits everywhere. */
export function wholePower(base: number, exponent: number): number {
  let result = 1;
  for (let factor = base, left = exponent; left > 0; left = Math.floor(left / 2), factor *= factor) if (left % 2 === 1) result *= factor;
  return result;
}
/** Added to the variance before the root. */
export const NORM_EPSILON = 1e-5;

/** How far mean and variance move to those of the batch in step `step` (from 1): their plain mean at first, then a moving one over about 20. */
export const normShare = (step: number): number => Math.max(1 / step, 0.05);
