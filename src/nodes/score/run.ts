/** Runs Score: the model's own recipe on the raw rows behind the table. */
import { problem } from '../../base/problem.ts';
import { phrase, rowsOf } from '../../base/words.ts';
import type { NodeCode } from '../../kind/run.ts';
import type { Frame } from '../../recipe/frame.ts';
import { scoreFrame } from '../../recipe/score.ts';
import { type AnyModel, rowModel } from '../../recipe/series-model.ts';
import { lookupsFor } from '../lookup.ts';
import { scoredColumns } from './kind.ts';

export const run: NodeCode['run'] = async (ctx) => {
  const { model: given, table } = ctx.inputs as { model: AnyModel; table: Frame };
  const model = rowModel(given);
  const { frame, notes } = await scoreFrame(model, table, lookupsFor(ctx.services), scoredColumns(ctx.params));
  ctx.log(phrase('log.scored', '{rows} scored', { rows: rowsOf(frame.table.rowCount) }));
  for (const note of notes) {
    ctx.log(
      note,
      problem({
        code: 'score.note',
        severity: 'note',
        at: { port: 'table' },
        message: note,
        hint: 'Nothing to do if that is what you meant.',
      }),
    );
  }
  return { table: frame };
};
