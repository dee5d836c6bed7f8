/** Registered models: numbered versions by name, aliases, and their bytes, written in one transaction with the event. */
import { ProblemError } from '../base/problem.ts';
import type { ModelAbout, VersionRef } from '../kind/run.ts';
import type { AnyModel } from '../recipe/series-model.ts';
import { nextNumber, type Registry, write } from './db.ts';
import { modelEntry, type Origin, packModel, twinOf, unpackModel } from './model-entry.ts';
import type { ModelRecord, ModelVersion } from './records.ts';
import { resolveVersion } from './versions.ts';

/** Registers a model, or answers with the version that is the very same model ("already registered as titanic:3"). */
export function registerModel(registry: Registry, name: string, model: AnyModel, about: ModelAbout, origin: Origin) {
  const packed = packModel(model);
  return addVersion(registry, modelEntry(name, model, packed, about, origin, registry.now()), packed.bytes, about.onnx);
}

/**
 * Gives a finished entry its number and writes bytes, version, container and event in one transaction: a version that can
 * be seen is `READY`, and an interruption leaves nothing.
 */
export function addVersion(
  { db }: Registry,
  entry: Omit<ModelVersion, 'version'>,
  packed: Uint8Array,
  onnx?: Uint8Array,
): Promise<{ version: ModelVersion; existing: boolean }> {
  const blob = (bytes: Uint8Array) => new Blob([bytes.slice()]);
  return write(db, ['models', 'modelVersions', 'bytes', 'keyvalue', 'events'], async () => {
    const same = twinOf(await db.modelVersions.where('packed').equals(entry.packed).sortBy('version'), entry);
    if (same) return { version: same, existing: true };
    const version: ModelVersion = { ...entry, version: await nextNumber(db, `model ${entry.name}`) };
    await db.bytes.put({ digest: entry.packed, bytes: blob(packed) });
    if (onnx && entry.onnx) await db.bytes.put({ digest: entry.onnx, bytes: blob(onnx) });
    await db.modelVersions.add(version);
    const old = await db.models.get(entry.name);
    const { deletedAt: _, ...kept } = old ?? { name: entry.name, description: '', createdAt: entry.createdAt, aliases: {} };
    await db.models.put({ ...kept, updatedAt: entry.createdAt } as ModelRecord);
    await db.events.add({
      at: entry.createdAt,
      type: 'ModelRegistered',
      subject: `models/${version.name}:${version.version}`,
      data: { name: version.name, version: version.version, tags: version.tags, digest: version.digest },
    });
    return { version, existing: false };
  });
}

export async function findModel({ db }: Registry, name: string, ref: VersionRef): Promise<ModelVersion> {
  const versions = await db.modelVersions.where('name').equals(name).toArray();
  return resolveVersion('model', name, versions, ref, (await db.models.get(name))?.aliases);
}

export async function readModel(registry: Registry, name: string, ref: VersionRef): Promise<AnyModel> {
  const version = await findModel(registry, name, ref);
  return unpackModel(await storedBytes(registry, version.packed));
}

/** The ONNX file of a version; a Problem with the reason when it has none. */
export async function modelOnnx(registry: Registry, name: string, ref: VersionRef): Promise<Uint8Array> {
  const version = await findModel(registry, name, ref);
  if (version.onnx) return storedBytes(registry, version.onnx);
  throw new ProblemError(
    version.noOnnx ?? {
      code: 'model.no-onnx',
      args: { name, version: version.version },
      message: `Version ${version.version} of “${name}” was registered without an ONNX file.`,
      hint: 'Register it again from its pipeline, or download it as .millrace-model.',
    },
  );
}

export async function storedBytes({ db }: Registry, digest: string): Promise<Uint8Array> {
  const row = await db.bytes.get(digest);
  if (row) return new Uint8Array(await row.bytes.arrayBuffer());
  throw new ProblemError({
    code: 'model.bytes-missing',
    args: { digest },
    message: "The bytes of this model are not in this browser's storage any more.",
    hint: 'Register it again from its pipeline, or import its .millrace-model file.',
  });
}

/** Models with at least one version that is not in the trash, last changed first; versions newest first. */
export async function listModels({ db }: Registry): Promise<{ record: ModelRecord; versions: ModelVersion[] }[]> {
  const [records, versions] = await Promise.all([db.models.toArray(), db.modelVersions.toArray()]);
  return records
    .map((record) => ({
      record,
      versions: versions.filter((v) => v.name === record.name && v.deletedAt === undefined).sort((a, b) => b.version - a.version),
    }))
    .filter((model) => model.versions.length > 0)
    .sort((a, b) => b.record.updatedAt - a.record.updatedAt);
}

/** Points an alias at a version, moves it, or (null) takes it away. Only versions that are there and ready may have one. */
export function setAlias(registry: Registry, name: string, alias: string, version: number | null): Promise<void> {
  const { db, now } = registry;
  return write(db, ['models', 'modelVersions', 'events'], async () => {
    if (!/^[a-z][\w.-]{0,39}$/i.test(alias) || alias === 'latest') {
      throw new ProblemError({
        code: 'model.alias',
        args: { alias },
        message: `“${alias}” cannot be an alias.`,
        hint: 'An alias starts with a letter, has up to 40 letters, digits, dots or dashes, and is not “latest”.',
      });
    }
    if (version !== null) await findModel(registry, name, version);
    const record = await db.models.get(name);
    if (!record) return;
    const { [alias]: from, ...rest } = record.aliases;
    await db.models.put({ ...record, aliases: version === null ? rest : { ...rest, [alias]: version }, updatedAt: now() });
    await db.events.add({ at: now(), type: 'AliasMoved', subject: `models/${name}@${alias}`, data: { from: from ?? null, to: version } });
  });
}

/** Changes the words about a version; tags are replaced as a whole. */
export async function describeModel(
  { db, now }: Registry,
  name: string,
  version: number,
  change: { description?: string; tags?: Record<string, string> },
): Promise<void> {
  await write(db, ['models', 'modelVersions'], async () => {
    await db.modelVersions.update([name, version], change);
    await db.models.update(name, { updatedAt: now() });
  });
}
