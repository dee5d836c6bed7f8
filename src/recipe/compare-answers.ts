/** Compares onnxruntime's answers with the native prediction, row by row, and names the first difference. */
import { phrase, type Words } from '../base/words.ts';
import type { ValueInfo } from '../onnx/proto.ts';
import type { Answer } from '../onnx/session.ts';
import type { Model, Predicted } from './model.ts';

/** Largest difference allowed: of probabilities absolute, of values relative. */
export const TOLERANCE = 1e-5;
/** Two best classes closer than this may come out in either order. */
const TIE = 1e-6;

export interface Comparison {
  passed: boolean;
  maxDelta: number;
  ties: number;
  first?: { row: number; output: Words; native: Words; onnx: Words };
}

/** Standard deviation of the native values, 0 for classes: the scale on which value differences are judged. */
export function spreadOf(model: Model, native: Predicted): number {
  if (model.task === 'classify') return 0;
  const values = native.codes.filter(Number.isFinite);
  if (values.length === 0) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length);
}

/** Relative to the larger of the spread and the value itself; absolute when `spread` is undefined. Two NaN are equal; so is an infinity to what a float has no room for. */
function deltaOf(native: number, onnx: number, spread?: number): number {
  if (Object.is(native, onnx) || native === onnx || (!Number.isFinite(onnx) && Math.fround(native) === onnx)) return 0;
  if (Number.isNaN(native) || Number.isNaN(onnx)) return Number.POSITIVE_INFINITY;
  const delta = Math.abs(native - onnx);
  return spread === undefined ? delta : delta / Math.max(spread, Math.abs(native), Number.MIN_VALUE);
}

/** Difference of the two best probabilities of a row; 0 when one is no number. */
function marginOf(row: ArrayLike<number>): number {
  let best = Number.NEGATIVE_INFINITY;
  let second = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < row.length; c++) {
    if (Number.isNaN(row[c])) return 0;
    if (row[c] > best) {
      second = best;
      best = row[c];
    } else if (row[c] > second) second = row[c];
  }
  return best - second;
}

function compareClasses(model: Model, native: Predicted, labels: Answer | undefined, scores: Answer | undefined): Comparison {
  const classes = model.classes ?? [];
  const k = classes.length;
  const result: Comparison = { passed: true, maxDelta: 0, ties: 0 };
  const differs = (row: number, output: Words, here: Words, there: Words) => {
    result.passed = false;
    result.first ??= { row, output, native: here, onnx: there };
  };
  const rows = native.codes.length;
  if (!labels || !scores || labels.data.length !== rows || scores.data.length !== rows * k) {
    differs(
      0,
      phrase('onnx.the-outputs', 'the outputs'),
      phrase('onnx.labels-and', '{labels} labels and {probabilities} probabilities', { labels: rows, probabilities: rows * k }),
      phrase('onnx.labels-and', '{labels} labels and {probabilities} probabilities', {
        labels: labels?.data.length ?? 0,
        probabilities: scores?.data.length ?? 0,
      }),
    );
    return { ...result, maxDelta: Number.POSITIVE_INFINITY };
  }
  const probabilities = native.probabilities!;
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < k; c++) {
      const [here, there] = [probabilities[row * k + c], Number(scores.data[row * k + c])];
      const delta = deltaOf(here, there);
      result.maxDelta = Math.max(result.maxDelta, delta);
      if (delta > TOLERANCE) differs(row, `P(${classes[c]})`, String(here), String(there));
    }
    if (marginOf(probabilities.subarray(row * k, (row + 1) * k)) < TIE) result.ties++;
    else if (labels.data[row] !== classes[native.codes[row]])
      differs(row, phrase('onnx.the-label', 'the label'), classes[native.codes[row]], String(labels.data[row]));
  }
  return result;
}

function compareValues(native: Predicted, values: Answer | undefined, spread: number): Comparison {
  const result: Comparison = { passed: true, maxDelta: 0, ties: 0 };
  for (let row = 0; row < native.codes.length; row++) {
    const [here, there] = [native.codes[row], Number(values?.data[row])];
    const delta = deltaOf(here, there, spread);
    result.maxDelta = Math.max(result.maxDelta, delta);
    if (delta <= TOLERANCE) continue;
    result.passed = false;
    result.first ??= { row, output: 'the value', native: String(here), onnx: String(there) };
  }
  return result;
}

/** Picks the outputs by what they are: strings are labels, floating-point numbers the probabilities or values. */
export function compareAnswers(
  model: Model,
  outputs: readonly ValueInfo[],
  native: Predicted,
  answers: Record<string, Answer>,
  spread: number,
): Comparison {
  const find = (fits: (output: ValueInfo) => boolean) => {
    const output = outputs.find(fits);
    return output && answers[output.name];
  };
  const numbers = find((output) => output.dtype === 'float' || output.dtype === 'double');
  if (model.task !== 'classify') return compareValues(native, numbers, spread);
  return compareClasses(
    model,
    native,
    find((output) => output.dtype === 'string'),
    numbers,
  );
}
