/** Fits linear regression: least squares, ridge, lasso or elastic net with a given or chosen penalty; the intercept is never penalised. */
import type { ParamValues } from '../../kind/params.ts';
import type { FitRun, Training } from '../../recipe/model.ts';
import { type Centred, centre, columnsOf, inRows, rowProducts } from './centred.ts';
import { cholesky, choleskySolve } from './cholesky.ts';
import { leastSquares } from './least-squares.ts';
import { chooseAlpha } from './leave-one-out.ts';
import { fitSparse, overflow, type SparsePath } from './sparse.ts';
import { type Basis, basisOf, productsAbout, systemOf } from './summary.ts';

/** Prediction = X · weights + intercept. */
export interface FittedLinear {
  weights: Float64Array;
  intercept: number;
  /** The penalty used: Σ error² + alpha · |weights|²; with L1 in it, Σ error² / (2 n) + alpha · (…). */
  alpha: number;
  /** Errors along the path where an L1 penalty was chosen. */
  path?: SparsePath;
  /** The penalty has L1 in it, and leaves features out. */
  sparse?: true;
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

export async function fit(data: Training, params: ParamValues, run: FitRun): Promise<FittedLinear> {
  const basis = basisOf(data);
  const found = await solve(basis, params, run);
  let { intercept } = found;
  intercept += basis.meanY;
  for (let j = 0; j < found.weights.length; j++) intercept -= found.weights[j] * basis.means[j];
  if (!Number.isFinite(intercept) || !found.weights.every(Number.isFinite)) throw overflow();
  return { ...found, intercept };
}

/** Weights and intercept for features and target counted from their means. */
async function solve(basis: Basis, params: ParamValues, run: FitRun): Promise<FittedLinear> {
  const { data, rows } = basis;
  const { cols } = data.X;
  const sparse = params.penalty === 'lasso' || params.penalty === 'elastic-net';
  const chosen = sparse ? params.l1_alpha : params.penalty === 'none' ? 0 : params.alpha;
  const alpha = chosen === null ? undefined : Number(chosen);
  if (cols === 0 || rows < 2) return { alpha: alpha ?? 0, weights: new Float64Array(cols), intercept: 0 };
  if (sparse) {
    const mix = params.penalty === 'lasso' ? 1 : Number(params.l1_ratio);
    return { ...(await fitSparse(basis, { alpha, mix }, run)), sparse: true };
  }
  if (alpha === undefined) {
    const choice = chooseAlpha(centre(data));
    return { alpha: choice.alpha, weights: choice.weights, intercept: 0 };
  }
  const quick = rows > cols ? byProducts(basis, alpha) : undefined;
  if (quick) return { alpha, weights: quick, intercept: 0 };
  const centred = centre(data);
  const short = rows > cols ? undefined : byRows(centred, alpha);
  return { alpha, weights: short ?? leastSquares(columnsOf(centred), centred.y.slice(), RANK_CUT), intercept: 0 };
}

const leastPivot = (alpha: number): number => (alpha > 0 ? WEAKEST_PENALTY : WELL_CONDITIONED);

/** By the normal equations; undefined where they lose too many digits. */
function byProducts(basis: Basis, alpha: number): Float64Array | undefined {
  const { gram, moments } = systemOf(productsAbout(basis));
  const n = moments.length;
  for (let i = 0; i < n; i++) gram[i * n + i] += alpha;
  const factor = cholesky(gram, n, leastPivot(alpha));
  return factor && choleskySolve(factor, n, moments);
}

/** The same from the products of rows, where there are fewer of them. */
function byRows(data: Centred, alpha: number): Float64Array | undefined {
  // Centred rows depend on each other, so as many columns as rows do too.
  if (alpha === 0) return undefined;
  const { rows } = data;
  const gram = rowProducts(data);
  for (let i = 0; i < rows; i++) gram[i * rows + i] += alpha;
  const factor = cholesky(gram, rows, leastPivot(alpha));
  return factor && inRows(data, choleskySolve(factor, rows, data.y));
}
