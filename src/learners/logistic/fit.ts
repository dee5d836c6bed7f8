/** Fits logistic regression: classes that occur are fitted by L-BFGS, classes that do not get probability zero. */
import { kernels } from '../../kernels/door.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { FitRun, Training } from '../../recipe/model.ts';
import { classTotals, rowWeights } from '../class-weights.ts';
import { fewLogisticLoss, fewSoftmaxLoss } from '../linear-scores/few-loss.ts';
import { fitScores, lossRows, type ScoreGoal } from '../linear-scores/objective.ts';

/** Scores are X · weights + intercepts, probabilities their softmax. With two classes the first one's column is zero. */
export interface FittedLogistic {
  features: number;
  classes: number;
  /** Row-major [features, classes]. */
  weights: Float64Array;
  intercepts: Float64Array;
  iterations: number;
  converged: boolean;
  /** The penalty has L1 in it, and leaves features out. */
  sparse?: true;
}

/** So low that its exponential is exactly zero beside any other class, in doubles and in onnxruntime. */
const NEVER = -1e300;

export async function fit(data: Training, params: ParamValues, run: FitRun): Promise<FittedLogistic> {
  const { X, classCount } = data;
  const totals = classTotals(data);
  const present = [...totals.keys()].filter((k) => totals[k] > 0);
  const place = new Int32Array(classCount);
  present.forEach((k, i) => {
    place[k] = i;
  });
  const fitted: FittedLogistic = {
    features: X.cols,
    classes: classCount,
    weights: new Float64Array(X.cols * classCount),
    intercepts: new Float64Array(classCount).fill(NEVER),
    iterations: 0,
    converged: true,
  };
  for (const k of present) fitted.intercepts[k] = 0;
  if (present.length < 2) return fitted;

  const goal = logisticGoal(
    data,
    Int32Array.from(data.y, (k) => place[k]),
    present.length,
    params,
  );
  try {
    const result = await fitScores(goal, { tolerance: Number(params.tolerance), maxIterations: Number(params.max_iterations) }, run);
    const width = X.cols + 1;
    present.forEach((k, i) => {
      const row = present.length === 2 ? i - 1 : i;
      if (row < 0) return;
      for (let j = 0; j < X.cols; j++) fitted.weights[j * classCount + k] = result.x[row * width + j];
      fitted.intercepts[k] = result.x[row * width + X.cols];
    });
    return { ...fitted, iterations: result.iterations, converged: result.converged, ...(goal.l1 > 0 ? { sparse: true } : {}) };
  } finally {
    goal.loss.close();
  }
}

/** scikit-learn's objective: C · Σ weight · loss + (share of L1) Σ|w| + (share of L2) ½ Σ w². One row of weights for two classes, else one per class. */
export function logisticGoal(data: Training, y: Int32Array, classes: number, params: ParamValues): ScoreGoal {
  const weight = rowWeights(data, params.class_weight === 'balanced');
  const rows = lossRows(data, weight);
  const mix = { none: 0, l2: 0, l1: 1, 'elastic-net': Number(params.l1_ratio) }[String(params.penalty)] ?? 0;
  const strength = params.penalty === 'none' ? 0 : 1 / Number(params.c);
  const sides = Float64Array.from(y, (k) => 2 * k - 1);
  return {
    loss:
      classes === 2
        ? (fewLogisticLoss(rows, sides) ?? kernels.openScoreLoss(rows, sides, 'logistic'))
        : (fewSoftmaxLoss(rows, y, classes) ?? kernels.openSoftmaxLoss(rows, y, classes)),
    data,
    scores: classes === 2 ? 1 : classes,
    total: weight ? weight.reduce((sum, w) => sum + w, 0) : data.X.rows,
    l1: strength * mix,
    l2: strength * (1 - mix),
    // At equal probabilities.
    bend: (1 / classes) * (1 - 1 / classes),
  };
}
