/** What is kept of a race, so that another trial or another ensemble can be taken without training: bounded, the best trials first. */
import type { Digest } from '../base/hash.ts';
import { pack } from '../base/pack.ts';
import type { Trial } from './race.ts';
import type { FoldDone } from './trial.ts';

/** So many trials, and bytes of their fold models and of their answers on rows not learned from. Beyond that a trial stays a row, with its metrics, that cannot be taken. */
const MOST_TRIALS = 40;
const MODEL_BYTES = 64 * 1024 ** 2;
const ANSWER_BYTES = 64 * 1024 ** 2;

/** Whether the model could be made of it. */
export const canBeModel = (trial: Trial): boolean => hasModels(trial) && Number.isFinite(trial.loss);

export const hasModels = ({ folds }: Trial): boolean => folds.length > 0 && folds.every(({ model }) => model !== undefined);

/** The same trials in the same order; models and answers of completed ones as far as the bounds go, those of `first` before others, what trials share counted once. */
export function keptTrials(
  trials: readonly Trial[],
  most = { trials: MOST_TRIALS, models: MODEL_BYTES, answers: ANSWER_BYTES },
  first: ReadonlySet<number> = new Set(),
): Trial[] {
  const models = room(most.models);
  const answers = room(most.answers);
  const kept = new Map<Trial, FoldDone[]>();
  let count = 0;
  const turn = ({ candidate }: Trial) => (first.has(candidate.id) ? 0 : 1);
  for (const trial of trials.toSorted((a, b) => turn(a) - turn(b) || a.loss - b.loss || a.candidate.id - b.candidate.id)) {
    const fits =
      trial.state === 'complete' &&
      count < most.trials &&
      hasModels(trial) &&
      answers(trial.folds.map(({ tally }) => tally)) &&
      models(trial.folds.map(({ model }) => model));
    if (fits) count++;
    kept.set(trial, fits ? trial.folds : trial.folds.map(({ model: _, ...fold }) => ({ ...fold, tally: withoutRows(fold.tally) })));
  }
  return trials.map((trial) => ({ ...trial, folds: kept.get(trial)! }));
}

/** Answers whether a value still fits, and if so takes its bytes. */
function room(bytes: number): (value: unknown) => boolean {
  const held = new Set<Digest>();
  let left = bytes;
  return (value) => {
    const { head, parts } = pack(value);
    const fresh = parts.filter(({ digest }) => !held.has(digest));
    const size = fresh.reduce((sum, { array }) => sum + array.byteLength, 2 * head.length);
    if (size > left) return false;
    left -= size;
    for (const { digest } of fresh) held.add(digest);
    return true;
  };
}

const nothing = new Float64Array(0);
const withoutRows = (tally: FoldDone['tally']): FoldDone['tally'] => ({
  ...tally,
  ids: new Int32Array(0),
  truth: nothing,
  predicted: nothing,
  probabilities: nothing,
});
