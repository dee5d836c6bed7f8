/** Edges on cases whose answer is known. */
import { describe, expect, it } from 'vitest';
import { type Random, stream } from '../base/random.ts';
import { kernels } from './door.ts';

const random = stream('bins test');
const column = (rows: number, of: (random: Random) => number) => Float32Array.from({ length: rows }, () => of(random));
const edgesOf = (values: Float32Array) => [...kernels.binMatrix(values, values.length, 1).edges];

describe('bins', () => {
  it('put a threshold between all values while they are few', () => {
    expect(edgesOf(Float32Array.of(3, 1, Number.NaN, 1, 2))).toEqual([1.5, 2.5]);
    expect(edgesOf(Float32Array.of(5, 5, 5))).toEqual([]);
    expect(edgesOf(Float32Array.of(Number.NaN))).toEqual([]);
    expect(edgesOf(Float32Array.of(Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY))).toEqual([Number.NEGATIVE_INFINITY, 0]);
    // Two neighbours in float32: the threshold is the lower one.
    const next = new Float32Array(new Int32Array([0x3f800001]).buffer)[0];
    expect(edgesOf(Float32Array.of(1, next))).toEqual([1]);
  });

  it('are at most 255 and equally full when values are many; a frequent value is not cut', () => {
    const fill = (values: Float32Array) => {
      const { edges, codes, stride } = kernels.binMatrix(values, values.length, 1);
      const counts = new Int32Array(edges.length + 1);
      for (let i = 0; i < values.length; i++) counts[codes[i * stride]]++;
      return [...counts].sort((a, b) => b - a);
    };
    const even = fill(column(20_400, (r) => r.normal()));
    expect(even.length).toBe(255);
    expect(even[0]).toBeLessThanOrEqual(82);
    expect(even[254]).toBeGreaterThanOrEqual(79);
    const values = column(20_400, (r) => (r.below(2) === 0 ? 0 : r.normal()));
    const [zeros, next] = fill(values);
    expect(zeros).toBeGreaterThanOrEqual(values.filter((v) => v === 0).length);
    expect(next).toBeLessThanOrEqual(82);
  });
});
