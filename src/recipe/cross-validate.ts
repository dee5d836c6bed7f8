/** Cross-validation (contracts §1 rule 4): per fold everything is refitted on the other folds and judged on this one. */
import { mapAtOnce } from '../base/parallel.ts';
import { type Phrase, phrase, rowsOf, type Words } from '../base/words.ts';
import { primaryMetric } from '../metrics/metric-info.ts';
import { type FoldAnswer, type FoldPlace, type FoldPlans, type FoldTally, type Goal, goalOf, judgeFold } from './fold.ts';
import type { Frame } from './frame.ts';
import { distinctNames, metricsOf } from './judge.ts';
import { type FitRun, type LearnerSpec, type Lookups, learnerName } from './model.ts';
import type { ModelResult, Results } from './results.ts';
import { distinctIds } from './track.ts';

/** How folds are carried out: several at once elsewhere, or one after the other here. */
export interface FoldWork {
  width: number;
  judge: (place: FoldPlace) => Promise<FoldAnswer>;
}

/**
 * Results of each learner over all folds: metrics are means over folds with `sd` (sample standard deviation); where a fold
 * has one row (leave one out) they are pooled. The same whatever the width.
 */
export async function crossValidate(
  frame: Frame,
  specs: readonly LearnerSpec[],
  plans: FoldPlans,
  lookups: Lookups,
  run: FitRun,
  work?: FoldWork,
): Promise<Results> {
  const goal = await goalOf(frame, specs, lookups);
  const places = plans.repeats.flatMap((folds, repeat) =>
    Array.from({ length: folds.reduce((most, fold) => Math.max(most, fold + 1), 0) }, (_, fold): FoldPlace => ({ repeat, fold })),
  );
  let done = 0;
  const tell = (learner: number, fraction: number) =>
    run.progress({
      fraction: (done + (learner + fraction) / specs.length) / places.length,
      text: phrase('progress.fold', 'Fold {fold} of {folds}, {learner}', {
        fold: Math.min(places.length, done + 1),
        folds: places.length,
        learner: learnerName(specs[Math.min(learner, specs.length - 1)]),
      }),
    });
  const { width, judge } = work ?? { width: 1, judge: (place) => judgeFold(frame, specs, plans, place, lookups, run, tell) };
  const answers = await mapAtOnce(places, width, async (place) => {
    const answer = await judge(place);
    done++;
    tell(0, 0);
    return answer;
  });
  const leftOut = new Set(answers.flatMap((answer) => [...answer.leftOut]));
  const lost =
    leftOut.size > 0
      ? [phrase('note.fold-rows', '{rows} that a row step left out inside a fold were not judged there.', { rows: rowsOf(leftOut.size) })]
      : [];
  const models = specs.map((spec, learner) =>
    resultOf(
      learnerName(spec),
      answers.map((answer) => answer.tallies[learner]),
      goal,
      lost,
    ),
  );
  return {
    task: goal.task,
    target: goal.target,
    ...(goal.classes ? { classes: goal.classes, positive: goal.positive } : {}),
    primary: primaryMetric(goal.task, goal.classes?.length ?? 0),
    models: distinctNames(models),
  };
}

/** Mean and sample standard deviation of each metric over the folds that have it. */
function overFolds(foldMetrics: readonly Record<string, number>[]): { mean: Record<string, number>; sd: Record<string, number> } {
  const mean: Record<string, number> = {};
  const sd: Record<string, number> = {};
  for (const name of new Set(foldMetrics.flatMap((metrics) => Object.keys(metrics)))) {
    const values = foldMetrics.flatMap((metrics) => (metrics[name] === undefined ? [] : [metrics[name]]));
    mean[name] = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean[name]) * (value - mean[name]), 0);
    if (values.length > 1) sd[name] = Math.sqrt(squares / (values.length - 1));
  }
  return { mean, sd };
}

/** All folds' arrays, one after the other. */
export function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** One learner’s folds as one result. */
export function resultOf(name: Words, tallies: readonly FoldTally[], goal: Goal, lost: readonly Words[]): ModelResult {
  const truth = joined(tallies.map((tally) => tally.truth));
  const predicted = joined(tallies.map((tally) => tally.predicted));
  const shares = joined(tallies.map((tally) => tally.probabilities));
  const probabilities = shares.length > 0 ? shares : undefined;
  const ids = Int32Array.from(joined(tallies.map((tally) => Float64Array.from(tally.ids))));
  const fold = Int32Array.from(joined(tallies.map((tally, place) => new Float64Array(tally.ids.length).fill(place))));
  const foldMetrics = tallies.flatMap(({ metrics }) => (metrics ? [metrics] : []));
  const single = foldMetrics.length === truth.length;
  const pooled = single ? metricsOf(goal.task, truth, predicted, probabilities, goal.classes, goal.positive) : undefined;
  const { mean, sd } = overFolds(foldMetrics);
  const missing = tallies.reduce((sum, tally) => sum + tally.unknown, 0);
  const unknown =
    distinctIds(ids).length === 0 || missing > 0
      ? [phrase('note.truth-missing', '{rows} left out: “{target}” is missing.', { rows: rowsOf(missing), target: goal.target })]
      : [];
  const notes = new Map<string, Phrase>(tallies.flatMap((tally) => tally.notes.map((note) => [note.text, note] as const)));
  return {
    name,
    ids,
    fold,
    truth,
    predicted,
    ...(probabilities ? { probabilities } : {}),
    metrics: pooled?.metrics ?? mean,
    ...(pooled ? {} : { sd, foldMetrics }),
    notes: [...notes.values(), ...unknown, ...lost, ...(pooled?.notes ?? [])],
  };
}
