/** Nothing is promised to be kept that does not fit, and where the browser does not say, nothing is refused. */
import { expect, it } from 'vitest';
import { createRoom, mostFileBytes } from './room.ts';

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

it('refuses a file that memory cannot hold before it is read, by its size', async () => {
  const backend = { storage: async () => ({ used: 0, quota: 1e12, persisted: false }) };
  expect(await createRoom(backend, 8).refusal('big.csv', 1e9)).toBeUndefined();
  expect(await createRoom(backend, 2).refusal('big.csv', 1e9)).toMatchObject({
    code: 'file.too-large',
    message: '“big.csv” has 1.0 GB; this browser can work on files of up to 429 MB.',
  });
  expect(await createRoom(backend, 64).refusal('huge.csv', 3e9)).toMatchObject({ code: 'file.too-large' });
  // However much memory there is, no array of bytes is longer.
  expect(mostFileBytes(64)).toBe(2 ** 31 - 1);
});
