/** Residuals leave out what is not known; histograms count every value once. */
import { expect, it } from 'vitest';
import { cloud, histogramOf, residualsOf, roundHistogram, squareAxes } from './residuals.ts';

const model = {
  name: 'm',
  ids: Int32Array.of(0, 1, 2),
  truth: Float64Array.of(1, Number.NaN, 3),
  predicted: Float64Array.of(2, 2, 2.5),
  metrics: {},
  notes: [],
};

it('subtracts prediction from truth where both are known', () => {
  expect([...residualsOf(model).values]).toEqual([-1, 0.5]);
  expect([...residualsOf(model).rows]).toEqual([0, 2]);
  expect(cloud(residualsOf(model).rows, (row) => [model.truth[row], model.predicted[row]])).toEqual([
    [1, 2],
    [3, 2.5],
  ]);
});

it('gives both axes of one quantity the same round ends', () => {
  expect(
    squareAxes([
      [25, 90],
      [341, 60],
    ]),
  ).toEqual({ min: 0, max: 400, interval: 100 });
  expect(squareAxes([[-0.31, 0.42]])).toEqual({ min: -0.4, max: 0.6, interval: 0.2 });
  expect(squareAxes([[5, 5]])).toEqual({ min: 4, max: 6, interval: 1 });
  expect(squareAxes([])).toEqual({ min: -1, max: 1, interval: 1 });
});

it('bins from the smallest to the largest', () => {
  expect(histogramOf([0, 1, 2, 3, 4], 4)).toEqual({ min: 0, max: 4, counts: [1, 1, 1, 2] });
  expect(histogramOf([5, 5], 4)).toEqual({ min: 5, max: 5, counts: [2] });
  expect(histogramOf([], 4).counts).toEqual([]);
});

it('a histogram of residuals has round bins about zero, and every value is in one', () => {
  const values = Float64Array.from({ length: 500 }, (_, i) => Math.sin(i) * 19.3 + (i % 7) / 3);
  const { min, max, counts } = roundHistogram(values);
  const width = (max - min) / counts.length;
  expect(width).toBeCloseTo(2, 12);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(500);
  expect(counts.length).toBeLessThanOrEqual(30);
  const zero = Math.floor((0 - min) / width);
  expect(min + (zero + 0.5) * width).toBeCloseTo(0, 12);
  expect(roundHistogram(Float64Array.of(0, 1e-9)).counts.reduce((sum, count) => sum + count, 0)).toBe(2);
  expect(roundHistogram(new Float64Array()).counts).toEqual([]);
  expect(roundHistogram(Float64Array.of(3, 3))).toEqual({ min: 3, max: 3, counts: [2] });
});
