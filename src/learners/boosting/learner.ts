/** Gradient boosting as a learner: its behaviour put together. */
import { exp } from '../../base/float.ts';
import { phrase, rowsOf } from '../../base/words.ts';
import { kernels } from '../../kernels/door.ts';
import type { LearnerCode, Matrix, Prediction } from '../../recipe/model.ts';
import { gainShares } from '../forest/grown-tree.ts';
import { shapValues } from '../forest/shapley.ts';
import { softmaxInPlace } from '../softmax.ts';
import type { FittedBoosting } from './fit.ts';

export { fit, resume } from './fit.ts';
export { lower } from './lower.ts';

export const judgesAside = true;
export const featuriser: LearnerCode['featuriser'] = { numbers: 'native', categories: 'codes', precision: 'float32' };

export function predict(fitted: unknown, X: Matrix, classCount: number): Prediction {
  const { forest, base, link } = fitted as FittedBoosting;
  const values = X.values instanceof Float32Array ? X.values : Float32Array.from(X.values);
  const scores = kernels.predictTrees(forest, base, values, X.rows, X.cols);
  if (classCount === 0) return { values: link === 'log' ? Float64Array.from(scores, exp) : new Float64Array(scores) };
  if (classCount !== 2) return { probabilities: softmaxInPlace(new Float64Array(scores), classCount) };
  const pairs = new Float64Array(X.rows * 2);
  for (let i = 0; i < X.rows; i++) pairs[2 * i + 1] = scores[i];
  return { probabilities: softmaxInPlace(pairs, 2) };
}

/** Share of the gain that each feature's splits brought. */
export const importances: LearnerCode['importances'] = (fitted, featureNames) =>
  gainShares((fitted as FittedBoosting).forest, featureNames);

export const curve: LearnerCode['curve'] = (fitted) => (fitted as FittedBoosting).curve;

export const notes: LearnerCode['notes'] = (fitted) => {
  const { minLeaf } = fitted as FittedBoosting;
  return minLeaf
    ? [
        phrase('boosting.min-leaf', 'Least rows in a leaf: {chosen}, chosen from the {rows} learned from.', {
          chosen: minLeaf.chosen,
          rows: rowsOf(minLeaf.rows),
        }),
      ]
    : [];
};

export const contributions: LearnerCode['contributions'] = (fitted, { values, rows }, classCount) => {
  const { forest, base, link } = fitted as FittedBoosting;
  const unit = classCount > 0 ? 'log-odds' : link === 'log' ? 'log' : 'amount';
  return { ...shapValues(forest, base, values instanceof Float32Array ? values : Float32Array.from(values), rows), unit };
};
