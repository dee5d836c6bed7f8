/** Poisson regression as a learner: its behaviour put together. */
import { exp } from '../../base/float.ts';
import type { Phrase } from '../../base/words.ts';
import type { Inspection, LearnerCode, Matrix, Prediction } from '../../recipe/model.ts';
import { settledNotes } from '../linear-scores/notes.ts';
import { scoresOf } from '../linear-scores/scores.ts';
import { type FittedPoisson, MOST_SCORE } from './fit.ts';

export { fit } from './fit.ts';
export { lower } from './lower.ts';

export const tasks: LearnerCode['tasks'] = ['regress'];
export const featuriser: LearnerCode['featuriser'] = { numbers: 'impute-scale', precision: 'float64' };

export function predict(fitted: unknown, X: Matrix): Prediction {
  const { weights, intercept } = fitted as FittedPoisson;
  return { values: scoresOf({ weights, intercepts: Float64Array.of(intercept) }, X).map((z) => exp(Math.min(z, MOST_SCORE))) };
}

export const notes = (fitted: unknown): Phrase[] => settledNotes(fitted as FittedPoisson);

/** Size of each standardised feature's weight. */
export const importances = (fitted: unknown, featureNames: readonly string[]) =>
  featureNames.map((name, j) => ({ name, value: Math.abs((fitted as FittedPoisson).weights[j]) }));

/** Change of the answer's logarithm per standard deviation of a number, or per category. */
export function inspect(fitted: unknown, featureNames: readonly string[]): Inspection {
  const { weights, intercept } = fitted as FittedPoisson;
  return {
    type: 'coefficients',
    classes: [],
    rows: featureNames.map((name, j) => ({ name, values: [weights[j]] })),
    intercepts: [intercept],
  };
}
