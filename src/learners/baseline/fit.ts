/** Fits the baseline: one row of class shares, or one number. */
import type { ParamValues } from '../../kind/params.ts';
import type { Training } from '../../recipe/model.ts';
import { classTotals } from '../class-weights.ts';

/** What is predicted for every row: class probabilities, or one value. */
export interface FittedBaseline {
  answer: Float64Array;
}

export async function fit(data: Training, params: ParamValues): Promise<FittedBaseline> {
  if (data.classCount > 0) return { answer: classAnswer(data, params.chance === 'most_frequent') };
  return { answer: Float64Array.of(params.value === 'median' ? weightedMedian(data) : weightedMean(data)) };
}

function classAnswer(data: Training, hard: boolean): Float64Array {
  const totals = classTotals(data);
  const all = totals.reduce((sum, total) => sum + total, 0);
  if (!hard) return all > 0 ? totals.map((total) => total / all) : totals.fill(1 / data.classCount);
  // The first of equally frequent classes, as scikit-learn.
  const best = totals.reduce((at, total, k) => (total > totals[at] ? k : at), 0);
  return totals.map((_, k) => (k === best ? 1 : 0));
}

function weightedMean({ y, weight }: Training): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    const w = weight ? weight[i] : 1;
    sum += w * y[i];
    total += w;
  }
  return total > 0 ? sum / total : 0;
}

/** The value with half of the weight on each side; the middle of two when the half falls between them. */
function weightedMedian({ y, weight }: Training): number {
  const order = Int32Array.from(y, (_, i) => i).sort((a, b) => y[a] - y[b]);
  const weightOf = (i: number) => (weight ? weight[i] : 1);
  const total = order.reduce((sum, i) => sum + weightOf(i), 0);
  let below = 0;
  for (let at = 0; at < order.length; at++) {
    below += weightOf(order[at]);
    if (below * 2 > total) return y[order[at]];
    if (below * 2 === total && below > 0) {
      const next = order.subarray(at + 1).find((i) => weightOf(i) > 0);
      return next === undefined ? y[order[at]] : y[order[at]] / 2 + y[next] / 2;
    }
  }
  return 0;
}
