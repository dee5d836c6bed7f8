/** Refuses a matrix that linear algebra cannot take; the featuriser has filled missing cells already. */
import { ProblemError } from '../base/problem.ts';
import type { Training } from '../recipe/model.ts';

/** Throws a Problem naming the feature when a cell is NaN or infinite. */
export function requireFiniteMatrix({ X, featureNames }: Training): void {
  for (let i = 0; i < X.values.length; i++) {
    if (Number.isFinite(X.values[i])) continue;
    const feature = featureNames[i % X.cols];
    throw new ProblemError({
      code: 'learner.not-finite',
      at: { column: feature, row: Math.floor(i / X.cols) },
      args: { feature },
      message: `The feature “${feature}” holds a number too large to compute with.`,
      hint: 'Replace infinite or extreme values in that column, or leave the column out.',
    });
  }
}
