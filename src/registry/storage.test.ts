import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { memoryBlobs } from '../base/blob-store.ts';
import { emptyDocument } from '../engine/document.ts';
import { findDataset, listDatasets, readDataset, saveDataset } from './datasets.ts';
import { storageError } from './db.ts';
import { readFile, storeFile } from './files.ts';
import { filesRegistry } from './files-registry.ts';
import { listModels, readModel, registerModel } from './models.ts';
import { savePipeline } from './pipelines.ts';
import { registryServices } from './services.ts';
import { ABOUT, ORIGIN, passengers, smallModel, testRegistry } from './test-registry.ts';
import { remove, sweepOrphans } from './trash.ts';
import { watchRegistry } from './watch.ts';

const SOURCE = { description: '', tags: {}, source: { type: 'file' as const, name: 'a.csv' } };
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error) => error.problem?.code ?? String(error),
  );

describe('datasets', () => {
  it('gives the same content the same version, and reads back exactly', async () => {
    const registry = testRegistry();
    const first = await saveDataset(registry, 'people', passengers(), SOURCE);
    const again = await saveDataset(registry, 'people', passengers(), SOURCE);
    const other = await saveDataset(registry, 'people', { ...passengers(), fields: passengers().fields.toReversed() }, SOURCE);
    expect([first, again, other].map((one) => [one.dataset.version, one.existing])).toEqual([
      [1, false],
      [1, true],
      [2, false],
    ]);
    expect(await readDataset(registry, 'people', 1)).toEqual(passengers());
    expect((await listDatasets(registry)).map((one) => one.version).sort()).toEqual([1, 2]);
    await remove(registry, { type: 'dataset', name: 'people', version: 2 });
    expect((await findDataset(registry, 'people', 'latest')).version).toBe(1);
    expect(await code(readDataset(registry, 'people', 2))).toBe('registry.not-found');
    expect(await code(readDataset(registry, 'nobody', 'latest'))).toBe('registry.not-found');
  });
});

describe('files', () => {
  it('rereads an address and refuses changed content', async () => {
    const registry = testRegistry();
    const bytes = Uint8Array.of(1, 2, 3);
    const ref = await storeFile(registry, 'a.csv', bytes, { url: 'https://example.org/a.csv' });
    expect(await readFile(registry, ref)).toEqual(bytes);
    expect(await readFile(registry, ref, async () => undefined)).toEqual(bytes);
    expect(await code(readFile(registry, ref, async () => Uint8Array.of(9)))).toBe('file.changed');
    expect(await code(readFile(registry, { ...ref, url: undefined, digest: '0'.repeat(64) }))).toBe('file.missing');
  });
});

