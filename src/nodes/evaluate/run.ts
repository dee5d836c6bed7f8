/** Runs Evaluate: scores first when a model is wired, then judges every model found in the tables. */
import { problem } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { NodeCode } from '../../kind/run.ts';
import { metricWords } from '../../metrics/metric-info.ts';
import type { Frame } from '../../recipe/frame.ts';
import { isTrainingNote, judgeFrames } from '../../recipe/judge.ts';
import { scoreFrame } from '../../recipe/score.ts';
import { type AnyModel, rowModel } from '../../recipe/series-model.ts';
import { lookupsFor } from '../lookup.ts';

export const run: NodeCode['run'] = async (ctx) => {
  const given = ctx.inputs.model as AnyModel | undefined;
  const model = given && rowModel(given);
  const frames: Frame[] = [];
  for (const frame of (ctx.lists.table ?? []) as Frame[]) {
    if (!model) frames.push(frame);
    else {
      const scored = await scoreFrame(model, frame, lookupsFor(ctx.services));
      for (const note of scored.notes) ctx.log(note);
      frames.push(scored.frame);
    }
  }
  const results = judgeFrames(frames);
  for (const { name, metrics, notes } of results.models) {
    const { primary } = results;
    ctx.log(phrase('log.judged', '{model}: {result}', { model: name, result: metricWords(primary, metrics[primary]) }));
    for (const note of notes) {
      const training = isTrainingNote(note);
      ctx.log(
        note,
        training
          ? problem({
              code: 'evaluate.training-score',
              severity: 'warning',
              at: { port: 'table' },
              args: { model: name },
              message: note,
              hint: 'Wire the test rows of a Split to see how it does on rows it has not seen.',
            })
          : undefined,
      );
    }
  }
  return { results };
};
