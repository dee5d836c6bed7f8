/** Numbers as people type them. */
import { expect, it } from 'vitest';
import { readNumber } from './arithmetic.ts';

it.each([
  ['0.3', 0.3],
  ['1e-3', 0.001],
  ['2E2', 200],
  [' 1 + 2*3 ', 7],
  ['(1+2)*3', 9],
  ['-4', -4],
  ['−4', -4],
  ['2^3^2', 512],
  ['20%', 0.2],
  ['1/4', 0.25],
])('%s is %d', (text, value) => expect(readNumber(text)).toBeCloseTo(value, 12));

it.each(['', 'abc', '1+', '(1', '1)', '1/0', '1 2', '2x'])('“%s” is no number', (text) => expect(readNumber(text)).toBeUndefined());
