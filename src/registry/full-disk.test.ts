/** A full disk: stored results give way first, then what was deleted; what is refused leaves nothing behind and loses nothing. */
import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { type BlobStore, memoryBlobs } from '../base/blob-store.ts';
import { pack } from '../base/pack.ts';
import { memoryKeyValue } from '../engine/storage.ts';
import { createStore } from '../engine/store.ts';
import { tableOf } from '../table/table.ts';
import { findDataset, listDatasets, readDataset, saveDataset } from './datasets.ts';
import { whenFull } from './db.ts';
import { readFile, storeFile } from './files.ts';
import { testRegistry } from './test-registry.ts';
import { emptyTrash, remove } from './trash.ts';
import { chooseWorkspace, createWorkspace, openWorkspace } from './workspaces.ts';

const MOST_BYTES = 1_000_000;
/** A disk of a megabyte. */
function smallDisk(): BlobStore & { used: () => Promise<number> } {
  const blobs = memoryBlobs();
  const used = async () => (await blobs.list()).reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    ...blobs,
    used,
    put: async (bytes, digest) => {
      if ((await used()) + bytes.length > MOST_BYTES) throw new DOMException('no more', 'QuotaExceededError');
      return blobs.put(bytes, digest);
    },
  };
}
function fullRegistry() {
  const blobs = smallDisk();
  const registry = { ...testRegistry(), blobs };
  const failed: unknown[] = [];
  const store = createStore({
    budgetBytes: 1e9,
    now: () => 0,
    disk: { blobs, records: memoryKeyValue() },
    spillFailed: (error) => failed.push(error),
  });
  whenFull(registry.db, async () => (await store.releaseDisk()) || emptyTrash(registry));
  return { registry, store, blobs, failed };
}
const bytes = (count: number, value: number) => new Uint8Array(count).fill(value);
const big = (seed: number) => tableOf({ x: ['number', Array.from({ length: 40_000 }, (_, i) => i + seed)] });
const SOURCE = { description: '', tags: {}, source: { type: 'file' as const, name: 'a.csv' } };
const full = { problem: { code: 'storage.full' } };

afterEach(() => vi.restoreAllMocks());

it('a file takes the place of stored results, which memory still has', async () => {
  const { registry, store } = fullRegistry();
  const results = [1, 2].map((value) => store.put(pack({ data: new Float64Array(50_000).fill(value) }), 1));
  await store.settled();
  const ref = await storeFile(registry, 'a.csv', bytes(600_000, 7));
  expect(await readFile(registry, ref)).toHaveLength(600_000);
  for (const digest of results) expect(await store.get(digest)).toBeDefined();
  await expect(storeFile(registry, 'b.csv', bytes(600_000, 8))).rejects.toMatchObject(full);
  expect(await readFile(registry, ref)).toHaveLength(600_000);
});

it('a dataset takes the place of deleted ones, and of nothing that is kept', async () => {
  const { registry } = fullRegistry();
  const save = (seed: number) => saveDataset(registry, `d${seed}`, big(seed), SOURCE);
  for (const seed of [1, 2, 3]) await save(seed);
  await expect(save(4)).rejects.toMatchObject(full);
  expect(await listDatasets(registry)).toHaveLength(3);
  await remove(registry, { type: 'dataset', name: 'd2', version: 1 });
  await save(4);
  expect((await listDatasets(registry)).map(({ name }) => name).sort()).toEqual(['d1', 'd3', 'd4']);
  for (const seed of [1, 3, 4]) expect(await readDataset(registry, `d${seed}`, 1)).toEqual(big(seed));
  await expect(findDataset(registry, 'd2', 1)).rejects.toMatchObject({ problem: { code: 'registry.not-found' } });
});

it('a result that does not fit leaves no part of itself', async () => {
  const { store, blobs, failed } = fullRegistry();
  const value = { one: new Float64Array(100_000).fill(1), two: new Float64Array(100_000).fill(2) };
  const digest = store.put(pack(value), 1);
  await store.settled();
  expect(failed).toHaveLength(1);
  expect(await blobs.used()).toBe(0);
  expect(await store.value(digest)).toEqual(value);
});

it('a workspace opens although the mark that it was opened finds no room', async () => {
  const made = await createWorkspace('Second', 1);
  await chooseWorkspace(2, made.id);
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no more', 'QuotaExceededError');
  });
  expect((await openWorkspace(3)).workspace.id).toBe(made.id);
  // Who asks for another one hears that this start could not be told of it.
  await expect(chooseWorkspace(4, made.id)).rejects.toMatchObject(full);
});
