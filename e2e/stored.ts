/** What the default workspace holds, read from the browser's storage past the app, and what is wrong with it. */
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { arrayDigest, hashBytes } from '../src/base/hash.ts';
import { packedDigest, packFromBytes, unpackAll } from '../src/base/pack.ts';
import type {
  BytesRecord,
  DatasetVersion,
  KeyValue,
  ModelRecord,
  ModelVersion,
  PipelineRecord,
  RegistryEvent,
  RunRecord,
} from '../src/registry/records.ts';

export interface Stored {
  pipelines: PipelineRecord[];
  runs: RunRecord[];
  models: ModelRecord[];
  modelVersions: ModelVersion[];
  datasets: DatasetVersion[];
  events: RegistryEvent[];
  keyvalue: KeyValue[];
  /** Base64 of the bytes, by digest. */
  bytes: Record<string, string>;
  blobs: Record<string, string>;
}

/** Bytes that were found whole, by digest, as base64: they are neither read nor checked again. */
export type Whole = Map<string, string>;

/** Everything in IndexedDB and in the private file system. */
export async function readStored(page: Page, known: Whole): Promise<Stored> {
  const stored = await readAll(page, [...known.keys()]);
  for (const kept of [stored.bytes, stored.blobs])
    for (const [digest, base64] of Object.entries(kept)) if (base64 === '') kept[digest] = known.get(digest) ?? '';
  return stored;
}

const readAll = (page: Page, known: readonly string[]): Promise<Stored> =>
  page.evaluate(async (skipped) => {
    const skip = new Set(skipped);
    const base64 = async (blob: Blob): Promise<string> => {
      const reader = new FileReader();
      const read = new Promise((resolve) => reader.addEventListener('load', resolve));
      reader.readAsDataURL(blob);
      await read;
      return String(reader.result).slice(String(reader.result).indexOf(',') + 1);
    };
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open('millrace-default'));
    const names = ['pipelines', 'runs', 'models', 'modelVersions', 'datasets', 'events', 'keyvalue', 'bytes'] as const;
    const reading = db.transaction(names);
    const rows = await Promise.all(names.map((name) => done(reading.objectStore(name).getAll())));
    db.close();
    const stores = Object.fromEntries(names.map((name, i) => [name, rows[i]])) as unknown as Omit<Stored, 'bytes' | 'blobs'> & {
      bytes: BytesRecord[];
    };
    const bytes: Record<string, string> = {};
    for (const row of stores.bytes) bytes[row.digest] = skip.has(row.digest) ? '' : await base64(row.bytes);
    const blobs: Record<string, string> = {};
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('default', { create: true });
    for await (const handle of folder.values())
      if (handle.kind === 'file')
        blobs[handle.name] = skip.has(handle.name) ? '' : await base64(await (handle as FileSystemFileHandle).getFile());
    return { ...stores, bytes, blobs };
  }, known);

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const sha256 = (base64: string) => createHash('sha256').update(bytesOf(base64)).digest('hex');
const OPEN_RUN = new Set(['NotStarted', 'Queued', 'Running', 'NotResponding']);
const OPEN_STEP = new Set(['queued', 'running']);

/** Torn artefacts and half states, as sentences; `known` gains the bytes that were found whole. */
export async function faultsOf(stored: Stored, known: Whole): Promise<string[]> {
  const faults: string[] = [];
  const fault = (text: string) => void faults.push(text);
  for (const pipeline of stored.pipelines) {
    try {
      JSON.parse(pipeline.document);
      if (pipeline.history !== undefined) JSON.parse(pipeline.history);
    } catch {
      fault(`pipeline ${pipeline.name} is torn`);
    }
  }
  for (const run of stored.runs) {
    if (OPEN_RUN.has(run.status)) fault(`run ${run.number} is still ${run.status}`);
    if (run.endedAt === undefined) fault(`run ${run.number} has no end`);
    const open = run.steps.filter((step) => OPEN_STEP.has(step.state));
    if (open.length > 0) fault(`run ${run.number} (${run.status}) has steps that are ${open.map((step) => step.state).join(', ')}`);
    if (run.status === 'Completed' && run.steps.some((step) => step.state !== 'fresh' && step.state !== 'reused'))
      fault(`run ${run.number} is completed with ${run.steps.map((step) => step.state).join(', ')}`);
    if (!stored.events.some((event) => event.type === 'RunFinished' && event.subject === `runs/${run.number}`))
      fault(`run ${run.number} ended without an event`);
  }
  const whole = (digest: string, kept: Record<string, string>, what: string, hash: (base64: string) => string) => {
    if (known.has(digest)) return;
    if (kept[digest] === undefined) return fault(`${what}: no bytes`);
    if (hash(kept[digest]) !== digest) return fault(`${what}: torn, ${bytesOf(kept[digest]).length} bytes`);
    known.set(digest, kept[digest]);
  };
  for (const version of stored.modelVersions) {
    const title = `model ${version.name}:${version.version}`;
    if (version.status !== 'READY') fault(`${title} is ${version.status}`);
    whole(version.packed, stored.bytes, title, sha256);
    if (version.onnx) whole(version.onnx, stored.bytes, `${title}, ONNX`, sha256);
    if (!stored.models.some((model) => model.name === version.name)) fault(`${title} is a version of nothing`);
    const subject = `models/${version.name}:${version.version}`;
    if (stored.events.filter((event) => event.type === 'ModelRegistered' && event.subject === subject).length !== 1)
      fault(`${title} has not one event`);
  }
  const twins = stored.modelVersions.map((version) => `${version.name} ${version.packed}`);
  if (new Set(twins).size < twins.length) fault('one model is registered twice');
  for (const dataset of stored.datasets)
    whole(dataset.packed, stored.blobs, `dataset ${dataset.name}:${dataset.version}`, (base64) => hashBytes(bytesOf(base64)));
  for (const { key } of stored.keyvalue) {
    const digest = /^engine value:(.+)$/.exec(key)?.[1];
    if (digest && !known.has(digest)) await checkValue(digest, stored, known, fault);
  }
  return faults;
}

/** A stored result: its head and every large array, by their digests. */
async function checkValue(digest: string, { blobs }: Stored, known: Whole, fault: (text: string) => void): Promise<void> {
  try {
    if (blobs[digest] === undefined) throw new Error('no bytes');
    const packed = await packFromBytes(bytesOf(blobs[digest]), async (part) => {
      if (blobs[part] === undefined) throw new Error(`no bytes of part ${part}`);
      return bytesOf(blobs[part]);
    });
    if (packedDigest(packed) !== digest) throw new Error('another head than its name says');
    for (const { digest: part, array } of packed.parts) {
      if (!known.has(part) && arrayDigest(array.slice()) !== part) throw new Error(`part ${part} is torn`);
      if (blobs[part] !== undefined) known.set(part, blobs[part]);
    }
    unpackAll(packed);
    known.set(digest, blobs[digest]);
  } catch (error) {
    fault(`stored value ${digest}: ${(error as Error).message}`);
  }
}
