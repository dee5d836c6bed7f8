/** One fold of one trial, in whatever worker does it: refit, fit, judge; the fitted model comes back with its answers. */

import { fitModel } from '../recipe/fit-model.ts';
import { type FoldPlace, type FoldPlans, type FoldTally, foldFrames, type Goal, tallyOf } from '../recipe/fold.ts';
import type { Frame } from '../recipe/frame.ts';
import type { FitRun, LearnerSpec, Lookups, Model } from '../recipe/model.ts';

export interface FoldJob {
  spec: LearnerSpec;
  plans: FoldPlans;
  place: FoldPlace;
  goal: Goal;
  /** Milliseconds after which the fit should stop and keep its best; absent = none. */
  ms?: number;
  /** Milliseconds after which it is ended from outside. */
  mostMs?: number;
}
export interface FoldDone {
  tally: FoldTally;
  model: Model;
  ms: number;
  /** The fit was told to stop, by the clock or the user. */
  cut: boolean;
}

/** The frames of the folds last used, so that the trials of a fold that meet in one worker prepare it once. */
const KEPT = 6;
const prepared = new Map<string, Promise<{ training: Frame; held: Frame }>>();

function framesOf(frame: Frame, { plans, place }: FoldJob, lookups: Lookups): Promise<{ training: Frame; held: Frame }> {
  const key = JSON.stringify([
    frame.recipe.entries.map((entry) => ('digest' in entry ? entry.digest : entry.params)),
    plans.by,
    place,
    sumOf(plans.repeats[place.repeat]),
  ]);
  const known = prepared.get(key);
  if (known) {
    prepared.delete(key);
    prepared.set(key, known);
    return known;
  }
  const made = foldFrames(frame, plans, place, lookups);
  prepared.set(key, made);
  for (const old of prepared.keys()) {
    if (prepared.size <= KEPT) break;
    prepared.delete(old);
  }
  return made;
}

/** Tells two deals of folds apart. */
const sumOf = (folds: Int32Array): number =>
  folds.reduce((sum, fold, row) => (Math.imul(sum, 31) + (fold + 2) * (row + 1)) | 0, folds.length);

export async function runFold(frame: Frame, job: FoldJob, lookups: Lookups, run: FitRun, now: () => number): Promise<FoldDone> {
  const start = now();
  const { training, held } = await framesOf(frame, job, lookups);
  let cut = false;
  const late = () => job.ms !== undefined && now() - start > job.ms;
  const stopRequested = () => {
    cut ||= run.stopRequested() || late();
    return cut;
  };
  const model = await fitModel(
    training,
    job.spec,
    lookups,
    { ...run, stopRequested, progress: () => {} },
    { known: job.goal.classes, aside: held },
  );
  const tally = await tallyOf(model, held, job.goal, lookups);
  return { tally, model, ms: now() - start, cut };
}
