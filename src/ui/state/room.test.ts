/** Nothing is promised to be kept that does not fit, and where the browser does not say, nothing is refused. */
import { expect, it } from 'vitest';
import { createRoom } from './room.ts';

const withStorage = (used: number, quota: number) => createRoom({ storage: async () => ({ used, quota, persisted: false }) });

it('refuses what does not fit, with both sizes, and takes what does', async () => {
  const room = withStorage(80e6, 100e6);
  expect(await room.refusal('small.csv', 20e6)).toBeUndefined();
  expect(await room.refusal('big.csv', 21e6)).toMatchObject({
    code: 'storage.no-room',
    message: '“big.csv” has 21 MB, and the browser lets this site keep 20 MB more.',
  });
});

it('refuses nothing where nothing is known', async () => {
  expect(await withStorage(0, 0).refusal('big.csv', 1e12)).toBeUndefined();
  const broken = createRoom({ storage: () => Promise.reject(new Error('no')) });
  expect(await broken.refusal('big.csv', 1e12)).toBeUndefined();
  expect(broken.getState().free).toBeUndefined();
});
