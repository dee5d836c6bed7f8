/**
 * The confusion matrix and everything counted from it, as scikit-learn defines it with `zero_division=0`
 * (sklearn.metrics, "Classification metrics"). Rows are true classes, columns predicted ones, in the model's class order.
 */
import { phrase } from '../base/words.ts';
import { ONE_CLASS, requireFinite, undefinedMetric } from './finite.ts';

/** Row-major classes × classes counts. */
export interface Confusion {
  readonly classCount: number;
  readonly counts: Float64Array;
  readonly total: number;
}
/** `positive` = one class code; `macro` = plain mean over classes that are true or predicted somewhere; `weighted` = by true counts. */
export type Average = { positive: number } | 'macro' | 'weighted';

/** Counts pairs of class codes. */
export function confusionMatrix(truth: Float64Array, predicted: Float64Array, classCount: number): Confusion {
  requireFinite('The confusion matrix', truth, predicted);
  const counts = new Float64Array(classCount * classCount);
  for (let i = 0; i < truth.length; i++) {
    const cell = truth[i] * classCount + predicted[i];
    if (!(truth[i] >= 0 && truth[i] < classCount && predicted[i] >= 0 && predicted[i] < classCount && Number.isInteger(cell))) {
      throw undefinedMetric(
        phrase('metric.matrix', 'The confusion matrix'),
        phrase('metric.unknown-class', 'row {row} has a class the model does not know', { row: i + 1 }),
        phrase('metric.drop-or-retrain', 'Drop such rows or retrain with that class.'),
      );
    }
    counts[cell]++;
  }
  return { classCount, counts, total: truth.length };
}

const hits = (m: Confusion, k: number): number => m.counts[k * m.classCount + k];
function truthCount(m: Confusion, k: number): number {
  let sum = 0;
  for (let j = 0; j < m.classCount; j++) sum += m.counts[k * m.classCount + j];
  return sum;
}
function predictedCount(m: Confusion, k: number): number {
  let sum = 0;
  for (let i = 0; i < m.classCount; i++) sum += m.counts[i * m.classCount + k];
  return sum;
}

/** Share of rows whose class was predicted. */
export function accuracy(m: Confusion): number {
  let sum = 0;
  for (let k = 0; k < m.classCount; k++) sum += hits(m, k);
  return sum / m.total;
}

/** Mean recall over the classes that occur. */
export function balancedAccuracy(m: Confusion): number {
  let sum = 0;
  let present = 0;
  for (let k = 0; k < m.classCount; k++) {
    const count = truthCount(m, k);
    if (count === 0) continue;
    sum += hits(m, k) / count;
    present++;
  }
  return sum / present;
}

/**
 * Balanced accuracy put so that guessing is 0 and perfect is 1 (Azure's norm_macro_recall, `balanced_accuracy_score(adjusted=True)`): below 0
 * where it is worse than guessing one of the classes that occur. A Problem where only one occurs.
 */
export function normalisedRecall(m: Confusion): number {
  let present = 0;
  for (let k = 0; k < m.classCount; k++) if (truthCount(m, k) > 0) present++;
  if (present < 2) {
    throw undefinedMetric(
      phrase('metric.norm-recall', 'Normalised recall'),
      ONE_CLASS,
      phrase('metric.or-accuracy', 'Score rows of several classes, or use accuracy.'),
    );
  }
  return (balancedAccuracy(m) - 1 / present) / (1 - 1 / present);
}

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** Averages a per-class value. */
function averaged(m: Confusion, average: Average, ofClass: (k: number) => number): number {
  if (typeof average === 'object') return ofClass(average.positive);
  let sum = 0;
  let weights = 0;
  for (let k = 0; k < m.classCount; k++) {
    const count = truthCount(m, k);
    const weight = average === 'weighted' ? count : count > 0 || predictedCount(m, k) > 0 ? 1 : 0;
    sum += weight * ofClass(k);
    weights += weight;
  }
  return sum / weights;
}

/** Of the rows predicted to be in the class, the share that is. */
export const precision = (m: Confusion, average: Average): number => averaged(m, average, (k) => ratio(hits(m, k), predictedCount(m, k)));
/** Of the rows in the class, the share that was found. */
export const recall = (m: Confusion, average: Average): number => averaged(m, average, (k) => ratio(hits(m, k), truthCount(m, k)));
/** Harmonic mean of precision and recall. */
export const f1 = (m: Confusion, average: Average): number =>
  averaged(m, average, (k) => ratio(2 * hits(m, k), predictedCount(m, k) + truthCount(m, k)));

/** Matthews correlation for any number of classes (Gorodkin 2004); 0 where one side is constant. */
export function matthews(m: Confusion): number {
  let correct = 0;
  let cross = 0;
  let truthSquares = 0;
  let predictedSquares = 0;
  for (let k = 0; k < m.classCount; k++) {
    const t = truthCount(m, k);
    const p = predictedCount(m, k);
    correct += hits(m, k);
    cross += t * p;
    truthSquares += t * t;
    predictedSquares += p * p;
  }
  const all = m.total * m.total;
  const scale = Math.sqrt(all - predictedSquares) * Math.sqrt(all - truthSquares);
  return scale > 0 ? (correct * m.total - cross) / scale : 0;
}
