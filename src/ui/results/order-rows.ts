/** Order of judged rows in the list: the most surprising first, so that the mistakes worth reading stand on top; pure. */
import type { ModelResult } from '../../recipe/results.ts';

/**
 * Row indices with known truth and prediction. Classification: by how little probability the true class got (wrong before
 * right without probabilities); regression: by absolute error. Ties keep the table's order. `wrong` counts all wrong rows.
 */
export function orderRows(
  model: ModelResult,
  predicted: ArrayLike<number>,
  classify: boolean,
  wrongOnly: boolean,
  classCount: number,
): { rows: Int32Array; wrong: number } {
  const known = Int32Array.from(model.truth, (_, i) => i).filter(
    (i) => !Number.isNaN(model.truth[i]) && model.truth[i] !== -1 && !Number.isNaN(predicted[i]),
  );
  const all = classify ? known : Int32Array.from(model.truth, (_, i) => i).filter((i) => !Number.isNaN(model.truth[i] - predicted[i]));
  const isWrong = (i: number) => classify && model.truth[i] !== predicted[i];
  const surprise = Float64Array.from(model.truth, (truth, i) => {
    if (!classify) return Math.abs(truth - predicted[i]);
    return model.probabilities ? 1 - model.probabilities[i * classCount + truth] : Number(isWrong(i));
  });
  const wrong = all.filter(isWrong);
  const rows = (wrongOnly ? wrong : all).sort((a, b) => surprise[b] - surprise[a] || a - b);
  return { rows, wrong: wrong.length };
}
