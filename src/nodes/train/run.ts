/** Runs Train: fits the wired learner on the wired rows, once or fold by fold, or has it go on from a wired model. */
import { ProblemError } from '../../base/problem.ts';
import type { NodeCode, RunContext } from '../../kind/run.ts';
import { dealRows } from '../../recipe/deal-rows.ts';
import { fitModel } from '../../recipe/fit-model.ts';
import { type FoldPlans, foldFrames, type Goal, goalOf, keptOf } from '../../recipe/fold.ts';
import type { Frame } from '../../recipe/frame.ts';
import { meanModel } from '../../recipe/mean-model.ts';
import type { LearnerSpec, Model } from '../../recipe/model.ts';
import { type AnyModel, rowModel } from '../../recipe/series-model.ts';
import { learnerParts, tellLearned, train } from '../from-learner.ts';
import { lookupsFor } from '../lookup.ts';
import { noRoleColumn } from '../role-column.ts';
import { train as kind } from './kind.ts';

interface FoldArgs {
  plans: FoldPlans;
  fold: number;
  goal: Goal;
}
const given = (ctx: RunContext) => ({ frame: ctx.inputs.table as Frame, spec: ctx.inputs.learner as LearnerSpec });

export const parts: NonNullable<NodeCode['parts']> = {
  ...learnerParts,
  fold: async (ctx, args) => {
    const { plans, fold, goal } = args as FoldArgs;
    const { frame, spec } = given(ctx);
    const lookups = lookupsFor(ctx.services);
    const { training, held } = await foldFrames(frame, plans, { repeat: 0, fold }, lookups);
    return keptOf(await fitModel(training, spec, lookups, ctx, { known: goal.classes, aside: held }), lookups);
  },
};

export const run: NodeCode['run'] = async (ctx) => {
  const { frame, spec } = given(ctx);
  const from = ctx.inputs.model as AnyModel | undefined;
  if (ctx.params.fits === 'one') return { model: await train(frame, spec, ctx, from && rowModel(from)) };
  if (from) throw new ProblemError(GOES_ON);
  const goal = await goalOf(frame, [spec], lookupsFor(ctx.services));
  const by = { kind: kind.id, version: kind.version, params: ctx.params, title: spec.title };
  const time = timeColumn(ctx, frame);
  const folds = ctx.params.fits === 'part' ? 0 : Number(ctx.params.folds);
  const deal = { folds, share: Number(ctx.params.share), ...(time === undefined ? {} : { time }) };
  const plans = dealRows(frame, goal.target, deal, ctx.random('folds'), by);
  const count = plans.repeats[0].reduce((most, fold) => Math.max(most, fold + 1), 0);
  let done = 0;
  const models = await Promise.all(
    Array.from({ length: count }, async (_, fold) => {
      const model = (await ctx.spread('fold', { plans, fold, goal } satisfies FoldArgs)) as Model;
      ctx.progress({ fraction: ++done / count });
      return model;
    }),
  );
  const model = meanModel(
    models.map((each) => ({ model: each, weight: 1 / count })),
    by,
    [],
  );
  tellLearned(model, ctx);
  return { model };
};

function timeColumn({ params }: RunContext, { table }: Frame): string | undefined {
  if (params.fits !== 'time') return undefined;
  if (typeof params.time === 'string' && params.time !== '') return params.time;
  const marked = table.fields.find((field) => field.role === 'time');
  if (!marked) throw new ProblemError(noRoleColumn('folds', 'time'));
  return marked.name;
}

const GOES_ON = {
  code: 'train.goes-on',
  at: { param: 'fits' },
  message: 'A model of one fit can be gone on from, a mean of several cannot be made of it.',
  hint: 'Choose one fit on all rows, or take the wire from the model away.',
};
