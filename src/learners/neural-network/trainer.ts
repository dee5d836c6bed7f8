/** What an engine must do to train a network: hold its state and take optimiser steps. Batches, epochs and stopping stand in `train.ts`. */
import type { Batch, TrainerOptions, TrainingState } from '../../kernels/door.ts';

export interface TrainingSession {
  /** One step of Adam (see `ADAM`). Answers with the batch's loss before the step. Throws `DeviceLost` when its device went away. */
  step: (batch: Batch, learningRate: number) => Promise<number> | number;
  /** The batch's loss as the fitted network will have it: no dropout, and no step. */
  loss: (batch: Batch) => Promise<number> | number;
  /** All that training changed so far, as copies. */
  state: () => Promise<TrainingState> | TrainingState;
  /** Frees what the engine holds. */
  release: () => Promise<void> | void;
}
export interface Trainer {
  name: string;
  /** What a step costs in the pacer's operations: beside its arithmetic, and per multiplication. */
  cost: { call: number; product: number };
  /** Answers `undefined` where the engine cannot run here (no GPU). The state is copied. */
  start: (state: TrainingState, options: TrainerOptions) => Promise<TrainingSession | undefined>;
}

/** The graphics card was reset, taken away or asleep: what it answered since cannot be trusted, and training goes on elsewhere. */
export class DeviceLost extends Error {}
