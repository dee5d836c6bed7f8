/** The random forest as a learner: its behaviour put together. */
import { kernels } from '../../kernels/door.ts';
import type { LearnerCode, Matrix, Prediction } from '../../recipe/model.ts';
import { gainShares } from '../forest/grown-tree.ts';
import type { FittedRandomForest } from './fit.ts';

export { fit } from './fit.ts';
export { lower } from './lower.ts';

export const featuriser: LearnerCode['featuriser'] = { numbers: 'native', precision: 'float32' };

/** The shares of a row sum to one but for rounding; they are divided by their sum, as in the graph. */
export function predict(fitted: unknown, X: Matrix, classCount: number): Prediction {
  const { forest, base } = fitted as FittedRandomForest;
  const values = X.values instanceof Float32Array ? X.values : Float32Array.from(X.values);
  const scores = kernels.predictTrees(forest, base, values, X.rows, X.cols);
  if (classCount === 0) return { values: Float64Array.from(scores) };
  const probabilities = Float64Array.from(scores);
  for (let at = 0; at < probabilities.length; at += classCount) {
    let sum = 0;
    for (let k = 0; k < classCount; k++) sum += probabilities[at + k];
    for (let k = 0; k < classCount; k++) probabilities[at + k] /= sum;
  }
  return { probabilities };
}

/** Share of the purity that each feature's questions brought, over all trees. */
export const importances: LearnerCode['importances'] = (fitted, featureNames) =>
  gainShares((fitted as FittedRandomForest).forest, featureNames);

export const curve: LearnerCode['curve'] = (fitted) => (fitted as FittedRandomForest).curve;
