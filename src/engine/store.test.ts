/** The value store: shared arrays counted once, the right victims, pins, spill to disk and back, torn blobs missed. */
import { expect, test } from 'vitest';
import { type BlobStore, memoryBlobs } from '../base/blob-store.ts';
import { pack } from '../base/pack.ts';
import { memoryKeyValue } from './storage.ts';
import { createStore, type StoreOptions } from './store.ts';

const array = (length: number, start = 0) => Float64Array.from({ length }, (_, i) => start + i);
function toyStore(options: Partial<StoreOptions> = {}) {
  let time = 0;
  const store = createStore({ budgetBytes: 50_000, now: () => ++time, ...options });
  return { store, wait: (ms: number) => (time += ms) };
}

test('arrays that values share are held and counted once', async () => {
  const { store } = toyStore();
  const shared = array(1000);
  const a = store.put(pack({ shared, own: array(10, 5) }), 1);
  const before = store.memoryBytes();
  const b = store.put(pack({ shared: shared.slice(), other: true }), 1);
  expect(store.memoryBytes() - before).toBeLessThan(300);
  const [left, right] = (await Promise.all([store.value(a), store.value(b)])) as { shared: Float64Array }[];
  expect(left.shared).toBe(right.shared);
  expect(left.shared).toEqual(shared);
  expect(await store.value(a)).toBe(left);
});

test('large, old and cheap values go first; pinned ones stay', () => {
  const { store, wait } = toyStore();
  const dear = store.put(pack(array(1500, 1)), 60_000);
  const cheap = store.put(pack(array(1500, 2)), 1);
  const pinned = store.put(pack(array(1500, 3)), 1);
  store.pin('run', pinned);
  wait(1000);
  const recent = store.put(pack(array(1500, 4)), 1);
  const last = store.put(pack(array(1500, 5)), 1);
  expect([dear, cheap, pinned, recent, last].map(store.has)).toEqual([true, false, true, true, true]);
  expect(store.memoryBytes()).toBeLessThanOrEqual(50_000);
  store.unpin('run');
  wait(1000);
  store.put(pack(array(1500, 6)), 1);
  expect(store.has(pinned)).toBe(false);
});

test('with a disk, what leaves memory comes back, after a reload too', async () => {
  const disk = { blobs: memoryBlobs(), records: memoryKeyValue() };
  const { store } = toyStore({ disk });
  const values = Array.from({ length: 20 }, (_, i) => ({ shared: array(10_000), own: array(500, i), text: `value ${i}` }));
  const digests = values.map((value) => store.put(pack(value), 5));
  await store.settled();
  expect(store.memoryBytes()).toBeLessThan(150_000);
  expect(digests.every(store.has)).toBe(true);
  expect(await store.value(digests[0])).toEqual(values[0]);
  const { store: again } = toyStore({ disk });
  expect(again.has(digests[7])).toBe(false);
  await again.open();
  expect(await again.value(digests[7])).toEqual(values[7]);
  expect(await again.get('nothing')).toBeUndefined();
});

test('a large array that many values share is one blob', async () => {
  const blobs = memoryBlobs();
  let written = 0;
  const counting: BlobStore = {
    ...blobs,
    put: async (bytes, digest) => {
      written += bytes.length;
      return blobs.put(bytes, digest);
    },
  };
  const { store } = toyStore({ disk: { blobs: counting, records: memoryKeyValue() }, budgetBytes: 1e9 });
  const shared = array(20_000);
  for (let n = 0; n < 5; n++) store.put(pack({ shared, n }), 1);
  await store.settled();
  expect(written).toBeLessThan(shared.byteLength + 5 * 2000);
});

test('a blob that is gone or torn makes the value missing, not wrong', async () => {
  const blobs = memoryBlobs();
  const records = memoryKeyValue();
  const { store } = toyStore({ disk: { blobs, records } });
  const value = store.put(pack({ values: array(20_000) }), 1);
  await store.settled();
  for (const torn of [undefined, new Uint8Array(7)]) {
    const { store: after } = toyStore({ disk: { blobs: { ...blobs, get: async () => torn }, records } });
    await after.open();
    expect(after.has(value)).toBe(true);
    expect(await after.get(value)).toBeUndefined();
    expect(after.has(value)).toBe(false);
    await records.set(`value:${value}`, { costMs: 1, bytes: 1, parts: [] });
  }
});

test('a disk that refuses is reported, and the value stays in memory', async () => {
  const failures: unknown[] = [];
  const refusing = { ...memoryBlobs(), put: async () => Promise.reject(new Error('quota')) };
  const { store } = toyStore({ disk: { blobs: refusing, records: memoryKeyValue() }, spillFailed: (error) => failures.push(error) });
  const value = store.put(pack({ values: array(100) }), 1);
  await store.settled();
  expect(failures).toHaveLength(1);
  expect(await store.value(value)).toEqual({ values: array(100) });
});

test('the disk has a budget of its own: the least recently used leaves, shared arrays stay while someone holds them', async () => {
  const disk = { blobs: memoryBlobs(), records: memoryKeyValue(), budgetBytes: 500_000 };
  const { store } = toyStore({ disk });
  const shared = array(10_000);
  const digests = [1, 2, 3, 4, 5, 6, 7].map((n) => store.put(pack({ shared, own: array(4000, n * 10_000) }), 1));
  await store.settled();
  expect(digests.map(store.has)).toEqual([false, false, false, true, true, true, true]);
  // One blob for each value with its own small array, and one for the shared array.
  expect(await disk.blobs.list()).toHaveLength(5);
  expect(await store.value(digests[6])).toMatchObject({ shared });
});

test('a full disk gives up half of its stored results before it gives up', async () => {
  const blobs = memoryBlobs();
  const full: BlobStore = {
    ...blobs,
    put: async (bytes, digest) => {
      if ((await blobs.list()).length >= 4) throw new Error('quota');
      return blobs.put(bytes, digest);
    },
  };
  const failures: unknown[] = [];
  const { store } = toyStore({ disk: { blobs: full, records: memoryKeyValue() }, spillFailed: (error) => failures.push(error) });
  const digests = [1, 2, 3, 4, 5].map((n) => store.put(pack({ n }), 1));
  await store.settled();
  expect(failures).toEqual([]);
  expect(await store.value(digests[4])).toEqual({ n: 5 });
  expect((await blobs.list()).length).toBeLessThan(5);
});
