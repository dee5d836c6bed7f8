/** The IndexedDB database of one workspace: its stores, and the one way to write to them. What is in them stands in `records.ts`. */
import Dexie, { type EntityTable, type Table } from 'dexie';
import type { BlobStore } from '../base/blob-store.ts';
import { ProblemError } from '../base/problem.ts';
import type {
  BytesRecord,
  DatasetVersion,
  FileRecord,
  KeyValue,
  ModelRecord,
  ModelVersion,
  PipelineRecord,
  PipelineVersion,
  RegistryEvent,
  RunRecord,
} from './records.ts';

export type RegistryDb = Dexie & {
  pipelines: EntityTable<PipelineRecord, 'id'>;
  pipelineVersions: Table<PipelineVersion, [string, number]>;
  runs: EntityTable<RunRecord, 'id'>;
  datasets: Table<DatasetVersion, [string, number]>;
  models: EntityTable<ModelRecord, 'name'>;
  modelVersions: Table<ModelVersion, [string, number]>;
  bytes: EntityTable<BytesRecord, 'digest'>;
  files: EntityTable<FileRecord, 'digest'>;
  keyvalue: EntityTable<KeyValue, 'key'>;
  events: EntityTable<RegistryEvent, 'id'>;
};

/** What every registry function gets first: the database, where large bytes rest, and the time. */
export interface Registry {
  db: RegistryDb;
  blobs: BlobStore;
  /** Milliseconds since 1970, given by the host. */
  now: () => number;
}

/** Opens (and on first use makes) the database. Index names are stable; later versions are added below, never changed. */
export function openDb(name: string): RegistryDb {
  const db = new Dexie(name) as RegistryDb;
  db.version(1).stores({
    pipelines: 'id, updatedAt',
    pipelineVersions: '[pipeline+revision], pipeline',
    runs: 'id, number, pipeline, status',
    datasets: '[name+version], name, packed',
    models: 'name',
    modelVersions: '[name+version], name, packed, onnx',
    bytes: 'digest',
    files: 'digest',
    keyvalue: 'key',
    events: '++id, type',
  });
  return db;
}

type StoreName = Exclude<keyof RegistryDb, keyof Dexie>;

/** Lets go of what can be had again, such as stored results; true when that freed anything. */
export type MakeRoom = () => Promise<boolean>;
const rooms = new WeakMap<RegistryDb, MakeRoom>();
/** Who is asked before a write of this workspace is refused for lack of space; not for a write of its own. */
export function whenFull(db: RegistryDb, makeRoom: MakeRoom): void {
  rooms.set(db, async () => {
    rooms.delete(db);
    try {
      return await makeRoom();
    } finally {
      whenFull(db, makeRoom);
    }
  });
}

/** Results go first, then the trash; new results may have come meanwhile. */
const MOST_TRIES = 3;
/** Does `work`, which stores something; while the disk is full it makes room and tries again. A disk that stays full becomes a Problem. */
export async function keep<T>(db: RegistryDb, work: () => Promise<T>, tries = MOST_TRIES): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const full = storageError(error);
    if (full === error || tries === 1 || !(await rooms.get(db)?.())) throw full;
  }
  return keep(db, work, tries - 1);
}

/** One read-write transaction over the named stores: all of it happens or none. A full disk becomes a Problem. */
export const write = <T>(db: RegistryDb, stores: readonly StoreName[], body: () => Promise<T>): Promise<T> =>
  keep(db, () =>
    db.transaction(
      'rw',
      stores.map((store) => db.table(store)),
      body,
    ),
  );

/** What IndexedDB and OPFS throw when the quota is used up, as a Problem; anything else unchanged. */
export function storageError(error: unknown): unknown {
  const seen = error as { name?: string; inner?: { name?: string } } | undefined;
  if (seen?.name !== 'QuotaExceededError' && seen?.inner?.name !== 'QuotaExceededError') return error;
  return new ProblemError({
    code: 'storage.full',
    message: 'The browser gave no more space, so this was not saved. What was saved before is untouched.',
    hint: 'Export what you need, then delete old models, datasets or runs, or free space on the disk.',
  });
}

/** The next number of a counter, from 1; call inside `write` over `keyvalue`. Numbers are never used twice. */
export async function nextNumber(db: RegistryDb, counter: string): Promise<number> {
  const key = `counter ${counter}`;
  const next = Number((await db.keyvalue.get(key))?.value ?? 0) + 1;
  await db.keyvalue.put({ key, value: next });
  return next;
}
