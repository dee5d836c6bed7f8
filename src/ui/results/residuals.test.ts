/** Residuals leave out what is not known; histograms count every value once. */
import { expect, it } from 'vitest';
import { cloud, histogramOf, residualCloud, residualsOf } from './residuals.ts';

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
  expect(cloud(model)).toEqual([
    [1, 2],
    [3, 2.5],
  ]);
  expect(residualCloud(model)[0]).toEqual([2, -1]);
});

it('bins from the smallest to the largest', () => {
  expect(histogramOf([0, 1, 2, 3, 4], 4)).toEqual({ min: 0, max: 4, counts: [1, 1, 1, 2] });
  expect(histogramOf([5, 5], 4)).toEqual({ min: 5, max: 5, counts: [2] });
  expect(histogramOf([], 4).counts).toEqual([]);
});
