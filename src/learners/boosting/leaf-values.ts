/** What each leaf of a new tree adds: Newton's step, times the learning rate, not too far. */
import { log } from '../../base/float.ts';
import type { Booster } from '../../kernels/door.ts';
import type { Growth } from './grow.ts';
import type { Settings } from './settings.ts';
import type { BoostingTask } from './task.ts';

/** Steps of a score up to this are taken as they are. */
const FREE_STEP = 1;

/** Writes the values to the tree in the target's units, and adds them to the scores of the rows that grew it. */
export function setValues(
  booster: Booster,
  { nodes, leaves }: Growth,
  k: number,
  { l2, learningRate }: Settings,
  task: BoostingTask,
): void {
  for (const { node, record, start, end } of leaves) {
    const { gradient, hessian } = booster.sumsOf(record);
    const step = hessian + l2 > 0 ? (-learningRate * gradient) / (hessian + l2) : 0;
    const value = Math.fround(Math.abs(step) > FREE_STEP ? within(step, gradient, booster, task, k, start, end) : step);
    booster.addToLeaf(k, start, end, value);
    nodes[node].value = [value * task.unit];
  }
}

const logOdds = (share: number): number => log(share / (1 - share));

/**
 * For classes: the step, but no longer than it takes to bring the leaf's mean share to its rows' own (half a row towards even, so that it is
 * finite), nor cut below `FREE_STEP`: where a class is very rare the variance is near zero and a Newton step would fly past everything it
 * has seen. Also for one score of a softmax, the others standing still.
 */
function within(step: number, gradient: number, booster: Booster, { loss }: BoostingTask, k: number, start: number, end: number): number {
  if (loss !== 'logistic' && loss !== 'share') return step;
  const { hits, all } = booster.weigh(start, end, loss === 'share' ? k : 1);
  const one = all / (end - start);
  const mean = Math.min(Math.max((gradient + hits) / all, 1e-300), 1 - 1e-16);
  const most = Math.max(FREE_STEP, Math.abs(logOdds((hits + one / 2) / (all + one)) - logOdds(mean)));
  return Math.min(Math.max(step, -most), most);
}
