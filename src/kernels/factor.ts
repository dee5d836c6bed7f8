/** Factorises symmetric positive definite matrices of some thousand rows: lays them out for `factor.as.ts`. */
import { bytes } from './factor.as.ts?wasm';
import { kernelArea, openSpace } from './space.ts';

interface FactorExports {
  factor: (lower: number, upper: number, n: number, step: number, block: number, least: number) => number;
  invertLower: (lower: number, inverse: number, n: number, step: number, block: number) => void;
  columnSquares: (matrix: number, n: number, step: number, out: number) => void;
}
const factorArea = kernelArea<FactorExports>('factor', bytes);

export type Factor = ReturnType<typeof openFactor>;

/** Opens the memory for matrices of `size` rows, 16 · size² bytes. Throws the Problem `kernel.memory`. Close it in a `finally`. */
export function openFactor(size: number) {
  const n = Math.ceil(size / 4) * 4;
  const { at, call, close } = openSpace(factorArea, (room) => ({
    lower: room.f64(n * n),
    other: room.f64(n * n),
    block: room.f64(16),
    diagonal: room.f64(n),
  }));
  const { lower, other } = at;
  const step = 8 * n;
  return {
    /**
     * L Lᵀ = A with A's lower triangle filled in by `row`, which gets each row's place and the array of its first i + 1 entries. False when a pivot is not above
     * `least` times its diagonal entry.
     */
    factor: (row: (i: number, entries: Float64Array) => void, least = 1e-13): boolean => {
      for (let i = 0; i < n; i++) {
        const entries = lower.subarray(i * n, i * n + i + 1);
        if (i < size) row(i, entries);
        else entries.fill(0).fill(1, i);
      }
      return call.factor(lower.byteOffset, other.byteOffset, n, step, at.block.byteOffset, least) < 0;
    },
    /** x with A x = b. */
    solve: (b: Float64Array): Float64Array => {
      const x = b.slice();
      for (let i = 0; i < size; i++) {
        let sum = x[i];
        for (let k = 0, place = i * n; k < i; k++, place++) sum -= lower[place] * x[k];
        x[i] = sum / lower[i * n + i];
      }
      for (let i = size - 1; i >= 0; i--) {
        x[i] /= lower[i * n + i];
        for (let k = 0, place = i * n; k < i; k++, place++) x[k] -= lower[place] * x[i];
      }
      return x;
    },
    /** The diagonal of A's inverse: squares of the columns of L's inverse. */
    inverseDiagonal: (): Float64Array => {
      call.invertLower(lower.byteOffset, other.byteOffset, n, step, at.block.byteOffset);
      call.columnSquares(other.byteOffset, n, step, at.diagonal.byteOffset);
      return at.diagonal.slice(0, size);
    },
    close,
  };
}
