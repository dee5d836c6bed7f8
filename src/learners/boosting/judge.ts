/** The number on the curve: mean loss of the present scores on the rows learned from, or on those kept aside. */
import { log, pow } from '../../base/float.ts';
import type { Booster } from '../../kernels/door.ts';
import type { Training } from '../../recipe/model.ts';
import type { Parts } from './parts.ts';
import type { BoostingTask } from './task.ts';

/** Of more rows learned from than this, evenly spread runs are looked at: the curve must not cost as much as the trees. */
const MOST_ROWS = 8192;
const RUN = 64;

/** [from, to) runs of rows, from multiples of four on. */
function runsOf(count: number): [number, number][] {
  if (count <= MOST_ROWS) return [[0, count]];
  const runs = MOST_ROWS / RUN;
  return Array.from({ length: runs }, (_, i) => {
    const from = Math.floor(((count - RUN) * i) / (runs - 1) / 4) * 4;
    return [from, from + RUN];
  });
}

/** The part of a deviance that no score changes, which the booster leaves out (Jørgensen 1987). */
function constantOf({ loss, level }: BoostingTask, y: number): number {
  if (loss === 'poisson') return y > 0 ? y * log(y) - y : 0;
  if (loss === 'tweedie') return y > 0 ? pow(y, 2 - level) / ((1 - level) * (2 - level)) : 0;
  return 0;
}

/**
 * Mean log-loss for classes. For numbers the root of the mean squared error, the mean absolute error or the mean quantile loss in the target's
 * units, or the mean deviance of Poisson and Tweedie.
 */
export function judge(booster: Booster, task: BoostingTask, { weight }: Training, parts: Parts): (part: 'train' | 'aside') => number {
  const sets = { train: runsOf(parts.train.length), aside: [[0, parts.aside.length] as [number, number]] };
  const sumOver = (part: keyof typeof sets, of: (row: number) => number) => {
    let sum = 0;
    for (const [from, to] of sets[part]) for (let i = from; i < to; i++) sum += of(parts[part][i]);
    return sum;
  };
  const weightOf = (row: number) => (weight ? weight[row] : 1);
  const about = (part: keyof typeof sets) => ({
    weight: sumOver(part, weightOf),
    constant: sumOver(part, (row) => weightOf(row) * constantOf(task, task.targets[row])),
  });
  const known = { train: about('train'), aside: about('aside') };
  const { loss, unit } = task;
  return (part) => {
    let sum = known[part].constant;
    for (const [from, to] of sets[part]) sum += booster.lossOver(part, from, to);
    const mean = sum / known[part].weight;
    if (loss === 'squared') return Math.sqrt(mean) * unit;
    return loss === 'poisson' || loss === 'tweedie' ? 2 * mean : mean * unit;
  };
}
