/** Random streams: the same bits for ever, independent by name, uniform and without bias. */
import { expect, test } from 'vitest';
import { stream } from './random.ts';

test('a stream is its name: these bits are frozen', () => {
  const draw = stream(42, 0, 'split');
  const first = [draw.uint32(), draw.uint32(), draw.below(100), draw.uniform(), draw.normal()];
  expect(first).toMatchInlineSnapshot(`
    [
      3026355234,
      954976948,
      87,
      0.9590512858628044,
      0.10568326408974826,
    ]
  `);
  const again = stream(42, 0, 'split');
  expect([again.uint32(), again.uint32(), again.below(100), again.uniform(), again.normal()]).toEqual(first);
  expect(stream(42, 0, 'fold').uint32()).not.toBe(first[0]);
  expect(stream(4, 20, 'split').uint32()).not.toBe(stream(42, 0, 'split').uint32());
});

test('draws are uniform: chi-square over 10 cells, mean and variance of normals', () => {
  const draw = stream('uniform');
  const cells = new Float64Array(10);
  for (let i = 0; i < 100_000; i++) cells[draw.below(10)]++;
  const chi = cells.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  // 99.9 % point of chi-square with 9 degrees of freedom.
  expect(chi).toBeLessThan(27.88);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < 100_000; i++) {
    const value = draw.normal();
    sum += value;
    squares += value * value;
  }
  expect(Math.abs(sum / 100_000)).toBeLessThan(0.012);
  expect(Math.abs(squares / 100_000 - 1)).toBeLessThan(0.02);
  for (let i = 0; i < 1000; i++) expect(draw.uniform()).toBeLessThan(1);
});

test('shuffling keeps all members and reaches every order alike', () => {
  const draw = stream('shuffle');
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const order = draw.shuffle(Int32Array.of(0, 1, 2, 3)).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(160);
});

test('below works to the edges', () => {
  const draw = stream('edges');
  expect(draw.below(1)).toBe(0);
  for (let i = 0; i < 100; i++) expect(draw.below(2 ** 32)).toBeLessThan(2 ** 32);
});
