/** The chosen trials learned anew from all rows: one model each in place of one per fold, smaller and quicker, that nothing was kept from. */
import { mapAtOnce } from '../base/parallel.ts';
import { ProblemError } from '../base/problem.ts';
import { type Phrase, phrase } from '../base/words.ts';
import { fitModel } from '../recipe/fit-model.ts';
import type { Goal } from '../recipe/fold.ts';
import type { Frame } from '../recipe/frame.ts';
import { meanModel, stackedModel } from '../recipe/mean-model.ts';
import type { FitRun, LearnerSpec, Lookups, Model } from '../recipe/model.ts';
import { type Choosing, membersOf, type Outcome } from './choose.ts';
import { type OwnStep, withSteps } from './own-steps.ts';
import type { Trial } from './race.ts';

export interface RefitJob {
  spec: LearnerSpec;
  /** Before this learner only. */
  steps: readonly OwnStep[];
  classes: Goal['classes'];
  /** Milliseconds after which it is ended from outside; absent = none. */
  mostMs?: number;
}

/** Behind the trial's own steps, from all rows of the frame; throws the learner's `ProblemError`. */
export async function fitAnew(given: Frame, job: RefitJob, lookups: Lookups, run: FitRun): Promise<Model> {
  const { frame, spec } = await withSteps(given, job.spec, job.steps, lookups, run.random);
  return fitModel(frame, spec, lookups, run, { known: job.classes });
}

/** Rounds of boosting are those that the folds found best, more by as many rows as there are more; other settings stay. */
export function specForAll(spec: LearnerSpec, { folds, candidate }: Trial, rows: number): LearnerSpec {
  const found = spec.params.early_stopping === true || candidate.settled !== undefined;
  if (!found || !('rounds' in spec.params)) return spec;
  const models = folds.flatMap(({ model }) => (model ? [model] : []));
  const rounds = models.reduce((sum, { fitted }) => sum + (fitted as { rounds: number }).rounds, 0) / models.length;
  const learned = models.reduce((sum, { about }) => sum + about.rowCount, 0) / models.length;
  return { ...spec, params: { ...spec.params, early_stopping: false, rounds: Math.max(1, Math.round((rounds * rows) / learned)) } };
}

/** A trial that cannot be learned anew in time keeps its folds' models, and the note says so. `left` gives the milliseconds of the budget. */
export async function learnedAnew(
  outcome: Outcome,
  { specOf, maker }: Pick<Choosing, 'specOf' | 'maker'>,
  { rows, classes }: { rows: number; classes: Goal['classes'] },
  work: { width: number; left: () => number; refit: (job: RefitJob) => Promise<Model> },
): Promise<Outcome> {
  // Those that say most first: time may not be enough for all.
  const parts = await mapAtOnce(
    outcome.chosen.toSorted((a, b) => b.weight - a.weight),
    work.width,
    async ({ trial, weight }) => {
      const left = work.left();
      const { id } = trial.candidate;
      const kept = { anew: false, members: membersOf([trial], [weight]), made: { id, weight } };
      if (left <= 0) return kept;
      try {
        const spec = specForAll(specOf(trial), trial, rows);
        const limit = Number.isFinite(left) ? { mostMs: left } : {};
        const model = await work.refit({ spec, steps: trial.candidate.steps ?? [], classes, ...limit });
        return { anew: true, members: [{ model, weight }], made: { id, weight, params: spec.params } };
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        return kept;
      }
    },
  );
  const notes = [...outcome.notes, noteOf(parts.filter(({ anew }) => anew).length, parts.length)];
  const { calibration, stack } = outcome.model;
  // The trials of a stack come with the greatest weight first, as they do here.
  const model = stack
    ? stackedModel(
        parts.map(({ members }) => meanModel(wholeOf(members), maker, [])),
        parts.map(({ made }) => made.weight),
        stack,
        maker,
        notes,
      )
    : meanModel(
        parts.flatMap(({ members }) => members),
        maker,
        notes,
      );
  const made = { ...outcome.race.made, members: parts.map((part) => part.made) };
  const race = outcome.race.made ? { ...outcome.race, made } : outcome.race;
  return { ...outcome, race, notes, model: calibration ? { ...model, calibration } : model };
}

/** The same members with weights that add up to 1. */
const wholeOf = (members: NonNullable<Model['members']>): NonNullable<Model['members']> => {
  const sum = members.reduce((all, { weight }) => all + weight, 0);
  return members.map(({ model, weight }) => ({ model, weight: weight / sum }));
};

const noteOf = (done: number, all: number): Phrase =>
  done === all
    ? phrase(
        'automl.anew',
        'Learned anew from all rows, with the settings that the race found; the metrics are those of the race’s models.',
      )
    : phrase(
        'automl.anew-some',
        'There was time to learn {done} of {all} chosen trials anew from all rows; the others are the models of the race.',
        { done, all },
      );
