/** Registered datasets: numbered versions of a table by name. The same content is the same version. */
import { pack, packFromBytes, packToBytes, unpackAll } from '../base/pack.ts';
import { ProblemError } from '../base/problem.ts';
import type { VersionRef } from '../kind/run.ts';
import { schemaOf, type Table, tableBytes, tableDigest } from '../table/table.ts';
import { keep, nextNumber, type Registry, write } from './db.ts';
import type { DatasetVersion } from './records.ts';
import { checkedName, resolveVersion } from './versions.ts';

export interface DatasetAbout {
  description: string;
  tags: Record<string, string>;
  source: DatasetVersion['source'];
}

/** The record of a version, without its number. */
export const datasetEntry = (name: string, table: Table, packed: string, about: DatasetAbout, at: number) => ({
  name: checkedName(name, 'dataset'),
  createdAt: at,
  digest: tableDigest(table),
  packed,
  schema: schemaOf(table),
  bytes: tableBytes(table),
  ...about,
});

/** Stores a table as the next version, or answers with the version that has this content ("already registered as x:3"). */
export async function saveDataset(
  { db, blobs, now }: Registry,
  name: string,
  table: Table,
  about: DatasetAbout,
): Promise<{ dataset: DatasetVersion; existing: boolean }> {
  checkedName(name, 'dataset');
  const packed = await keep(db, () => blobs.put(packToBytes(pack(table))));
  const entry = datasetEntry(name, table, packed, about, now());
  return write(db, ['datasets', 'keyvalue', 'events'], async () => {
    const same = await db.datasets
      .where('name')
      .equals(entry.name)
      .filter((one) => one.digest === entry.digest && one.deletedAt === undefined)
      .first();
    if (same) return { dataset: same, existing: true };
    const dataset: DatasetVersion = { ...entry, version: await nextNumber(db, `dataset ${entry.name}`) };
    await db.datasets.add(dataset);
    await db.events.add({
      at: entry.createdAt,
      type: 'DatasetRegistered',
      subject: `datasets/${dataset.name}:${dataset.version}`,
      data: { name: dataset.name, version: dataset.version, rows: table.rowCount },
    });
    return { dataset, existing: false };
  });
}

export async function findDataset({ db }: Registry, name: string, ref: VersionRef): Promise<DatasetVersion> {
  return resolveVersion('dataset', name, await db.datasets.where('name').equals(name).toArray(), ref);
}

export async function readDataset(registry: Registry, name: string, ref: VersionRef): Promise<Table> {
  const record = await findDataset(registry, name, ref);
  return unpackTable(record, await registry.blobs.get(record.packed));
}

export async function unpackTable(record: DatasetVersion, bytes: Uint8Array | undefined): Promise<Table> {
  if (bytes) return unpackAll(await packFromBytes(bytes)) as Table;
  throw new ProblemError({
    code: 'dataset.bytes-missing',
    args: { name: record.name, version: record.version },
    message: `The rows of “${record.name}” version ${record.version} are not in this browser's storage any more.`,
    hint: 'The browser may have cleared them; register the dataset again from its source.',
  });
}

/** All versions that are not in the trash, newest first. */
export const listDatasets = async ({ db }: Registry): Promise<DatasetVersion[]> =>
  (await db.datasets.toArray()).filter((one) => one.deletedAt === undefined).sort((a, b) => b.createdAt - a.createdAt);
