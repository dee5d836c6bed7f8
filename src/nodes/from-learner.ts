/** Makes a node of a learner: the specification always, the fitted model when a table is wired (contracts §2). */
import { columnsOf, phrase, rowsOf } from '../base/words.ts';
import type { Entry } from '../kind/kind.ts';
import type { NodeCode, RunContext } from '../kind/run.ts';
import { continueModel } from '../recipe/continue-model.ts';
import { fitModel, LEARNER_PART, type LearnerPart } from '../recipe/fit-model.ts';
import type { Frame } from '../recipe/frame.ts';
import type { LearnerCode, LearnerSpec, Model } from '../recipe/model.ts';
import { lookupsFor } from './lookup.ts';

/** Fits, or goes on from a fitted model, and tells the log what a user should know: rows and columns left out, leaks. */
export async function train(frame: Frame, spec: LearnerSpec, ctx: RunContext, from?: Model): Promise<Model> {
  const lookups = lookupsFor(ctx.services);
  const model = from ? await continueModel(from, frame, spec, lookups, ctx) : await fitModel(frame, spec, lookups, ctx);
  tellLearned(model, ctx);
  return model;
}

/** Tells the log what the model learned from, and its notes. */
export function tellLearned({ target = '', inputs, about }: Model, ctx: RunContext): void {
  ctx.log(
    phrase('log.learned', 'Learned “{target}” from {rows}, {columns}', {
      target,
      rows: rowsOf(about.rowCount),
      columns: columnsOf(inputs.length),
    }),
  );
  for (const note of about.notes) ctx.log(note);
}

/** Lets a learner's own parts run in other workers: for every kind of step that fits learners. */
export const learnerParts: NonNullable<NodeCode['parts']> = {
  [LEARNER_PART]: async (ctx, args) => {
    const { kind, version, name, args: own } = args as LearnerPart;
    const code = await lookupsFor(ctx.services).learner(kind, version);
    return code.parts![name](own, ctx);
  },
};

export function learnerNode({ kind }: Entry<LearnerCode>): Entry<NodeCode> {
  const run: NodeCode['run'] = async (ctx) => {
    const spec: LearnerSpec = { kind: kind.id, version: kind.version, params: ctx.params, title: kind.title };
    const frame = ctx.inputs.table as Frame | undefined;
    return { learner: spec, ...(frame ? { model: await train(frame, spec, ctx) } : {}) };
  };
  return { kind, load: async () => ({ run, parts: learnerParts }) };
}
