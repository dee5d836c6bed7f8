/** Fits naive Bayes: per class a normal curve for each number and a share for each category, missing cells left out. */
import { log } from '../../base/float.ts';
import { kernels } from '../../kernels/door.ts';
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

/** The normal curves of every number in every class. */
function fitNumbers({ X, y }: Training, rows: Int32Array, weight: Float64Array, alpha: number, out: FittedBayes): void {
  const { classes, numbers } = out;
  const moments = kernels.momentsOf(X.values, X.cols, rows, weight, y, classes);
  numbers.forEach((column, n) => {
    out.offset[n] = moments.offset[column];
    out.scale[n] = moments.scale[column];
    for (let k = 0; k < classes; k++) {
      const from = column * classes + k;
      const weights = moments.weights[from];
      const mean = weights > 0 ? moments.sums[from] / weights : 0;
      // As if `alpha` rows more, spread like all rows, stood about the class's mean.
      const own = weights > 0 ? Math.max(0, moments.squares[from] - mean * moments.sums[from]) : 1;
      const variance = (weights + alpha > 0 ? (own + alpha) / (weights + alpha) : 1) + LEAST_VARIANCE;
      const at = n * classes + k;
      out.square[at] = -0.5 / variance;
      out.linear[at] = mean / variance;
      out.constant[at] = -0.5 * ((mean * mean) / variance + log(variance) + LOG_TWO_PI);
    }
  });
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
    offset: new Float64Array(numbers.length),
    scale: new Float64Array(numbers.length),
    square: new Float64Array(numbers.length * classCount),
    linear: new Float64Array(numbers.length * classCount),
    constant: new Float64Array(numbers.length * classCount),
    coded,
    levels: Int32Array.from(coded, (j) => count[j]),
    logs: new Float64Array(),
    power: 1,
  };
  if (numbers.length > 0) fitNumbers(data, rows, weight, alpha, fitted);
  const logs = [...coded].map((j) => fitCodes(data, j, count[j], rows, weight, alpha, classCount));
  fitted.logs = Float64Array.from(logs.flatMap((part) => [...part]));
  return params.temper === false ? fitted : temper(fitted, data, rows, weight);
}
