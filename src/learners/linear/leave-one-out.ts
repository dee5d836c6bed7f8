/**
 * Chooses the ridge penalty by the exact leave-one-out error, without refitting: the residual of a left-out row is e / (1 - h), h being the
 * row's own leverage (Allen 1974; Golub, Heath and Wahba 1979).
 */
import { type Centred, inRows, products, rowProducts } from './centred.ts';
import { symmetricEigen } from './eigen.ts';

/** 1e-8 to 1e6, two per decade. */
export const ALPHAS = Float64Array.from({ length: 29 }, (_, i) => Number(`${i % 2 === 0 ? 1 : 3}e${Math.floor(i / 2) - 8}`));

export interface Choice {
  alpha: number;
  /** Weights for centred features. */
  weights: Float64Array;
  /** Mean squared leave-one-out error per entry of `ALPHAS`. */
  errors: Float64Array;
}

/** The fits for all penalties at once, by the directions in which the data vary. */
interface Fits {
  /** Writes e and 1 - h of the row, one per penalty. */
  row: (r: number, residual: Float64Array, rest: Float64Array) => void;
  weights: (penalty: number) => Float64Array;
}

/** The penalty of `ALPHAS` with the least error (the largest of equals), and its weights. */
export function chooseAlpha(data: Centred): Choice {
  const { rows, cols } = data;
  // With hardly more rows than columns every row is nearly met, and 1 - h must not come from a difference.
  const fits = rows <= cols + 1 ? fitsByRows(data) : fitsByColumns(data);
  const errors = new Float64Array(ALPHAS.length);
  const residual = new Float64Array(ALPHAS.length);
  const rest = new Float64Array(ALPHAS.length);
  for (let r = 0; r < rows; r++) {
    fits.row(r, residual, rest);
    for (let a = 0; a < errors.length; a++) {
      const e = rest[a] > 0 ? residual[a] / rest[a] : 0;
      errors[a] += e * e;
    }
  }
  let best = errors.length - 1;
  for (let a = best - 1; a >= 0; a--) if (errors[a] < errors[best]) best = a;
  return { alpha: ALPHAS[best], weights: fits.weights(best), errors: errors.map((sum) => sum / Math.max(rows, 1)) };
}

/** From xᵀx = V S² Vᵀ. */
function fitsByColumns(data: Centred): Fits {
  const { cols, x, y, share } = data;
  const { gram, moments } = products(data);
  const { values, vectors } = symmetricEigen(gram, cols);
  const count = ALPHAS.length;
  // Per direction j and penalty a: how much of its square and of its moment is kept.
  const kept = new Float64Array(cols * count);
  const pulled = new Float64Array(cols * count);
  for (let j = 0; j < cols; j++) {
    let moment = 0;
    for (let i = 0; i < cols; i++) moment += vectors[i * cols + j] * moments[i];
    for (let a = 0; a < count; a++) {
      kept[j * count + a] = 1 / (Math.max(values[j], 0) + ALPHAS[a]);
      pulled[j * count + a] = moment * kept[j * count + a];
    }
  }
  return {
    row: (r, residual, rest) => {
      // The intercept's part of the leverage is the row's share.
      rest.fill(1 - share[r]);
      residual.fill(y[r]);
      for (let j = 0; j < cols; j++) {
        let q = 0;
        for (let i = 0; i < cols; i++) q += x[r * cols + i] * vectors[i * cols + j];
        const square = q * q;
        for (let a = 0; a < count; a++) {
          rest[a] -= square * kept[j * count + a];
          residual[a] -= q * pulled[j * count + a];
        }
      }
      // Below this the difference is rounding.
      for (let a = 0; a < count; a++) rest[a] = Math.max(rest[a], 1e-10);
    },
    weights: (a) => {
      const out = new Float64Array(cols);
      for (let i = 0; i < cols; i++) for (let j = 0; j < cols; j++) out[i] += vectors[i * cols + j] * pulled[j * count + a];
      return out;
    },
  };
}

/**
 * From xxᵀ = U S² Uᵀ: e and 1 - h are sums of what each direction leaves, alpha / (s² + alpha). The direction of the intercept, the roots of
 * the shares, is one of U's of its own (its square made larger than all others) and leaves nothing.
 */
function fitsByRows(data: Centred): Fits {
  const { rows, y, share } = data;
  const gram = rowProducts(data);
  let apart = 1;
  for (let r = 0; r < rows; r++) apart += 2 * gram[r * rows + r];
  for (let r = 0; r < rows; r++) for (let s = 0; s < rows; s++) gram[r * rows + s] += apart * Math.sqrt(share[r] * share[s]);
  const { values, vectors } = symmetricEigen(gram, rows);
  const intercept = values.reduce((best, value, j) => (value > values[best] ? j : best), 0);
  const count = ALPHAS.length;
  const left = new Float64Array(rows * count);
  const moments = new Float64Array(rows);
  for (let j = 0; j < rows; j++) {
    if (j === intercept) continue;
    for (let r = 0; r < rows; r++) moments[j] += vectors[r * rows + j] * y[r];
    for (let a = 0; a < count; a++) left[j * count + a] = ALPHAS[a] / (Math.max(values[j], 0) + ALPHAS[a]);
  }
  return {
    row: (r, residual, rest) => {
      rest.fill(0);
      residual.fill(0);
      for (let j = 0; j < rows; j++) {
        const u = vectors[r * rows + j];
        for (let a = 0; a < count; a++) {
          rest[a] += u * u * left[j * count + a];
          residual[a] += u * moments[j] * left[j * count + a];
        }
      }
    },
    weights: (a) => {
      const amounts = new Float64Array(rows);
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < rows; j++) amounts[r] += (vectors[r * rows + j] * moments[j] * left[j * count + a]) / ALPHAS[a];
      }
      return inRows(data, amounts);
    },
  };
}
