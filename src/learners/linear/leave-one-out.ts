/**
 * Chooses the ridge penalty by the exact leave-one-out error, without refitting: the residual of a left-out row is e / (1 - h), h being the
 * row's own leverage (Allen 1974; Golub, Heath and Wahba 1979).
 */
import { kernels } from '../../kernels/door.ts';
import { symmetricEigen } from '../../kernels/eigen.ts';
import { type Centred, inRows, products, rowProducts } from './centred.ts';

/** 1e-8 to 1e6, two per decade. */
export const ALPHAS = Float64Array.from({ length: 29 }, (_, i) => Number(`${i % 2 === 0 ? 1 : 3}e${Math.floor(i / 2) - 8}`));

/** Rows whose errors are computed at a time. */
const BLOCK_ROWS = 4096;

export interface Choice {
  alpha: number;
  /** Weights for centred features. */
  weights: Float64Array;
  /** Mean squared leave-one-out error per entry of `ALPHAS`. */
  errors: Float64Array;
}

/** The fits for all penalties at once, by the directions in which the data vary. */
interface Fits {
  /** e and 1 - h of `count` rows from the `from`-th on, row-major with one column per penalty. */
  block: (from: number, count: number) => { residual: Float64Array; rest: Float64Array };
  weights: (penalty: number) => Float64Array;
}

/** The penalty of `ALPHAS` with the least error (the largest of equals), and its weights. */
export function chooseAlpha(data: Centred): Choice {
  const { rows, cols } = data;
  // With hardly more rows than columns every row is nearly met, and 1 - h must not come from a difference.
  const fits = rows <= cols + 1 ? fitsByRows(data) : fitsByColumns(data);
  const errors = new Float64Array(ALPHAS.length);
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const { residual, rest } = fits.block(from, Math.min(BLOCK_ROWS, rows - from));
    for (let i = 0; i < residual.length; i++) {
      const e = rest[i] > 0 ? residual[i] / rest[i] : 0;
      errors[i % ALPHAS.length] += e * e;
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
  const penalties = ALPHAS.length;
  // Per direction j and penalty a: how much of its square and of its moment is kept.
  const kept = new Float64Array(cols * penalties);
  const pulled = new Float64Array(cols * penalties);
  for (let j = 0; j < cols; j++) {
    let moment = 0;
    for (let i = 0; i < cols; i++) moment += vectors[i * cols + j] * moments[i];
    for (let a = 0; a < penalties; a++) {
      kept[j * penalties + a] = 1 / (Math.max(values[j], 0) + ALPHAS[a]);
      pulled[j * penalties + a] = moment * kept[j * penalties + a];
    }
  }
  return {
    block: (from, count) => {
      const block = { rows: count, cols, values: x.subarray(from * cols, (from + count) * cols) };
      const along = { rows: count, cols, values: kernels.product(block, { rows: cols, cols, values: vectors }) };
      const residual = kernels.product(along, { rows: cols, cols: penalties, values: pulled });
      const squares = { ...along, values: along.values.map((q) => q * q) };
      const rest = kernels.product(squares, { rows: cols, cols: penalties, values: kept });
      for (let i = 0; i < rest.length; i++) {
        const r = from + Math.floor(i / penalties);
        residual[i] = y[r] - residual[i];
        // The intercept's part of the leverage is the row's share. Below the bound the difference is rounding.
        rest[i] = Math.max(1 - share[r] - rest[i], 1e-10);
      }
      return { residual, rest };
    },
    weights: (a) => {
      const out = new Float64Array(cols);
      for (let i = 0; i < cols; i++) for (let j = 0; j < cols; j++) out[i] += vectors[i * cols + j] * pulled[j * penalties + a];
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
  const penalties = ALPHAS.length;
  const left = new Float64Array(rows * penalties);
  const moments = new Float64Array(rows);
  for (let j = 0; j < rows; j++) {
    if (j === intercept) continue;
    for (let r = 0; r < rows; r++) moments[j] += vectors[r * rows + j] * y[r];
    for (let a = 0; a < penalties; a++) left[j * penalties + a] = ALPHAS[a] / (Math.max(values[j], 0) + ALPHAS[a]);
  }
  return {
    block: (from, count) => {
      const residual = new Float64Array(count * penalties);
      const rest = new Float64Array(count * penalties);
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < rows; j++) {
          const u = vectors[(from + i) * rows + j];
          for (let a = 0; a < penalties; a++) {
            rest[i * penalties + a] += u * u * left[j * penalties + a];
            residual[i * penalties + a] += u * moments[j] * left[j * penalties + a];
          }
        }
      }
      return { residual, rest };
    },
    weights: (a) => {
      const amounts = new Float64Array(rows);
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < rows; j++) amounts[r] += (vectors[r * rows + j] * moments[j] * left[j * penalties + a]) / ALPHAS[a];
      }
      return inRows(data, amounts);
    },
  };
}
