/**
 * Tempers naive Bayes: columns that say the same are counted as if each were news, so its shares are too sure of themselves. All likelihoods are taken to one
 * power between 0 and 1, the one at which the learning rows are least surprising.
 */
import type { Training } from '../../recipe/model.ts';
import { softmaxInPlace } from '../softmax.ts';
import { bayesScores, type FittedBayes } from './scores.ts';

/** Rows looked at, and halvings of where the power may lie. */
const MOST_ROWS = 10_000;
const HALVINGS = 30;

export function temper(fitted: FittedBayes, { X, y }: Training, rows: Int32Array, weight: Float64Array): FittedBayes {
  const { classes, prior } = fitted;
  const count = Math.min(rows.length, MOST_ROWS);
  const chosen = Int32Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)]);
  const evidence = bayesScores(fitted, X, chosen).map((score, at) => score - prior[at % classes]);
  for (let at = 0; at < evidence.length; at++) if (fitted.prior[at % classes] < -1e200) evidence[at] = 0;
  /** Slope of the log loss over the power: what is expected of the evidence less what the right class has. */
  const slopeAt = (power: number) => {
    const shares = softmaxInPlace(
      evidence.map((v, at) => prior[at % classes] + power * v),
      classes,
    );
    let slope = 0;
    chosen.forEach((row, r) => {
      let expected = -evidence[r * classes + y[row]];
      for (let k = 0; k < classes; k++) expected += shares[r * classes + k] * evidence[r * classes + k];
      slope += weight[row] * expected;
    });
    return slope;
  };
  // The loss is convex in the power.
  if (slopeAt(1) <= 0) return fitted;
  let [low, high] = [0, 1];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (slopeAt(middle) > 0) high = middle;
    else low = middle;
  }
  const weighted = (values: Float64Array) => values.map((v) => low * v);
  const { square, linear, constant, logs } = fitted;
  return { ...fitted, square: weighted(square), linear: weighted(linear), constant: weighted(constant), logs: weighted(logs), power: low };
}
