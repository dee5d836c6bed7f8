/** Which trials answered for the same rows, so that their answers can be weighed together. */
import type { Trial } from './race.ts';

/** In the order given: those judged, fold by fold, on the rows of the best of them, and the others. */
export function sameRows(trials: readonly Trial[]): { same: Trial[]; other: Trial[] } {
  const best = trials.reduce((least, trial) => (trial.loss < least.loss ? trial : least), trials[0]);
  const alike = (trial: Trial): boolean =>
    trial.folds.length === best.folds.length && trial.folds.every(({ tally }, f) => equal(tally.ids, best.folds[f].tally.ids));
  return { same: trials.filter(alike), other: trials.filter((trial) => !alike(trial)) };
}

function equal(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
