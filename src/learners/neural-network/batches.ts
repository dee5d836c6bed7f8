/** Training data in the form that engines take: float32 inputs, coded or standardised targets, row weights; batches gathered from it. */
import type { Random } from '../../base/random.ts';
import type { Batch, Loss } from '../../kernels/door.ts';
import type { Training } from '../../recipe/model.ts';

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
  return { inputs: X.cols, outputs, loss, X: new Float32Array(X.values), Y, present, weight, offset, scale };
}

/** From this width on a row is copied as a whole; below, the view of it costs more than its numbers. */
const WIDE = 64;

function gather(from: Float32Array, rows: Int32Array, width: number, out: Float32Array): void {
  if (width >= WIDE) {
    for (let i = 0; i < rows.length; i++) out.set(from.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
    return;
  }
  for (let i = 0, to = 0; i < rows.length; i++) {
    for (let at = rows[i] * width, end = at + width; at < end; at++, to++) out[to] = from[at];
  }
}

/** What dropout draws from and at which rate, for layers of the widths `hidden`. */
export interface Dropout {
  hidden: readonly number[];
  rate: number;
  random: Random;
}

/** Makes batches of at most `size` rows in the same arrays over and over: a batch is gone when the next one is asked for. */
export function batcher(data: Prepared, size: number): (rows: Int32Array, dropout?: Dropout) => Batch {
  const x = new Float32Array(size * data.inputs);
  const y = new Float32Array(size * data.outputs);
  const share = new Float32Array(size);
  let masks: Float32Array[] = [];
  return (rows, dropout) => {
    const count = rows.length;
    const part = (array: Float32Array, width: number) => (count === size ? array : array.subarray(0, count * width));
    gather(data.X, rows, data.inputs, x);
    gather(data.Y, rows, data.outputs, y);
    let total = 0;
    for (const row of rows) total += data.weight[row];
    for (let i = 0; i < count; i++) share[i] = total > 0 ? data.weight[rows[i]] / total : 0;
    const batch = { rows: count, x: part(x, data.inputs), y: part(y, data.outputs), share: part(share, 1) };
    if (!dropout || dropout.rate === 0) return { ...batch, masks: [] };
    const { hidden, rate, random } = dropout;
    if (masks.length === 0) masks = hidden.map((width) => new Float32Array(size * width));
    const kept = 1 / (1 - rate);
    const limit = Math.floor(rate * 0x10000);
    masks.forEach((mask, l) => {
      // Two masks from each draw: 16 bits say which of 65,536 shares of the rate.
      for (let i = 0; i < count * hidden[l]; i += 2) {
        const drawn = random.uint32();
        mask[i] = (drawn & 0xffff) < limit ? 0 : kept;
        mask[i + 1] = drawn >>> 16 < limit ? 0 : kept;
      }
    });
    return { ...batch, masks: masks.map((mask, l) => part(mask, hidden[l])) };
  };
}
