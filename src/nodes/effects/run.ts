/** Runs Column effects: importances by shuffling, and curves, of a model on rows of a table. */
import type { NodeCode } from '../../kind/run.ts';
import { effectsOf } from '../../recipe/effects.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import { type AnyModel, rowModel } from '../../recipe/series-model.ts';
import { lookupsFor } from '../lookup.ts';
import { effects } from './kind.ts';

export const run: NodeCode['run'] = async (ctx) => {
  const { model, table } = ctx.inputs as { model: AnyModel; table: Frame };
  const { params } = ctx;
  const { importances, curves, notes } = await effectsOf(rowModel(model), table, lookupsFor(ctx.services), {
    rows: Number(params.rows),
    repeats: Number(params.repeats),
    columns: Number(params.columns),
    points: Number(params.points),
    className: String(params.class),
    random: ctx.random('shuffles'),
    progress: (fraction) => ctx.progress({ fraction }),
  });
  for (const note of notes) ctx.log(note);
  const origin = { kind: effects.id, version: effects.version, params, inputs: [], title: effects.title };
  return { curves: rawFrame(curves, origin), importances: rawFrame(importances, origin) };
};
