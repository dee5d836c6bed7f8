/** What an engine must do to train a network: hold the weights and take optimiser steps. Batches, epochs and stopping stand in `fit.ts`. */
import type { Layer, Network } from './network.ts';

/** One batch. All arrays row-major float32. */
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
/**
 * Mean over rows of: cross-entropy of the outputs' softmax; cross-entropy of one output's logistic function (two classes; two outputs would move
 * their difference twice as far in each step); half the squared error of one output.
 */
export type Loss = 'softmax' | 'logistic' | 'squared';
export interface TrainerOptions {
  loss: Loss;
  dropout: boolean;
  /** Decoupled, per step: weights shrink by learning rate × this. Biases do not. */
  weightDecay: number;
}
export interface TrainingSession {
  /** One step of Adam (beta 0.9 and 0.999, epsilon 1e-7). Answers with the batch's loss before the step. */
  step: (batch: Batch, learningRate: number) => Promise<number>;
  /** The weights now, as copies. */
  layers: () => Promise<Layer[]>;
  /** Frees what the engine holds. */
  release: () => Promise<void>;
}
export interface Trainer {
  name: string;
  /** Answers `undefined` where the engine cannot run here (no GPU). The network's layers are copied. */
  start: (network: Network, options: TrainerOptions) => Promise<TrainingSession | undefined>;
}
