/** Linear regression as a learner: its behaviour put together. */
import type { Phrase } from '../../base/words.ts';
import type { Contributions, Inspection, LearnerCode, Matrix, Prediction } from '../../recipe/model.ts';
import { linearContributions } from '../linear-scores/contributions.ts';
import { keptNote } from '../linear-scores/notes.ts';
import { scoresOf } from '../linear-scores/scores.ts';
import type { FittedLinear } from './fit.ts';

export { fit } from './fit.ts';
export { lower } from './lower.ts';

export const tasks: LearnerCode['tasks'] = ['regress'];
export const featuriser: LearnerCode['featuriser'] = { numbers: 'impute-scale', precision: 'float64' };

export function predict(fitted: unknown, X: Matrix): Prediction {
  const { weights, intercept } = fitted as FittedLinear;
  return { values: scoresOf({ weights, intercepts: Float64Array.of(intercept) }, X) };
}

/** Of an L1 penalty: how many features it left in. */
export function notes(fitted: unknown): Phrase[] {
  const { weights, alpha, path, sparse } = fitted as FittedLinear;
  return sparse ? [keptNote(weights.filter((w) => w !== 0).length, weights.length, path ? alpha : undefined)] : [];
}

/** Size of each standardised feature's weight. */
export const importances = (fitted: unknown, featureNames: readonly string[]) =>
  featureNames.map((name, j) => ({ name, value: Math.abs((fitted as FittedLinear).weights[j]) }));

export function contributions(fitted: unknown, X: Matrix, _classCount: number, means: Float64Array): Contributions {
  const { weights, intercept } = fitted as FittedLinear;
  return linearContributions({ weights, intercepts: Float64Array.of(intercept) }, X, means, 'amount');
}

/** Error along the path of penalties where one was chosen, from the strongest to the weakest. */
export function curve(fitted: unknown) {
  const { path } = fitted as FittedLinear;
  return path?.alphas.map((_, step) => ({ x: step + 1, series: { training: path.training[step], validation: path.validation[step] } }));
}

/** Weights per standard deviation of a number, or per category against the mean. */
export function inspect(fitted: unknown, featureNames: readonly string[]): Inspection {
  const { weights, intercept } = fitted as FittedLinear;
  return {
    type: 'coefficients',
    classes: [],
    rows: featureNames.map((name, j) => ({ name, values: [weights[j]] })),
    intercepts: [intercept],
  };
}
