/** The metrics that a registered model carries: from wired results, else from scoring the held-out rows; never a training score. */
import { inEnglish, phrase, type Words } from '../../base/words.ts';
import type { Frame, ScoredBy } from '../../recipe/frame.ts';
import { judgeFrames } from '../../recipe/judge.ts';
import { type Lookups, type Model, modelName } from '../../recipe/model.ts';
import type { ModelResult, Results } from '../../recipe/results.ts';
import { modelId, scoreFrame } from '../../recipe/score.ts';
import { withColumns } from '../../table/table.ts';

export interface FoundMetrics {
  metrics: Record<string, number>;
  /** The metric to show first; absent when there are none. */
  primary?: string;
  notes: Words[];
}

/** Results carry names only: the model's own, or the single one there is. */
function resultOf(model: Model, results: Results): ModelResult | undefined {
  const names = [modelId(model), inEnglish(modelName(model))];
  const named = results.models.filter((one) => names.includes(inEnglish(one.name)));
  return named.length === 1 ? named[0] : results.models.length === 1 ? results.models[0] : undefined;
}

export async function metricsFor(
  model: Model,
  frame: Frame | undefined,
  results: Results | undefined,
  lookups: Lookups,
): Promise<FoundMetrics> {
  if (results) {
    const found = results.target === model.target ? resultOf(model, results) : undefined;
    if (found) return { metrics: found.metrics, primary: results.primary, notes: found.notes };
    if (!frame)
      return { metrics: {}, notes: [phrase('note.other-results', 'The wired results are not of this model, so no metrics were kept.')] };
  }
  if (!frame)
    return { metrics: {}, notes: [phrase('note.no-held-out', 'No held-out rows or results are wired, so no metrics were kept.')] };
  const scored = await scoreFrame(model, frame, lookups);
  const own = scored.frame.scored?.at(-1);
  if (!own?.truth)
    return {
      metrics: {},
      notes: [
        phrase('note.held-out-no-target', 'The held-out rows have no “{target}”, so no metrics were kept.', {
          target: model.target ?? 'target',
        }),
      ],
    };
  if (own.learned.some((flag) => flag === 1))
    return {
      metrics: {},
      notes: [
        phrase('note.learned-rows', 'The model learned from some of the wired rows, so a training score was not kept as its metrics.'),
      ],
    };
  const { models, primary } = judgeFrames([onlyScoredBy(scored.frame, own)]);
  return { metrics: models[0].metrics, primary, notes: models[0].notes };
}

/** The rows may carry predictions of other models; they are not judged here. */
function onlyScoredBy(frame: Frame, own: ScoredBy): Frame {
  const { fields, columns } = frame.table;
  const kept = fields.map(({ role, model }) => (role !== 'prediction' && role !== 'probability') || model === own.model);
  const table = withColumns(
    frame.table,
    fields.filter((_, i) => kept[i]),
    columns.filter((_, i) => kept[i]),
  );
  return { ...frame, table, scored: [own] };
}
