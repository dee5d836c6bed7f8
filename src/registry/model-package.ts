/** `.millrace-model`: one file that holds a registered version exactly, with its ONNX file, for another workspace. */
import { concatBytes, fromUtf8, utf8 } from '../base/bytes.ts';
import { sha256 } from '../base/hash.ts';
import { pack, packFromBytes, packToBytes, unpackAll } from '../base/pack.ts';
import { ProblemError } from '../base/problem.ts';
import { phrase } from '../base/words.ts';
import type { VersionRef } from '../kind/run.ts';
import type { AnyModel } from '../recipe/series-model.ts';
import type { Registry } from './db.ts';
import { headOf, packModel, signatureOf } from './model-entry.ts';
import { addVersion, findModel, storedBytes } from './models.ts';
import type { ModelVersion } from './records.ts';
import { checkedName } from './versions.ts';

const MAGIC = utf8('millrace-model 1\n');

/** What is in the file after the first line: the record as it was, the packed model, the ONNX file. */
interface Package {
  record: ModelVersion;
  model: Uint8Array;
  onnx?: Uint8Array;
}

/** The version as bytes of a `.millrace-model` file. */
export async function exportModel(registry: Registry, name: string, ref: VersionRef): Promise<Uint8Array> {
  const record = await findModel(registry, name, ref);
  const model = await storedBytes(registry, record.packed);
  const content: Package = { record, model, ...(record.onnx ? { onnx: await storedBytes(registry, record.onnx) } : {}) };
  return concatBytes([MAGIC, packToBytes(pack(content))]);
}

/**
 * Registers a `.millrace-model` file as the next version of its name (the same model is not registered twice). Digests,
 * signature and head are made anew from the content, never believed; description, tags, metrics and lineage are kept.
 */
export async function importModel(registry: Registry, bytes: Uint8Array): Promise<{ version: ModelVersion; existing: boolean }> {
  const { record, model: packed, onnx } = await contentOf(bytes);
  const model = await modelOf(packed);
  const again = packModel(model);
  const onnxDigest = onnx ? sha256(onnx) : undefined;
  if (again.digest !== record.packed || onnxDigest !== record.onnx) throw damaged('its parts do not match their digests');
  const about = { onnx, noOnnx: record.noOnnx };
  const { version: _, deletedAt: __, onnx: ___, certificate, ...kept } = record;
  return addVersion(
    registry,
    {
      ...kept,
      name: checkedName(record.name, 'model'),
      createdAt: registry.now(),
      status: 'READY',
      digest: onnxDigest ?? again.digest,
      packed: again.digest,
      ...(onnxDigest ? { onnx: onnxDigest } : {}),
      ...(certificate && certificate.sha256 === onnxDigest ? { certificate } : {}),
      head: headOf(model, about),
      signature: signatureOf(model),
      onnxBytes: onnx?.length ?? 0,
    },
    again.bytes,
    onnx,
  );
}

/** Whether bytes begin as a `.millrace-model` file of any version does. */
export const isPackage = (bytes: Uint8Array): boolean => fromUtf8(bytes.subarray(0, 15)) === 'millrace-model ';

/** The model of a `.millrace-model` file, without registering it. */
export const packagedModel = async (bytes: Uint8Array): Promise<AnyModel> => modelOf((await contentOf(bytes)).model);

async function contentOf(bytes: Uint8Array): Promise<Package> {
  const head = bytes.subarray(0, MAGIC.length);
  if (fromUtf8(head) !== fromUtf8(MAGIC)) {
    throw new ProblemError({
      code: 'package.format',
      message: isPackage(bytes)
        ? phrase('package.newer', 'This model was saved by a newer Millrace.')
        : phrase('package.not-one', 'This is not a .millrace-model file.'),
      hint: phrase('package.choose', 'Choose a file that “Download as .millrace-model” made in this version or an older one.'),
    });
  }
  try {
    const content = unpackAll(await packFromBytes(bytes.slice(MAGIC.length))) as Package;
    if (!(content.model instanceof Uint8Array) || typeof content.record?.name !== 'string') throw new TypeError('parts are missing');
    return content;
  } catch (error) {
    throw damaged(error instanceof Error ? error.message : String(error));
  }
}

/** The model in arrays of its own: digests that came with the file are forgotten, so that they are computed again. */
async function modelOf(packed: Uint8Array): Promise<AnyModel> {
  try {
    const model = structuredClone(unpackAll(await packFromBytes(packed))) as AnyModel;
    const inside = model.shape === 'series' ? model.series : model.recipe?.entries;
    if (!Array.isArray(model.inputs) || !Array.isArray(model.outputs) || !Array.isArray(inside)) throw new TypeError('not a model');
    return model;
  } catch (error) {
    throw damaged(error instanceof Error ? error.message : String(error));
  }
}

const damaged = (reason: string) =>
  new ProblemError({
    code: 'package.damaged',
    args: { reason },
    message: `This .millrace-model file is damaged: ${reason}.`,
    hint: 'Download it again from where it was made; nothing was imported.',
  });
