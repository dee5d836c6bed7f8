/** Fits Poisson regression: the mean as the exponential of a weighted sum, by L-BFGS. */
import { log } from '../../base/float.ts';
import { ProblemError } from '../../base/problem.ts';
import { kernels } from '../../kernels/door.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { FitRun, Training } from '../../recipe/model.ts';
import { requireFloatTarget } from '../finite-matrix.ts';
import { fitScores, lossRows } from '../linear-scores/objective.ts';

/** Prediction = exp(X · weights + intercept). */
export interface FittedPoisson {
  weights: Float64Array;
  intercept: number;
  iterations: number;
  converged: boolean;
}

/** Its exponential is still a float32. */
export const MOST_SCORE = 88;
/** The logarithm of a mean of zero: its exponential is exactly zero, in doubles and in onnxruntime. */
const NEVER = -1e300;

function refuseNegative({ y, weight }: Training): void {
  const row = y.findIndex((value, i) => value < 0 && (!weight || weight[i] > 0));
  if (row < 0) return;
  throw new ProblemError({
    code: 'poisson.negative-target',
    at: { param: 'target', row },
    args: { value: String(y[row]) },
    message: `The target holds ${y[row]}, and Poisson regression is for counts and rates, which are never below zero.`,
    hint: 'Use linear regression, or take out the negative values.',
  });
}

export async function fit(data: Training, params: ParamValues, run: FitRun): Promise<FittedPoisson> {
  refuseNegative(data);
  requireFloatTarget(data);
  const { X, y, weight } = data;
  const total = weight ? weight.reduce((sum, w) => sum + w, 0) : X.rows;
  let mean = 0;
  for (let i = 0; i < y.length; i++) mean += ((weight ? weight[i] : 1) / total) * y[i];
  if (!(mean > 0)) return { weights: new Float64Array(X.cols), intercept: NEVER, iterations: 0, converged: true };
  // In units of the mean, so that one tolerance fits counts and amounts of any size.
  const targets = y.map((value) => value / mean);
  const loss = kernels.openScoreLoss(lossRows(data, weight), targets, 'poisson');
  try {
    const goal = { data, loss, scores: 1, total, l1: 0, l2: (Number(params.alpha) * total) / mean, bend: 1 };
    const settings = { tolerance: Number(params.tolerance), maxIterations: Number(params.max_iterations) };
    const { x, iterations, converged } = await fitScores(goal, settings, run);
    return { weights: x.slice(0, X.cols), intercept: x[X.cols] + log(mean), iterations, converged };
  } finally {
    loss.close();
  }
}
