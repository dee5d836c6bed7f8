/** One fold of one trial, in whatever worker does it: refit, fit, judge; the fitted model comes back with its answers. */

import { arrayDigest } from '../base/hash.ts';
import type { Progress } from '../base/progress.ts';
import { fitModel } from '../recipe/fit-model.ts';
import { type FoldPlace, type FoldPlans, type FoldTally, fairTallyOf, foldFrames, type Goal, tallyOf } from '../recipe/fold.ts';
import type { Frame } from '../recipe/frame.ts';
import type { FitRun, LearnerSpec, Lookups, Model } from '../recipe/model.ts';
import { tableDigest } from '../table/table.ts';
import { type OwnStep, withSteps } from './own-steps.ts';

export interface FoldJob {
  spec: LearnerSpec;
  /** Before this learner only. */
  steps?: readonly OwnStep[];
  plans: FoldPlans;
  place: FoldPlace;
  goal: Goal;
  /** Judged on the table given beside the frame. */
  ownTable?: boolean;
  /** Milliseconds after which the fit should stop and keep its best; absent = none. */
  ms?: number;
  /** Milliseconds after which it is ended from outside. */
  mostMs?: number;
}
export interface FoldDone {
  tally: FoldTally;
  /** Absent where it was not kept. */
  model?: Model;
  ms: number;
  /** The fit was told to stop, by the clock or the user. */
  cut: boolean;
  /** Milliseconds of one round, epoch or the like, where the fit tells of any. */
  roundMs?: number;
}

/** The frames of the folds last used, so that the trials of a fold that meet in one worker prepare it once. */
const KEPT = 6;
const prepared = new Map<string, Promise<Prepared>>();

/** Tells tables apart, their rows, and what made them. */
export const frameKey = ({ table, rows, recipe }: Frame): readonly unknown[] => [
  tableDigest(table),
  rows.source,
  rows.ids === null ? null : arrayDigest(rows.ids),
  recipe.entries.map((entry) => (entry.type === 'raw' ? entry.digest : [entry.kind, entry.params])),
];

interface Prepared {
  training: Frame;
  held: Frame;
  /** With the features that the steps made. */
  features: LearnerSpec['params'][string] | undefined;
}

async function framesOf(frame: Frame, job: FoldJob, lookups: Lookups, run: FitRun): Promise<Prepared & { spec: LearnerSpec }> {
  const { spec } = job;
  const { features, ...frames } = await preparedFrames(frame, job, lookups, run);
  return { ...frames, features, spec: features === undefined ? spec : { ...spec, params: { ...spec.params, features } } };
}

function preparedFrames(frame: Frame, { plans, place, spec, steps = [] }: FoldJob, lookups: Lookups, run: FitRun): Promise<Prepared> {
  const dealt = arrayDigest(plans.repeats[place.repeat]);
  const key = JSON.stringify([frameKey(frame), plans.by, place, dealt, steps, steps.length > 0 ? spec.params.features : null]);
  const known = prepared.get(key);
  if (known) {
    prepared.delete(key);
    prepared.set(key, known);
    return known;
  }
  const make = async (): Promise<Prepared> => {
    const own = await withSteps(frame, spec, steps, lookups, run.random);
    return { ...(await foldFrames(own.frame, plans, place, lookups)), features: own.spec.params.features };
  };
  const made = make();
  prepared.set(key, made);
  for (const old of prepared.keys()) {
    if (prepared.size <= KEPT) break;
    prepared.delete(old);
  }
  return made;
}

/** `table` judges where the job says so; its rows say nothing of when to stop. */
export async function runFold(
  frame: Frame,
  job: FoldJob,
  lookups: Lookups,
  run: FitRun,
  now: () => number,
  table?: Frame,
): Promise<FoldDone> {
  const start = now();
  const { training, held: kept, spec } = await framesOf(frame, job, lookups, run);
  const own = job.ownTable ? table : undefined;
  const held = own ?? kept;
  let cut = false;
  const late = () => job.ms !== undefined && now() - start > job.ms;
  const stopRequested = () => {
    cut ||= run.stopRequested() || late();
    return cut;
  };
  const told: number[] = [now()];
  const progress = ({ point }: Progress) => {
    if (point) told.push(now());
  };
  const learned = await fitModel(
    training,
    spec,
    lookups,
    { ...run, stopRequested, progress },
    { known: job.goal.classes, ...(own ? {} : { aside: held }) },
  );
  const { model, tally } = own
    ? { model: learned, tally: await tallyOf(learned, held, job.goal, lookups, now) }
    : await fairTallyOf(learned, held, job.goal, lookups, now);
  const roundMs = warmGap(told);
  return { tally, model, ms: now() - start, cut, ...(roundMs === undefined ? {} : { roundMs }) };
}

/** The usual time between two reports once the engine has warmed up: the first ones are compiled on the way, and single ones wait for other work. Of few the shortest. */
function warmGap(told: readonly number[]): number | undefined {
  const gaps = told.slice(1).map((at, i) => at - told[i]);
  if (gaps.length === 0) return undefined;
  if (gaps.length < 10) return Math.min(...gaps);
  const later = gaps.slice(Math.floor(gaps.length / 2)).sort((a, b) => a - b);
  return later[Math.floor(later.length / 2)];
}
