/** What boosting descends: the loss, targets as it wants them, the starting scores, the place of each output. */
import type { LossName } from '../../kernels/door.ts';

export interface BoostingTask {
  loss: LossName;
  /** The quantile, or the power of Tweedie. */
  level: number;
  /** Targets as the loss wants them, by row. */
  targets: Float32Array;
  /** What the booster's scores start from, one per output of the loss. */
  starts: Float32Array;
  /** What the model's sum of trees starts from: one for two classes and numbers, one per class otherwise. */
  base: Float32Array;
  /** Output of the model that the loss's output k adds to. */
  place: number[];
  /** Targets are in this unit, a power of two, so that no sum of them leaves float32. */
  unit: number;
  /** Hessian of a row of weight one at the start, at most. */
  hessian: number;
  /** See `GrowSettings` and `ASKING`. */
  asking: number;
  /** False where a constant says all: a class alone. */
  learns: boolean;
}

/** As good as minus infinity after a softmax, and a finite float32. */
export const NEVER = 1e30;
/**
 * What part of the least rows a search asks for. All of it for classes: rows that are sure already have a small hessian, and leaves of them alone learn
 * noise. Less where weights differ, and least for amounts, whose hessian is the amount itself.
 */
export const ASKING = { full: 1, weighted: 0.25, amounts: 0.05 } as const;
