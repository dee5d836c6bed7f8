/** Training data in the form that engines take: float32 inputs, one-hot or standardised targets, row weights; batches gathered from it. */
import { log } from '../../base/float.ts';
import type { Random } from '../../base/random.ts';
import type { Training } from '../../recipe/model.ts';
import { softmaxInPlace } from '../softmax.ts';
import { forward, type Network } from './network.ts';
import type { Batch } from './trainer.ts';

export interface Prepared {
  inputs: number;
  outputs: number;
  classify: boolean;
  X: Float32Array;
  Y: Float32Array;
  weight: Float64Array;
  /** Target = output × scale + offset (regression); a constant target has scale 0. */
  offset: number;
  scale: number;
}

/** The target's mean and deviation come from `rows` only. */
export function prepare(data: Training, rows: Int32Array): Prepared {
  const { X, y, classCount } = data;
  const classify = classCount > 0;
  const outputs = classify ? classCount : 1;
  const weight = data.weight ?? new Float64Array(X.rows).fill(1);
  let offset = 0;
  let scale = 1;
  if (!classify) {
    let sum = 0;
    let total = 0;
    for (const row of rows) {
      sum += weight[row] * y[row];
      total += weight[row];
    }
    offset = sum / total;
    let squares = 0;
    for (const row of rows) squares += weight[row] * (y[row] - offset) * (y[row] - offset);
    scale = Math.sqrt(squares / total);
  }
  const Y = new Float32Array(X.rows * outputs);
  for (let i = 0; i < X.rows; i++) {
    if (classify) Y[i * outputs + y[i]] = 1;
    else Y[i] = (y[i] - offset) / (scale || 1);
  }
  return { inputs: X.cols, outputs, classify, X: Float32Array.from(X.values), Y, weight, offset, scale };
}

function gather(from: Float32Array, rows: Int32Array, width: number): Float32Array {
  const out = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) out.set(from.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
  return out;
}

/** One batch; masks are drawn for `hidden` widths where `dropout` is above 0. */
export function batchOf(data: Prepared, rows: Int32Array, hidden: readonly number[], dropout: number, random: Random): Batch {
  const share = Float32Array.from(rows, (row) => data.weight[row]);
  const total = share.reduce((sum, value) => sum + value, 0) || 1;
  for (let i = 0; i < share.length; i++) share[i] /= total;
  const limit = Math.floor(dropout * 0x100000000);
  const kept = 1 / (1 - dropout);
  const masks = dropout > 0 ? hidden.map((width) => new Float32Array(rows.length * width)) : [];
  for (const mask of masks) for (let i = 0; i < mask.length; i++) mask[i] = random.uint32() < limit ? 0 : kept;
  return { rows: rows.length, x: gather(data.X, rows, data.inputs), y: gather(data.Y, rows, data.outputs), share, masks };
}

/** Weighted mean loss over rows: cross-entropy, or half the squared error of the standardised target. */
export function lossOn(network: Network, data: Prepared, rows: Int32Array): number {
  const X = { rows: rows.length, cols: data.inputs, values: gather(data.X, rows, data.inputs) };
  const out = forward(network, X);
  if (data.classify) softmaxInPlace(out, data.outputs);
  let sum = 0;
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const weight = data.weight[rows[i]];
    total += weight;
    for (let j = 0; j < data.outputs; j++) {
      const y = data.Y[rows[i] * data.outputs + j];
      const p = out[i * data.outputs + j];
      if (!data.classify) sum += weight * 0.5 * (p - y) * (p - y);
      else if (y > 0) sum -= weight * log(Math.max(p, 1e-15));
    }
  }
  return total > 0 ? sum / total : 0;
}
