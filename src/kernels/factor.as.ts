/**
 * Cholesky factorisation of a symmetric positive definite matrix in float64 by blocks of four rows, and the inverse of the factor (Golub and Van Loan, Matrix
 * Computations, 4.2). Matrices are row-major with `step` bytes per row; `n` is a multiple of four, and all entries of a block of four are used.
 */
import { tile } from './tile.as.ts';

export { firstFree } from './memory.as.ts';

/* inline */ function at(matrix: usize, step: usize, row: i32, col: i32): usize {
  return matrix + <usize>row * step + ((<usize>col) << 3);
}

/** Zeroes the 4 × 4 sums at `block`. */
/* inline */ function clear(block: usize): void {
  memory.fill(block, 0, 128);
}

/**
 * The lower triangle of `lower` holds A and becomes L with L Lᵀ = A; `upper` becomes Lᵀ. `block` has room for 16 numbers. Gives the row whose pivot is not above
 * `least` times its entry of A, or -1.
 */
export function factor(lower: usize, upper: usize, n: i32, step: usize, block: usize, least: f64): i32 {
  for (let i = 0; i < n; i += 4) {
    for (let j = 0; j <= i; j += 4) {
      clear(block);
      tile<f64>(at(lower, step, i, 0), step, 8, at(upper, step, 0, j), step, j, block, 32, true);
      for (let a = 0; a < 4; a++) {
        const row = i + a;
        for (let b = 0; b < 4; b++) {
          const col = j + b;
          if (col > row) break;
          let sum = load<f64>(at(lower, step, row, col)) - load<f64>(block + ((<usize>(4 * a + b)) << 3));
          for (let k = j; k < col; k++) sum -= load<f64>(at(lower, step, row, k)) * load<f64>(at(lower, step, col, k));
          if (row === col) {
            if (!(sum > least * load<f64>(at(lower, step, row, col)))) return row;
            sum = sqrt(sum);
          } else {
            sum /= load<f64>(at(lower, step, col, col));
          }
          store<f64>(at(lower, step, row, col), sum);
          store<f64>(at(upper, step, col, row), sum);
        }
      }
    }
  }
  return -1;
}

/** `inverse` becomes the inverse of the lower triangular L, zeros above its diagonal. */
export function invertLower(lower: usize, inverse: usize, n: i32, step: usize, block: usize): void {
  for (let i = 0; i < n; i++) memory.fill(at(inverse, step, i, 0), 0, (<usize>n) << 3);
  for (let i = 0; i < n; i += 4) {
    for (let j = 0; j <= i; j += 4) {
      clear(block);
      // The rows of the inverse above j's block have nothing in these columns.
      tile<f64>(at(lower, step, i, j), step, 8, at(inverse, step, j, j), step, i - j, block, 32, true);
      for (let a = 0; a < 4; a++) {
        const row = i + a;
        const pivot = load<f64>(at(lower, step, row, row));
        for (let b = 0; b < 4; b++) {
          const col = j + b;
          if (col > row) break;
          let sum = f64(row === col) - load<f64>(block + ((<usize>(4 * a + b)) << 3));
          for (let k = i; k < row; k++) sum -= load<f64>(at(lower, step, row, k)) * load<f64>(at(inverse, step, k, col));
          store<f64>(at(inverse, step, row, col), sum / pivot);
        }
      }
    }
  }
}

/** Σ over rows of the squares of each column, added up from the first row. */
export function columnSquares(matrix: usize, n: i32, step: usize, out: usize): void {
  memory.fill(out, 0, (<usize>n) << 3);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= (i | 3); j += 2) {
      const x = v128.load(at(matrix, step, i, j));
      const to = out + ((<usize>j) << 3);
      v128.store(to, f64x2.add(v128.load(to), f64x2.mul(x, x)));
    }
  }
}
