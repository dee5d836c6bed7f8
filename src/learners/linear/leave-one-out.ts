/**
 * Chooses the ridge penalty by the exact leave-one-out error, without refitting: the residual of a left-out row is e / (1 - h), h being the
 * row's own leverage (Allen 1974; Golub, Heath and Wahba 1979).
 */
import { type Centred, products } from './centred.ts';
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

/** The penalty of `ALPHAS` with the least error (the largest of equals), and its weights. */
export function chooseAlpha(data: Centred): Choice {
  const { rows, cols, x, y, share } = data;
  const { gram, moments } = products(data);
  const { values, vectors } = symmetricEigen(gram, cols);
  const count = ALPHAS.length;
  // Per direction j and penalty a: how much of its moment and of its square is kept.
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
  const errors = new Float64Array(count);
  const leverage = new Float64Array(count);
  const residual = new Float64Array(count);
  for (let r = 0; r < rows; r++) {
    // The intercept's part of the leverage.
    leverage.fill(share[r]);
    residual.fill(y[r]);
    for (let j = 0; j < cols; j++) {
      let q = 0;
      for (let i = 0; i < cols; i++) q += x[r * cols + i] * vectors[i * cols + j];
      const square = q * q;
      for (let a = 0; a < count; a++) {
        leverage[a] += square * kept[j * count + a];
        residual[a] -= q * pulled[j * count + a];
      }
    }
    for (let a = 0; a < count; a++) {
      const e = residual[a] / Math.max(1 - leverage[a], 1e-10);
      errors[a] += e * e;
    }
  }
  let best = count - 1;
  for (let a = count - 2; a >= 0; a--) if (errors[a] < errors[best]) best = a;
  const weights = new Float64Array(cols);
  for (let i = 0; i < cols; i++) for (let j = 0; j < cols; j++) weights[i] += vectors[i * cols + j] * pulled[j * count + best];
  return { alpha: ALPHAS[best], weights, errors: errors.map((sum) => sum / Math.max(rows, 1)) };
}
