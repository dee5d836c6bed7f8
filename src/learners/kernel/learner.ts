/** RBF kernel ridge as a learner: its behaviour put together. */
import { phrase, rowsOf, type Words } from '../../base/words.ts';
import type { LearnerCode, Matrix, Prediction } from '../../recipe/model.ts';
import { sharesInPlace } from '../linear-scores/shares.ts';
import type { FittedKernel } from './fit.ts';
import { weighSimilar } from './similarity.ts';

export { fit } from './fit.ts';
export { lower } from './lower.ts';

export const featuriser: LearnerCode['featuriser'] = { numbers: 'impute-scale', precision: 'float64' };

export function predict(fitted: unknown, X: Matrix, classCount: number): Prediction {
  const { kept, gamma, duals, intercepts, present } = fitted as FittedKernel;
  const width = intercepts.length;
  const scores = weighSimilar(X, kept, gamma, duals, width);
  for (let at = 0; at < scores.length; at++) scores[at] += intercepts[at % width];
  return classCount === 0 ? { values: scores } : { probabilities: sharesInPlace(scores, present) };
}

/** What was chosen, and that the model is its rows. */
export function notes(fitted: unknown): Words[] {
  const { kept, gamma, alpha } = fitted as FittedKernel;
  return [
    phrase('note.kernel', 'Gamma {gamma}, alpha {alpha}; the model keeps {rows} to compare with.', {
      gamma: String(Number(gamma.toPrecision(3))),
      alpha: String(Number(alpha.toPrecision(3))),
      rows: rowsOf(kept.rows),
    }),
  ];
}
