/**
 * Log-loss of a linear model with an L2 penalty, with its gradient. scikit-learn's objective, Σ weight · loss + |w|² / (2 C) with free
 * intercepts, divided by the total weight. Parameters lie as rows × (features + 1), the intercept last in each row: one row for two
 * classes (the second's log-odds), else one per class.
 */
import { exp, log } from '../../base/float.ts';
import type { Matrix } from '../../recipe/model.ts';
import type { Objective } from './lbfgs.ts';

export interface LossData {
  X: Matrix;
  /** Class of each row, 0 to classes - 1. */
  y: Int32Array;
  classes: number;
  weight?: Float64Array;
  c: number;
}

/** Σ of logarithms as the logarithm of products, so that one call serves hundreds of rows; every factor is at least 1. */
function logProduct() {
  let sum = 0;
  let product = 1;
  return {
    times: (factor: number) => {
      product *= factor;
      if (product > 1e250) {
        sum += log(product);
        product = 1;
      }
    },
    result: () => sum + log(product),
  };
}

export function totalWeight(data: LossData): number {
  return data.weight ? data.weight.reduce((sum, w) => sum + w, 0) : data.X.rows;
}

/** Adds the penalty and divides by the total weight. */
function finishObjective(data: LossData, loss: number, x: Float64Array, gradient: Float64Array): number {
  const total = totalWeight(data);
  const width = data.X.cols + 1;
  let value = loss;
  for (let i = 0; i < x.length; i++) {
    if (i % width !== data.X.cols) {
      value += (x[i] * x[i]) / (2 * data.c);
      gradient[i] += x[i] / data.c;
    }
    gradient[i] /= total;
  }
  return value / total;
}

/** ln(1 + e^-margin) summed, for two classes. */
export function binaryObjective(data: LossData): Objective {
  const { X, y, weight } = data;
  const { rows, cols, values } = X;
  return (x, gradient) => {
    gradient.fill(0);
    let loss = 0;
    const logs = logProduct();
    for (let i = 0; i < rows; i++) {
      const at = i * cols;
      let z = x[cols];
      for (let j = 0; j < cols; j++) z += values[at + j] * x[j];
      const margin = y[i] === 1 ? z : -z;
      const e = exp(-Math.abs(margin));
      const w = weight ? weight[i] : 1;
      if (margin < 0) loss -= w * margin;
      if (weight) loss += w * log(1 + e);
      else logs.times(1 + e);
      const wrong = margin >= 0 ? e / (1 + e) : 1 / (1 + e);
      const g = y[i] === 1 ? -w * wrong : w * wrong;
      for (let j = 0; j < cols; j++) gradient[j] += g * values[at + j];
      gradient[cols] += g;
    }
    return finishObjective(data, loss + logs.result(), x, gradient);
  };
}

/** -ln softmax of the true class summed, for any number of classes. */
export function multinomialObjective(data: LossData): Objective {
  const { X, y, weight, classes } = data;
  const { rows, cols, values } = X;
  const width = cols + 1;
  const z = new Float64Array(classes);
  return (x, gradient) => {
    gradient.fill(0);
    let loss = 0;
    const logs = logProduct();
    for (let i = 0; i < rows; i++) {
      const at = i * cols;
      let top = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < classes; k++) {
        const row = k * width;
        let score = x[row + cols];
        for (let j = 0; j < cols; j++) score += values[at + j] * x[row + j];
        z[k] = score;
        if (score > top) top = score;
      }
      const w = weight ? weight[i] : 1;
      loss += w * (top - z[y[i]]);
      let sum = 0;
      for (let k = 0; k < classes; k++) sum += z[k] = exp(z[k] - top);
      if (weight) loss += w * log(sum);
      else logs.times(sum);
      for (let k = 0; k < classes; k++) {
        const g = w * (z[k] / sum - (k === y[i] ? 1 : 0));
        const row = k * width;
        for (let j = 0; j < cols; j++) gradient[row + j] += g * values[at + j];
        gradient[row + cols] += g;
      }
    }
    return finishObjective(data, loss + logs.result(), x, gradient);
  };
}

/** 1 / curvature of the objective per parameter at equal probabilities: the natural scale of each weight. */
export function inverseCurvature(data: LossData): Float64Array {
  const { X, weight, classes, c } = data;
  const squares = new Float64Array(X.cols + 1);
  for (let i = 0; i < X.rows; i++) {
    const w = weight ? weight[i] : 1;
    for (let j = 0; j < X.cols; j++) squares[j] += w * X.values[i * X.cols + j] * X.values[i * X.cols + j];
    squares[X.cols] += w;
  }
  const share = classes === 2 ? 0.25 : (1 / classes) * (1 - 1 / classes);
  const total = totalWeight(data);
  const one = squares.map((s, j) => total / (share * s + (j < X.cols ? 1 / c : 0)));
  const rows = classes === 2 ? 1 : classes;
  const out = new Float64Array(rows * one.length);
  for (let r = 0; r < rows; r++) out.set(one, r * one.length);
  return out;
}
