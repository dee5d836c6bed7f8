/** The forecastable region of exponential smoothing, at points whose side is known. */
import { expect, it } from 'vitest';
import { isForecastable } from './forecastable.ts';

const plain = { error: 'A', trend: 'N', season: 'N' } as const;
const holt = { error: 'A', trend: 'A', season: 'N' } as const;
const winters = { error: 'A', trend: 'A', season: 'A' } as const;

it('simple smoothing forgets for 0 < α < 2', () => {
  for (const alpha of [0.01, 0.9, 1.9]) expect(isForecastable(plain, { alpha, beta: 0, gamma: 0, phi: 1 }, 1)).toBe(true);
  expect(isForecastable(plain, { alpha: 2.1, beta: 0, gamma: 0, phi: 1 }, 1)).toBe(false);
});

it('Holt’s method forgets for 0 < β < 4 - 2α', () => {
  expect(isForecastable(holt, { alpha: 1, beta: 1.8, gamma: 0, phi: 1 }, 1)).toBe(true);
  expect(isForecastable(holt, { alpha: 1, beta: 2.2, gamma: 0, phi: 1 }, 1)).toBe(false);
});

it('slow smoothing is inside, though it takes long to forget', () => {
  expect(isForecastable(holt, { alpha: 1e-4, beta: 1e-4, gamma: 0, phi: 1 }, 1)).toBe(true);
  expect(isForecastable(winters, { alpha: 1e-4, beta: 1e-4, gamma: 1e-4, phi: 1 }, 12)).toBe(true);
});

it('with a season mild smoothing is inside and heavy is out', () => {
  expect(isForecastable(winters, { alpha: 0.3, beta: 0.05, gamma: 0.1, phi: 1 }, 4)).toBe(true);
  expect(isForecastable(winters, { alpha: 1.5, beta: 1, gamma: 1.5, phi: 1 }, 4)).toBe(false);
});
