/** What is written about a model when it is registered: signature, head, lineage. Pure; storing it is left to `models.ts`. */
import { sha256 } from '../base/hash.ts';
import { pack, packFromBytes, packToBytes, unpackAll } from '../base/pack.ts';
import type { ModelAbout, ModelHead } from '../kind/run.ts';
import type { Certificate } from '../onnx/certificate.ts';
import type { AnyModel } from '../recipe/series-model.ts';
import type { ModelVersion } from './records.ts';
import { checkedName } from './versions.ts';

/** Where a model comes from; given by the host for each run. */
export interface Origin {
  run?: string;
  node?: string;
  pipeline?: string;
  /** Of the document's canonical text. */
  pipelineDigest: string;
  seed: number;
  app: string;
}

export interface PackedModel {
  bytes: Uint8Array;
  digest: string;
}
export function packModel(model: AnyModel): PackedModel {
  const bytes = packToBytes(pack(model));
  return { bytes, digest: sha256(bytes) };
}
export const unpackModel = async (bytes: Uint8Array): Promise<AnyModel> => unpackAll(await packFromBytes(bytes)) as AnyModel;

/** Inputs with what training saw of them, and outputs. */
export function signatureOf(model: AnyModel): ModelVersion['signature'] {
  return {
    inputs: model.inputs.map(({ name, type, categories }) => ({
      name,
      type,
      ...(categories ? { categories } : {}),
      ...model.seen?.[name],
    })),
    outputs: model.outputs.map(({ name, type, role, of }) => ({ name, type, role, ...(of === undefined ? {} : { of }) })),
  };
}

export function headOf(model: AnyModel, about: Pick<ModelAbout, 'onnx' | 'noOnnx'>): ModelHead {
  return {
    inputs: { columns: model.inputs },
    task: model.task,
    exportable: about.onnx ? true : (about.noOnnx ?? true),
    ...(model.target === undefined ? {} : { target: model.target }),
    ...(model.shape === 'row' && model.classes ? { classes: model.classes } : {}),
  };
}

/** The whole record of a version, but for its number. */
export function modelEntry(
  name: string,
  model: AnyModel,
  packed: PackedModel,
  about: ModelAbout,
  origin: Origin,
  at: number,
): Omit<ModelVersion, 'version'> {
  const onnx = about.onnx ? sha256(about.onnx) : undefined;
  return {
    name: checkedName(name, 'model'),
    createdAt: at,
    description: about.description,
    tags: about.tags,
    status: 'READY',
    digest: onnx ?? packed.digest,
    packed: packed.digest,
    ...(onnx === undefined ? {} : { onnx }),
    head: headOf(model, about),
    task: model.task,
    ...(model.target === undefined ? {} : { target: model.target }),
    learner: model.learner.kind,
    signature: signatureOf(model),
    metrics: about.metrics,
    notes: model.about.notes,
    ...(model.about.importances ? { importances: model.about.importances } : {}),
    ...(about.certificate ? { certificate: dated(about.certificate as Certificate, at) } : {}),
    ...(about.noOnnx ? { noOnnx: about.noOnnx } : {}),
    lineage: {
      ...(origin.run === undefined ? {} : { run: origin.run }),
      ...(origin.pipeline === undefined ? {} : { pipeline: origin.pipeline }),
      dataDigest: model.learned.source,
      pipelineDigest: origin.pipelineDigest,
      seed: origin.seed,
      app: origin.app,
    },
    onnxBytes: about.onnx?.length ?? 0,
  };
}

/**
 * The newest stored version that this entry would only repeat: the very same model under the same name. A version without an
 * ONNX file is no match for an entry that brings one.
 */
export const twinOf = (stored: readonly ModelVersion[], entry: Omit<ModelVersion, 'version'>): ModelVersion | undefined =>
  stored.findLast(
    (one) =>
      one.name === entry.name &&
      one.packed === entry.packed &&
      one.deletedAt === undefined &&
      (one.onnx !== undefined || entry.onnx === undefined),
  );

/** A step has no clock; the proof was made just before it was registered. */
const dated = (certificate: Certificate, at: number): Certificate =>
  certificate.at === '' ? { ...certificate, at: new Date(at).toISOString() } : certificate;