describe('storage', () => {
  afterEach(() => vi.restoreAllMocks());

  it('sweeps what no record points to and keeps the rest', async () => {
    const registry = testRegistry();
    const kept = await storeFile(registry, 'kept.csv', Uint8Array.of(1));
    const unused = await storeFile(registry, 'unused.csv', Uint8Array.of(2));
    await registry.blobs.put(Uint8Array.of(3));
    const result = await registry.blobs.put(Uint8Array.of(4));
    await registry.db.keyvalue.put({ key: 'engine value', value: { blob: result } });
    await saveDataset(registry, 'people', passengers(), SOURCE);
    await registerModel(registry, 'm', smallModel(), ABOUT, ORIGIN);
    const document = emptyDocument('p1', 'x');
    document.nodes.a = { id: 'a', kind: 'data.file-import', version: 1, params: { file: { ...kept } }, position: { x: 0, y: 0 } };
    await savePipeline(registry, document, 0);
    expect(await sweepOrphans(registry)).toEqual({ removed: 1, bytes: 1 });
    registry.at += 25 * 3600 * 1000;
    expect(await sweepOrphans(registry)).toEqual({ removed: 1, bytes: 1 });
    expect(await registry.blobs.get(result)).toEqual(Uint8Array.of(4));
    expect(await readFile(registry, kept)).toEqual(Uint8Array.of(1));
    expect(await code(readFile(registry, unused))).toBe('file.missing');
    expect(await readDataset(registry, 'people', 1)).toEqual(passengers());
    expect(await readModel(registry, 'm', 1)).toEqual(smallModel());
  });

  it('spares what was written while it waited', async () => {
    const registry = testRegistry();
    const early = await registry.blobs.put(Uint8Array.of(1));
    const lost = await registry.blobs.put(Uint8Array.of(2));
    let late = '';
    await sweepOrphans(registry, async () => {
      await registry.db.keyvalue.put({ key: 'engine value', value: early });
      late = await registry.blobs.put(Uint8Array.of(3));
    });
    expect(await Promise.all([early, lost, late].map(async (digest) => (await registry.blobs.get(digest)) !== undefined))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('is whole after a failure at any request of a registration', async () => {
    let failedAt = 0;
    for (let k = 1; ; k++) {
      const registry = testRegistry();
      await registerModel(registry, 'm', smallModel(1), ABOUT, ORIGIN);
      const before = {
        models: await listModels(registry),
        bytes: await registry.db.bytes.count(),
        events: await registry.db.events.count(),
      };
      let requests = 0;
      const spies = (['put', 'add', 'get', 'getAll'] as const).map((method) => {
        const real = IDBObjectStore.prototype[method] as (...args: unknown[]) => IDBRequest;
        return vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (this: IDBObjectStore, ...args: unknown[]) {
          if (++requests === k) throw new DOMException('injected', 'QuotaExceededError');
          return real.apply(this, args);
        } as never);
      });
      const outcome = await code(registerModel(registry, 'm', smallModel(2), ABOUT, ORIGIN));
      for (const spy of spies) spy.mockRestore();
      if (outcome === 'resolved') {
        expect(requests).toBeLessThan(k);
        break;
      }
      failedAt++;
      expect(outcome).toBe('storage.full');
      expect({
        models: await listModels(registry),
        bytes: await registry.db.bytes.count(),
        events: await registry.db.events.count(),
      }).toEqual(before);
      expect((await registerModel(registry, 'm', smallModel(2), ABOUT, ORIGIN)).version.version).toBe(2);
    }
    expect(failedAt).toBeGreaterThan(5);
  });

  it('leaves errors of other kinds as they are', () => {
    const error = new Error('else');
    expect(storageError(error)).toBe(error);
  });

  it('tells a listener of this database only', async () => {
    const registry = testRegistry();
    const other = testRegistry();
    await registry.db.open();
    const heard = vi.fn();
    const stop = watchRegistry(registry.db, heard);
    await saveDataset(other, 'people', passengers(), SOURCE);
    await registry.db.keyvalue.put({ key: 'a result', value: 1 });
    await new Promise((done) => setTimeout(done, 20));
    expect(heard).not.toHaveBeenCalled();
    await saveDataset(registry, 'people', passengers(), SOURCE);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(['datasets']));
    stop();
    heard.mockClear();
    await saveDataset(registry, 'others', passengers(), SOURCE);
    expect(heard).not.toHaveBeenCalled();
  });
});

describe('services', () => {
  const memoryFile = () => {
    let text: string | undefined;
    return { read: async () => text, write: async (next: string) => void (text = next) };
  };
  const implementations = {
    browser: () => registryServices(testRegistry(), ORIGIN),
    folder: () => filesRegistry(memoryBlobs(), memoryFile(), ORIGIN, () => 1),
  };
  it('of several steps over one folder lose no version', async () => {
    const [blobs, index] = [memoryBlobs(), memoryFile()];
    const steps = [1, 2, 3].map(() => filesRegistry(blobs, index, ORIGIN, () => 1));
    const saved = await Promise.all(steps.map((step, weight) => step.saveModel('m', smallModel(weight), ABOUT)));
    expect(saved.map((one) => one.version)).toEqual([1, 2, 3]);
    expect(await steps[0].readModel('m', 3)).toEqual(smallModel(2));
  });
  for (const [name, make] of Object.entries(implementations)) {
    it(`saves, describes and reads datasets and models (${name})`, async () => {
      const services = make();
      const about = { description: 'd', tags: {} };
      expect(await services.saveDataset('people', passengers(), about)).toEqual({ name: 'people', version: 1, existing: false });
      expect(await services.saveDataset('people', passengers(), about)).toEqual({ name: 'people', version: 1, existing: true });
      expect((await services.describeDataset('people', 'latest')).schema.columns.map((c) => c.name)).toEqual(['age', 'sex', 'name']);
      expect(await services.readDataset('people', 1)).toEqual(passengers());
      const saved = await Promise.all([1, 2, 2].map((weight) => services.saveModel('m', smallModel(weight), ABOUT)));
      expect(saved.map((one) => [one.version, one.existing])).toEqual([
        [1, false],
        [2, false],
        [2, true],
      ]);
      expect(await services.readModel('m', 'latest')).toEqual(smallModel(2));
      expect((await services.describeModel('m', 1)).head).toMatchObject({ task: 'classify', target: 'survived', exportable: true });
      expect(await code(services.readModel('m', 7))).toBe('registry.not-found');
      const bare = { ...ABOUT, onnx: undefined };
      const again = [await services.saveModel('n', smallModel(), bare), await services.saveModel('n', smallModel(), ABOUT)];
      expect(again.map((one) => one.version)).toEqual([1, 2]);
    });
  }
});
