/** The kernels against plain counting: these laws hold for any engine behind the door. */
import { describe, expect, it } from 'vitest';
import { type Random, stream } from '../base/random.ts';
import { MAX_BINS } from './bins.ts';
import { kernels } from './door.ts';
import { PACK } from './histogram.ts';

const random = stream('kernels test');
function matrix(rows: number, cols: number, of: (random: Random) => number): Float32Array {
  return Float32Array.from({ length: rows * cols }, () => of(random));
}
const withGaps = (r: Random) => (r.below(10) === 0 ? Number.NaN : Math.round(r.normal() * 8) / 4);

describe('bins', () => {
  it('put a threshold between all values while they are few', () => {
    expect([...kernels.binEdges(Float32Array.of(3, 1, Number.NaN, 1, 2))]).toEqual([1.5, 2.5]);
    expect([...kernels.binEdges(Float32Array.of(5, 5, 5))]).toEqual([]);
    expect([...kernels.binEdges(Float32Array.of(Number.NaN))]).toEqual([]);
    expect([...kernels.binEdges(Float32Array.of(Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY))]).toEqual([
      Number.NEGATIVE_INFINITY,
      0,
    ]);
    // Two neighbours in float32: the threshold is the lower one.
    const next = new Float32Array(new Int32Array([0x3f800001]).buffer)[0];
    expect([...kernels.binEdges(Float32Array.of(1, next))]).toEqual([1]);
  });

  it('are at most 255 and equally full when values are many; a frequent value is not cut', () => {
    const fill = (values: Float32Array) => {
      const edges = kernels.binEdges(values);
      const codes = new Uint8Array(values.length);
      kernels.binColumn(values, edges, codes, 0, 1);
      const counts = new Int32Array(edges.length + 1);
      for (const code of codes) counts[code]++;
      return [...counts].sort((a, b) => b - a);
    };
    const even = fill(matrix(20_400, 1, (r) => r.normal()));
    expect(even.length).toBe(MAX_BINS);
    expect(even[0]).toBeLessThanOrEqual(82);
    expect(even[MAX_BINS - 1]).toBeGreaterThanOrEqual(79);
    const values = matrix(20_400, 1, (r) => (r.below(2) === 0 ? 0 : r.normal()));
    const [zeros, next] = fill(values);
    expect(zeros).toBeGreaterThanOrEqual(values.filter((v) => v === 0).length);
    expect(next).toBeLessThanOrEqual(82);
  });

  it('code <= b exactly where x <= edge b, and missing has its own code', () => {
    const bins = kernels.binMatrix(matrix(300, 5, withGaps), 300, 5);
    const values = matrix(300, 5, withGaps);
    for (let j = 0; j < 5; j++) {
      const edges = bins.edges.subarray(bins.starts[j], bins.starts[j + 1]);
      const codes = new Uint8Array(300);
      const column = Float32Array.from({ length: 300 }, (_, i) => values[i * 5 + j]);
      kernels.binColumn(column, edges, codes, 0, 1);
      for (let i = 0; i < 300; i++) {
        if (Number.isNaN(column[i])) expect(codes[i]).toBe(edges.length + 1);
        else for (let b = 0; b < edges.length; b++) expect(codes[i] <= b).toBe(column[i] <= edges[b]);
      }
    }
  });
});

/** Packed gradients of random sizes, and what they pack. */
function packing(rows: number) {
  const gradient = Float64Array.from({ length: rows }, () => random.normal());
  const hessian = Float64Array.from({ length: rows }, () => random.uniform());
  const packed = new Float64Array(rows);
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  const scales = kernels.packGradients(gradient, hessian, all, rows, packed);
  return { gradient, hessian, packed, all, scales };
}

