/** What the registry keeps, as plain records. One IndexedDB database per workspace; bytes are Blobs beside them. */
import type { Digest } from '../base/hash.ts';
import type { Json } from '../base/json.ts';
import type { Problem } from '../base/problem.ts';
import type { Words } from '../base/words.ts';
import type { StepState } from '../events/event.ts';
import type { ModelHead } from '../kind/run.ts';
import type { ColumnType, TableSchema } from '../kind/schema.ts';
import type { Certificate } from '../onnx/certificate.ts';

export interface PipelineRecord {
  id: string;
  name: string;
  /** Canonical document JSON. */
  document: string;
  /** What can be undone and redone, as its owner wrote it. Lists leave it out. */
  history?: string;
  createdAt: number;
  updatedAt: number;
  revision: number;
  nodeCount: number;
  headline?: Words;
  deletedAt?: number;
}
/** Timed or named copy of a pipeline. */
export interface PipelineVersion {
  pipeline: string;
  revision: number;
  at: number;
  label?: string;
  document: string;
}
/** D2 of reliability.md. */
export type RunStatus = 'NotStarted' | 'Queued' | 'Running' | 'Completed' | 'Failed' | 'Canceled' | 'NotResponding';
/** `interrupted`, `not-started`: where a step stood when the tab of its run was closed. */
export type RunStepState = StepState | 'interrupted' | 'not-started';
export interface RunRecord {
  id: string;
  /** Running number shown to people: "Run 118". */
  number: number;
  pipeline: string;
  pipelineName: string;
  /** The document as it was, for "Open as it was". */
  document: string;
  status: RunStatus;
  startedAt: number;
  endedAt?: number;
  steps: {
    node: string;
    title: Words;
    kind: string;
    state: RunStepState;
    reason: Words;
    intent?: Digest | null;
    ms?: number;
    headline?: Words;
    metrics?: Record<string, number>;
    problem?: Problem;
    backend?: 'cpu' | 'gpu';
    /** Digest of each output's value, by port. */
    outputs?: Record<string, Digest>;
    log?: Words[];
  }[];
  /** What the run ran on; the processor is each step's own. */
  environment: { app: string; kernels: string; browser: string; workers: number };
  /** The tab that carries the run out; it holds a lock of this name while it lives. */
  session?: string;
  /** Why the run as a whole ended, when no step says so. */
  problem?: Problem;
  deletedAt?: number;
}
export interface DatasetVersion {
  name: string;
  version: number;
  createdAt: number;
  description: string;
  tags: Record<string, string>;
  /** Of the table's content: the same content is the same version. */
  digest: Digest;
  /** Where the packed table is in the blob store. */
  packed: Digest;
  schema: TableSchema;
  bytes: number;
  /** Where it came from: a run and node, or a file. */
  source: { type: 'file'; name: string } | { type: 'run'; run: string; node: string };
  deletedAt?: number;
}
export interface ModelVersion {
  name: string;
  version: number;
  createdAt: number;
  description: string;
  tags: Record<string, string>;
  status: 'PENDING_REGISTRATION' | 'READY' | 'FAILED_REGISTRATION';
  /** SHA-256 of the ONNX file, else digest of the packed model. */
  digest: string;
  /** SHA-256 of the packed model and of the ONNX file, as they are found among the stored bytes. */
  packed: string;
  onnx?: string;
  /** What the check needs when the model is loaded again. */
  head: ModelHead;
  task: string;
  target?: string;
  learner: string;
  signature: {
    inputs: { name: string; type: ColumnType; categories?: readonly string[]; range?: [number, number]; missing?: number }[];
    outputs: { name: string; type: string; role: string; of?: string }[];
  };
  metrics: Record<string, number>;
  notes: readonly Words[];
  importances?: readonly { name: string; value: number }[];
  certificate?: Certificate;
  /** Why there is no ONNX file. */
  noOnnx?: Problem;
  lineage: { run?: string; pipeline?: string; dataDigest: string; pipelineDigest: string; seed: number; app: string };
  onnxBytes: number;
  deletedAt?: number;
}
export interface ModelRecord {
  name: string;
  description: string;
  createdAt: number;
  updatedAt: number;
  /** alias → version; `champion` is offered first. */
  aliases: Record<string, number>;
  deletedAt?: number;
}

/** A named workspace; its database is `millrace-<id>`. */
export interface WorkspaceRecord {
  id: string;
  name: string;
  createdAt: number;
  openedAt: number;
}
/** A file that pipelines refer to; its bytes are in the blob store under the same SHA-256. */
export interface FileRecord {
  digest: string;
  name: string;
  size: number;
  at: number;
}
/** Bytes that must be written in the same transaction as their record. */
export interface BytesRecord {
  digest: string;
  bytes: Blob;
}
/** Anything small by key: counters, intent → output digests, settings of a workspace. */
export interface KeyValue {
  key: string;
  value: Json;
}
/** Written in the transaction of what it tells (outbox). */
export interface RegistryEvent {
  id?: number;
  at: number;
  type: 'ModelRegistered' | 'ModelDeleted' | 'AliasMoved' | 'DatasetRegistered' | 'RunFinished';
  /** `models/titanic:3`. */
  subject: string;
  data: Json;
}
