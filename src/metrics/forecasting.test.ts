/** Metrics of forecasts: by hand, and where they have no value. */
import { expect, it } from 'vitest';
import { ProblemError } from '../base/problem.ts';
import { coverage, mase, naiveScale, smape } from './forecasting.ts';

const of = (...values: number[]) => Float64Array.from(values);

it('MASE divides by the seasonal naive error of the history', () => {
  expect(naiveScale(of(1, 5, 2, 7), 2)).toBe(1.5);
  expect(mase(of(3, 8), of(2, 6), of(1, 5, 2, 7), 2)).toBe(1);
  // Too short for the season: the plain naive error.
  expect(naiveScale(of(1, 4), 12)).toBe(3);
  expect(() => mase(of(1), of(1), of(2, 2, 2), 1)).toThrow(ProblemError);
});

it('sMAPE is a share', () => {
  expect(smape(of(100, 0), of(50, 0))).toBeCloseTo(1 / 3, 15);
  expect(smape(of(1), of(-1))).toBe(2);
});

it('coverage counts the bounds as inside', () => {
  expect(coverage(of(1, 2, 3, 4), of(1, 2.5, 0, 0), of(2, 3, 3, 3.9))).toBe(0.5);
});
