/** Seasons are found where they are, and only there. */
import { expect, it } from 'vitest';
import { cos } from '../base/float.ts';
import { stream } from '../base/random.ts';
import { isIntermittent } from './croston/method.ts';
import { minimise } from './minimise.ts';
import { detectPeriod } from './period.ts';
import { isSeasonal } from './season.ts';
import { mstl, strengthOf } from './stl.ts';

const noise = (length: number, seed: string) => {
  const random = stream('period test', seed);
  return Float64Array.from({ length }, () => random.normal());
};
const wave = (length: number, period: number, size: number) =>
  Float64Array.from({ length }, (_, i) => size * cos((2 * Math.PI * i) / period));
const plus = (...parts: Float64Array[]) => parts[0].map((_, i) => parts.reduce((sum, part) => sum + part[i], 0));
const line = (length: number, slope: number) => Float64Array.from({ length }, (_, i) => slope * i);

it('finds a season under a trend and noise', () => {
  for (const period of [4, 12, 31]) expect(detectPeriod(plus(noise(200, 'a'), wave(200, period, 4), line(200, 0.3)))).toBe(period);
});

it('finds none in noise, in a walk, in a line or in next to nothing', () => {
  let level = 0;
  expect(detectPeriod(noise(200, 'b'))).toBe(1);
  expect(detectPeriod(noise(200, 'c').map((step) => (level += step)))).toBe(1);
  expect(detectPeriod(line(60, 2))).toBe(1);
  expect(detectPeriod(new Float64Array(50))).toBe(1);
  expect(detectPeriod(Float64Array.of(1, 2, 1, 2))).toBe(1);
});

it('the season test asks for two periods and a significant correlation', () => {
  const y = plus(noise(48, 'd'), wave(48, 12, 5));
  expect(isSeasonal(y, 12)).toBe(true);
  expect(isSeasonal(noise(48, 'e'), 12)).toBe(false);
  expect(isSeasonal(y.slice(0, 20), 12)).toBe(false);
});

it('a smooth season that repeats is one though it is short; trends and walks are none', () => {
  for (const [length, period] of [
    [24, 12],
    [30, 12],
    [60, 12],
    [60, 24],
    [12, 4],
  ])
    expect(isSeasonal(plus(wave(length, period, 5), line(length, 0.7)), period)).toBe(true);
  const walk = (seed: string) => {
    let level = 0;
    return noise(36, seed).map((step) => (level += step));
  };
  for (const seed of 'abcdefghijklmnopqrst') {
    expect(isSeasonal(walk(seed), 12)).toBe(false);
    expect(isSeasonal(noise(24, `short ${seed}`), 12)).toBe(false);
  }
  expect(isSeasonal(line(36, 2), 12)).toBe(false);
  expect(isSeasonal(new Float64Array(36).fill(3), 12)).toBe(false);
});

it('MSTL takes two seasons apart', () => {
  const [short, long] = [wave(600, 7, 3), wave(600, 60, 6)];
  const { seasons, rest, trend } = mstl(
    plus(
      short,
      long,
      line(600, 0.05),
      noise(600, 'f').map((v) => v * 0.2),
    ),
    [7, 60],
  );
  const off = (found: Float64Array, truth: Float64Array) =>
    Math.sqrt(found.reduce((sum, v, i) => sum + (v - truth[i]) ** 2, 0) / found.length);
  expect(off(seasons[0], short)).toBeLessThan(0.2);
  expect(off(seasons[1], long)).toBeLessThan(0.3);
  expect(strengthOf(seasons[1], rest)).toBeGreaterThan(0.95);
  expect(trend[599] - trend[0]).toBeCloseTo(0.05 * 599, 0);
});

it('demand that is mostly zero is told from other series', () => {
  expect(isIntermittent(Float64Array.of(0, 0, 3, 0, 0, 1))).toBe(true);
  expect(isIntermittent(Float64Array.of(0, 2, 3, 1, 4, 1))).toBe(false);
  expect(isIntermittent(Float64Array.of(0, 0, -3, 0, 0, 1))).toBe(false);
  expect(isIntermittent(new Float64Array(9))).toBe(false);
});

it('the search finds the bottom of a bent valley, and keeps out of where there is no value', () => {
  const valley = ([x, y]: Float64Array) => 100 * (y - x * x) ** 2 + (1 - x) ** 2;
  const { x, value } = minimise(valley, Float64Array.of(-1.2, 1), { iterations: 500, gain: 1e-12 });
  expect(value).toBeLessThan(1e-6);
  expect(x[0]).toBeCloseTo(1, 2);
  const walled = minimise(([a]: Float64Array) => (a > 1 ? Number.POSITIVE_INFINITY : (a - 3) ** 2), Float64Array.of(0));
  expect(walled.x[0]).toBeGreaterThan(0.99);
  expect(walled.x[0]).toBeLessThanOrEqual(1);
});
