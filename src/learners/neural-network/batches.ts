/** Training data in the form that engines take: float32 inputs, coded or standardised targets, row weights; batches gathered from it. */
import { exp, log, log1p } from '../../base/float.ts';
import type { Random } from '../../base/random.ts';
import type { Training } from '../../recipe/model.ts';
import { forward, type Network } from './network.ts';
import type { Batch, Loss } from './trainer.ts';

export interface Prepared {
  inputs: number;
  outputs: number;
  loss: Loss;
  X: Float32Array;
  Y: Float32Array;
  /** Codes of the classes with learning rows; the others are not trained for. Empty for regression. */
  present: readonly number[];
  weight: Float64Array;
  /** Target = output × scale + offset (regression); a constant target has scale 0. */
  offset: number;
  scale: number;
}

/** The target's mean and deviation come from `rows` only; classes from every row that counts. */
export function prepare(data: Training, rows: Int32Array): Prepared {
  const { X, y, classCount } = data;
  const classify = classCount > 0;
  const weight = data.weight ?? new Float64Array(X.rows).fill(1);
  const place = new Int32Array(classCount);
  if (classify) for (let i = 0; i < X.rows; i++) if (weight[i] > 0) place[y[i]] = 1;
  const present = [...place.keys()].filter((code) => place[code] === 1);
  present.forEach((code, i) => {
    place[code] = i;
  });
  const loss: Loss = !classify ? 'squared' : present.length === 2 ? 'logistic' : 'softmax';
  const outputs = loss === 'softmax' ? present.length : 1;
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
    if (loss === 'softmax') Y[i * outputs + place[y[i]]] = 1;
    else if (loss === 'logistic') Y[i] = place[y[i]];
    else Y[i] = (y[i] - offset) / (scale || 1);
  }
  return { inputs: X.cols, outputs, loss, X: Float32Array.from(X.values), Y, present, weight, offset, scale };
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

/** Loss of one row's outputs. */
function lossOfRow(loss: Loss, out: Float64Array, y: Float32Array): number {
  if (loss === 'squared') return 0.5 * (out[0] - y[0]) * (out[0] - y[0]);
  if (loss === 'logistic') return Math.max(out[0], 0) - out[0] * y[0] + log1p(exp(-Math.abs(out[0])));
  const top = out.reduce((most, z) => Math.max(most, z), Number.NEGATIVE_INFINITY);
  const sum = out.reduce((total, z) => total + exp(z - top), 0);
  return log(sum) - out.reduce((total, z, j) => total + (z - top) * y[j], 0);
}

/** Weighted mean loss over rows, as an engine computes it for a batch. */
export function lossOn(network: Network, data: Prepared, rows: Int32Array): number {
  const { outputs } = data;
  const out = forward(network, { rows: rows.length, cols: data.inputs, values: gather(data.X, rows, data.inputs) });
  let sum = 0;
  let total = 0;
  rows.forEach((row, i) => {
    total += data.weight[row];
    const y = data.Y.subarray(row * outputs, (row + 1) * outputs);
    sum += data.weight[row] * lossOfRow(data.loss, out.subarray(i * outputs, (i + 1) * outputs), y);
  });
  return total > 0 ? sum / total : 0;
}
