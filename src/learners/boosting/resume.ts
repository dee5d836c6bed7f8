/** What a fit starts from where it goes on from a fitted model: its trees' scores, and whether it fits the data at all. */
import { ProblemError } from '../../base/problem.ts';
import { kernels } from '../../kernels/door.ts';
import type { Training } from '../../recipe/model.ts';
import type { Forest } from '../forest/grown-tree.ts';
import { type BoostingTask, NEVER } from './task.ts';

/** Refuses a model of other columns, another kind of answer, or that has never seen one of the classes. */
export function requireSameShape(
  { forest, base, link }: { forest: Forest; base: Float32Array; link?: 'log' },
  { X, classCount }: Training,
  task: BoostingTask,
): void {
  const log = task.loss === 'poisson' || task.loss === 'tweedie';
  const outputs = classCount > 2 ? classCount : 1;
  if (forest.cols !== X.cols || base.length !== outputs || (link === 'log') !== log) {
    throw new ProblemError({
      code: 'boosting.other-model',
      args: { columns: forest.cols, here: X.cols },
      message: `The model cannot be continued with this table: it learned from ${forest.cols} features, here are ${X.cols}, or it answers in another way.`,
      hint: 'Continue with the columns, the target and the loss that the model was trained with, or train a new one.',
    });
  }
  const strange = task.learns && task.place.some((k) => Math.abs(base[k]) >= NEVER / 2);
  if (!strange) return;
  throw new ProblemError({
    code: 'boosting.new-class',
    message: 'The model cannot be continued with this table: there is a class that it has never seen.',
    hint: 'Train a new model on all the rows.',
  });
}

/** Sum of the trees per output of the loss, in its units, without the base. */
export function scoresOf(forest: Forest, base: Float32Array, { X }: Training, { place, unit }: BoostingTask): Float32Array[] {
  const values = X.values instanceof Float32Array ? X.values : Float32Array.from(X.values);
  const all = kernels.predictTrees(forest, new Float32Array(base.length), values, X.rows, X.cols);
  return place.map((k) => Float32Array.from({ length: X.rows }, (_, i) => all[i * base.length + k] / unit));
}
