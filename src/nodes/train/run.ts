/** Runs Train: fits the wired learner on the wired rows, or has it go on from a wired model. */
import type { NodeCode } from '../../kind/run.ts';
import type { Frame } from '../../recipe/frame.ts';
import type { LearnerSpec } from '../../recipe/model.ts';
import { type AnyModel, rowModel } from '../../recipe/series-model.ts';
import { learnerParts, train } from '../from-learner.ts';

export const parts = learnerParts;
export const run: NodeCode['run'] = async (ctx) => {
  const from = ctx.inputs.model as AnyModel | undefined;
  return { model: await train(ctx.inputs.table as Frame, ctx.inputs.learner as LearnerSpec, ctx, from && rowModel(from)) };
};
