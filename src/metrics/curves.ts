/** Curves of one class's score for the charts: ROC, precision-recall, gains and lift, calibration. Ties are never split. */
import { phrase } from '../base/words.ts';
import { descending, tieGroups } from './descending.ts';
import { requireFinite, undefinedMetric } from './finite.ts';

/** Points by falling threshold; `threshold[i]` is the least score counted as positive at point i, Infinity at the start. */
export interface RocCurve {
  falsePositiveRate: Float64Array;
  truePositiveRate: Float64Array;
  threshold: Float64Array;
}
export interface PrecisionRecallCurve {
  precision: Float64Array;
  recall: Float64Array;
  threshold: Float64Array;
}

/** Cumulative true and false positives after each distinct score. */
function cumulative(truth: Float64Array, scores: Float64Array, positive: number) {
  requireFinite('The curve', truth, scores);
  const order = descending(scores);
  const groups = tieGroups(order, scores);
  const tps = new Float64Array(groups.length);
  const fps = new Float64Array(groups.length);
  const threshold = new Float64Array(groups.length);
  let hits = 0;
  groups.forEach(([start, end], g) => {
    for (let i = start; i < end; i++) if (truth[order[i]] === positive) hits++;
    tps[g] = hits;
    fps[g] = end - hits;
    threshold[g] = scores[order[start]];
  });
  return { tps, fps, threshold, positives: hits, negatives: truth.length - hits };
}

const THE_CURVE = phrase('metric.curve', 'The curve');
const BOTH_CLASSES = phrase('metric.both-classes', 'Score rows of both classes.');

function requirePositives(positives: number): void {
  if (positives === 0) throw undefinedMetric(THE_CURVE, phrase('metric.no-positive', 'no row has the positive class'), BOTH_CLASSES);
}

/** As `sklearn.metrics.roc_curve`: points on a straight line between their neighbours are left out. */
export function rocCurve(truth: Float64Array, scores: Float64Array, positive: number): RocCurve {
  const { tps, fps, threshold, positives, negatives } = cumulative(truth, scores, positive);
  requirePositives(positives);
  if (negatives === 0) throw undefinedMetric(THE_CURVE, phrase('metric.all-positive', 'all rows have the positive class'), BOTH_CLASSES);
  const keep: number[] = [];
  for (let i = 0; i < tps.length; i++) {
    const inner = i > 0 && i < tps.length - 1;
    if (!inner || tps[i + 1] - 2 * tps[i] + tps[i - 1] !== 0 || fps[i + 1] - 2 * fps[i] + fps[i - 1] !== 0) keep.push(i);
  }
  return {
    falsePositiveRate: Float64Array.from([0, ...keep.map((i) => fps[i] / negatives)]),
    truePositiveRate: Float64Array.from([0, ...keep.map((i) => tps[i] / positives)]),
    threshold: Float64Array.from([Number.POSITIVE_INFINITY, ...keep.map((i) => threshold[i])]),
  };
}

/** By falling threshold, starting at recall 0 with precision 1 (scikit-learn gives the same points in the opposite order). */
export function precisionRecallCurve(truth: Float64Array, scores: Float64Array, positive: number): PrecisionRecallCurve {
  const { tps, fps, threshold, positives } = cumulative(truth, scores, positive);
  requirePositives(positives);
  return {
    precision: Float64Array.from([1, ...tps.map((t, i) => t / (t + fps[i]))]),
    recall: Float64Array.from([0, ...tps.map((t) => t / positives)]),
    threshold: Float64Array.from([Number.POSITIVE_INFINITY, ...threshold]),
  };
}

/** Step-wise area under the precision-recall curve (`average_precision_score`). */
export function averagePrecision(truth: Float64Array, scores: Float64Array, positive: number): number {
  const { precision, recall } = precisionRecallCurve(truth, scores, positive);
  let sum = 0;
  for (let i = 1; i < recall.length; i++) sum += (recall[i] - recall[i - 1]) * precision[i];
  return sum;
}

/** At each share of rows taken from the top: the share of positives found (`gain`), and that over the share of rows (`lift`). */
export function gainsCurve(
  truth: Float64Array,
  scores: Float64Array,
  positive: number,
  steps = 100,
): { share: Float64Array; gain: Float64Array; lift: Float64Array } {
  const { tps, fps, positives } = cumulative(truth, scores, positive);
  requirePositives(positives);
  const n = truth.length;
  const share = new Float64Array(steps + 1);
  const gain = new Float64Array(steps + 1);
  const lift = new Float64Array(steps + 1);
  let g = 0;
  for (let s = 1; s <= steps; s++) {
    share[s] = s / steps;
    const rows = (s / steps) * n;
    while (g < tps.length - 1 && tps[g] + fps[g] < rows) g++;
    // Within a run of equal scores any order is as good: take its positives in proportion.
    const before = g > 0 ? tps[g - 1] + fps[g - 1] : 0;
    const hitsBefore = g > 0 ? tps[g - 1] : 0;
    const part = (rows - before) / (tps[g] + fps[g] - before);
    gain[s] = (hitsBefore + part * (tps[g] - hitsBefore)) / positives;
    lift[s] = gain[s] / share[s];
  }
  lift[0] = lift[1];
  return { share, gain, lift };
}

/** One bin of a calibration plot: mean predicted probability against the share of positives. */
export interface CalibrationBin {
  predicted: number;
  actual: number;
  count: number;
}

/** Equal-width bins over [0, 1] that hold rows, as `sklearn.calibration.calibration_curve(strategy='uniform')`. */
export function calibrationBins(truth: Float64Array, probability: Float64Array, positive: number, bins = 10): CalibrationBin[] {
  requireFinite('Calibration', truth, probability);
  const width = 1 / bins;
  const sums = new Float64Array(bins * 3);
  for (let i = 0; i < truth.length; i++) {
    // Bin b holds (b · width, (b + 1) · width]; 0 goes to the first.
    let b = Math.min(bins - 1, Math.max(0, Math.ceil(probability[i] * bins) - 1));
    while (b > 0 && probability[i] <= b * width) b--;
    while (b < bins - 1 && probability[i] > (b + 1) * width) b++;
    sums[b * 3]++;
    sums[b * 3 + 1] += probability[i];
    if (truth[i] === positive) sums[b * 3 + 2]++;
  }
  return Array.from({ length: bins }, (_, b) => ({
    count: sums[b * 3],
    predicted: sums[b * 3 + 1] / sums[b * 3],
    actual: sums[b * 3 + 2] / sums[b * 3],
  })).filter((bin) => bin.count > 0);
}
