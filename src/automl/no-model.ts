/** The Problem of a race in which no trial gave a model: what the trials said. */
import { ProblemError } from '../base/problem.ts';
import { phrase } from '../base/words.ts';
import type { Trial } from './race.ts';

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
    hint: phrase('automl.more-time', 'Give it more seconds, or fewer rows.'),
  });
}
