/**
 * The registry for the CLI: records in one JSON file, bytes in a folder's blob store. It holds what `Services` asks for;
 * pipelines, runs, aliases by command and the trash are the browser's.
 */
import type { BlobStore } from '../base/blob-store.ts';
import { sha256 } from '../base/hash.ts';
import { pack, packToBytes } from '../base/pack.ts';
import { ProblemError } from '../base/problem.ts';
import type { AnyModel } from '../recipe/series-model.ts';
import type { Table } from '../table/table.ts';
import { datasetEntry, unpackTable } from './datasets.ts';
import { modelEntry, type Origin, packModel, twinOf, unpackModel } from './model-entry.ts';
import type { DatasetVersion, ModelVersion } from './records.ts';
import type { RegistryServices } from './services.ts';
import { resolveVersion } from './versions.ts';

/** A text that is replaced whole or not at all. */
export interface TextFile {
  read: () => Promise<string | undefined>;
  write: (text: string) => Promise<void>;
}
interface Index {
  format: 1;
  datasets: DatasetVersion[];
  models: ModelVersion[];
}

/** One change of an index after the other: several steps, each with services of its own, may finish at once. */
const turns = new WeakMap<TextFile, Promise<unknown>>();

/** Services over `index` and `blobs`. Files of the document are the caller's, who knows its folder. */
export function filesRegistry(blobs: BlobStore, index: TextFile, origin: Origin, now: () => number): Omit<RegistryServices, 'readFile'> {
  const inTurn = <T>(body: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(index) ?? Promise.resolve()).then(body, body);
    turns.set(index, turn);
    return turn;
  };
  const load = async (): Promise<Index> => readIndex(await index.read());
  const nextVersion = (entries: readonly { name: string; version: number }[], name: string) =>
    entries.reduce((max, one) => (one.name === name ? Math.max(max, one.version) : max), 0) + 1;
  const of = <R extends { name: string }>(entries: readonly R[], name: string) => entries.filter((one) => one.name === name);
  const dataset = async (name: string, ref: number | string) => resolveVersion('dataset', name, of((await load()).datasets, name), ref);
  const model = async (name: string, ref: number | string) => resolveVersion('model', name, of((await load()).models, name), ref);

  return {
    readDataset: async (name, ref) => {
      const record = await dataset(name, ref);
      return unpackTable(record, await blobs.get(record.packed));
    },
    describeDataset: async (name, ref) => {
      const { version, digest, schema } = await dataset(name, ref);
      return { version, digest, schema };
    },
    saveDataset: async (name, value, about) => {
      const table = value as Table;
      const source = { type: 'run' as const, run: origin.run ?? '', node: origin.node ?? '' };
      const packed = await blobs.put(packToBytes(pack(table)));
      const entry = datasetEntry(name, table, packed, { ...about, source }, now());
      return inTurn(async () => {
        const stored = await load();
        const same = of(stored.datasets, entry.name).find((one) => one.digest === entry.digest);
        if (same) return { name: same.name, version: same.version, existing: true };
        const version = nextVersion(stored.datasets, entry.name);
        stored.datasets.push({ ...entry, version });
        await index.write(JSON.stringify(stored, null, 2));
        return { name: entry.name, version, existing: false };
      });
    },
    readModel: async (name, ref) => {
      const record = await model(name, ref);
      const bytes = await blobs.get(record.packed);
      if (bytes) return unpackModel(bytes);
      throw new ProblemError({
        code: 'model.bytes-missing',
        args: { name },
        message: `The bytes of “${name}” version ${record.version} are not in this folder any more.`,
        hint: 'Register the model again from its pipeline.',
      });
    },
    describeModel: async (name, ref) => {
      const { version, digest, head } = await model(name, ref);
      return { version, digest, head };
    },
    saveModel: async (name, value, about) => {
      const packed = packModel(value as AnyModel);
      const entry = modelEntry(name, value as AnyModel, packed, about, origin, now());
      await blobs.put(packed.bytes, packed.digest);
      if (about.onnx) await blobs.put(about.onnx, sha256(about.onnx));
      return inTurn(async () => {
        const stored = await load();
        const same = twinOf(stored.models, entry);
        if (same) return { name: same.name, version: same.version, digest: same.digest, existing: true };
        const version = nextVersion(stored.models, entry.name);
        stored.models.push({ ...entry, version });
        await index.write(JSON.stringify(stored, null, 2));
        return { name: entry.name, version, digest: entry.digest, existing: false };
      });
    },
  };
}

function readIndex(text: string | undefined): Index {
  if (text === undefined) return { format: 1, datasets: [], models: [] };
  const found = JSON.parse(text) as Index;
  if (found.format === 1) return found;
  throw new ProblemError({
    code: 'registry.newer',
    args: { format: String(found.format) },
    message: 'This registry folder was written by a newer Millrace.',
    hint: 'Use that version, or another folder; nothing was changed.',
  });
}
