/** Logistic regression as a learner: its behaviour put together. */
import type { Phrase } from '../../base/words.ts';
import type { Contributions, Inspection, LearnerCode, Matrix, Prediction } from '../../recipe/model.ts';
import { linearContributions } from '../linear-scores/contributions.ts';
import { keptNote, settledNotes } from '../linear-scores/notes.ts';
import { scoresOf } from '../linear-scores/scores.ts';
import { softmaxInPlace } from '../softmax.ts';
import type { FittedLogistic } from './fit.ts';

export { fit } from './fit.ts';
export { lower } from './lower.ts';

export const tasks: LearnerCode['tasks'] = ['classify'];
export const featuriser: LearnerCode['featuriser'] = { numbers: 'impute-scale', precision: 'float64' };

export function predict(fitted: unknown, X: Matrix): Prediction {
  const logistic = fitted as FittedLogistic;
  return { probabilities: softmaxInPlace(scoresOf(logistic, X), logistic.classes) };
}

/** Of an L1 penalty how many features it left in; and whether the weights settled. */
export function notes(fitted: unknown): Phrase[] {
  const logistic = fitted as FittedLogistic;
  const { weights, classes, features, sparse } = logistic;
  const kept = Array.from({ length: features }, (_, j) => weights.subarray(j * classes, (j + 1) * classes)).filter((row) =>
    row.some((w) => w !== 0),
  );
  return [...(sparse ? [keptNote(kept.length, features)] : []), ...settledNotes(logistic)];
}

/** Size of each standardised feature's weight: with two classes its absolute value, else the root of its squares over the classes. */
export function importances(fitted: unknown, featureNames: readonly string[]) {
  const { weights, classes } = fitted as FittedLogistic;
  return featureNames.map((name, j) => {
    let squares = 0;
    for (let k = 0; k < classes; k++) squares += weights[j * classes + k] * weights[j * classes + k];
    return { name, value: Math.sqrt(squares) };
  });
}

/** Of two classes one score tells both: the second's log-odds against the first's. */
export function contributions(fitted: unknown, X: Matrix, _classCount: number, means: Float64Array): Contributions {
  const { weights, intercepts, classes, features } = fitted as FittedLogistic;
  if (classes !== 2) return linearContributions({ weights, intercepts }, X, means, 'log-odds');
  const second = Float64Array.from({ length: features }, (_, j) => weights[2 * j + 1] - weights[2 * j]);
  return linearContributions({ weights: second, intercepts: Float64Array.of(intercepts[1] - intercepts[0]) }, X, means, 'log-odds');
}

/** Weights per class (log-odds per standard deviation of a number); with two classes only the second's, the first being zero. */
export function inspect(fitted: unknown, featureNames: readonly string[]): Inspection {
  const { weights, intercepts, classes } = fitted as FittedLogistic;
  const shown = classes === 2 ? [1] : [...intercepts.keys()];
  return {
    type: 'coefficients',
    classes: shown.map(String),
    rows: featureNames.map((name, j) => ({ name, values: shown.map((k) => weights[j * classes + k]) })),
    intercepts: shown.map((k) => intercepts[k]),
  };
}
