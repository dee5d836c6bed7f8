/** Order of judged rows in the list: the most surprising first, so that the mistakes worth reading stand on top; pure. */
import type { ModelResult } from '../../recipe/results.ts';

/**
 * Row indices with known truth and prediction, only those in `among` when given. Classification: by how little probability
 * the true class got (wrong before right without probabilities); regression: by absolute error. Ties keep the table's order.
 */
export function orderRows(
  model: ModelResult,
  predicted: ArrayLike<number>,
  classify: boolean,
  classCount: number,
  among?: Int32Array,
): Int32Array {
  const { truth, probabilities } = model;
  const known = (i: number) => !Number.isNaN(truth[i] - predicted[i]) && (!classify || truth[i] !== -1);
  const surprise = Float64Array.from(truth, (value, i) => {
    if (!classify) return Math.abs(value - predicted[i]);
    return probabilities ? 1 - probabilities[i * classCount + value] : Number(value !== predicted[i]);
  });
  return (among ?? Int32Array.from(truth, (_, i) => i)).filter(known).sort((a, b) => surprise[b] - surprise[a] || a - b);
}
