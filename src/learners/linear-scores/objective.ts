/**
 * Fits the weights of linear scores: the mean of a convex loss over the rows, with an L2 and an L1 penalty that leave the intercepts free. Parameters
 * lie as scores × (features + 1), the intercept last of each.
 */
import { phrase } from '../../base/words.ts';
import type { LinearLoss, LossRows } from '../../kernels/door.ts';
import type { FitRun, Training } from '../../recipe/model.ts';
import { requireFiniteMatrix } from '../finite-matrix.ts';
import { pacer } from '../pacer.ts';
import { type Minimum, minimise, type Objective } from './lbfgs.ts';
import { minimiseSparse } from './orthant-wise.ts';

export interface ScoreGoal {
  data: Training;
  loss: LinearLoss;
  /** Scores per row. */
  scores: number;
  /** Sum of the rows' weights. */
  total: number;
  /** Σ weight · loss + l1 Σ|w| + ½ l2 Σ w², divided by the total. */
  l1: number;
  l2: number;
  /** Typical curvature of the loss by a score, which scales the first steps. */
  bend: number;
}
export interface ScoreSettings {
  /** Done when no entry of the gradient of that mean is larger. */
  tolerance: number;
  maxIterations: number;
  start?: Float64Array;
}

/** The rows for a loss; copied only where they are not float64. */
export const lossRows = ({ X: { rows, cols, values } }: Training, weight: Float64Array | undefined): LossRows => ({
  X: { rows, cols, values: values instanceof Float64Array ? values : Float64Array.from(values) },
  weight,
});

/** The smooth part. */
export function objectiveOf({ data, loss, total, l2 }: ScoreGoal): Objective {
  const { cols } = data.X;
  const width = cols + 1;
  return (x, gradient) => {
    let value = loss.evaluate(x, gradient);
    for (let i = 0; i < x.length; i++) {
      if (i % width !== cols) {
        value += 0.5 * l2 * x[i] * x[i];
        gradient[i] += l2 * x[i];
      }
      gradient[i] /= total;
    }
    return value / total;
  };
}

/** 1 / curvature per parameter: the natural scale of each weight. Throws a Problem naming the feature when a cell is not finite. */
function inverseCurvature({ data, loss, total, l2, scores, bend }: ScoreGoal): Float64Array {
  const squares = loss.squares();
  if (!squares.every(Number.isFinite)) requireFiniteMatrix(data, true);
  const one = squares.map((s, j) => {
    const curvature = bend * s + (j < data.X.cols ? l2 : 0);
    return curvature > 0 ? total / curvature : 1;
  });
  const out = new Float64Array(scores * one.length);
  for (let r = 0; r < scores; r++) out.set(one, r * one.length);
  return out;
}

/** Runs until the tolerance, the most iterations or a wish to stop; reports the loss as it goes. */
export function fitScores(goal: ScoreGoal, { tolerance, maxIterations, start }: ScoreSettings, run: FitRun): Promise<Minimum> {
  const scale = inverseCurvature(goal);
  const pace = pacer(run);
  const { cols } = goal.data.X;
  const work = goal.data.X.rows * (cols + 20) * goal.scores * 2;
  const options = {
    inverseCurvature: scale,
    tolerance,
    maxIterations,
    between: (iteration: number, value: number) => {
      if (iteration % 10 === 0)
        run.progress({
          text: phrase('progress.iteration', 'iteration {done}', { done: iteration }),
          point: { x: iteration, series: { training: value } },
        });
      return pace(work);
    },
  };
  const from = start ?? new Float64Array(scale.length);
  if (goal.l1 === 0) return minimise(objectiveOf(goal), from, options);
  const l1 = Float64Array.from(scale, (_, i) => (i % (cols + 1) === cols ? 0 : goal.l1 / goal.total));
  return minimiseSparse(objectiveOf(goal), from, { ...options, l1 });
}
