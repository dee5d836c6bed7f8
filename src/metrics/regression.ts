/**
 * Metrics of predicted numbers, as scikit-learn defines them (sklearn.metrics, "Regression metrics"). All take the true and the
 * predicted values in original units, equally long, and give a finite number or throw a Problem.
 */
import { log1p } from '../base/float.ts';
import { phrase } from '../base/words.ts';
import { sortNumbers } from '../table/verbs/sort-numbers.ts';
import { descending, tieGroups } from './descending.ts';
import { finite, requireFinite, undefinedMetric } from './finite.ts';

function meanOf(n: number, term: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += term(i);
  return sum / n;
}

/** Root of the mean squared error, in the target's unit. */
export function rmse(truth: Float64Array, predicted: Float64Array): number {
  requireFinite('RMSE', truth, predicted);
  return finite('RMSE', Math.sqrt(meanOf(truth.length, (i) => (truth[i] - predicted[i]) * (truth[i] - predicted[i]))));
}

/** Mean absolute error, in the target's unit. */
export function mae(truth: Float64Array, predicted: Float64Array): number {
  requireFinite('MAE', truth, predicted);
  return finite(
    'MAE',
    meanOf(truth.length, (i) => Math.abs(truth[i] - predicted[i])),
  );
}

/** 1 - residual over total sum of squares; for a constant target 1 when every prediction is exact, else 0 (scikit-learn's convention). */
export function r2(truth: Float64Array, predicted: Float64Array): number {
  requireFinite('R²', truth, predicted);
  const n = truth.length;
  if (n < 2)
    throw undefinedMetric('R²', phrase('metric.two-rows', 'it needs at least two rows'), phrase('metric.more-rows', 'Score more rows.'));
  const center = meanOf(n, (i) => truth[i]);
  const rest = meanOf(n, (i) => (truth[i] - predicted[i]) * (truth[i] - predicted[i]));
  const total = meanOf(n, (i) => (truth[i] - center) * (truth[i] - center));
  return finite('R²', shareExplained(rest, total));
}

/** 1 - variance of the errors over variance of the target. Unlike R² it forgives a constant bias. */
export function explainedVariance(truth: Float64Array, predicted: Float64Array): number {
  requireFinite('Explained variance', truth, predicted);
  const n = truth.length;
  const center = meanOf(n, (i) => truth[i]);
  const bias = meanOf(n, (i) => truth[i] - predicted[i]);
  const rest = meanOf(n, (i) => (truth[i] - predicted[i] - bias) * (truth[i] - predicted[i] - bias));
  const total = meanOf(n, (i) => (truth[i] - center) * (truth[i] - center));
  return finite('Explained variance', shareExplained(rest, total));
}

const shareExplained = (rest: number, total: number): number => (total > 0 ? 1 - rest / total : rest === 0 ? 1 : 0);

/** Mean of |error| / |truth| as a fraction; a true 0 counts as 2^-52, so it makes the value huge. */
export function mape(truth: Float64Array, predicted: Float64Array): number {
  requireFinite('MAPE', truth, predicted);
  return finite(
    'MAPE',
    meanOf(truth.length, (i) => Math.abs(truth[i] - predicted[i]) / Math.max(Math.abs(truth[i]), Number.EPSILON)),
  );
}

/** Median absolute error, in the target's unit. */
export function medianAbsoluteError(truth: Float64Array, predicted: Float64Array): number {
  requireFinite('Median error', truth, predicted);
  const errors = sortNumbers(truth.map((t, i) => Math.abs(t - predicted[i])));
  const half = errors.length >> 1;
  return finite('Median error', errors.length % 2 === 1 ? errors[half] : errors[half - 1] / 2 + errors[half] / 2);
}

/** Root mean squared error of ln(1 + value); all values must be above -1. */
export function rmsle(truth: Float64Array, predicted: Float64Array): number {
  requireFinite('RMSLE', truth, predicted);
  for (let i = 0; i < truth.length; i++) {
    if (truth[i] <= -1 || predicted[i] <= -1)
      throw undefinedMetric(
        'RMSLE',
        phrase('metric.below', 'a value is −1 or less'),
        phrase('metric.use-rmse', 'Use RMSE for such a target.'),
      );
  }
  return finite('RMSLE', rmse(truth.map(log1p), predicted.map(log1p)));
}

const ALL_EQUAL = phrase('metric.all-equal', 'all true values are equal');
const SPREAD = phrase('metric.need-spread', 'Score rows with different true values, or use RMSE or MAE.');

/** An error over the range of the true values of these rows, largest less smallest: Azure's normalized errors. A Problem where they are all equal. */
export function byRange(truth: Float64Array, error: number): number {
  let [least, most] = [truth[0], truth[0]];
  for (const value of truth) [least, most] = [Math.min(least, value), Math.max(most, value)];
  if (least === most) throw undefinedMetric(phrase('metric.by-range', 'An error by the range'), ALL_EQUAL, SPREAD);
  return finite('Normalised RMSE', error / (most - least));
}

/** Spearman's correlation: Pearson's of the ranks, equal values sharing the mean of theirs. 0 where all predictions are equal, as they tell no order. */
export function spearman(truth: Float64Array, predicted: Float64Array): number {
  requireFinite('Spearman correlation', truth, predicted);
  if (truth.every((value) => value === truth[0])) {
    throw undefinedMetric(phrase('metric.spearman', 'Spearman correlation'), ALL_EQUAL, SPREAD);
  }
  const [a, b] = [ranks(truth), ranks(predicted)];
  let [both, ofTruth, ofPredicted] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    both += a[i] * b[i];
    ofTruth += a[i] * a[i];
    ofPredicted += b[i] * b[i];
  }
  return ofPredicted === 0 ? 0 : both / Math.sqrt(ofTruth * ofPredicted);
}

/** Ranks by falling value, less their mean. */
function ranks(values: Float64Array): Float64Array {
  const order = descending(values);
  const found = new Float64Array(values.length);
  const middle = (values.length - 1) / 2;
  for (const [start, end] of tieGroups(order, values)) {
    for (let i = start; i < end; i++) found[order[i]] = (start + end - 1) / 2 - middle;
  }
  return found;
}
