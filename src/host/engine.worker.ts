/** The engine worker of the browser: engine, values and registry of one workspace, served to the page. Wiring only. */
import { connect } from '../base/channel.ts';
import { hashJson } from '../base/hash.ts';
import { toProblem } from '../base/problem.ts';
import { createEngine } from '../engine/engine.ts';
import { createPool, type Spawned } from '../engine/pool.ts';
import { createStore } from '../engine/store.ts';
import type { FileRef } from '../kind/params.ts';
import { readOptions } from '../nodes/file-import/options.ts';
import { clearWorkspace } from '../registry/clear.ts';
import { readDataset } from '../registry/datasets.ts';
import { type Registry, storageError, whenFull } from '../registry/db.ts';
import { readFile, storeFile } from '../registry/files.ts';
import { endInterrupted, markSilent } from '../registry/runs.ts';
import { registryServices } from '../registry/services.ts';
import { emptyTrash, purgeTrash, sweepOrphans } from '../registry/trash.ts';
import { watchRegistry } from '../registry/watch.ts';
import { openWorkspace } from '../registry/workspaces.ts';
import { readTable } from '../table/read.ts';
import { browserBlobs } from './blob-opfs.ts';
import { leaveReserve } from './blob-reserve.ts';
import computeUrl from './compute.worker.ts?worker&url';
import { hasGpu } from './has-gpu.ts';
import { headlineOf } from './headline.ts';
import { kinds, loadNode } from './kinds.ts';
import { createNet } from './net.ts';
import { keepNetRecord } from './net-log.ts';
import type { PageService } from './page-service.ts';
import { poolSize } from './pool-size.ts';
import type { EngineApi } from './protocol.ts';
import { randomId } from './random-id.ts';
import { recordsOf } from './records-idb.ts';
import { datasetOfHandle, registryApi } from './registry-api.ts';
import { runJournal } from './run-journal.ts';
import { readSample, sampleList } from './samples.ts';
import { holdSession } from './session-lock.ts';
import { sniffFile } from './sniff-file.ts';
import { trustedUrl } from './trusted.ts';
import { valueApi } from './values.ts';
import { parentPort, portOf } from './worker-port.ts';
import { startWriter, type WriterMessage } from './writer.ts';

declare const __APP_VERSION__: string;
declare const __KERNELS__: string;

const GIB = 1024 ** 3;
const memoryGib = (navigator as { deviceMemory?: number }).deviceMemory ?? 4;
/** Contracts §4. */
const CACHE_BYTES = Math.min(1.5 * GIB, (memoryGib * GIB) / 3);
const SETTLE_MS = 30_000;
/** What nodes look up; a pipeline that is saved or a run that goes on changes none of it. */
const LOOKED_UP = ['datasets', 'models', 'modelVersions'];
const now = () => Date.now();
/** The page's address travels as the worker's name: samples lie beside the page, not beside the worker. */
const base = self.name;

function spawn(): Spawned {
  const worker = new Worker(trustedUrl(computeUrl), { type: 'module', name: 'compute' });
  return {
    port: portOf(worker),
    terminate: () => worker.terminate(),
    crashed: (handler) => {
      worker.addEventListener('error', (event) => handler(event.message || 'the worker stopped'));
      // A message that cannot be read is an answer that never comes.
      worker.addEventListener('messageerror', () => handler('its answer could not be read'));
    },
  };
}

/** A full disk is no fault of the app: results are computed again when they are asked for, and a run's notes end with the tab. */
function report(error: unknown): void {
  if (toProblem(storageError(error)).code === 'storage.full') console.warn('Not kept: the browser gives no more space.');
  else console.error(toProblem(error));
}

