/** From a learning set to what the booster descends: the loss, targets recoded to the classes that occur, the starting scores, the place of each output. */

import { scaleByPower } from '../../base/double-double.ts';
import { log, log2 } from '../../base/float.ts';
import type { LossName } from '../../kernels/door.ts';
import type { Training } from '../../recipe/model.ts';

export interface BoostingTask {
  loss: LossName;
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
  /** False where a constant says all: a class alone. */
  learns: boolean;
}

/** As good as minus infinity after a softmax, and a finite float32. */
const NEVER = 1e30;

export function boostingTask(data: Training, rows: Int32Array): BoostingTask {
  const { y, classCount } = data;
  if (classCount === 0) return numberTask(data, rows);
  const shares = classShares(data, rows);
  const present = [...shares.keys()].filter((k) => shares[k] > 0);
  const learns = present.length > 1;
  if (classCount === 2) {
    const base = Float32Array.of(learns ? log(shares[1] / shares[0]) : present[0] === 1 ? NEVER : -NEVER);
    return { loss: 'logistic', targets: new Float32Array(y), starts: base, base, place: [0], unit: 1, learns };
  }
  const base = new Float32Array(classCount).fill(-NEVER);
  const code = new Float32Array(classCount);
  present.forEach((k, i) => {
    base[k] = log(shares[k]);
    code[k] = i;
  });
  const starts = Float32Array.from(present, (k) => base[k]);
  return { loss: 'share', targets: new Float32Array(y).map((k) => code[k]), starts, base, place: present, unit: 1, learns };
}

/** Share of the weight of the rows that each class has. */
function classShares({ y, weight, classCount }: Training, rows: Int32Array): Float64Array {
  const shares = new Float64Array(classCount);
  let all = 0;
  for (let r = 0; r < rows.length; r++) {
    const w = weight ? weight[rows[r]] : 1;
    shares[y[rows[r]]] += w;
    all += w;
  }
  return shares.map((share) => share / all);
}

/** Distances from the weighted mean, in the power of two that brings the largest to about one. */
function numberTask({ y, weight }: Training, rows: Int32Array): BoostingTask {
  let sum = 0;
  let all = 0;
  for (let r = 0; r < rows.length; r++) {
    const w = weight ? weight[rows[r]] : 1;
    sum += w * y[rows[r]];
    all += w;
  }
  const base = Float32Array.of(sum / all);
  let largest = 0;
  for (let r = 0; r < rows.length; r++) largest = Math.max(largest, Math.abs(y[rows[r]] - base[0]));
  const unit = largest > 0 && Number.isFinite(largest) ? scaleByPower(1, Math.ceil(log2(largest))) : 1;
  const targets = new Float32Array(y.length);
  for (let i = 0; i < y.length; i++) targets[i] = (y[i] - base[0]) / unit;
  return { loss: 'squared', targets, starts: Float32Array.of(0), base, place: [0], unit, learns: true };
}
