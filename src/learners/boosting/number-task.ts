/** What boosting descends for numbers: the loss that was chosen, its best constant, targets in a unit of their own. */
import { scaleByPower } from '../../base/double-double.ts';
import { log, log2, pow } from '../../base/float.ts';
import { ProblemError } from '../../base/problem.ts';
import type { LossName } from '../../kernels/door.ts';
import type { Training } from '../../recipe/model.ts';
import type { Settings } from './settings.ts';
import { ASKING, type BoostingTask, NEVER } from './task.ts';

/** The weighted quantile: half-way between neighbours in proportion without weights, as NumPy's. */
function quantileOf(y: Float64Array, weight: Float64Array | undefined, rows: Int32Array, level: number): number {
  const sorted = rows.toSorted((a, b) => y[a] - y[b]);
  if (!weight) {
    const place = level * (sorted.length - 1);
    const low = y[sorted[Math.floor(place)]];
    return low + (y[sorted[Math.ceil(place)]] - low) * (place - Math.floor(place));
  }
  const all = rows.reduce((sum, i) => sum + weight[i], 0);
  let below = 0;
  for (const i of sorted) {
    below += weight[i];
    if (below >= level * all) return y[i];
  }
  return y[sorted[sorted.length - 1]];
}

function meanOf({ y, weight }: Training, rows: Int32Array): number {
  let sum = 0;
  let all = 0;
  for (let r = 0; r < rows.length; r++) {
    const w = weight ? weight[rows[r]] : 1;
    sum += w * y[rows[r]];
    all += w;
  }
  return sum / all;
}

function refuseNegative({ y }: Training, rows: Int32Array, loss: LossName): void {
  const row = rows.find((i) => y[i] < 0);
  if (row === undefined) return;
  throw new ProblemError({
    code: 'boosting.negative-target',
    at: { param: 'loss', row },
    args: { value: String(y[row]), loss },
    message: `The target holds ${y[row]}, and this loss is for amounts and counts that are never below zero.`,
    hint: 'Choose the squared or the absolute loss, or take out the negative values.',
  });
}

/** Losses of a distance: targets are distances from the constant, in the power of two that brings the largest to about one. */
function distanceTask({ y }: Training, rows: Int32Array, loss: LossName, level: number, constant: number): BoostingTask {
  const base = Float32Array.of(constant);
  let largest = 0;
  for (let r = 0; r < rows.length; r++) largest = Math.max(largest, Math.abs(y[rows[r]] - base[0]));
  const unit = largest > 0 && Number.isFinite(largest) ? scaleByPower(1, Math.ceil(log2(largest))) : 1;
  const targets = new Float32Array(y.length);
  for (let i = 0; i < y.length; i++) targets[i] = (y[i] - base[0]) / unit;
  return { loss, level, targets, starts: Float32Array.of(0), base, place: [0], unit, hessian: 1, asking: ASKING.full, learns: true };
}

/** With `base` given the scores start from there, not from the best constant. */
export function numberTask(
  data: Training,
  rows: Int32Array,
  { loss, level }: Pick<Settings, 'loss' | 'level'>,
  given?: Float32Array,
): BoostingTask {
  if (loss === 'squared') return distanceTask(data, rows, loss, level, given?.[0] ?? meanOf(data, rows));
  if (loss === 'absolute' || loss === 'quantile') {
    return distanceTask(data, rows, loss, level, given?.[0] ?? quantileOf(data.y, data.weight, rows, level));
  }
  refuseNegative(data, rows, loss);
  const mean = meanOf(data, rows);
  const hessian = mean > 0 ? pow(mean, loss === 'poisson' ? 1 : 2 - level) : 0;
  const base = given ?? Float32Array.of(mean > 0 ? log(mean) : -NEVER);
  return {
    loss,
    level,
    targets: new Float32Array(data.y),
    starts: base,
    base,
    place: [0],
    unit: 1,
    hessian,
    asking: ASKING.amounts,
    learns: mean > 0,
  };
}
