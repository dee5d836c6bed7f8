/** The Problems of a race that fell short: what the trials said where nothing gave a model, and warnings where it ended before any trial did, or was stopped. */
import { type Problem, ProblemError, problem } from '../base/problem.ts';
import { phrase, type Words } from '../base/words.ts';
import type { Trial } from './race.ts';

const moreTime = phrase('automl.more-time', 'Give it more seconds, or fewer rows.');

export function noModel(trials: readonly Trial[]): ProblemError {
  const failed = trials.find(({ problem }) => problem);
  if (failed?.problem)
    return new ProblemError({
      ...failed.problem,
      message: failed.problem.said?.message ?? failed.problem.message,
      hint: failed.problem.said?.hint ?? failed.problem.hint,
    });
  return new ProblemError({
    code: 'automl.no-model',
    at: { param: 'seconds' },
    args: { trials: trials.length },
    message: phrase('automl.nothing-finished', 'The time was over before the first model was finished.'),
    hint: moreTime,
  });
}

export const tooShort = (what: Words): Problem =>
  problem({ code: 'automl.too-short', severity: 'warning', at: { param: 'seconds' }, message: what, hint: moreTime });

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