describe('histograms', () => {
  const bins = kernels.binMatrix(matrix(500, 7, withGaps), 500, 7);
  const { gradient, hessian, packed, all, scales } = packing(500);

  it('hold exact sums, whatever the order of rows', () => {
    const histogram = new Float64Array(bins.histogramLength);
    const shuffled = new Float64Array(bins.histogramLength);
    const counts = new Int32Array(bins.histogramLength);
    kernels.buildHistogram(bins, all, 0, 500, packed, histogram, counts);
    kernels.buildHistogram(bins, random.shuffle(all.slice()), 0, 500, packed, shuffled);
    expect([...shuffled]).toEqual([...histogram]);
    for (let j = 0; j < 7; j++) {
      const size = bins.starts[j + 1] - bins.starts[j] + 2;
      const g = new Float64Array(size);
      const h = new Float64Array(size);
      for (let i = 0; i < 500; i++) {
        g[bins.codes[i * bins.stride + j]] += gradient[i];
        h[bins.codes[i * bins.stride + j]] += hessian[i];
      }
      for (let b = 0; b < size; b++) {
        expect(counts[bins.offsets[j] + b]).toBe(all.filter((i) => bins.codes[i * bins.stride + j] === b).length);
        const sum = histogram[bins.offsets[j] + b];
        const high = Math.floor(sum / PACK);
        expect(high / scales.gradient).toBeCloseTo(g[b], 3);
        expect((sum - high * PACK) / scales.hessian).toBeCloseTo(h[b], 3);
      }
    }
  });

  it('subtract exactly', () => {
    const whole = new Float64Array(bins.histogramLength);
    const left = new Float64Array(bins.histogramLength);
    const right = new Float64Array(bins.histogramLength);
    kernels.buildHistogram(bins, all, 0, 500, packed, whole);
    kernels.buildHistogram(bins, all, 0, 200, packed, left);
    kernels.buildHistogram(bins, all, 200, 500, packed, right);
    kernels.subtractHistogram(whole, left);
    expect([...whole]).toEqual([...right]);
  });

  it('give the split that trying every one gives', () => {
    const histogram = new Float64Array(bins.histogramLength);
    kernels.buildHistogram(bins, all, 0, 500, packed, histogram);
    const total = packed.reduce((sum, v) => sum + v, 0);
    const features = Int32Array.from({ length: 7 }, (_, j) => j);
    const l2 = 0.5;
    const split = kernels.findSplit(bins, histogram, undefined, features, total, 500, scales, { l2, minLeaf: 20, minHessian: 0 });
    const score = (keep: (i: number) => boolean) => {
      let g = 0;
      let h = l2;
      for (let i = 0; i < 500; i++) {
        if (!keep(i)) continue;
        g += gradient[i];
        h += hessian[i];
      }
      return { score: (g * g) / h, share: h - l2 };
    };
    const allHessian = hessian.reduce((sum, h) => sum + h, 0);
    let best = 0;
    for (let j = 0; j < 7; j++) {
      const edges = bins.starts[j + 1] - bins.starts[j];
      for (let b = 0; b <= edges; b++) {
        for (const missingLeft of [false, true]) {
          const left = (i: number) => {
            const code = bins.codes[i * bins.stride + j];
            return code === edges + 1 ? missingLeft : code <= b;
          };
          const l = score(left);
          const r = score((i) => !left(i));
          if (Math.min(l.share, r.share) < (20 / 500) * allHessian) continue;
          best = Math.max(best, l.score + r.score - score(() => true).score);
        }
      }
    }
    expect(split?.gain).toBeCloseTo(best, 2);
    expect(
      kernels.findSplit(bins, histogram, undefined, features, total, 500, scales, { l2, minLeaf: 251, minHessian: 0 }),
    ).toBeUndefined();
  });

  it('partition keeps the order on both sides', () => {
    const rows = random.shuffle(all.slice());
    const before = rows.slice();
    const middle = kernels.partitionRows(bins, rows, 100, 400, 3, 2, true, new Int32Array(500));
    const goesLeft = (i: number) => {
      const code = bins.codes[i * bins.stride + 3];
      return code <= 2 || code === bins.starts[4] - bins.starts[3] + 1;
    };
    const inside = [...before.subarray(100, 400)];
    expect([...rows.subarray(100, middle)]).toEqual(inside.filter(goesLeft));
    expect([...rows.subarray(middle, 400)]).toEqual(inside.filter((i) => !goesLeft(i)));
    expect([...rows.subarray(0, 100), ...rows.subarray(400)]).toEqual([...before.subarray(0, 100), ...before.subarray(400)]);
  });
});
