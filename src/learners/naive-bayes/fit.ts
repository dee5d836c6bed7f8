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

type WeightOf = (row: number) => number;

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

/** Weighted mean and standard deviation of the finite cells; about a unit in which their squares are in range. */
function spreadOf({ X }: Training, column: number, rows: Int32Array, weightOf: WeightOf): { offset: number; scale: number } {
  let most = 0;
  let total = 0;
  const cell = (i: number) => X.values[i * X.cols + column];
  for (const i of rows) {
    if (!Number.isFinite(cell(i))) continue;
    most = Math.max(most, Math.abs(cell(i)));
    total += weightOf(i);
  }
  if (most === 0 || total === 0) return { offset: 0, scale: 1 };
  let mean = 0;
  for (const i of rows) if (Number.isFinite(cell(i))) mean += (weightOf(i) / total) * (cell(i) / most);
  let square = 0;
  for (const i of rows) if (Number.isFinite(cell(i))) square += (weightOf(i) / total) * (cell(i) / most - mean) ** 2;
  const scale = Math.sqrt(square) * most;
  return { offset: mean * most, scale: scale > 0 && Number.isFinite(scale) ? scale : 1 };
}

function fitNumber(
  data: Training,
  column: number,
  at: number,
  rows: Int32Array,
  weightOf: WeightOf,
  alpha: number,
  out: FittedBayes,
): void {
  const { classes } = out;
  const { X, y } = data;
  const sums = new Float64Array(3 * classes);
  for (const i of rows) {
    const u = (X.values[i * X.cols + column] - out.offset[at]) / out.scale[at];
    if (!Number.isFinite(u)) continue;
    const w = weightOf(i);
    sums[3 * y[i]] += w;
    sums[3 * y[i] + 1] += w * u;
    sums[3 * y[i] + 2] += w * u * u;
  }
  for (let k = 0; k < classes; k++) {
    const [weight, sum, squares] = sums.subarray(3 * k, 3 * k + 3);
    const mean = weight > 0 ? sum / weight : 0;
    // As if `alpha` rows more, spread like all rows, stood about the class's mean.
    const own = weight > 0 ? Math.max(0, squares - mean * sum) : 1;
    const variance = (weight + alpha > 0 ? (own + alpha) / (weight + alpha) : 1) + LEAST_VARIANCE;
    out.square[at * classes + k] = -0.5 / variance;
    out.linear[at * classes + k] = mean / variance;
    out.constant[at * classes + k] = -0.5 * ((mean * mean) / variance + log(variance) + LOG_TWO_PI);
  }
}

function fitCodes(
  data: Training,
  column: number,
  count: number,
  rows: Int32Array,
  weightOf: WeightOf,
  alpha: number,
  classes: number,
): Float64Array {
  const { X, y } = data;
  const counts = new Float64Array(count * classes);
  const totals = new Float64Array(classes);
  for (const i of rows) {
    const code = X.values[i * X.cols + column];
    if (Number.isNaN(code)) continue;
    counts[code * classes + y[i]] += weightOf(i);
    totals[y[i]] += weightOf(i);
  }
  // Without smoothing a category that a class has never shown is as unlikely as a double can tell, not impossible.
  return counts.map((n, at) => {
    const all = totals[at % classes] + alpha * count;
    return all > 0 ? log(Math.max((n + alpha) / all, 1e-10)) : 0;
  });
}

export async function fit(data: Training, params: ParamValues): Promise<FittedBayes> {
  const { X, classCount } = data;
  const weight = rowWeights(data, params.class_weight === 'balanced');
  const weightOf = (i: number) => (weight ? weight[i] : 1);
  const rows = Int32Array.from(data.y, (_, i) => i).filter((i) => weightOf(i) > 0);
  const totals = classTotals({ ...data, weight });
  const all = totals.reduce((sum, total) => sum + total, 0);
  const alpha = Number(params.alpha);
  const count = Int32Array.from({ length: X.cols }, (_, j) => levelsOf(data, j, rows));
  const columns = [...count.keys()];
  const numbers = Int32Array.from(columns.filter((j) => count[j] === 0));
  const coded = Int32Array.from(columns.filter((j) => count[j] > 0));
  const spread = [...numbers].map((j) => spreadOf(data, j, rows, weightOf));
  const fitted: FittedBayes = {
    classes: classCount,
    prior: totals.map((total) => (total > 0 ? log(total / all) : NEVER)),
    numbers,
    offset: Float64Array.from(spread, (s) => s.offset),
    scale: Float64Array.from(spread, (s) => s.scale),
    square: new Float64Array(numbers.length * classCount),
    linear: new Float64Array(numbers.length * classCount),
    constant: new Float64Array(numbers.length * classCount),
    coded,
    levels: Int32Array.from(coded, (j) => count[j]),
    logs: new Float64Array(),
    power: 1,
  };
  numbers.forEach((j, at) => {
    fitNumber(data, j, at, rows, weightOf, alpha, fitted);
  });
  const logs = [...coded].map((j) => fitCodes(data, j, count[j], rows, weightOf, alpha, classCount));
  fitted.logs = Float64Array.from(logs.flatMap((part) => [...part]));
  return params.temper === false ? fitted : temper(fitted, data, rows, weightOf);
}
