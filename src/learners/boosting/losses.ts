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
  /** The variance is the same everywhere. */
  evenHessian: boolean;
  /** How far a score must move to bring a mean to another; undefined where a Newton step cannot go too far. */
  distance?: (from: number, to: number) => number;
  /** The number on the curve from the rows' means: mean log-loss, or root of the mean squared error. */
  mean: (means: Float64Array, y: Float64Array, weight: Float64Array | undefined, rows: Int32Array) => number;
}

const ofShare = (mean: number): number => mean * (1 - mean);
const logOdds = (share: number): number => log(share / (1 - share));
/** Also for one score of a softmax, the others standing still. */
const betweenShares = (from: number, to: number): number => Math.abs(logOdds(to) - logOdds(Math.min(Math.max(from, 1e-300), 1 - 1e-16)));

/** Weighted mean of -ln(share of the true class). Without weights logarithms are taken of products, hundreds of rows at a time. */
function meanLogLoss(share: (row: number) => number, weight: Float64Array | undefined, rows: Int32Array): number {
  let sum = 0;
  let total = 0;
  let product = 1;
  for (let r = 0; r < rows.length; r++) {
    const p = Math.max(share(rows[r]), 1e-100);
    if (weight) {
      sum -= weight[rows[r]] * log(p);
      total += weight[rows[r]];
      continue;
    }
    product *= p;
    if (product < 1e-200) {
      sum -= log(product);
      product = 1;
    }
  }
  return weight ? sum / total : (sum - log(product)) / rows.length;
}

export const binaryLoss: Loss = {
  outputs: 1,
  base: ([positive]) => Float64Array.of(logOdds(positive)),
  means: (scores, rows, out) => {
    for (let r = 0; r < rows.length; r++) out[rows[r]] = 1 / (1 + exp(-scores[rows[r]]));
  },
  target: (y) => y,
  variance: ofShare,
  evenHessian: false,
  distance: betweenShares,
  mean: (means, y, weight, rows) => meanLogLoss((i) => (y[i] === 1 ? means[i] : 1 - means[i]), weight, rows),
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
  evenHessian: false,
  distance: betweenShares,
  mean: (means, y, weight, rows) => meanLogLoss((i) => means[i * classes + y[i]], weight, rows),
});

export const squaredLoss: Loss = {
  outputs: 1,
  base: (means) => means,
  means: (scores, rows, out) => {
    for (let r = 0; r < rows.length; r++) out[rows[r]] = scores[rows[r]];
  },
  target: (y) => y,
  variance: () => 1,
  evenHessian: true,
  mean: (means, y, weight, rows) => {
    let sum = 0;
    let total = 0;
    for (let r = 0; r < rows.length; r++) {
      const i = rows[r];
      const w = weight ? weight[i] : 1;
      sum += w * (means[i] - y[i]) * (means[i] - y[i]);
      total += w;
    }
    return Math.sqrt(sum / total);
  },
};
