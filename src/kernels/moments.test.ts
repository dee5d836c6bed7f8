/** Moments by class beside sums written out, with missing and infinite cells, and in ranges whose squares leave double's. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { kernels } from './door.ts';

const random = stream('moments');
const ROWS = 900;
const CLASSES = 3;

/** An odd number of columns: the last shares its pair with what lies behind it. */
function madeUp(cols: number, size: number) {
  const values = Float64Array.from({ length: ROWS * cols }, (_, at) => size * (random.normal() + (at % cols)));
  for (let at = 0; at < values.length; at += 11) values[at] = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][at % 3];
  const y = Float64Array.from({ length: ROWS }, () => random.below(CLASSES));
  const weight = Float64Array.from({ length: ROWS }, () => random.uniform() + 0.5);
  const rows = Int32Array.from({ length: ROWS }, (_, i) => i).filter((i) => i < 300 || i % 3 > 0);
  return { values, y, weight, rows };
}

describe('moments', () => {
  for (const [cols, size] of [
    [1, 1],
    [4, 1e-200],
    [5, 1e200],
    [7, 40],
  ] as const)
    it(`of ${cols} columns about ${size} are the sums`, () => {
      const { values, y, weight, rows } = madeUp(cols, size);
      const moments = kernels.momentsOf(values, cols, rows, weight, y, CLASSES);
      for (let j = 0; j < cols; j++) {
        const known = [...rows].filter((i) => Number.isFinite(values[i * cols + j]));
        const over = (of: (i: number, x: number) => number) =>
          known.reduce((sum, i) => sum + weight[i] * of(i, values[i * cols + j] / size), 0);
        const total = over(() => 1);
        const mean = over((_, x) => x) / total;
        const spread = Math.sqrt(over((_, x) => (x - mean) ** 2) / total);
        expect(moments.offset[j] / size).toBeCloseTo(mean, 9);
        expect(moments.scale[j] / size).toBeCloseTo(spread, 9);
        for (let k = 0; k < CLASSES; k++) {
          const of = (part: (u: number) => number) => over((i, x) => (y[i] === k ? part((x - mean) / spread) : 0));
          expect(moments.weights[j * CLASSES + k]).toBeCloseTo(
            of(() => 1),
            8,
          );
          expect(moments.sums[j * CLASSES + k]).toBeCloseTo(
            of((u) => u),
            8,
          );
          expect(moments.squares[j * CLASSES + k]).toBeCloseTo(
            of((u) => u * u),
            7,
          );
        }
      }
    });

  it('of what never varies or is never known have the scale 1', () => {
    const values = Float64Array.from({ length: 30 }, (_, at) => [7, Number.NaN, 0][at % 3]);
    const ones = new Float64Array(10).fill(1);
    const moments = kernels.momentsOf(
      values,
      3,
      new Int32Array(10).map((_, i) => i),
      ones,
      new Float64Array(10),
      1,
    );
    expect([...moments.offset]).toEqual([7, 0, 0]);
    expect([...moments.scale]).toEqual([1, 1, 1]);
    expect([...moments.weights]).toEqual([10, 0, 10]);
    expect([...moments.squares]).toEqual([0, 0, 0]);
  });
});
