/** Metrics of predicted probabilities, as scikit-learn defines them. `probabilities` are row-major [n, classCount]; truth are class codes. */
import { log } from '../base/float.ts';
import { phrase } from '../base/words.ts';
import { averagePrecision } from './curves.ts';
import { descending, tieGroups } from './descending.ts';
import { ONE_CLASS, requireFinite, undefinedMetric } from './finite.ts';

/** Mean of -ln(probability of the true class), probabilities clipped to [2^-52, 1 - 2^-52]. */
export function logLoss(truth: Float64Array, probabilities: Float64Array, classCount: number): number {
  requireFinite('Log-loss', truth);
  requireFinite('Log-loss', probabilities);
  let sum = 0;
  for (let i = 0; i < truth.length; i++) {
    const p = probabilities[i * classCount + truth[i]];
    sum -= log(Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON));
  }
  return sum / truth.length;
}

/** Mean squared difference of probabilities and truth: of the positive class with two classes, summed over classes with more. */
export function brier(truth: Float64Array, probabilities: Float64Array, classCount: number): number {
  requireFinite('Brier score', truth);
  requireFinite('Brier score', probabilities);
  let sum = 0;
  for (let i = 0; i < truth.length; i++) {
    for (let k = 0; k < classCount; k++) {
      const error = probabilities[i * classCount + k] - (truth[i] === k ? 1 : 0);
      sum += error * error;
    }
  }
  return sum / truth.length / (classCount === 2 ? 2 : 1);
}

/** One column of a row-major matrix. */
export function classColumn(probabilities: Float64Array, classCount: number, k: number): Float64Array {
  const column = new Float64Array(probabilities.length / classCount);
  for (let i = 0; i < column.length; i++) column[i] = probabilities[i * classCount + k];
  return column;
}

/** Area under the ROC curve of one class against the rest: the chance that a row of the class scores higher, ties counting half. */
export function aucOfClass(truth: Float64Array, scores: Float64Array, positive: number): number {
  requireFinite('AUC', truth, scores);
  const order = descending(scores);
  let above = 0;
  let area = 0;
  let negatives = 0;
  for (const [start, end] of tieGroups(order, scores)) {
    let hits = 0;
    for (let i = start; i < end; i++) if (truth[order[i]] === positive) hits++;
    const misses = end - start - hits;
    area += misses * (above + hits / 2);
    above += hits;
    negatives += misses;
  }
  if (above === 0 || negatives === 0) {
    throw undefinedMetric('AUC', ONE_CLASS, phrase('metric.other-metric', 'Score rows of both classes, or use accuracy or log-loss.'));
  }
  return area / (above * negatives);
}

/**
 * AUC of the positive class with two classes; with more, the mean of one-against-the-rest weighted by true counts
 * (`roc_auc_score(multi_class='ovr', average='weighted')`), over the classes that occur.
 */
export function auc(truth: Float64Array, probabilities: Float64Array, classCount: number, positive = classCount - 1): number {
  if (classCount === 2) return aucOfClass(truth, classColumn(probabilities, 2, positive), positive);
  return byClass('AUC', truth, probabilities, classCount, aucOfClass);
}

/** Each class against the rest, weighted by true counts; classes that do not occur say nothing. */
function byClass(
  metric: string,
  truth: Float64Array,
  probabilities: Float64Array,
  classCount: number,
  ofClass: (truth: Float64Array, scores: Float64Array, k: number) => number,
): number {
  requireFinite(metric, truth);
  const counts = new Float64Array(classCount);
  for (let i = 0; i < truth.length; i++) counts[truth[i]]++;
  let sum = 0;
  for (let k = 0; k < classCount; k++) {
    if (counts[k] > 0) sum += counts[k] * ofClass(truth, classColumn(probabilities, classCount, k), k);
  }
  return sum / truth.length;
}

/**
 * Average precision of the positive class with two classes; with more, each against the rest weighted by true counts
 * (`average_precision_score(average='weighted')`): the classes that occur. A Problem where two classes have no row of the positive one.
 */
export function meanAveragePrecision(
  truth: Float64Array,
  probabilities: Float64Array,
  classCount: number,
  positive = classCount - 1,
): number {
  if (classCount === 2) return averagePrecision(truth, classColumn(probabilities, 2, positive), positive);
  return byClass('Average precision', truth, probabilities, classCount, averagePrecision);
}
