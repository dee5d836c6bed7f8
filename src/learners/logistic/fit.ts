/** Fits logistic regression: classes that occur are fitted by L-BFGS, classes that do not get probability zero. */
import { phrase } from '../../base/words.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { FitRun, Training } from '../../recipe/model.ts';
import { classTotals, rowWeights } from '../class-weights.ts';
import { requireFiniteMatrix } from '../finite-matrix.ts';
import { pacer } from '../pacer.ts';
import { minimise } from './lbfgs.ts';
import { binaryObjective, inverseCurvature, type LossData, multinomialObjective } from './objective.ts';

/** Scores are X · weights + intercepts, probabilities their softmax. With two classes the first one's column is zero. */
export interface FittedLogistic {
  features: number;
  classes: number;
  /** Row-major [features, classes]. */
  weights: Float64Array;
  intercepts: Float64Array;
  iterations: number;
  converged: boolean;
}

/** So low that its exponential is exactly zero beside any other class, in doubles and in onnxruntime. */
const NEVER = -1e300;
/** Of the gradient of the mean loss: far below what moves a probability in float32. */
const TOLERANCE = 1e-8;

export async function fit(data: Training, params: ParamValues, run: FitRun): Promise<FittedLogistic> {
  requireFiniteMatrix(data);
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

  const loss: LossData = {
    X,
    y: Int32Array.from(data.y, (k) => place[k]),
    classes: present.length,
    weight: rowWeights(data, params.class_weight === 'balanced'),
    c: Number(params.c),
  };
  const scale = inverseCurvature(loss);
  const pace = pacer(run);
  const work = X.rows * (X.cols + 20) * (present.length === 2 ? 1 : present.length) * 2;
  const most = Number(params.max_iterations);
  const result = await minimise(present.length === 2 ? binaryObjective(loss) : multinomialObjective(loss), new Float64Array(scale.length), {
    inverseCurvature: scale,
    tolerance: TOLERANCE,
    maxIterations: most,
    between: (iteration, value) => {
      if (iteration % 10 === 0)
        run.progress({
          text: phrase('progress.iteration', 'iteration {done}', { done: iteration }),
          point: { x: iteration, series: { training: value } },
        });
      return pace(work);
    },
  });
  const width = X.cols + 1;
  present.forEach((k, i) => {
    const row = present.length === 2 ? i - 1 : i;
    if (row < 0) return;
    for (let j = 0; j < X.cols; j++) fitted.weights[j * classCount + k] = result.x[row * width + j];
    fitted.intercepts[k] = result.x[row * width + X.cols];
  });
  return { ...fitted, iterations: result.iterations, converged: result.converged };
}
