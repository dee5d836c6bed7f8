/** Curves and counts that the charts draw, from row-level scores; pure. The curves themselves are those of `metrics/`. */
import { gainsCurve, precisionRecallCurve, rocCurve } from '../../metrics/curves.ts';
import type { ModelResult, Results } from '../../recipe/results.ts';

/** One class against the rest: 1 where the row is of that class, and the probability given to it. */
export interface Scored {
  truth: Float64Array;
  score: Float64Array;
  /** Index into the model's rows, because rows without truth are left out. */
  rows: Int32Array;
  positives: number;
}

/** Scores of class `code`; rows whose truth or score is missing are left out. Without probabilities the label decides: 0 or 1. */
export function scoredFor(model: ModelResult, code: number, classCount: number): Scored {
  const n = model.truth.length;
  const truth = new Float64Array(n);
  const score = new Float64Array(n);
  const rows = new Int32Array(n);
  let kept = 0;
  let positives = 0;
  for (let i = 0; i < n; i++) {
    const s = model.probabilities ? model.probabilities[i * classCount + code] : model.predicted[i] === code ? 1 : 0;
    if (!(model.truth[i] >= 0) || Number.isNaN(s)) continue;
    truth[kept] = model.truth[i] === code ? 1 : 0;
    positives += truth[kept];
    score[kept] = s;
    rows[kept++] = i;
  }
  return { truth: truth.subarray(0, kept), score: score.subarray(0, kept), rows: rows.subarray(0, kept), positives };
}

/** Class code of the positive class: the one asked for, else the results' own, else the last. */
export function positiveCode(results: Results, wanted?: string): number {
  const classes = results.classes ?? [];
  const at = classes.indexOf(wanted ?? results.positive ?? '');
  return at >= 0 ? at : classes.length - 1;
}

export type Point = [x: number, y: number];
export type CurveShape = 'roc' | 'pr' | 'gains' | 'lift';
export interface Curve {
  points: Point[];
  /** Least score counted as positive at each point; ROC and precision-recall only. */
  thresholds?: Float64Array;
}

const pair = (x: Float64Array, y: Float64Array): Point[] => Array.from(x, (value, i): Point => [value, y[i]]);

/** The curve as points to draw; none when one of the two sides has no rows. Lift starts at its first step: of no rows there is none. */
export function curveOf(shape: CurveShape, { truth, score, positives }: Scored): Curve {
  if (positives === 0 || positives === truth.length) return { points: [] };
  if (shape === 'roc') {
    const curve = rocCurve(truth, score, 1);
    return { points: pair(curve.falsePositiveRate, curve.truePositiveRate), thresholds: curve.threshold };
  }
  if (shape === 'pr') {
    const curve = precisionRecallCurve(truth, score, 1);
    return { points: pair(curve.recall, curve.precision), thresholds: curve.threshold };
  }
  const { share, gain, lift } = gainsCurve(truth, score, 1);
  return { points: shape === 'gains' ? pair(share, gain) : pair(share, lift).slice(1) };
}

/** Where a threshold lies on the curve. */
export function pointAt(shape: CurveShape, counts: ThresholdCounts): Point {
  const { tp, fp, fn, tn } = counts;
  const share = (tp + fp) / (tp + fp + fn + tn);
  const found = tp / (tp + fn);
  if (shape === 'roc') return [fp / (fp + tn), found];
  if (shape === 'pr') return [found, tp + fp === 0 ? 1 : tp / (tp + fp)];
  return [share, shape === 'gains' ? found : share === 0 ? 1 : found / share];
}

/** Area by trapezoids over points with ascending x. */
export function area(points: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < points.length; i++) sum += ((points[i][0] - points[i - 1][0]) * (points[i][1] + points[i - 1][1])) / 2;
  return sum;
}

/** Counts of scores in equal-width bins of [0, 1], for one side of the truth. */
export function scoreHistogram({ truth, score }: Scored, side: 0 | 1, count = 20): number[] {
  const bins = new Array<number>(count).fill(0);
  for (let i = 0; i < score.length; i++) if (truth[i] === side) bins[Math.min(count - 1, Math.floor(score[i] * count))]++;
  return bins;
}

export interface ThresholdCounts {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}
/** Rows with score at or above the threshold are called positive. */
export function countsAt({ truth, score }: Scored, threshold: number): ThresholdCounts {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (let i = 0; i < score.length; i++) {
    if (score[i] >= threshold) counts[truth[i] ? 'tp' : 'fp']++;
    else counts[truth[i] ? 'fn' : 'tn']++;
  }
  return counts;
}

/** NaN where the metric is not defined (no positive called, none there). */
export function metricsOf({ tp, fp, fn, tn }: ThresholdCounts) {
  return {
    accuracy: (tp + tn) / (tp + fp + fn + tn),
    precision: tp / (tp + fp),
    recall: tp / (tp + fn),
    specificity: tn / (tn + fp),
    f1: (2 * tp) / (2 * tp + fp + fn),
  };
}

/** Rows of truth, columns of prediction, in class order. Rows without truth are left out. */
export function confusion(truth: ArrayLike<number>, predicted: ArrayLike<number>, classCount: number): number[][] {
  const cells = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (let i = 0; i < truth.length; i++) if (truth[i] >= 0 && predicted[i] >= 0) cells[truth[i]][predicted[i]]++;
  return cells;
}

/** Codes predicted in a two-class task when the positive class needs `threshold`. */
export function predictedAt(model: ModelResult, code: number, threshold: number): Float64Array {
  if (!model.probabilities) return model.predicted;
  const other = code === 0 ? 1 : 0;
  const probabilities = model.probabilities;
  return model.predicted.map((value, i) => (Number.isNaN(value) ? value : probabilities[i * 2 + code] >= threshold ? code : other));
}

/** At most `most` points, always the first and last, evenly picked: a curve of 100,000 points is drawn no better than one of 500. */
export function thin<T>(points: readonly T[], most = 500): T[] {
  if (points.length <= most) return [...points];
  return Array.from({ length: most }, (_, i) => points[Math.round((i * (points.length - 1)) / (most - 1))]);
}
