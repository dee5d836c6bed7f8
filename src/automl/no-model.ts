/** The Problems of a race that fell short: what the trials said where nothing gave a model, and warnings where it ended before any trial did, or was stopped. */
import { type Problem, ProblemError, type ProblemInput, problem } from '../base/problem.ts';
import { phrase, type Words } from '../base/words.ts';
import { noValue } from './no-value.ts';
import type { Objective } from './objective.ts';
import type { Trial } from './race.ts';

const moreTime = phrase('automl.more-time', 'Give it more seconds, or fewer rows.');

/** `looked` are the first short fits, of which none has a value. */
export function noModel(trials: readonly Trial[], [looked]: readonly Trial[], objective: Objective): ProblemError {
  const failed = trials.find(({ problem }) => problem)?.problem ?? (looked && noValue(objective, looked.folds));
  if (failed) return new ProblemError(again(failed));
  return new ProblemError({
    code: 'automl.no-model',
    at: { param: 'seconds' },
    args: { trials: trials.length },
    message: phrase('automl.nothing-finished', 'The time was over before the first model was finished.'),
    hint: moreTime,
  });
}

const again = (failed: Problem): ProblemInput => ({
  ...failed,
  message: failed.said?.message ?? failed.message,
  hint: failed.said?.hint ?? failed.hint,
});

/** Whether trials came to an end, though none to a model: more time is no help. */
export const allFailed = (trials: readonly Trial[]): boolean =>
  trials.length > 0 && trials.every(({ state, problem }) => state === 'failed' && problem?.code !== 'automl.late');

/** The warning to what is said of the model, where no trial was completed. */
export function fellShort(trials: readonly Trial[]): (what: Words) => Problem | undefined {
  if (trials.some(({ state }) => state === 'complete')) return () => undefined;
  const [first] = trials;
  return (message) =>
    allFailed(trials) && first.problem
      ? problem({ ...again(first.problem), severity: 'warning', message })
      : problem({ code: 'automl.too-short', severity: 'warning', at: { param: 'seconds' }, message, hint: moreTime });
}

export const stopped: Problem = problem({
  code: 'automl.was-stopped',
  severity: 'warning',
  at: { param: 'seconds' },
  message: 'This race was stopped by hand; Run takes its result as it stands while the settings stay the same.',
  hint: 'With more time it goes on from here; with another seed it is run anew.',
});

export const noneSuits = (): ProblemError =>
  new ProblemError({
    code: 'automl.none-suits',
    at: { param: 'boosting' },
    message: 'None of the learners that are switched on can be tried on this table.',
    hint: 'Some are for few rows or columns only, as their help says. Switch on others, gradient boosting for example.',
  });
