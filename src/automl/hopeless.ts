/** Whether a trial's first fold says that its others are not worth their time: much worse than the best trial's, and not by the chance of few rows. */
import { log } from '../base/float.ts';
import { meanError } from '../metrics/mean-error.ts';
import type { FoldTally } from '../recipe/fold.ts';

export interface FirstFold {
  /** By the metric of the race, less is better; not a number where the fold has no value. */
  loss: number;
  tally: FoldTally;
}

/** So much of the best loss. */
const MUCH = 0.25;
/** Standard errors of the mean difference from row to row. */
const SURE = 2;

/** Whether the fold is worse than the best one by `MUCH` of its loss, and row by row by more than `SURE` standard errors; by the loss alone where they judged other rows. */
export function isHopeless({ loss, tally }: FirstFold, best: FirstFold): boolean {
  if (!(loss - best.loss > MUCH * Math.max(Math.abs(best.loss), 1e-9))) return false;
  const [own, other] = [rowLosses(tally), rowLosses(best.tally)];
  if (own.length !== other.length || own.length < 2) return true;
  const gaps = own.map((value, row) => value - other[row]);
  const { mean, error } = meanError(gaps);
  return mean > SURE * error;
}

/** Surprise at the true class, or the squared error, of each row. */
function rowLosses({ truth, probabilities, predicted }: FoldTally): Float64Array {
  const classes = probabilities.length / truth.length;
  return classes > 0
    ? truth.map((code, row) => -log(Math.max(probabilities[row * classes + code], 1e-15)))
    : truth.map((value, row) => (predicted[row] - value) ** 2);
}
