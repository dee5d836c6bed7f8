/** Runs Explain: SHAP values of a model on rows of a table. */
import { phrase, rowsOf } from '../../base/words.ts';
import type { NodeCode } from '../../kind/run.ts';
import { explainFrame } from '../../recipe/explain.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import { type AnyModel, rowModel } from '../../recipe/series-model.ts';
import { lookupsFor } from '../lookup.ts';

export const run: NodeCode['run'] = async (ctx) => {
  const { model, table } = ctx.inputs as { model: AnyModel; table: Frame };
  const { rows, columns, notes } = await explainFrame(rowModel(model), table, lookupsFor(ctx.services), {
    rows: Number(ctx.params.rows),
    className: String(ctx.params.class),
    progress: (fraction) => ctx.progress({ fraction }),
  });
  ctx.log(phrase('log.explained', '{rows} explained', { rows: rowsOf(rows.rowCount) }));
  for (const note of notes) ctx.log(note);
  const origin = { kind: 'evaluate.explain', version: 1, params: ctx.params, inputs: [], title: 'Explain' };
  return { table: rawFrame(rows, origin), columns: rawFrame(columns, origin) };
};
