/** The linear support vector machine as a learner: its behaviour put together. */
import type { Inspection, LearnerCode, Matrix, Prediction } from '../../recipe/model.ts';
import { scoresOf } from '../linear-scores/scores.ts';
import { sharesInPlace } from '../linear-scores/shares.ts';
import type { FittedSvm } from './fit.ts';

export { fit } from './fit.ts';
export { lower } from './lower.ts';

export const featuriser: LearnerCode['featuriser'] = { numbers: 'impute-scale', precision: 'float64' };

export function predict(fitted: unknown, X: Matrix, classCount: number): Prediction {
  const svm = fitted as FittedSvm;
  const scores = scoresOf(svm, X);
  if (classCount === 0) return { values: scores };
  return { probabilities: sharesInPlace(scores, svm.present) };
}

/** Classes that have weights of their own: with two, the second; the first's are the same with the other sign. */
function shownClasses({ intercepts, present }: FittedSvm): number[] {
  if (present.length === 0) return [0];
  return present.length === 2 ? [1] : [...intercepts.keys()];
}

/** Size of each standardised feature's weight: the root of its squares over the classes. */
export function importances(fitted: unknown, featureNames: readonly string[]) {
  const svm = fitted as FittedSvm;
  const wide = svm.intercepts.length;
  return featureNames.map((name, j) => {
    const squares = shownClasses(svm).reduce((sum, k) => sum + svm.weights[j * wide + k] * svm.weights[j * wide + k], 0);
    return { name, value: Math.sqrt(squares) };
  });
}

/** Weights per standard deviation of a number: of the answer, or of each class's log-odds. */
export function inspect(fitted: unknown, featureNames: readonly string[]): Inspection {
  const svm = fitted as FittedSvm;
  const wide = svm.intercepts.length;
  const shown = shownClasses(svm);
  return {
    type: 'coefficients',
    classes: svm.present.length === 0 ? [] : shown.map(String),
    rows: featureNames.map((name, j) => ({ name, values: shown.map((k) => svm.weights[j * wide + k]) })),
    intercepts: shown.map((k) => svm.intercepts[k]),
  };
}