async function start(): Promise<EngineApi> {
  const { workspace, db } = await openWorkspace(now());
  const storage = navigator.storage as StorageManager | undefined;
  const space = async () => storage?.estimate();
  const blobs = leaveReserve(await browserBlobs(workspace.id), space);
  const registry: Registry = { db, blobs, now };
  const records = recordsOf(db);
  const net = createNet(now, (record) => void keepNetRecord(db, record).catch(report));
  /** Without a network the stored copy serves. */
  const reread = async (ref: FileRef) => {
    if (ref.handle) return page.readHandle(ref.handle, ref.name);
    if (!ref.url) return undefined;
    try {
      return (await net.read(ref.url)).bytes;
    } catch (error) {
      if (['net.unreachable', 'net.timeout'].includes(toProblem(error).code)) return undefined;
      throw error;
    }
  };
  const size = poolSize(navigator.hardwareConcurrency);
  const after = (ms: number, fire: () => void) => {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  };
  const locks = navigator.locks as LockManager | undefined;
  const id = randomId();
  const session = locks && holdSession(locks, id);
  const journal = runJournal(
    registry,
    session?.name ?? id,
    { app: __APP_VERSION__, kernels: __KERNELS__, browser: navigator.userAgent },
    report,
  );
  const store = createStore({ budgetBytes: CACHE_BYTES, now, disk: { blobs, records }, spillFailed: report });
  // First what can be computed again, then what was deleted.
  whenFull(db, async () => (await store.releaseDisk()) || emptyTrash(registry));
  const engine = createEngine({
    kinds,
    loadNode,
    pool: createPool({ spawn, size, after }),
    store,
    records,
    services: ({ run, node, document }) => ({
      ...registryServices(
        registry,
        { run, node, pipeline: document.id, pipelineDigest: hashJson(document), seed: document.seed, app: __APP_VERSION__ },
        // Looking at a pipeline asks nobody; only a run reads references again.
        run === undefined ? undefined : reread,
      ),
      readSample: (name) => readSample(base, name),
      saveFile: (name, bytes, mime) => page.saveFile(name, bytes, mime),
      runScript: (source, tables, params, deadlineMs) => page.runScript(source, tables, params, deadlineMs),
    }),
    now,
    newId: randomId,
    headline: headlineOf,
    gpu: hasGpu(),
    onRunStarted: journal.started,
    onStepChanged: journal.changed,
    onRunFinished: journal.finished,
  });
  await engine.open();
  engine.subscribe((event) => void page.event(event));
  watchRegistry(db, (stores) => {
    if (stores.some((store) => LOOKED_UP.includes(store))) engine.registryChanged();
    void page.registryChanged(stores);
  });
  const tabs = new BroadcastChannel(`millrace-writer-${workspace.id}`);
  const writer = startWriter({
    name: `millrace-writer-${workspace.id}`,
    locks,
    channel: {
      post: (message) => tabs.postMessage(message),
      listen: (handler) => tabs.addEventListener('message', (event) => handler(event.data as WriterMessage)),
    },
    id,
    changed: async (state) => {
      // What the tab before this one computed need not be computed again.
      if (state === 'writer') {
        await engine.open();
        if (session) void endInterrupted(registry, session.gone).catch(report);
      }
      if (state === 'unguarded') await markSilent(registry).catch(report);
      await page.writerChanged(state);
    },
    after: (ms, fire) => void setTimeout(fire, ms),
  });
  void writer.alone.then((alone) => (alone ? tidy(registry) : undefined)).catch(report);
  const dataset = async (handle: string) => {
    const found = datasetOfHandle(handle);
    return found && readDataset(registry, found.name, found.version);
  };
  const importBytes = async (name: string, bytes: Uint8Array, from: Pick<FileRef, 'url' | 'handle'> = {}) => ({
    sniff: await sniffFile(bytes, { name }),
    ref: await storeFile(registry, name, bytes, from),
  });
  return {
    check: engine.check,
    plan: engine.plan,
    run: engine.run,
    cancel: async (run) => engine.cancel(run),
    stopStep: async (run, node) => engine.stopStep(run, node),
    askStep: async (run, node, ask) => engine.askStep(run, node, ask),
    recall: engine.recall,
    ...valueApi(engine, dataset),
    ...registryApi(registry, workspace.id, async () => {
      const { usage = 0, quota = 0 } = (await space()) ?? {};
      return { used: usage, quota, persisted: (await storage?.persisted()) ?? false };
    }),
    importFile: (name, bytes) => importBytes(name, bytes),
    importUrl: async (url) => {
      const answer = await net.read(url);
      return importBytes(decodeURIComponent(new URL(answer.url).pathname.split('/').at(-1) || 'data'), answer.bytes, { url: answer.url });
    },
    lookAgain: async (params) => sniffFile(await readFile(registry, params.file as unknown as FileRef), readOptions(params)),
    importAgain: async ({ name, url, handle }) => {
      if (handle) return importBytes(name, await page.readHandle(handle, name), { handle });
      return importBytes(name, (await net.read(url ?? '')).bytes, url === undefined ? {} : { url });
    },
    deleteEverything: async () => {
      await engine.settled();
      await page.forgetHandles(await clearWorkspace(registry));
    },
    takeOver: writer.takeOver,
    samples: () => sampleList(base),
    sampleSniff: async (name) => (await readTable(await readSample(base, name), { name: `${name}.csv`, format: 'csv' })).guess,
  };
}

/** A tab that is alone clears what is not wanted any more. */
async function tidy(registry: Registry): Promise<void> {
  await purgeTrash(registry);
  // Blobs that a write is about to point to must not be swept.
  await sweepOrphans(registry, () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS)));
}

const starting = start();
const api = new Proxy({} as Record<string, (...args: never[]) => Promise<unknown>>, {
  // Calls that come while the workspace is opened wait for it.
  get:
    (_target, method) =>
    async (...args: never[]) => {
      const ready = (await starting) as unknown as Record<string, (...args: never[]) => unknown>;
      if (!Object.hasOwn(ready, method as string)) throw new Error(`no method ${String(method)}`);
      return ready[method as string](...args);
    },
  getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
});
const page = connect<PageService>(parentPort(), api);
