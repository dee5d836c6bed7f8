/** Fits linear regression: least squares, or ridge with a given or chosen penalty; the intercept is never penalised. */
import { ProblemError } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Training } from '../../recipe/model.ts';
import { requireFiniteMatrix } from '../finite-matrix.ts';
import { type Centred, centre, columnsOf, products } from './centred.ts';
import { cholesky, choleskySolve } from './cholesky.ts';
import { leastSquares } from './least-squares.ts';
import { chooseAlpha } from './leave-one-out.ts';

/** Prediction = X · weights + intercept. */
export interface FittedLinear {
  weights: Float64Array;
  intercept: number;
  /** The penalty used: Σ error² + alpha · |weights|². */
  alpha: number;
}

/** Pivots below this mean that the normal equations have lost too many digits for least squares. */
const WELL_CONDITIONED = 1e-8;

export async function fit(data: Training, params: ParamValues): Promise<FittedLinear> {
  requireFiniteMatrix(data);
  const centred = centre(data);
  const { alpha, weights } = solve(centred, params.alpha === null ? undefined : Number(params.alpha));
  let intercept = centred.meanY;
  for (let j = 0; j < weights.length; j++) intercept -= weights[j] * centred.means[j];
  if (!Number.isFinite(intercept) || !weights.every(Number.isFinite)) {
    throw new ProblemError({
      code: 'linear.overflow',
      message: 'The numbers are too large to fit a line through.',
      hint: 'Scale the target and the features to smaller numbers.',
    });
  }
  return { weights, intercept, alpha };
}

function solve(data: Centred, alpha: number | undefined): { alpha: number; weights: Float64Array } {
  if (data.cols === 0 || data.rows < 2) return { alpha: alpha ?? 0, weights: new Float64Array(data.cols) };
  if (alpha === undefined) return chooseAlpha(data);
  const { gram, moments } = products(data);
  for (let j = 0; j < data.cols; j++) gram[j * data.cols + j] += alpha;
  const factor = cholesky(gram, data.cols, alpha > 0 ? 0 : WELL_CONDITIONED);
  if (factor) return { alpha, weights: choleskySolve(factor, data.cols, moments) };
  return { alpha, weights: leastSquares(...withPenalty(data, alpha)) };
}

/** Ridge is least squares with one more row per column: root of alpha in that column, zero as its target. */
function withPenalty(data: Centred, alpha: number): [Float64Array[], Float64Array] {
  const columns = columnsOf(data);
  if (alpha === 0) return [columns, data.y.slice()];
  const root = Math.sqrt(alpha);
  const longer = columns.map((column, j) => {
    const out = new Float64Array(data.rows + data.cols);
    out.set(column);
    out[data.rows + j] = root;
    return out;
  });
  const y = new Float64Array(data.rows + data.cols);
  y.set(data.y);
  return [longer, y];
}
