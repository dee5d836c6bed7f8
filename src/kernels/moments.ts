/** Weighted means, spreads and sums by class of a matrix's columns: lays blocks of rows out for `moments.as.ts`. */
import { log2 } from '../base/float.ts';
import type { Floats } from './dense.ts';
import { bytes } from './moments.as.ts?wasm';
import { kernelArea, openSpace } from './space.ts';

interface MomentsExports {
  reach: (rows: number, count: number, cols: number, weights: number, most: number, total: number) => void;
  addUp: (rows: number, count: number, cols: number, weights: number, inverse: number, sums: number) => void;
  byClass: (
    rows: number,
    count: number,
    cols: number,
    weights: number,
    places: number,
    inverse: number,
    means: number,
    sums: number,
    size: number,
  ) => void;
}
const momentsArea = kernelArea<MomentsExports>('moments', bytes);

/** Of u = (x - offset) / scale; tables are row-major [cols, classes]. */
export interface Moments {
  /** Mean and standard deviation of each column; 0 and 1 where nothing is known or nothing varies. */
  offset: Float64Array;
  scale: Float64Array;
  /** Σ weight, Σ weight · u and Σ weight · u². */
  weights: Float64Array;
  sums: Float64Array;
  squares: Float64Array;
}

/** Bytes of a block of rows: the second cache holds it. */
const BLOCK_BYTES = 1 << 18;
/** Numbers of a class in a pair of columns. */
const NUMBERS = 6;

/** The power of two next below a size; 1 for zero. */
const unitOf = (most: number): number => (most > 0 ? 2 ** Math.max(-1022, Math.min(1023, Math.floor(log2(most)))) : 1);

/**
 * Moments of the finite cells of a row-major matrix [rows, cols], of the rows listed, with the weight (positive) and the class of each row of the matrix. Squares are
 * taken in a unit of the column's own, so that they are in range. Throws the Problem `kernel.memory`.
 */
export function momentsOf(values: Floats, cols: number, rows: Int32Array, weight: Float64Array, y: Float64Array, classes: number): Moments {
  const block = Math.max(1, Math.min(rows.length, Math.floor(BLOCK_BYTES / (8 * Math.max(1, cols)))));
  const even = cols + (cols & 1);
  const { at, call, close } = openSpace(momentsArea, (room) => ({
    rows: room.f64(block * cols + 1),
    weights: room.f64(block),
    places: room.u32(block),
    most: room.f64(even),
    total: room.f64(even),
    inverse: room.f64(even),
    means: room.f64(even),
    sums: room.f64((even / 2) * NUMBERS * classes),
  }));
  const overRows = (part: (rows: number, count: number, cols: number, weights: number) => void) => {
    for (let from = 0; from < rows.length; from += block) {
      const count = Math.min(block, rows.length - from);
      const first = rows[from];
      if (rows[from + count - 1] - first === count - 1) at.rows.set(values.subarray(first * cols, (first + count) * cols));
      else for (let i = 0; i < count; i++) at.rows.set(values.subarray(rows[from + i] * cols, (rows[from + i] + 1) * cols), i * cols);
      for (let i = 0; i < count; i++) {
        at.weights[i] = weight[rows[from + i]];
        at.places[i] = y[rows[from + i]];
      }
      part(at.rows.byteOffset, count, cols, at.weights.byteOffset);
    }
  };
  try {
    at.rows.fill(0);
    for (const list of [at.most, at.total, at.means, at.sums]) list.fill(0);
    const [inverse, means] = [at.inverse.byteOffset, at.means.byteOffset];
    overRows((...part) => call.reach(...part, at.most.byteOffset, at.total.byteOffset));
    const unit = at.most.map(unitOf);
    at.inverse.set(unit.map((v) => 1 / v));
    overRows((...part) => call.addUp(...part, inverse, means));
    at.means.set(at.means.map((sum, j) => (at.total[j] > 0 ? sum / at.total[j] : 0)));
    const [places, sums] = [at.places.byteOffset, at.sums.byteOffset];
    overRows((...part) => call.byClass(...part, places, inverse, means, sums, NUMBERS * classes * 8));
    return momentsFrom(at, unit, cols, classes);
  } finally {
    close();
  }
}

/** Sums by class in a column's own unit, told in its standard deviation. */
function momentsFrom(at: Record<'total' | 'means' | 'sums', Float64Array>, unit: Float64Array, cols: number, classes: number): Moments {
  const table = () => new Float64Array(cols * classes);
  const moments = { offset: new Float64Array(cols), scale: new Float64Array(cols), weights: table(), sums: table(), squares: table() };
  for (let j = 0; j < cols; j++) {
    const place = (k: number, part: number) => at.sums[((j >> 1) * classes + k) * NUMBERS + 2 * part + (j & 1)];
    let square = 0;
    for (let k = 0; k < classes; k++) square += place(k, 2);
    const spread = at.total[j] > 0 ? Math.sqrt(square / at.total[j]) : 0;
    moments.offset[j] = at.means[j] * unit[j];
    moments.scale[j] = spread * unit[j] || 1;
    const one = spread * unit[j] > 0 ? spread : 1 / unit[j];
    for (let k = 0; k < classes; k++) {
      moments.weights[j * classes + k] = place(k, 0);
      moments.sums[j * classes + k] = place(k, 1) / one;
      moments.squares[j * classes + k] = place(k, 2) / one / one;
    }
  }
  return moments;
}
