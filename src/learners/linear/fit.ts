/** Fits linear regression: least squares, or ridge with a given or chosen penalty; the intercept is never penalised. */
import { ProblemError } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Training } from '../../recipe/model.ts';
import { requireFiniteMatrix } from '../finite-matrix.ts';
import { type Centred, centre, columnsOf, inRows, products, rowProducts } from './centred.ts';
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
/**
 * Directions that vary less than this share of the strongest are the last digits of what was measured; weights along them
 * would be huge and say nothing of new rows. The limit of scikit-learn's LinearRegression (`tol`).
 */
const RANK_CUT = 1e-6;
/** A penalty that pivots do not show above this is weaker than that cut, and least squares with the cut is its limit. */
const WEAKEST_PENALTY = RANK_CUT * RANK_CUT;

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
  return { alpha, weights: byProducts(data, alpha) ?? leastSquares(columnsOf(data), data.y.slice(), RANK_CUT) };
}

/** By the normal equations, in the smaller of their two forms; undefined where they lose too many digits. */
function byProducts(data: Centred, alpha: number): Float64Array | undefined {
  const { rows, cols } = data;
  const wide = rows <= cols;
  // Centred rows depend on each other, so as many columns as rows do too.
  if (wide && alpha === 0) return undefined;
  const n = wide ? rows : cols;
  const { gram, moments } = wide ? { gram: rowProducts(data), moments: data.y } : products(data);
  for (let i = 0; i < n; i++) gram[i * n + i] += alpha;
  const factor = cholesky(gram, n, alpha > 0 ? WEAKEST_PENALTY : WELL_CONDITIONED);
  const solved = factor && choleskySolve(factor, n, moments);
  return wide ? solved && inRows(data, solved) : solved;
}
