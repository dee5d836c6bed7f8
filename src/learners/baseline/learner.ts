/** The baseline as a learner: the same answer for every row. */
import type { LearnerCode, Matrix, Prediction } from '../../recipe/model.ts';
import type { FittedBaseline } from './fit.ts';

export { fit } from './fit.ts';
export { lower } from './lower.ts';

export const featuriser: LearnerCode['featuriser'] = { numbers: 'impute', precision: 'float64' };

export function predict(fitted: unknown, X: Matrix, classCount: number): Prediction {
  const { answer } = fitted as FittedBaseline;
  const rows = new Float64Array(X.rows * answer.length);
  for (let i = 0; i < rows.length; i++) rows[i] = answer[i % answer.length];
  return classCount > 0 ? { probabilities: rows } : { values: rows };
}
