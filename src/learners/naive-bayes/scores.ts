/** Scores of naive Bayes: the logarithm of each class's share and what every present cell adds. */
import type { Matrix } from '../../recipe/model.ts';

/**
 * Score of a class: its logarithm of share, and what every present cell adds. A number x, u = (x - offset) / scale: square · u² + linear · u + constant. A category: the entry
 * of its code in `logs`. Tables are row-major with one column per class.
 */
export interface FittedBayes {
  classes: number;
  /** Far below zero for classes that were not seen. */
  prior: Float64Array;
  /** Matrix columns that are numbers, with what they are counted from and in. */
  numbers: Int32Array;
  offset: Float64Array;
  scale: Float64Array;
  square: Float64Array;
  linear: Float64Array;
  constant: Float64Array;
  /** Matrix columns that are codes, the number of codes of each, and their logs one column's after the other's. */
  coded: Int32Array;
  levels: Int32Array;
  logs: Float64Array;
  /** Power that the likelihoods were taken to, 0 to 1; all of the above is so weighted already. */
  power: number;
}

/** Scores of the given rows (all when absent), row-major [rows, classes]. */
export function bayesScores(fitted: FittedBayes, X: Matrix, rows?: Int32Array): Float64Array {
  const { classes, prior, numbers, offset, scale, square, linear, constant, coded, levels, logs } = fitted;
  const count = rows?.length ?? X.rows;
  const scores = new Float64Array(count * classes);
  for (let r = 0; r < count; r++) {
    const at = (rows ? rows[r] : r) * X.cols;
    const out = r * classes;
    for (let k = 0; k < classes; k++) scores[out + k] = prior[k];
    for (let n = 0; n < numbers.length; n++) {
      const u = (X.values[at + numbers[n]] - offset[n]) / scale[n];
      if (!Number.isFinite(u)) continue;
      const own = n * classes;
      for (let k = 0; k < classes; k++) scores[out + k] += square[own + k] * (u * u) + linear[own + k] * u + constant[own + k];
    }
    let table = 0;
    for (let c = 0; c < coded.length; c++) {
      const code = X.values[at + coded[c]];
      if (Number.isInteger(code) && code >= 0 && code < levels[c]) {
        const own = table + code * classes;
        for (let k = 0; k < classes; k++) scores[out + k] += logs[own + k];
      }
      table += levels[c] * classes;
    }
  }
  return scores;
}
