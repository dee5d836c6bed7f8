/** Fits naive Bayes: per class a normal curve for each number and a share for each category, missing cells left out. */
import { log } from '../../base/float.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Training } from '../../recipe/model.ts';
import { classTotals, rowWeights } from '../class-weights.ts';
import type { FittedBayes } from './scores.ts';
import { temper } from './temper.ts';

/** So low that its exponential is exactly zero beside any other class, in doubles and in onnxruntime. */
const NEVER = -1e300;
/** Of a number's spread over all rows: the least spread in a class, as scikit-learn's var_smoothing. */
const LEAST_VARIANCE = 1e-9;
const LOG_TWO_PI = 1.8378770664093453;

/** Codes of a column: its categories, or 2 where a number is only ever 0 or 1; 0 = a number. */
function levelsOf({ X, categories }: Training, column: number, rows: Int32Array): number {
  if (categories && categories[column] > 0) return categories[column];
  let seen = 0;
  for (const i of rows) {
    const v = X.values[i * X.cols + column];
    if (Number.isNaN(v)) continue;
    if (v !== 0 && v !== 1) return 0;
    seen |= v === 0 ? 1 : 2;
  }
  return seen === 3 ? 2 : 0;
}

/** Rows that stay in cache while every column passes over them. */
const BLOCK_ROWS = 256;

/** Goes over every number column, rows `from` … `to - 1` of the list at a time. */
function overNumbers(numbers: Int32Array, rows: Int32Array, part: (n: number, from: number, to: number) => void): void {
  for (let from = 0; from < rows.length; from += BLOCK_ROWS) {
    const to = Math.min(rows.length, from + BLOCK_ROWS);
    for (let n = 0; n < numbers.length; n++) part(n, from, to);
  }
}

/** Weighted mean and standard deviation of the finite cells of each number; in a unit in which their squares are in range. */
function spreads(
  { X }: Training,
  numbers: Int32Array,
  rows: Int32Array,
  weight: Float64Array,
): { offset: Float64Array; scale: Float64Array } {
  const { cols, values } = X;
  const most = new Float64Array(numbers.length);
  const total = new Float64Array(numbers.length);
  overNumbers(numbers, rows, (n, from, to) => {
    let [sum, far] = [0, most[n]];
    for (let r = from; r < to; r++) {
      const size = Math.abs(values[rows[r] * cols + numbers[n]]);
      if (!(size < Number.POSITIVE_INFINITY)) continue;
      if (size > far) far = size;
      sum += weight[rows[r]];
    }
    most[n] = far;
    total[n] += sum;
  });
  const unit = most.map((v) => v || 1);
  const mean = new Float64Array(numbers.length);
  overNumbers(numbers, rows, (n, from, to) => {
    let sum = 0;
    for (let r = from; r < to; r++) {
      const value = values[rows[r] * cols + numbers[n]] / unit[n];
      if (value - value === 0) sum += weight[rows[r]] * value;
    }
    mean[n] += sum / total[n];
  });
  const square = new Float64Array(numbers.length);
  overNumbers(numbers, rows, (n, from, to) => {
    let sum = 0;
    for (let r = from; r < to; r++) {
      const value = values[rows[r] * cols + numbers[n]] / unit[n] - mean[n];
      if (value - value === 0) sum += weight[rows[r]] * (value * value);
    }
    square[n] += sum / total[n];
  });
  const known = (v: number) => (Number.isFinite(v) ? v : 0);
  return {
    offset: mean.map((v, n) => known(v * unit[n])),
    scale: square.map((v, n) => known(Math.sqrt(v) * unit[n]) || 1),
  };
}

/** The normal curves of every number in every class. */
function fitNumbers(data: Training, rows: Int32Array, weight: Float64Array, alpha: number, out: FittedBayes): void {
  const { classes, numbers, offset, scale } = out;
  const { X, y } = data;
  const size = numbers.length * classes;
  const [weights, sums, squares] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  overNumbers(numbers, rows, (n, from, to) => {
    for (let r = from; r < to; r++) {
      const row = rows[r];
      const u = (X.values[row * X.cols + numbers[n]] - offset[n]) / scale[n];
      if (u - u !== 0) continue;
      const at = n * classes + y[row];
      const w = weight[row];
      weights[at] += w;
      sums[at] += w * u;
      squares[at] += w * u * u;
    }
  });
  for (let at = 0; at < size; at++) {
    const mean = weights[at] > 0 ? sums[at] / weights[at] : 0;
    // As if `alpha` rows more, spread like all rows, stood about the class's mean.
    const own = weights[at] > 0 ? Math.max(0, squares[at] - mean * sums[at]) : 1;
    const variance = (weights[at] + alpha > 0 ? (own + alpha) / (weights[at] + alpha) : 1) + LEAST_VARIANCE;
    out.square[at] = -0.5 / variance;
    out.linear[at] = mean / variance;
    out.constant[at] = -0.5 * ((mean * mean) / variance + log(variance) + LOG_TWO_PI);
  }
}

function fitCodes(
  data: Training,
  column: number,
  count: number,
  rows: Int32Array,
  weight: Float64Array,
  alpha: number,
  classes: number,
): Float64Array {
  const { X, y } = data;
  const counts = new Float64Array(count * classes);
  const totals = new Float64Array(classes);
  for (const i of rows) {
    const code = X.values[i * X.cols + column];
    if (Number.isNaN(code)) continue;
    counts[code * classes + y[i]] += weight[i];
    totals[y[i]] += weight[i];
  }
  // Without smoothing a category that a class has never shown is as unlikely as a double can tell, not impossible.
  return counts.map((n, at) => {
    const all = totals[at % classes] + alpha * count;
    return all > 0 ? log(Math.max((n + alpha) / all, 1e-10)) : 0;
  });
}

export async function fit(data: Training, params: ParamValues): Promise<FittedBayes> {
  const { X, classCount } = data;
  const weight = rowWeights(data, params.class_weight === 'balanced') ?? new Float64Array(X.rows).fill(1);
  const rows = Int32Array.from(data.y, (_, i) => i).filter((i) => weight[i] > 0);
  const totals = classTotals({ ...data, weight });
  const all = totals.reduce((sum, total) => sum + total, 0);
  const alpha = Number(params.alpha);
  const count = Int32Array.from({ length: X.cols }, (_, j) => levelsOf(data, j, rows));
  const columns = [...count.keys()];
  const numbers = Int32Array.from(columns.filter((j) => count[j] === 0));
  const coded = Int32Array.from(columns.filter((j) => count[j] > 0));
  const fitted: FittedBayes = {
    classes: classCount,
    prior: totals.map((total) => (total > 0 ? log(total / all) : NEVER)),
    numbers,
    ...spreads(data, numbers, rows, weight),
    square: new Float64Array(numbers.length * classCount),
    linear: new Float64Array(numbers.length * classCount),
    constant: new Float64Array(numbers.length * classCount),
    coded,
    levels: Int32Array.from(coded, (j) => count[j]),
    logs: new Float64Array(),
    power: 1,
  };
  fitNumbers(data, rows, weight, alpha, fitted);
  const logs = [...coded].map((j) => fitCodes(data, j, count[j], rows, weight, alpha, classCount));
  fitted.logs = Float64Array.from(logs.flatMap((part) => [...part]));
  return params.temper === false ? fitted : temper(fitted, data, rows, weight);
}
