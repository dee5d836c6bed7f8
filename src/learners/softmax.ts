/** Softmax of scores, row by row, as the ONNX operator computes it (largest score taken off first). */
import { exp } from '../base/float.ts';

/** In place on row-major [n, classes]; gives the same array. */
export function softmaxInPlace(scores: Float64Array, classes: number): Float64Array {
  for (let at = 0; at < scores.length; at += classes) {
    let top = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) top = Math.max(top, scores[at + k]);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += scores[at + k] = exp(scores[at + k] - top);
    for (let k = 0; k < classes; k++) scores[at + k] /= sum;
  }
  return scores;
}
