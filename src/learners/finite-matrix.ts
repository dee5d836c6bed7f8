/** Refuses numbers that a learner cannot take: cells that are not finite (the featuriser has filled missing ones), targets beyond float32. */
import { ProblemError } from '../base/problem.ts';
import type { Training } from '../recipe/model.ts';

const MOST_FLOAT = 3.4e38;

/** Throws a Problem naming the feature when a cell is NaN, infinite or, for those who round them to float32, beyond that. */
export function requireFiniteMatrix({ X, featureNames }: Training, float32 = false): void {
  const most = float32 ? MOST_FLOAT : Number.MAX_VALUE;
  for (let i = 0; i < X.values.length; i++) {
    if (Math.abs(X.values[i]) <= most) continue;
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

/** For learners whose answers are float32: throws a Problem when a target with weight is beyond it. */
export function requireFloatTarget({ y, weight, classCount }: Training): void {
  if (classCount > 0) return;
  const row = y.findIndex((value, i) => Math.abs(value) > MOST_FLOAT && (!weight || weight[i] > 0));
  if (row < 0) return;
  throw new ProblemError({
    code: 'learner.target-too-large',
    at: { param: 'target', row },
    args: { value: String(y[row]) },
    message: `The target holds ${y[row]}, and this learner cannot predict numbers beyond 3.4e38.`,
    hint: 'Divide the target by a power of ten in a step before, or take out the extreme values.',
  });
}
