/** Tasks at once: order, width, and the end after a failure. */
import { expect, test } from 'vitest';
import { mapAtOnce } from './parallel.ts';

test('answers come in order, and no more than the width run at once', async () => {
  let running = 0;
  let most = 0;
  const answers = await mapAtOnce([5, 1, 4, 2, 3], 2, async (ms, place) => {
    most = Math.max(most, ++running);
    await new Promise((done) => setTimeout(done, ms));
    running--;
    return `${place}:${ms}`;
  });
  expect(answers).toEqual(['0:5', '1:1', '2:4', '3:2', '4:3']);
  expect(most).toBe(2);
  expect(await mapAtOnce([], 4, async () => 1)).toEqual([]);
});

test('after a failure nothing more is begun', async () => {
  const begun: number[] = [];
  const work = mapAtOnce([0, 1, 2, 3], 1, async (item) => {
    begun.push(item);
    if (item === 1) throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  expect(begun).toEqual([0, 1]);
});
