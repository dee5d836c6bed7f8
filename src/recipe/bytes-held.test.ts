/** Bytes of plain values. */
import { expect, test } from 'vitest';
import { bytesHeld } from './bytes-held.ts';

test('arrays and texts count by their size, what is shared once', () => {
  const shared = new Float64Array(100);
  expect(bytesHeld(shared)).toBe(800);
  expect(bytesHeld({ a: shared, b: [shared, 1] })).toBe(808);
  expect(bytesHeld({ name: 'four', list: ['é', null, true] })).toBe(8 + 2 + 8 + 8);
});
