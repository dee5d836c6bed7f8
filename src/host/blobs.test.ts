import 'fake-indexeddb/auto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type BlobStore, memoryBlobs } from '../base/blob-store.ts';
import { hashBytes, sha256 } from '../base/hash.ts';
import { fileBlobs, textFile } from './blob-files.ts';
import { idbBlobs } from './blob-idb.ts';
import { leaveReserve } from './blob-reserve.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'millrace-blobs-'));
afterAll(() => rm(folder, { recursive: true }));

const stores: Record<string, () => BlobStore> = {
  memory: memoryBlobs,
  folder: () => fileBlobs(path.join(folder, 'store')),
  indexeddb: () => idbBlobs('blobs-test'),
};

describe.each(Object.keys(stores))('blob store: %s', (name) => {
  const store = stores[name]();

  it('gives back what was put, by its own digest or the one given', async () => {
    const bytes = Uint8Array.of(0, 255, 10, 13, 7);
    expect(await store.put(bytes)).toBe(hashBytes(bytes));
    expect(await store.put(bytes, sha256(bytes))).toBe(sha256(bytes));
    const read = await store.get(hashBytes(bytes));
    expect(read).toEqual(bytes);
    expect(read?.byteOffset).toBe(0);
    expect(await store.get('0'.repeat(32))).toBeUndefined();
  });

  it('is not changed by what its callers do with the bytes', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const digest = await store.put(bytes);
    bytes[0] = 9;
    const read = await store.get(digest);
    read?.fill(0);
    expect(await store.get(digest)).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('lists and deletes; the same bytes are stored once', async () => {
    const bytes = Uint8Array.of(4, 5);
    const before = (await store.list()).length;
    const [digest] = await Promise.all([store.put(bytes), store.put(bytes)]);
    expect(await store.list()).toHaveLength(before + 1);
    expect(await store.list()).toContainEqual({ digest, bytes: 2 });
    await store.delete(digest);
    await store.delete(digest);
    expect(await store.get(digest)).toBeUndefined();
    expect(await store.list()).toHaveLength(before);
  });
});

describe('folder', () => {
  it('writes a torn file again, and leaves no parts', async () => {
    const home = path.join(folder, 'torn');
    const store = fileBlobs(home);
    const bytes = Uint8Array.of(1, 2, 3, 4);
    const digest = await store.put(bytes);
    await writeFile(path.join(home, digest), bytes.subarray(0, 2));
    await store.put(bytes);
    expect(await store.get(digest)).toEqual(bytes);
    expect(await readdir(home)).toEqual([digest]);
  });

  it('keeps a digest from leaving it', async () => {
    const store = fileBlobs(path.join(folder, 'inside'));
    await store.put(Uint8Array.of(1), '../outside');
    expect(await readdir(folder)).not.toContain('outside');
    expect(await store.get('../outside')).toEqual(Uint8Array.of(1));
  });

  it('replaces a text as a whole', async () => {
    const file = textFile(path.join(folder, 'deep', 'index.json'));
    expect(await file.read()).toBeUndefined();
    await Promise.all([file.write('one'), file.write('two')]);
    expect(['one', 'two']).toContain(await file.read());
  });
});

it('large bytes leave the last tenth of the quota to small ones, which are never asked about', async () => {
  let usage = 0;
  const store = leaveReserve(memoryBlobs(), async () => ({ usage, quota: 2_000_000 }));
  const bytes = (count: number) => new Uint8Array(count).fill(count % 251);
  await store.put(bytes(1_000_000));
  usage = 1_000_000;
  await expect(store.put(bytes(900_000))).rejects.toMatchObject({ name: 'QuotaExceededError' });
  await store.put(bytes(800_000));
  usage = 1_800_000;
  await store.put(bytes(50_000));
  expect((await store.list()).map((blob) => blob.bytes)).toEqual([1_000_000, 800_000, 50_000]);
  await leaveReserve(memoryBlobs(), async () => undefined).put(bytes(1_000_000));
});
