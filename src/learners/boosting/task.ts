/** From a learning set to a loss: targets recoded to the classes that occur, the starting scores, the place of each output. */
import type { Training } from '../../recipe/model.ts';
import { binaryLoss, type Loss, softmaxLoss, squaredLoss } from './losses.ts';

export interface BoostingTask {
  loss: Loss;
  /** Targets as the loss wants them. */
  y: Float64Array;
  /** What the sum of trees starts from, per output of the model: one for two classes and numbers, one per class otherwise. */
  base: Float32Array;
  /** Output of the model that the loss's output k adds to. */
  place: number[];
  /** False where a constant says all: a class alone. */
  learns: boolean;
}

/** As good as minus infinity after a softmax, and a finite float32. */
const NEVER = 1e30;

export function boostingTask(data: Training, rows: Int32Array): BoostingTask {
  const { y, classCount, weight } = data;
  const weightOf = (i: number) => (weight ? weight[i] : 1);
  const all = rows.reduce((sum, i) => sum + weightOf(i), 0);
  if (classCount === 0) {
    const base = Float32Array.of(rows.reduce((sum, i) => sum + weightOf(i) * y[i], 0) / all);
    return { loss: squaredLoss, y, base, place: [0], learns: true };
  }
  const shares = new Float64Array(classCount);
  for (const i of rows) shares[y[i]] += weightOf(i) / all;
  const present = [...shares.keys()].filter((k) => shares[k] > 0);
  if (classCount === 2) {
    const learns = present.length === 2;
    const start = learns ? binaryLoss.base(Float64Array.of(shares[1]))[0] : present[0] === 1 ? NEVER : -NEVER;
    return { loss: binaryLoss, y, base: Float32Array.of(start), place: [0], learns };
  }
  const base = new Float32Array(classCount).fill(-NEVER);
  const loss = softmaxLoss(present.length);
  const starts = loss.base(Float64Array.from(present, (k) => shares[k]));
  const code = new Float64Array(classCount);
  present.forEach((k, i) => {
    base[k] = starts[i];
    code[k] = i;
  });
  return { loss, y: y.map((k) => code[k]), base, place: present, learns: present.length > 1 };
}
