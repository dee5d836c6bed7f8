/**
 * The losses that boosting descends. Each is a mean (the inverse of its link), whose gradient is mean - target and whose hessian is the
 * variance at that mean: log-odds for two classes, softmax for more, the identity for numbers (Friedman 2001; Chen and Guestrin 2016).
 */
import { exp, log } from '../../base/float.ts';

export interface Loss {
  /** Scores per row: one per class for softmax, else one. */
  outputs: number;
  /** Where the sum of trees starts: the best constant for the weighted mean target (its share per class, or its mean). */
  base: (meanTargets: Float64Array) => Float64Array;
  /** Writes the means of the rows beside their scores; both row-major [n, outputs]. */
  means: (scores: Float64Array, rows: Int32Array, out: Float64Array) => void;
  /** What output k should be on a row with target y. */
  target: (y: number, k: number) => number;
  variance: (mean: number) => number;
  /** What one row adds to the loss, from its means at `at`. */
  ofRow: (means: Float64Array, at: number, y: number) => number;
  /** From the weighted mean of `ofRow` to the number on the curve. */
  shown: (mean: number) => number;
}

const minusLog = (p: number): number => -log(Math.max(p, Number.MIN_VALUE));
const ofShare = (mean: number): number => mean * (1 - mean);

export const binaryLoss: Loss = {
  outputs: 1,
  base: ([positive]) => Float64Array.of(log(positive / (1 - positive))),
  means: (scores, rows, out) => {
    for (let r = 0; r < rows.length; r++) out[rows[r]] = 1 / (1 + exp(-scores[rows[r]]));
  },
  target: (y) => y,
  variance: ofShare,
  ofRow: (means, at, y) => minusLog(y === 1 ? means[at] : 1 - means[at]),
  shown: (mean) => mean,
};

export const softmaxLoss = (classes: number): Loss => ({
  outputs: classes,
  base: (shares) => shares.map(log),
  means: (scores, rows, out) => {
    for (let r = 0; r < rows.length; r++) {
      const at = rows[r] * classes;
      let top = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < classes; k++) top = Math.max(top, scores[at + k]);
      let sum = 0;
      for (let k = 0; k < classes; k++) sum += out[at + k] = exp(scores[at + k] - top);
      for (let k = 0; k < classes; k++) out[at + k] /= sum;
    }
  },
  target: (y, k) => (y === k ? 1 : 0),
  variance: ofShare,
  ofRow: (means, at, y) => minusLog(means[at + y]),
  shown: (mean) => mean,
});

export const squaredLoss: Loss = {
  outputs: 1,
  base: (means) => means,
  means: (scores, rows, out) => {
    for (let r = 0; r < rows.length; r++) out[rows[r]] = scores[rows[r]];
  },
  target: (y) => y,
  variance: () => 1,
  ofRow: (means, at, y) => (means[at] - y) * (means[at] - y),
  shown: Math.sqrt,
};
