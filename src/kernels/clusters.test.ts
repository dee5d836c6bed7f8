/** The loops of k-means against plain ones. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { kernels } from './door.ts';

const random = stream('clusters');
const whole = (size: number, most: number) => Float32Array.from({ length: size }, () => random.below(2 * most + 1) - most);
const square = (a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number, cols: number) => {
  let sum = 0;
  for (let k = 0; k < cols; k++) sum += (a[i * cols + k] - b[j * cols + k]) ** 2;
  return sum;
};

describe('openClusters', () => {
  for (const [count, cols, k] of [
    [1, 1, 1],
    [30, 3, 7],
    [101, 5, 8],
    [250, 20, 19],
  ]) {
    it(`assigns ${count} rows of ${cols} to ${k} centres, ties to the first, and keeps their sums`, () => {
      const cells = whole(count * cols, 5);
      const clusters = kernels.openClusters({ count, cols, cells }, k);
      try {
        clusters.start();
        for (let round = 0; round < 3; round++) {
          const centres = whole(k * cols, 5);
          const before = clusters.labels.slice();
          const { inertia, moved } = clusters.assign(centres, k);
          const labels = new Int32Array(count);
          const sums = new Float64Array(k * cols);
          const counts = new Int32Array(k);
          let total = 0;
          for (let i = 0; i < count; i++) {
            for (let c = 1; c < k; c++) if (square(cells, i, centres, c, cols) < square(cells, i, centres, labels[i], cols)) labels[i] = c;
            total += square(cells, i, centres, labels[i], cols);
            counts[labels[i]]++;
            for (let j = 0; j < cols; j++) sums[labels[i] * cols + j] += cells[i * cols + j];
            expect(clusters.distance(i)).toBe(square(cells, i, centres, labels[i], cols));
          }
          expect([...clusters.labels]).toEqual([...labels]);
          expect(inertia).toBe(total);
          expect(moved).toBe(round === 0 ? count : labels.filter((label, i) => label !== before[i]).length);
          expect([...clusters.counts.subarray(0, k)]).toEqual([...counts]);
          expect([...clusters.sums.subarray(0, k * cols)].map((v) => v + 0)).toEqual([...sums].map((v) => v + 0));
        }
      } finally {
        clusters.close();
      }
    });
  }

  it('looks again only at rows that may have another centre, and finds what a look at all finds', () => {
    for (const [count, cols, k, far] of [
      [1, 2, 3, 0],
      [203, 4, 5, 0],
      [400, 7, 12, 1000],
      [150, 1, 4, 0],
      [300, 20, 9, 3_000_000],
    ]) {
      const cells = whole(count * cols, 40).map((x) => x + far);
      const [quick, full] = [0, 1].map(() => kernels.openClusters({ count, cols, cells }, k));
      try {
        const centres = Float64Array.from(whole(k * cols, 40), (x) => x + far);
        for (const clusters of [quick, full]) clusters.start();
        for (let round = 0; round < 12; round++) {
          const moved = quick.assign(centres, k, round > 0).moved;
          expect(moved).toBe(full.assign(centres, k).moved);
          expect([...quick.labels]).toEqual([...full.labels]);
          expect([...quick.sums.subarray(0, k * cols)]).toEqual([...full.sums.subarray(0, k * cols)]);
          const step = round % 4 === 3 ? 30 : 2 / (round + 1);
          for (let i = 0; i < centres.length; i++) if (random.below(3) > 0) centres[i] += step * random.normal();
        }
        expect(quick.assign(centres, k).inertia).toBe(full.assign(centres, k).inertia);
      } finally {
        quick.close();
        full.close();
      }
    }
  });

  it('knows what a candidate would bring, and the nearest of those taken', () => {
    const [count, cols] = [77, 6];
    const cells = whole(count * cols, 50);
    const clusters = kernels.openClusters({ count, cols, cells }, 2);
    try {
      clusters.clear();
      const closest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
      for (const first of [0, 5]) {
        const candidates = cells.subarray(first * cols, (first + 5) * cols);
        const wanted = [0, 1, 2, 3, 4].map((c) =>
          closest.reduce((sum, d, i) => sum + Math.min(d, square(cells, i, candidates, c, cols)), 0),
        );
        expect([...clusters.potentials(candidates, 5)]).toEqual(wanted);
        const total = clusters.take(candidates.slice(cols, 2 * cols));
        closest.forEach((d, i) => {
          closest[i] = Math.min(d, square(cells, i, candidates, 1, cols));
        });
        expect(total).toBe(wanted[1]);
        expect([...clusters.closest]).toEqual([...closest]);
      }
    } finally {
      clusters.close();
    }
  });
});
