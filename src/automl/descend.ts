/** The lowest point of a bowl whose first unknowns are not below 0, by one unknown after the other. */

const SWEEPS = 2000;
const NEAR = 1e-10;

/** Of ½xᵀHx − bᵀx with H symmetric and positive definite, row-major [n, n]; the first `bounded` unknowns are 0 or more. */
export function descend(H: Float64Array, b: Float64Array, start: Float64Array, bounded: number): Float64Array {
  const n = b.length;
  const x = start.slice();
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let moved = 0;
    for (let j = 0; j < n; j++) {
      let slope = b[j];
      for (let k = 0; k < n; k++) if (k !== j) slope -= H[j * n + k] * x[k];
      const best = slope / H[j * n + j];
      const next = j < bounded ? Math.max(0, best) : best;
      moved = Math.max(moved, Math.abs(next - x[j]));
      x[j] = next;
    }
    if (moved < NEAR) break;
  }
  return x;
}
