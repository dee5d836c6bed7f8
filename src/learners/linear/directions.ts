/** Splits a small system into directions at right angles and leaves out those that the data hardly spans. */

/** Rows whose cosine is below this are at right angles. */
const RIGHT_ANGLE = 1e-14;
const MOST_SWEEPS = 60;

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

/**
 * x of least length that solves R x = c in the directions whose singular value is above `tolerance` times the largest; R's rows have length
 * d. `r` and `c` are overwritten. One-sided Jacobi rotations of the rows, which keep small singular values exact (Golub and Van Loan,
 * Matrix Computations, 8.6.3): rotated until they are at right angles, the rows are the directions times their singular values.
 */
export function shortestByDirections(r: Float64Array[], c: Float64Array, d: number, tolerance: number): Float64Array {
  let turned = true;
  for (let sweep = 0; turned && sweep < MOST_SWEEPS; sweep++) {
    turned = false;
    const squares = Float64Array.from(r, (row) => dot(row, row));
    for (let i = 0; i < r.length; i++) {
      for (let j = i + 1; j < r.length; j++) {
        const overlap = dot(r[i], r[j]);
        if (Math.abs(overlap) <= RIGHT_ANGLE * Math.sqrt(squares[i] * squares[j])) continue;
        turned = true;
        const slant = (squares[j] - squares[i]) / (2 * overlap);
        const t = (slant >= 0 ? 1 : -1) / (Math.abs(slant) + Math.sqrt(1 + slant * slant));
        const cos = 1 / Math.sqrt(1 + t * t);
        const sin = cos * t;
        for (let k = 0; k < d; k++) {
          const v = r[i][k];
          r[i][k] = cos * v - sin * r[j][k];
          r[j][k] = sin * v + cos * r[j][k];
        }
        const v = c[i];
        c[i] = cos * v - sin * c[j];
        c[j] = sin * v + cos * c[j];
        squares[i] -= t * overlap;
        squares[j] += t * overlap;
      }
    }
  }
  const squares = Float64Array.from(r, (row) => dot(row, row));
  const least = tolerance * tolerance * squares.reduce((most, s) => Math.max(most, s), 0);
  const x = new Float64Array(d);
  r.forEach((row, i) => {
    if (squares[i] > least) for (let k = 0; k < d; k++) x[k] += (c[i] / squares[i]) * row[k];
  });
  return x;
}
