/** The decision tree as a learner: its behaviour put together. */
import { kernels } from '../../kernels/door.ts';
import type { Inspection, LearnerCode, Matrix, Prediction, TreeNode } from '../../recipe/model.ts';
import { gainShares } from '../forest/grown-tree.ts';
import { shapValues } from '../forest/shapley.ts';
import type { FittedTree } from './fit.ts';

export { fit } from './fit.ts';
export { lower } from './lower.ts';

export const featuriser: LearnerCode['featuriser'] = { numbers: 'native', precision: 'float32' };

export function predict(fitted: unknown, X: Matrix, classCount: number): Prediction {
  const { forest } = fitted as FittedTree;
  const values = X.values instanceof Float32Array ? X.values : Float32Array.from(X.values);
  const answer = Float64Array.from(kernels.predictTrees(forest, new Float32Array(forest.width), values, X.rows, X.cols));
  return classCount > 0 ? { probabilities: answer } : { values: answer };
}

/** Share of the purity that each feature's questions brought. */
export const importances: LearnerCode['importances'] = (fitted, featureNames) => gainShares((fitted as FittedTree).forest, featureNames);

export function inspect(fitted: unknown, featureNames: readonly string[]): Inspection {
  const { forest } = fitted as FittedTree;
  return {
    type: 'tree',
    nodes: Array.from(forest.feature, (feature, i): TreeNode => {
      const about = { rows: forest.rows[i], value: [...forest.value.subarray(i * forest.width, (i + 1) * forest.width)] };
      if (feature < 0) return about;
      return {
        ...about,
        feature: featureNames[feature],
        threshold: forest.threshold[i],
        missingLeft: forest.missingLeft[i] === 1,
        left: forest.left[i],
        right: forest.right[i],
      };
    }),
  };
}

export const contributions: LearnerCode['contributions'] = (fitted, { values, rows }, classCount) => {
  const { forest } = fitted as FittedTree;
  const shap = shapValues(
    forest,
    new Float32Array(forest.width),
    values instanceof Float32Array ? values : Float32Array.from(values),
    rows,
  );
  return { ...shap, unit: classCount > 0 ? 'share' : 'amount' };
};
