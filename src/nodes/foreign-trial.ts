/** The trial of a model file that others made: opened and asked for one row in limited time, so that an endless one fails before it is used. */
import { type Problem, problem } from '../base/problem.ts';
import type { RunContext } from '../kind/run.ts';
import { runtimeVersion } from '../onnx/session.ts';
import type { Model } from '../recipe/model.ts';
import { tryForeign } from '../recipe/predict-foreign.ts';

/** Opening a file and one row of it together; honest files of 5,000 operators take well under a second. */
const TRIAL_MS = 10_000;
const late = (at: Problem['at']) =>
  problem({
    code: 'import-onnx.deadline',
    at,
    args: { seconds: TRIAL_MS / 1000 },
    message: `The model was still opening, or working on its first row, after ${TRIAL_MS / 1000} s and was stopped.`,
    hint: 'The file may be damaged, far too large, or made to hang: export a smaller model, or use one from a source that you trust.',
  });

export type Within = RunContext['within'];

/** `work` opens the file and asks it for one row. `at` is where the file was given. */
export async function inTrial<T>(within: Within, at: Problem['at'], work: () => Promise<T>): Promise<T> {
  // The runtime itself may take long to arrive over a slow line; that is not the file's time.
  await runtimeVersion();
  return within(TRIAL_MS, late(at), work);
}

/** Throws the Problem of a file that does not open in time; gives the Problem of a row of zeros and empty texts that has no answer. */
export const tryInTime = (model: Model, within: Within, at: Problem['at']): Promise<Problem | undefined> =>
  inTrial(within, at, () => tryForeign(model));
