/** A part of AutoML's work in another worker that is ended when its time is over. */
import { ProblemError, problem, toProblem } from '../../base/problem.ts';
import type { RunContext } from '../../kind/run.ts';

const LATE = problem({
  code: 'automl.late',
  message: 'The trial did not stop at the end of its time and was ended.',
  hint: 'Give more time, or leave this learner out.',
});

/** The time is counted from here: the worker may first have to start, and to be sent the table. Ended so, it rejects with `automl.late`. */
export async function timed<T>(
  { spread }: Pick<RunContext, 'spread'>,
  part: string,
  job: { mostMs?: number },
  ended?: Promise<void>,
): Promise<T> {
  const { mostMs } = job;
  if (mostMs === undefined) return spread(part, job, ended) as Promise<T>;
  let late = false;
  let stop = () => {};
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      late = true;
      resolve();
    }, mostMs);
    stop = () => clearTimeout(timer);
  });
  try {
    return (await spread(part, job, ended ? Promise.race([ended, over]) : over)) as T;
  } catch (error) {
    throw late && toProblem(error).code === 'pool.cancelled' ? new ProblemError(LATE) : error;
  } finally {
    stop();
  }
}
