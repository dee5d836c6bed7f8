/** Makes a node of a table step: frames in, frames out, so that a step's folder knows nothing of recipes or ports. */

import { stream } from '../base/random.ts';
import { type Entry, effectsOf, type Kind } from '../kind/kind.ts';
import type { NodeCode, Outputs, RunContext } from '../kind/run.ts';
import { barrier, learningTable, runStep } from '../recipe/apply-step.ts';
import type { Frame, Step } from '../recipe/frame.ts';
import type { StepCode } from '../recipe/step.ts';
import { lookupsFor } from './lookup.ts';

/** Frames in port order, a list port's in wire order: the first is the main one, the rest are sides. */
export function framesOf(kind: Kind, { inputs, lists }: RunContext): Frame[] {
  return kind.inputs
    .filter((port) => port.type === 'table')
    .flatMap((port) => (port.many ? (lists[port.id] ?? []) : inputs[port.id] === undefined ? [] : [inputs[port.id]])) as Frame[];
}

/** The outputs besides the first: rows left out, tables of their own, values. */
async function otherOutputs(kind: Kind, code: StepCode, frames: readonly Frame[], ctx: RunContext, fitted: unknown): Promise<Outputs> {
  const outputs: Outputs = {};
  const [main, ...sides] = frames;
  for (const port of kind.outputs.slice(1)) {
    const other = code.others?.[port.id];
    if (!other) {
      outputs[port.id] = await runStep(code, kind, ctx.params, frames, { random: ctx.random, lookup: lookupsFor(ctx.services).step }, true);
      continue;
    }
    if (port.type === 'table') outputs[port.id] = await barrier(code, kind, ctx.params, frames, port.id, fitted);
    else {
      const tables = sides.map((side) => side.table);
      const context = { sides: tables, random: (purpose: string) => stream('side', purpose) };
      const fitted = await code.fit?.(
        effectsOf(kind, ctx.params).learns ? await learningTable(main, lookupsFor(ctx.services).step) : main.table,
        ctx.params,
        context,
      );
      outputs[port.id] = other(main.table, ctx.params, fitted, tables);
    }
  }
  return outputs;
}

export function stepNode({ kind, load }: Entry<StepCode>): Entry<NodeCode> {
  const run: NodeCode['run'] = async (ctx) => {
    const code = await load();
    const frames = framesOf(kind, ctx);
    const frame = await runStep(code, kind, ctx.params, frames, { random: ctx.random, lookup: lookupsFor(ctx.services).step });
    const last = frame.recipe.entries.at(-1);
    const fitted = last?.type === 'step' ? (last as Step).fitted : undefined;
    const line = code.headline?.(frames[0].table, frame.table, ctx.params, fitted);
    if (line) ctx.log(line);
    return { [kind.outputs[0].id]: frame, ...(await otherOutputs(kind, code, frames, ctx, fitted)) };
  };
  return { kind, load: async () => ({ run }) };
}
