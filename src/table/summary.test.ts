import { expect, test } from 'vitest';
import { columnOf } from './column.ts';
import { summarise } from './summary.ts';
import { table, tableOf } from './table.ts';

test('numbers: moments and quantiles as pandas gives them, histogram of 20 bins', () => {
  const [s] = summarise(tableOf({ x: ['number', [1, 2, 4, 8, 16, null]] }));
  expect(s).toMatchObject({ count: 6, missing: 1, distinct: 5, distinctExact: true, min: 1, max: 16, mean: 6.2, median: 4, q1: 2, q3: 8 });
  expect(s.sd).toBeCloseTo(6.099180272790763, 12);
  expect(s.skew).toBeCloseTo(1.3253147098134048, 12);
  expect(s.histogram?.reduce((a, b) => a + b)).toBe(5);
  expect(s.histogram).toHaveLength(20);
});

test('labels, booleans and texts: counts, the most frequent first', () => {
  const [c, b, t] = summarise(
    tableOf({
      c: ['category', ['x', 'y', 'x', null]],
      b: ['boolean', [true, false, true, null]],
      t: ['text', ['long', 'long', 'other', '']],
    }),
  );
  expect(c).toMatchObject({
    missing: 1,
    distinct: 2,
    top: [
      { label: 'x', count: 2 },
      { label: 'y', count: 1 },
    ],
  });
  expect(b).toMatchObject({
    missing: 1,
    distinct: 2,
    top: [
      { label: 'true', count: 2 },
      { label: 'false', count: 1 },
    ],
  });
  expect(b.mean).toBeCloseTo(2 / 3);
  expect(t).toMatchObject({
    missing: 1,
    distinct: 2,
    top: [
      { label: 'long', count: 2 },
      { label: 'other', count: 1 },
    ],
  });
});

test('empty and constant columns; more than 10,000 texts are a lower bound', () => {
  const [e, k] = summarise(tableOf({ e: ['number', [null, null]], k: ['integer', [3, 3]] }));
  expect(e).toEqual({ name: 'e', role: 'feature', type: 'number', count: 2, missing: 2, distinct: 0, distinctExact: true });
  expect(k).toMatchObject({ distinct: 1, sd: 0, mean: 3 });
  expect(k.histogram).toBeUndefined();
  const [many] = summarise(
    table(
      ['t'],
      [
        columnOf(
          'text',
          Array.from({ length: 12_000 }, (_, i) => `t${i}`),
        ),
      ],
    ),
  );
  expect(many).toMatchObject({ distinct: 10_000, distinctExact: false });
});
