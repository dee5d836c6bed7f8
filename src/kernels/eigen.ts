/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder reduction to three diagonals, then the implicit QL iteration
 * (Golub and Van Loan, Matrix Computations, 8.3; Dubrulle, Martin and Wilkinson 1968).
 */

export interface Eigen {
  /** In no particular order. */
  values: Float64Array;
  /** Row-major; column j is the vector of values[j]. */
  vectors: Float64Array;
}

/** Of the symmetric row-major n × n matrix `a`, which is left as it is. */
export function symmetricEigen(a: Float64Array, n: number): Eigen {
  const m = a.slice();
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  for (let k = 0; k < n - 2; k++) eliminate(m, q, n, k);
  const values = new Float64Array(n);
  const off = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    values[i] = m[i * n + i];
    if (i + 1 < n) off[i] = m[(i + 1) * n + i];
  }
  for (let l = 0; l < n; l++) isolate(values, off, q, n, l);
  return { values, vectors: q };
}

/** Zeroes column k below its first off-diagonal entry by one reflection from both sides, gathered in q. */
function eliminate(m: Float64Array, q: Float64Array, n: number, k: number): void {
  const v = new Float64Array(n);
  let squares = 0;
  for (let i = k + 1; i < n; i++) {
    v[i] = m[i * n + k];
    squares += v[i] * v[i];
  }
  const length = Math.sqrt(squares);
  if (length === 0 || squares === v[k + 1] * v[k + 1]) return;
  const s = v[k + 1] > 0 ? -length : length;
  v[k + 1] -= s;
  const beta = 1 / (squares - s * (v[k + 1] + s));
  // p = beta m v, w = p - (beta / 2)(pᵀ v) v, then m -= v wᵀ + w vᵀ.
  const p = new Float64Array(n);
  for (let i = k; i < n; i++) {
    let sum = 0;
    for (let j = k + 1; j < n; j++) sum += m[i * n + j] * v[j];
    p[i] = beta * sum;
  }
  let overlap = 0;
  for (let i = k + 1; i < n; i++) overlap += p[i] * v[i];
  for (let i = k + 1; i < n; i++) p[i] -= (beta / 2) * overlap * v[i];
  for (let i = k + 1; i < n; i++) for (let j = k + 1; j < n; j++) m[i * n + j] -= v[i] * p[j] + p[i] * v[j];
  m[(k + 1) * n + k] = m[k * n + k + 1] = s;
  for (let i = k + 2; i < n; i++) m[i * n + k] = m[k * n + i] = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = k + 1; j < n; j++) sum += q[i * n + j] * v[j];
    sum *= beta;
    for (let j = k + 1; j < n; j++) q[i * n + j] -= sum * v[j];
  }
}

/** QL steps until values[l] stands alone. */
function isolate(values: Float64Array, off: Float64Array, q: Float64Array, n: number, l: number): void {
  for (let turn = 0; turn < 60; turn++) {
    let m = l;
    while (m < n - 1 && Math.abs(off[m]) > Number.EPSILON * (Math.abs(values[m]) + Math.abs(values[m + 1]))) m++;
    if (m === l) return;
    // Wilkinson's shift from the leading 2 × 2 block.
    let g = (values[l + 1] - values[l]) / (2 * off[l]);
    let r = Math.sqrt(g * g + 1);
    g = values[m] - values[l] + off[l] / (g + (g >= 0 ? r : -r));
    let s = 1;
    let c = 1;
    let p = 0;
    let i = m - 1;
    for (; i >= l; i--) {
      const f = s * off[i];
      const b = c * off[i];
      r = Math.sqrt(f * f + g * g);
      off[i + 1] = r;
      if (r === 0) {
        values[i + 1] -= p;
        off[m] = 0;
        break;
      }
      s = f / r;
      c = g / r;
      g = values[i + 1] - p;
      r = (values[i] - g) * s + 2 * c * b;
      p = s * r;
      values[i + 1] = g + p;
      g = c * r - b;
      for (let k = 0; k < n; k++) {
        const at = k * n + i;
        const upper = q[at + 1];
        q[at + 1] = s * q[at] + c * upper;
        q[at] = c * q[at] - s * upper;
      }
    }
    if (i >= l) continue;
    values[l] -= p;
    off[l] = g;
    off[m] = 0;
  }
}
