/** The trial of a model file that others made: opened and asked for one row in limited time, so that an endless one fails before it is used. */
import { type Problem, problem } from '../base/problem.ts';
import type { RunContext } from '../kind/run.ts';
import { runtimeVersion } from '../onnx/session.ts';
import type { Model } from '../recipe/model.ts';
import { tryForeign } from '../recipe/predict-foreign.ts';

/**
 * Seconds for opening a file and one row of it together; honest files of 5,000 operators take well under one. Trees by the megabyte take a fifth of a
 * second each on a quiet machine, and ten times that on a busy one.
 */
const TRIAL_SECONDS = 10;
const SECONDS_PER_MB = 2;
const late = (at: Problem['at'], seconds: number) =>
  problem({
    code: 'import-onnx.deadline',
    at,
    args: { seconds },
    message: `The model was still opening, or working on its first row, after ${seconds} s and was stopped.`,
    hint: 'The file may be damaged, far too large, or made to hang: export a smaller model, or use one from a source that you trust.',
  });

export type Within = RunContext['within'];

/** `work` opens the file of so many bytes and asks it for one row. `at` is where the file was given. */
export async function inTrial<T>(within: Within, at: Problem['at'], bytes: number, work: () => Promise<T>): Promise<T> {
  // The runtime itself may take long to arrive over a slow line; that is not the file's time.
  await runtimeVersion();
  const seconds = TRIAL_SECONDS + Math.floor((SECONDS_PER_MB * bytes) / 1e6);
  return within(1000 * seconds, late(at, seconds), work);
}

/** Throws the Problem of a file that does not open in time; gives the Problem of a row of zeros and empty texts that has no answer. */
export const tryInTime = (model: Model, within: Within, at: Problem['at']): Promise<Problem | undefined> =>
  inTrial(within, at, model.foreign?.bytes.length ?? 0, () => tryForeign(model));
