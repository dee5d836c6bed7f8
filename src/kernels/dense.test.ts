/** Products of matrices against plain loops, for all shapes of edges, in both float types. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { kernels } from './door.ts';

const random = stream('dense');
const shapes = [
  [1, 1],
  [3, 2],
  [4, 4],
  [7, 5],
  [9, 8],
  [130, 13],
  [5000, 21],
  [33, 104],
];
const types = [
  { name: 'float64', of: Float64Array, near: 1e-12 },
  { name: 'float32', of: Float32Array, near: 3e-6 },
];
const close = (found: ArrayLike<number>, wanted: ArrayLike<number>, sizes: ArrayLike<number>, near: number) => {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) expect(Math.abs(found[i] - wanted[i])).toBeLessThanOrEqual(near * sizes[i]);
};
/** Σ a·b of `count` pairs, and Σ |a·b|: what rounding is measured by. */
function sums(count: number, a: (k: number) => number, b: (k: number) => number): [number, number] {
  let sum = 0;
  let size = 1e-300;
  for (let k = 0; k < count; k++) {
    sum += a(k) * b(k);
    size += Math.abs(a(k) * b(k));
  }
  return [sum, size];
}

for (const { name, of, near } of types) {
  describe(`dense products in ${name}`, () => {
    const matrix = (rows: number, cols: number) => ({ rows, cols, values: new of(rows * cols).map(() => random.normal()) });
    it('XᵀX', () => {
      for (const [rows, cols] of shapes) {
        const X = matrix(rows, cols);
        const wanted = Array.from({ length: cols * cols }, (_, at) =>
          sums(
            rows,
            (k) => X.values[k * cols + Math.floor(at / cols)],
            (k) => X.values[k * cols + (at % cols)],
          ),
        );
        close(
          kernels.gram(X),
          wanted.map((w) => w[0]),
          wanted.map((w) => w[1]),
          near,
        );
      }
    });
    it('X·B', () => {
      for (const [rows, cols] of shapes) {
        for (const n of [1, 6, 9]) {
          const X = matrix(rows, cols);
          const B = matrix(cols, n);
          const wanted = Array.from({ length: rows * n }, (_, at) =>
            sums(
              cols,
              (k) => X.values[Math.floor(at / n) * cols + k],
              (k) => B.values[k * n + (at % n)],
            ),
          );
          const found = kernels.product<Float32Array | Float64Array>(X, B);
          expect(found).toBeInstanceOf(of);
          close(
            found,
            wanted.map((w) => w[0]),
            wanted.map((w) => w[1]),
            near,
          );
        }
      }
    });
    it('X·w and Xᵀr, summed in float64', () => {
      for (const [rows, cols] of shapes) {
        const X = matrix(rows, cols);
        const w = Float64Array.from({ length: cols }, () => random.normal());
        const r = Float64Array.from({ length: rows }, () => random.normal());
        const along = Array.from({ length: rows }, (_, i) =>
          sums(
            cols,
            (k) => X.values[i * cols + k],
            (k) => w[k],
          ),
        );
        close(
          kernels.times(X, w),
          along.map((v) => v[0]),
          along.map((v) => v[1]),
          1e-13,
        );
        const down = Array.from({ length: cols }, (_, j) =>
          sums(
            rows,
            (k) => X.values[k * cols + j],
            (k) => r[k],
          ),
        );
        close(
          kernels.transposedTimes(X, r),
          down.map((v) => v[0]),
          down.map((v) => v[1]),
          1e-12,
        );
      }
    });
  });
}

describe('gram', () => {
  it('takes a further column, a shift of every column and a factor of every row', () => {
    const rows = 700;
    const cols = 6;
    const X = { rows, cols, values: Float64Array.from({ length: rows * cols }, () => 5 + random.normal()) };
    const extra = Float64Array.from({ length: rows }, () => random.normal());
    const shift = Float64Array.from({ length: cols + 1 }, () => 5);
    const factor = Float64Array.from({ length: rows }, () => random.below(3));
    const cell = (i: number, j: number) => factor[i] * ((j < cols ? X.values[i * cols + j] : extra[i]) - shift[j]);
    const found = kernels.gram(X, { extra: [extra], shift, factor });
    for (let a = 0; a <= cols; a++) {
      for (let b = 0; b <= cols; b++) {
        const [sum, size] = sums(
          rows,
          (k) => cell(k, a),
          (k) => cell(k, b),
        );
        expect(Math.abs(found[a * (cols + 1) + b] - sum)).toBeLessThanOrEqual(1e-12 * size);
      }
    }
  });

  it('of chosen rows is that of a matrix of them', () => {
    const X = { rows: 90, cols: 3, values: new Float64Array(270).map(() => random.normal()) };
    const y = new Float64Array(90).map(() => random.normal());
    const rows = Int32Array.from({ length: 50 }, () => random.below(90));
    const gathered = {
      rows: 50,
      cols: 3,
      values: Float64Array.from({ length: 150 }, (_, at) => X.values[rows[Math.floor(at / 3)] * 3 + (at % 3)]),
    };
    const wanted = kernels.gram(gathered, { extra: [Float64Array.from(rows, (r) => y[r])] });
    expect([...kernels.gram(X, { rows, extra: [y] })]).toEqual([...wanted]);
  });

  it('of no rows is zero, of no columns is empty', () => {
    expect([...kernels.gram({ rows: 0, cols: 2, values: new Float64Array() })]).toEqual([0, 0, 0, 0]);
    expect(kernels.gram({ rows: 3, cols: 0, values: new Float32Array() }).length).toBe(0);
    expect(kernels.times({ rows: 2, cols: 0, values: new Float64Array() }, new Float64Array()).length).toBe(2);
  });
});
