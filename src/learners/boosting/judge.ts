/** The number on the curve: mean loss of the present scores on the rows learned from, or on those kept aside. */
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

/** Mean log-loss for classes; for numbers the root of the mean squared error in the target's units. */
export function judge(
  booster: Booster,
  { loss, unit }: BoostingTask,
  { weight }: Training,
  parts: Parts,
): (part: 'train' | 'aside') => number {
  const sets = { train: runsOf(parts.train.length), aside: [[0, parts.aside.length] as [number, number]] };
  const weightIn = (part: keyof typeof sets) => {
    let sum = 0;
    for (const [from, to] of sets[part]) for (let i = from; i < to; i++) sum += weight ? weight[parts[part][i]] : 1;
    return sum;
  };
  const weights = { train: weightIn('train'), aside: weightIn('aside') };
  return (part) => {
    let sum = 0;
    for (const [from, to] of sets[part]) sum += booster.lossOver(part, from, to);
    const mean = sum / weights[part];
    return loss === 'squared' ? Math.sqrt(mean) * unit : mean;
  };
}
