/** Loss and gradient of linear models in WebAssembly, the rows copied in once for all passes: lays out `linear-loss.as.ts`. */
import type { Dense } from './dense.ts';
import { bytes } from './linear-loss.as.ts?wasm';
import { kernelArea, openSpace } from './space.ts';

interface LossExports {
  oneScore: (
    loss: number,
    free: number,
    x: number,
    rows: number,
    width: number,
    block: number,
    w: number,
    y: number,
    weight: number,
    z: number,
    gradient: number,
  ) => number;
  manyScores: (
    x: number,
    rows: number,
    width: number,
    block: number,
    w: number,
    wide: number,
    y: number,
    weight: number,
    z: number,
    sums: number,
    gradient: number,
  ) => number;
  squares: (x: number, rows: number, width: number, weight: number, out: number) => void;
  lay: (from: number, rows: number, cols: number, to: number, width: number) => void;
}
const lossArea = kernelArea<LossExports>('linear-loss', bytes);

/** Classes as ±1 for `logistic` and `hinge` (squared), counts for `poisson`, numbers for `tube` (squared error beyond ±free). */
export type ScoreLoss = 'logistic' | 'poisson' | 'hinge' | 'tube';
const CODES: readonly ScoreLoss[] = ['logistic', 'poisson', 'hinge', 'tube'];

export interface LossRows {
  X: Dense & { readonly values: Float64Array };
  weight?: Float64Array;
}
/** Σ weight · loss over the rows at weights `x` [scores, features + 1], the intercept last of each; its gradient is written to `gradient`. */
export interface LinearLoss {
  evaluate: (x: Float64Array, gradient: Float64Array) => number;
  /** Σ weight · x² of each feature, and of the ones. */
  squares: () => Float64Array;
  close: () => void;
}

/** Values per block: about what the second cache holds beside the results. */
const BLOCK_VALUES = 8192;
const COPY_ROWS = 1024;
const upTo = (step: number, count: number): number => Math.ceil(count / step) * step;
/** Far below every other score. */
const NEVER = -1e300;

/** Rows (rounded to float32), weights and the room that both kinds of pass need; columns are filled up to a multiple of `step`. */
function openRows({ X, weight }: LossRows, step: number, scores: number, codes: boolean) {
  const { rows, cols } = X;
  const width = upTo(step, cols + 1);
  const padded = upTo(4, rows);
  const block = Math.min(padded, Math.max(4, upTo(4, Math.ceil(BLOCK_VALUES / width))));
  const space = openSpace(lossArea, (room) => ({
    x: room.f32(padded * width),
    weight: room.f64(padded),
    codes: room.i32(codes ? padded : 0),
    y: room.f64(codes ? 0 : padded),
    w: room.f64(width * scores),
    gradient: room.f64(width * scores),
    z: room.f64(block * scores),
    sums: room.f64(2 * block),
    raw: room.f64(Math.min(padded, COPY_ROWS) * cols + 2),
  }));
  const { at, call } = space;
  for (let from = 0; from < rows; from += COPY_ROWS) {
    const count = Math.min(COPY_ROWS, rows - from);
    at.raw.set(X.values.subarray(from * cols, (from + count) * cols));
    call.lay(at.raw.byteOffset, count, cols, at.x.byteOffset + from * width * 4, width);
  }
  at.x.fill(0, rows * width);
  const weigh = (weights: Float64Array | undefined) => {
    at.weight.fill(0);
    if (weights) at.weight.set(weights);
    else at.weight.fill(1, 0, rows);
  };
  weigh(weight);
  const squares = () => {
    at.gradient.fill(0, 0, width);
    call.squares(at.x.byteOffset, rows, width, at.weight.byteOffset, at.gradient.byteOffset);
    return at.gradient.slice(0, cols + 1);
  };
  return { at, call, width, padded, block, weigh, squares, close: space.close };
}

/** One score per row, whose targets and weights can be others for the next fit on the same rows. */
export interface ScoreLossRows extends LinearLoss {
  use: (y: Float64Array, weight: Float64Array | undefined) => void;
}

/** One score per row. `free` is the half width of the tube. Throws the Problem `kernel.memory`; close it in a `finally`. */
export function openScoreLoss(data: LossRows, y: Float64Array, loss: ScoreLoss, free = 0): ScoreLossRows {
  const { at, call, width, padded, block, weigh, squares, close } = openRows(data, 2, 1, false);
  at.y.fill(0);
  at.y.set(y);
  return {
    use: (targets, weight) => {
      at.y.set(targets);
      weigh(weight);
    },
    evaluate: (x, gradient) => {
      at.w.fill(0);
      at.w.set(x);
      at.gradient.fill(0);
      const value = call.oneScore(
        CODES.indexOf(loss),
        free,
        at.x.byteOffset,
        padded,
        width,
        block,
        at.w.byteOffset,
        at.y.byteOffset,
        at.weight.byteOffset,
        at.z.byteOffset,
        at.gradient.byteOffset,
      );
      gradient.set(at.gradient.subarray(0, x.length));
      return value;
    },
    squares,
    close,
  };
}

/** One score per class and row, the loss -ln of the right class's softmax. `y` is the class of each row. Else as `openScoreLoss`. */
export function openSoftmaxLoss(data: LossRows, y: Int32Array, classes: number): LinearLoss {
  const wide = upTo(4, classes);
  const { at, call, width, padded, block, squares, close } = openRows(data, 4, wide, true);
  const each = data.X.cols + 1;
  at.codes.fill(0);
  at.codes.set(y);
  return {
    evaluate: (x, gradient) => {
      at.w.fill(0);
      for (let k = 0; k < classes; k++) for (let j = 0; j < each; j++) at.w[j * wide + k] = x[k * each + j];
      for (let k = classes; k < wide; k++) at.w[(each - 1) * wide + k] = NEVER;
      at.gradient.fill(0);
      const value = call.manyScores(
        at.x.byteOffset,
        padded,
        width,
        block,
        at.w.byteOffset,
        wide,
        at.codes.byteOffset,
        at.weight.byteOffset,
        at.z.byteOffset,
        at.sums.byteOffset,
        at.gradient.byteOffset,
      );
      for (let k = 0; k < classes; k++) for (let j = 0; j < each; j++) gradient[k * each + j] = at.gradient[j * wide + k];
      return value;
    },
    squares,
    close,
  };
}
