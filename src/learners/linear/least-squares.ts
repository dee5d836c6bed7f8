/**
 * Least squares by Householder QR with column pivoting, for columns that may depend on each other: the solution of least length
 * (Golub and Van Loan, Matrix Computations, 5.4 and 5.5). Where columns nearly depend on each other its triangle's singular values tell
 * what to leave out.
 */
import { shortestByDirections } from './directions.ts';

/** Below this share of the longest, what is left of a column is rounding. */
const ROUNDING = 1e-11;
/** A triangle's diagonal may overstate its smallest singular value by about this much in practice. */
const DOUBT = 100;

/** Reflects so that v[from..] becomes (s, 0 …); leaves the reflector in v (v[from] included) and gives [s, 2 / |v|²]. */
function reflector(v: Float64Array, from: number, to: number): [number, number] {
  let squares = 0;
  for (let i = from; i < to; i++) squares += v[i] * v[i];
  const length = Math.sqrt(squares);
  if (length === 0) return [0, 0];
  const s = v[from] > 0 ? -length : length;
  v[from] -= s;
  return [s, 1 / (squares - s * (v[from] + s))];
}

function reflect(v: Float64Array, beta: number, column: Float64Array, from: number, to: number): void {
  let sum = 0;
  for (let i = from; i < to; i++) sum += v[i] * column[i];
  sum *= beta;
  for (let i = from; i < to; i++) column[i] -= sum * v[i];
}

/**
 * w of least length among those that minimise |A w - b|. `columns` holds A by columns and is overwritten, as is `b`. Singular values of A
 * not above `tolerance` times the largest count as zero.
 */
export function leastSquares(columns: Float64Array[], b: Float64Array, tolerance = ROUNDING): Float64Array {
  const n = b.length;
  const d = columns.length;
  const order = Int32Array.from({ length: d }, (_, j) => j);
  const diagonal = new Float64Array(d);
  let rank = 0;
  const norm = (j: number, from: number) => {
    let sum = 0;
    const column = columns[order[j]];
    for (let i = from; i < n; i++) sum += column[i] * column[i];
    return sum;
  };
  // Squared lengths below row `k`, updated as rows are finished; recomputed where cancellation has eaten them.
  const length = Float64Array.from(order, (_, j) => norm(j, 0));
  const first = length.slice();
  for (let k = 0; k < Math.min(n, d); k++) {
    let best = k;
    for (let j = k + 1; j < d; j++) if (length[j] > length[best]) best = j;
    for (const list of [order, length, first]) [list[k], list[best]] = [list[best], list[k]];
    const v = columns[order[k]];
    const [s, beta] = reflector(v, k, n);
    if (Math.abs(s) <= ROUNDING * Math.abs(k === 0 ? s : diagonal[0])) break;
    diagonal[k] = s;
    rank = k + 1;
    reflect(v, beta, b, k, n);
    for (let j = k + 1; j < d; j++) {
      const column = columns[order[j]];
      reflect(v, beta, column, k, n);
      length[j] -= column[k] * column[k];
      if (length[j] < 1e-6 * first[j]) first[j] = length[j] = norm(j, k + 1);
    }
  }
  // R by rows: rank × d, its diagonal apart.
  const r = Array.from({ length: rank }, (_, i) =>
    Float64Array.from({ length: d }, (_, j) => (j === i ? diagonal[i] : j > i ? columns[order[j]][i] : 0)),
  );
  const clear = rank === 0 || tolerance <= ROUNDING || Math.abs(diagonal[rank - 1]) > DOUBT * tolerance * Math.abs(diagonal[0]);
  const solved = clear ? shortest(r, b.subarray(0, rank), d) : shortestByDirections(r, b.subarray(0, rank), d, tolerance);
  const w = new Float64Array(d);
  for (let j = 0; j < d; j++) w[order[j]] = solved[j];
  return w;
}

/** x of least length with R x = c, R upper trapezoidal with full row rank: Rᵀ = Q T, so x = Q T⁻ᵀ c. */
function shortest(r: Float64Array[], c: Float64Array, d: number): Float64Array {
  const rank = r.length;
  const x = new Float64Array(d);
  if (rank === d) {
    for (let i = rank - 1; i >= 0; i--) {
      let sum = c[i];
      for (let j = i + 1; j < rank; j++) sum -= r[i][j] * x[j];
      x[i] = sum / r[i][i];
    }
    return x;
  }
  const betas = new Float64Array(rank);
  const t = new Float64Array(rank);
  for (let i = 0; i < rank; i++) {
    [t[i], betas[i]] = reflector(r[i], i, d);
    for (let j = i + 1; j < rank; j++) reflect(r[i], betas[i], r[j], i, d);
  }
  // Tᵀ is lower triangular: its entry (j, i) is what row j kept at place i.
  for (let i = 0; i < rank; i++) {
    let sum = c[i];
    for (let k = 0; k < i; k++) sum -= r[i][k] * x[k];
    x[i] = sum / t[i];
  }
  for (let i = rank - 1; i >= 0; i--) reflect(r[i], betas[i], x, i, d);
  return x;
}
