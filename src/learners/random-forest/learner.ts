/** The random forest as a learner: its behaviour put together. */
import { phrase } from '../../base/words.ts';
import { kernels } from '../../kernels/door.ts';
import type { LearnerCode, Matrix, Prediction } from '../../recipe/model.ts';
import { gainShares } from '../forest/grown-tree.ts';
import { shapValues } from '../forest/shapley.ts';
import type { FittedRandomForest } from './fit.ts';
import { growShare, TREES_PART } from './grow-trees.ts';

export { fit } from './fit.ts';
export { lower } from './lower.ts';

export const featuriser: LearnerCode['featuriser'] = { numbers: 'native', precision: 'float32' };

export const parts: LearnerCode['parts'] = { [TREES_PART]: growShare };

/** The trees' shares of a row are divided by their sum, as in the graph. */
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

/** The error on the rows that trees did not learn from, as a person may want to know it before any test. */
export const notes: LearnerCode['notes'] = (fitted) => {
  const { base, curve: points } = fitted as FittedRandomForest;
  const error = points.at(-1)?.series['out-of-bag'];
  if (error === undefined) return [];
  if (base.length === 1)
    return [phrase('forest.out-of-bag-numbers', 'Out of bag, the root mean squared error is {error}.', { error: round(error) })];
  return [phrase('forest.out-of-bag-classes', 'Out of bag, {percent} % of the labels are right.', { percent: round(100 * (1 - error)) })];
};
const round = (value: number): number => Number(value.toPrecision(4));

export const contributions: LearnerCode['contributions'] = (fitted, { values, rows }, classCount) => {
  const { forest, base } = fitted as FittedRandomForest;
  const shap = shapValues(forest, base, values instanceof Float32Array ? values : Float32Array.from(values), rows);
  if (classCount === 0) return { ...shap, unit: 'amount' };
  const votes = shap.expected.reduce((sum, v) => sum + v, 0);
  return { values: shap.values.map((v) => v / votes), expected: shap.expected.map((v) => v / votes), unit: 'share' };
};
