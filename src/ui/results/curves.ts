/** Curves and counts that the charts draw, from row-level scores; pure. Metrics themselves come from `metrics/`. */
import type { ModelResult, Results } from '../../recipe/results.ts';

/** One class against the rest: 1 where the row is of that class, and the probability given to it. */
export interface Scored {
  truth: Uint8Array;
  score: Float64Array;
  /** Index into the model's rows, because rows without truth are left out. */
  rows: Int32Array;
  positives: number;
}

/** Scores of class `code`; rows whose truth or score is missing are left out. Without probabilities the label decides: 0 or 1. */
export function scoredFor(model: ModelResult, code: number, classCount: number): Scored {
  const n = model.truth.length;
  const truth = new Uint8Array(n);
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

/** Cumulative counts at each distinct score, from the highest down; the first entry is "nothing chosen" at +Infinity. */
export interface Sweep {
  threshold: Float64Array;
  truePositives: Float64Array;
  falsePositives: Float64Array;
  positives: number;
  negatives: number;
}
export function sweep({ truth, score, positives }: Scored): Sweep {
  const order = Int32Array.from(score, (_, i) => i).sort((a, b) => score[b] - score[a] || a - b);
  const threshold = [Number.POSITIVE_INFINITY];
  const truePositives = [0];
  const falsePositives = [0];
  let tp = 0;
  let fp = 0;
  for (let i = 0; i < order.length; i++) {
    if (truth[order[i]]) tp++;
    else fp++;
    if (i + 1 < order.length && score[order[i + 1]] === score[order[i]]) continue;
    threshold.push(score[order[i]]);
    truePositives.push(tp);
    falsePositives.push(fp);
  }
  return {
    threshold: Float64Array.from(threshold),
    truePositives: Float64Array.from(truePositives),
    falsePositives: Float64Array.from(falsePositives),
    positives,
    negatives: truth.length - positives,
  };
}

export type Point = [x: number, y: number];

/** False positive rate against true positive rate; empty when one class is absent. */
export const rocPoints = (s: Sweep): Point[] =>
  s.positives === 0 || s.negatives === 0
    ? []
    : Array.from(s.truePositives, (tp, i): Point => [s.falsePositives[i] / s.negatives, tp / s.positives]);

/** Recall against precision; the entry "nothing chosen" has no precision and is left out. */
export const prPoints = (s: Sweep): Point[] =>
  s.positives === 0 ? [] : Array.from(s.truePositives, (tp, i): Point => [tp / s.positives, tp / (tp + s.falsePositives[i])]).slice(1);

/** Share of rows taken, highest score first, against share of all positives found. */
export const gainPoints = (s: Sweep): Point[] =>
  s.positives === 0
    ? []
    : Array.from(s.truePositives, (tp, i): Point => [(tp + s.falsePositives[i]) / (s.positives + s.negatives), tp / s.positives]);

/** Gain over share taken: how many times better than a random choice; the first point has no rows and is left out. */
export const liftPoints = (s: Sweep): Point[] =>
  gainPoints(s)
    .slice(1)
    .map(([taken, found]): Point => [taken, found / taken]);

/** Area by trapezoids over points with ascending x. */
export function area(points: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < points.length; i++) sum += ((points[i][0] - points[i - 1][0]) * (points[i][1] + points[i - 1][1])) / 2;
  return sum;
}

export interface CalibrationBin {
  mean: number;
  share: number;
  n: number;
}
/** Equal-width bins of the score; empty bins are left out. `mean` is the mean score in the bin, `share` the observed share. */
export function calibrationBins({ truth, score }: Scored, count = 10): CalibrationBin[] {
  const n = new Float64Array(count);
  const scores = new Float64Array(count);
  const hits = new Float64Array(count);
  for (let i = 0; i < score.length; i++) {
    const bin = Math.min(count - 1, Math.floor(score[i] * count));
    n[bin]++;
    scores[bin] += score[i];
    hits[bin] += truth[i];
  }
  return Array.from(n, (size, bin) => ({ mean: scores[bin] / size, share: hits[bin] / size, n: size })).filter((bin) => bin.n > 0);
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
