/** What each leaf of a new tree adds: Newton's step or a quantile of what is left, times the learning rate, not too far. */
import { log } from '../../base/float.ts';
import type { Booster } from '../../kernels/door.ts';
import type { GrownLeaf, Growth } from './growth.ts';
import type { Settings } from './settings.ts';
import type { BoostingTask } from './task.ts';

/** Steps of a score up to this are taken as they are. */
const FREE_STEP = 1;

const between = (value: number, lower: number, upper: number): number => Math.min(Math.max(value, lower), upper);
/** Whether leaves are quantiles of what is left, not Newton's steps. */
export const isQuantile = ({ loss }: BoostingTask): boolean => loss === 'absolute' || loss === 'quantile';

/** Writes the values to the tree in the target's units, and adds them to the scores of the rows that grew it. */
export function setValues(booster: Booster, { nodes, leaves }: Growth, k: number, settings: Settings, task: BoostingTask): void {
  const { learningRate } = settings;
  const values = new Float32Array(leaves.length);
  leaves.forEach((leaf, i) => {
    const { node, lower, upper } = leaf;
    let step = learningRate * (leaf.inherited ?? leaf.value ?? booster.leafValue(leaf));
    if (Math.abs(step) > FREE_STEP && !isQuantile(task) && leaf.inherited === undefined) {
      const most = Math.max(FREE_STEP, distance(booster, task, k, leaf));
      step = between(between(step, -most, most), learningRate * lower, learningRate * upper);
    }
    values[i] = step;
    nodes[node].value = [values[i] * task.unit];
  });
  booster.addToLeaves(k, leaves, values);
}

const logOdds = (share: number): number => log(share / (1 - share));

/**
 * How far a score must go to bring the leaf's mean to its rows' own: for losses of a link a step goes no farther, nor is it cut below `FREE_STEP`. Where
 * a class is very rare, or an amount far above what was thought, the hessian is small and a Newton step would fly past everything it has seen.
 */
function distance(booster: Booster, { loss, level }: BoostingTask, k: number, { record, start, end }: GrownLeaf): number {
  const { gradient, hessian } = booster.sumsOf(record);
  if (loss === 'logistic' || loss === 'share') {
    // Half a row towards even, so that it is finite; one score of a softmax moves while the others stand still.
    const { hits, all } = booster.weigh(start, end, loss === 'share' ? k : 1);
    const one = all / (end - start);
    const mean = between((gradient + hits) / all, 1e-300, 1 - 1e-16);
    return Math.abs(logOdds((hits + one / 2) / (all + one)) - logOdds(mean));
  }
  if (loss === 'poisson' || loss === 'tweedie') {
    // The gradient is high - low, and the score that makes it zero is ln(low / high) away.
    const high = hessian + (loss === 'poisson' ? 0 : (level - 1) * gradient);
    const low = high - gradient;
    return low > 0 && high > 0 ? Math.abs(log(low / high)) : 0;
  }
  return Number.POSITIVE_INFINITY;
}
