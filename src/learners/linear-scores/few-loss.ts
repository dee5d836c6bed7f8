/** The loss of linear scores where most cells of each column have one value, as words of texts do: only the others are gone through, the rest is the same for all rows. */
import { exp, log, log1p } from '../../base/float.ts';
import type { LinearLoss, LossRows } from '../../kernels/door.ts';

/** Below this many cells, or with a larger share of them to go through, the dense kernel is as fast. */
const LEAST_CELLS = 200_000;
const MOST_SHARE = 0.1;

interface FewRows {
  rows: number;
  cols: number;
  weight: Float64Array;
  /** Per column the value that most cells have. */
  usual: Float64Array;
  /** Row i has the cells from `first[i]` on that differ: their columns, and by how much. */
  first: Int32Array;
  column: Int32Array;
  more: Float64Array;
}

/** Undefined where too many cells differ from their column's usual value. */
function fewRowsOf({ X, weight }: LossRows): FewRows | undefined {
  const { rows, cols, values } = X;
  if (values.length < LEAST_CELLS) return undefined;
  // The one value that can be in most cells (Boyer and Moore 1991).
  const usual = new Float64Array(cols);
  const ahead = new Int32Array(cols);
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j < cols; j++, at++) {
      if (values[at] === usual[j]) ahead[j]++;
      else if (ahead[j] > 0) ahead[j]--;
      else [usual[j], ahead[j]] = [values[at], 1];
    }
  const most = MOST_SHARE * values.length;
  let count = 0;
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < cols; j++, at++) if (values[at] !== usual[j]) count++;
  if (count > most) return undefined;
  const first = new Int32Array(rows + 1);
  const column = new Int32Array(count);
  const more = new Float64Array(count);
  let to = 0;
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++, at++) if (values[at] !== usual[j]) [column[to], more[to++]] = [j, values[at] - usual[j]];
    first[i + 1] = to;
  }
  return { rows, cols, weight: weight ?? new Float64Array(rows).fill(1), usual, first, column, more };
}

/** Sums a row's loss, and leaves its slopes, times the weight, in place of the scores. */
type RowLoss = (z: Float64Array, row: number) => number;

function lossOf(given: FewRows, scores: number, ofRow: RowLoss): LinearLoss {
  const { rows, cols, weight, usual, first, column, more } = given;
  const w = new Float64Array(cols * scores);
  const sums = new Float64Array(cols * scores);
  const start = new Float64Array(scores);
  const slopes = new Float64Array(scores);
  const z = new Float64Array(scores);
  const each = cols + 1;
  return {
    evaluate: (x, gradient) => {
      for (let k = 0; k < scores; k++) {
        start[k] = x[k * each + cols];
        for (let j = 0; j < cols; j++) {
          w[j * scores + k] = x[k * each + j];
          start[k] += usual[j] * x[k * each + j];
        }
      }
      sums.fill(0);
      slopes.fill(0);
      let value = 0;
      for (let i = 0; i < rows; i++) {
        const from = first[i];
        const end = first[i + 1];
        z.set(start);
        for (let at = from; at < end; at++) {
          const cell = more[at];
          for (let k = 0, own = column[at] * scores; k < scores; k++, own++) z[k] += cell * w[own];
        }
        value += ofRow(z, i);
        for (let k = 0; k < scores; k++) slopes[k] += z[k];
        for (let at = from; at < end; at++) {
          const cell = more[at];
          for (let k = 0, own = column[at] * scores; k < scores; k++, own++) sums[own] += cell * z[k];
        }
      }
      for (let k = 0; k < scores; k++) {
        for (let j = 0; j < cols; j++) gradient[k * each + j] = sums[j * scores + k] + usual[j] * slopes[k];
        gradient[k * each + cols] = slopes[k];
      }
      return value;
    },
    squares: () => {
      const total = weight.reduce((sum, own) => sum + own, 0);
      const out = new Float64Array(each).fill(total);
      for (let j = 0; j < cols; j++) out[j] *= usual[j] * usual[j];
      for (let i = 0; i < rows; i++)
        for (let at = first[i]; at < first[i + 1]; at++) out[column[at]] += weight[i] * more[at] * (more[at] + 2 * usual[column[at]]);
      return out;
    },
    close: () => {},
  };
}

/** As `kernels.openScoreLoss` of `logistic`, classes as ±1; undefined where the dense kernel is as fast. */
export function fewLogisticLoss(data: LossRows, y: Float64Array): LinearLoss | undefined {
  const few = fewRowsOf(data);
  return (
    few &&
    lossOf(few, 1, (z, i) => {
      const m = z[0] * y[i];
      const e = exp(-Math.abs(m));
      z[0] = (-y[i] * few.weight[i] * (m >= 0 ? e : 1)) / (1 + e);
      return few.weight[i] * (log1p(e) - Math.min(m, 0));
    })
  );
}

/** As `kernels.openSoftmaxLoss`, the class of each row in `y`; undefined where the dense kernel is as fast. */
export function fewSoftmaxLoss(data: LossRows, y: Int32Array, classes: number): LinearLoss | undefined {
  const few = fewRowsOf(data);
  return (
    few &&
    lossOf(few, classes, (z, i) => {
      let top = Number.NEGATIVE_INFINITY;
      for (const score of z) top = Math.max(top, score);
      const lead = top - z[y[i]];
      let sum = 0;
      for (let k = 0; k < classes; k++) {
        z[k] = exp(z[k] - top);
        sum += z[k];
      }
      const share = few.weight[i] / sum;
      for (let k = 0; k < classes; k++) z[k] *= share;
      z[y[i]] -= few.weight[i];
      return few.weight[i] * (log(sum) + lead);
    })
  );
}
