/** Which columns are crossed: few numbers, categories of a few levels, and none of what others see already. */
import { expect, test } from 'vitest';
import { tableOf } from '../table/table.ts';
import { crossedSteps } from './crossed.ts';

const rows = 60;
const numbers = Array.from({ length: rows }, (_, i) => (i * 7) % 13);
const levels = (count: number) => Array.from({ length: rows }, (_, i) => `l${i % count}`);
const things = tableOf({
  a: ['number', numbers],
  b: ['integer', numbers],
  yes: ['boolean', numbers.map((value) => value > 5)],
  two: ['category', levels(2)],
  five: ['category', levels(5)],
  many: ['category', levels(30)],
  y: ['category', levels(2)],
});
const features = ['a', 'b', 'yes', 'two', 'five', 'many'];

test('numbers are multiplied, and categories of three to twenty levels get means', () => {
  const steps = crossedSteps(things, features, { task: 'classify', target: 'y', classes: ['l0', 'l1'], positive: 'l1' });
  expect(steps).toEqual([
    { kind: 'features.polynomial', params: { columns: { names: ['a', 'b'] }, interactions: true } },
    { kind: 'features.target-encode', params: { columns: { names: ['five'] }, target: 'y', task: 'classify', keep: true } },
  ]);
});

test('nothing where one number stands alone, or means would be too many', () => {
  expect(crossedSteps(things, ['a', 'two'], { task: 'regress', target: 'b' })).toEqual([]);
  const classes = levels(31).slice(0, 31);
  expect(crossedSteps(things, ['five'], { task: 'classify', target: 'y', classes, positive: 'l0' })).toEqual([]);
});
