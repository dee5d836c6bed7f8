/** Soft deletion with undo: what is removed waits 30 days in the trash; then it and the bytes that nobody refers to go. */
import { type Registry, write } from './db.ts';

export type TrashItem =
  | { type: 'pipeline'; id: string }
  | { type: 'run'; id: string }
  | { type: 'dataset'; name: string; version: number }
  | { type: 'model'; name: string; version: number };

const DAY_MS = 24 * 3600 * 1000;
const TRASH_MS = 30 * DAY_MS;

/** Puts an item into the trash. Its number, and for a model its aliases, stay its own, so that `restore` is exact. */
export const remove = (registry: Registry, item: TrashItem): Promise<void> => mark(registry, item, registry.now());
export const restore = (registry: Registry, item: TrashItem): Promise<void> => mark(registry, item, undefined);

/** Dexie's `update` deletes a member that is set to undefined. */
async function mark({ db, now }: Registry, item: TrashItem, deletedAt: number | undefined): Promise<void> {
  await write(db, ['pipelines', 'runs', 'datasets', 'modelVersions', 'events'], async () => {
    switch (item.type) {
      case 'pipeline':
        await db.pipelines.update(item.id, { deletedAt });
        break;
      case 'run':
        await db.runs.update(item.id, { deletedAt });
        break;
      case 'dataset':
        await db.datasets.update([item.name, item.version], { deletedAt });
        break;
      case 'model':
        await db.modelVersions.update([item.name, item.version], { deletedAt });
        if (deletedAt !== undefined)
          await db.events.add({ at: now(), type: 'ModelDeleted', subject: `models/${item.name}:${item.version}`, data: {} });
    }
  });
}

/** Deletes for good what has been in the trash for that long. Call `sweepOrphans` afterwards for the bytes; answers with the blobs that it is about. */
export async function purgeTrash({ db, now }: Registry, ageMs = TRASH_MS): Promise<string[]> {
  const due = (record: { deletedAt?: number }) => record.deletedAt !== undefined && now() - record.deletedAt > ageMs;
  return write(db, ['pipelines', 'pipelineVersions', 'runs', 'datasets', 'models', 'modelVersions'], async () => {
    const pipelines = await db.pipelines.filter(due).primaryKeys();
    await db.pipelineVersions.where('pipeline').anyOf(pipelines).delete();
    await db.pipelines.bulkDelete(pipelines);
    await db.runs.filter(due).delete();
    const datasets = (await db.datasets.filter(due).toArray()).map((one) => one.packed);
    await db.datasets.filter(due).delete();
    await db.modelVersions.filter(due).delete();
    const left = new Set((await db.modelVersions.toArray()).map((one) => `${one.name}:${one.version}`));
    await db.models.toCollection().modify((record) => {
      record.aliases = Object.fromEntries(Object.entries(record.aliases).filter(([, version]) => left.has(`${record.name}:${version}`)));
    });
    return datasets;
  });
}

/**
 * Removes bytes that no record points to: what an interrupted write left behind, and what purged records held. A file is kept
 * for a day, then while a document anywhere names its digest; a blob while any small record does (the engine's stored results). For the one
 * writer of a workspace. Writers put a blob first and its pointer soon after, so what is there now is judged after `settle`; where
 * there is no time for that, `only` names the blobs that may go besides unwanted files.
 */
export async function sweepOrphans(
  { db, blobs, now }: Registry,
  settle: () => Promise<void> = async () => {},
  only?: ReadonlySet<string>,
): Promise<{ removed: number; bytes: number }> {
  const stored = await blobs.list();
  await settle();
  const documents = [
    ...(await db.pipelines.toArray()).map((one) => one.document),
    ...(await db.pipelineVersions.toArray()).map((one) => one.document),
    ...(await db.runs.toArray()).map((one) => one.document),
  ];
  const files = await db.files.toArray();
  const named = (digest: string) => documents.some((text) => text.includes(digest));
  const unwanted = files.filter((file) => now() - file.at > DAY_MS && !named(file.digest));
  const versions = await db.modelVersions.toArray();
  const small = (await db.keyvalue.toArray()).map((record) => record.key + JSON.stringify(record.value)).join(' ');
  const wanted = new Set([
    ...files.filter((file) => !unwanted.includes(file)).map((file) => file.digest),
    ...(await db.datasets.toArray()).map((one) => one.packed),
    ...versions.flatMap((one) => [one.packed, ...(one.onnx ? [one.onnx] : [])]),
    ...(small.match(/[0-9a-f]{64}|[0-9a-f]{32}/g) ?? []),
  ]);
  await write(db, ['files', 'bytes'], async () => {
    await db.files.bulkDelete(unwanted.map((file) => file.digest));
    await db.bytes.filter((row) => !wanted.has(row.digest)).delete();
  });
  const mayGo = only && new Set([...only, ...unwanted.map((file) => file.digest)]);
  const orphans = stored.filter(({ digest }) => !wanted.has(digest) && !named(digest) && (mayGo?.has(digest) ?? true));
  for (const orphan of orphans) await blobs.delete(orphan.digest);
  return { removed: orphans.length, bytes: orphans.reduce((sum, blob) => sum + blob.bytes, 0) };
}

/** What was deleted goes for good at once, for something new on a full disk; true when anything did. */
export async function emptyTrash(registry: Registry): Promise<boolean> {
  const { db } = registry;
  const records = async () =>
    (await Promise.all([db.datasets, db.modelVersions, db.runs, db.pipelines].map((table) => table.count()))).join();
  const before = await records();
  const blobs = await purgeTrash(registry, -1);
  const { removed } = await sweepOrphans(registry, undefined, new Set(blobs));
  return removed > 0 || (await records()) !== before;
}
