/**
 * What the page may ask of the engine worker, and what it hears. The CLI and tests implement the same interface in
 * process. Values stay in the engine; the page gets pages of 100 rows, summaries and result records.
 */
import type { Digest } from '../base/hash.ts';
import type { Words } from '../base/words.ts';
import type { PipelineDocument } from '../engine/document.ts';
import type { StoredResult } from '../engine/engine.ts';
import type { PlannedStep, Report, RunRequest } from '../engine/plan-types.ts';
import type { RunEvent } from '../events/event.ts';
import type { FileRef, ParamValues } from '../kind/params.ts';
import type { Ask } from '../kind/run.ts';
import type { TableSchema } from '../kind/schema.ts';
import type { Inspection, Model } from '../recipe/model.ts';
import type { Results } from '../recipe/results.ts';
import type { SeriesMember, SeriesModel } from '../recipe/series-model.ts';
import type { DatasetVersion, ModelRecord, ModelVersion, PipelineRecord, PipelineVersion, RunRecord } from '../registry/records.ts';
import type { Cell } from '../table/column.ts';
import type { Sniff } from '../table/sniff.ts';
import type { ColumnSummary } from '../table/summary.ts';
import type { FileAccess } from './file-handles.ts';
import type { NetRecord } from './net-log.ts';

export interface TablePage {
  schema: TableSchema;
  from: number;
  /** Rows that the filter lets through. */
  total: number;
  /** Index of each row in the unsorted table. */
  rowIds: number[];
  rows: Cell[][];
}
/** Selection of rows for the table view; `sort` is by one column. */
export interface PageRequest {
  digest: Digest;
  from: number;
  count: number;
  sort?: { column: string; descending: boolean };
  filter?: { column: string; text: string };
  /** Only these rows of the table, from 0. */
  rows?: readonly number[];
}
/** Rows by their number in the source; null where the table does not have them. */
export interface RowsById {
  schema: TableSchema;
  rows: (Cell[] | null)[];
}
export type ModelView = Pick<Model, 'task' | 'inputs' | 'outputs' | 'classes' | 'target' | 'learner' | 'about' | 'seen'> & {
  inspection?: Inspection;
  /** Of a model of time series: its step and seasons, and what each series is forecast by. */
  series?: Pick<SeriesModel, 'grid' | 'periods' | 'horizon'> & {
    total: number;
    listed: { name: string; length: number; members: Pick<SeriesMember, 'method' | 'form' | 'weight'>[] }[];
  };
};

export interface EngineApi {
  /** Problems, schemas, plan, badges; fast, after each edit. */
  check: (document: PipelineDocument) => Promise<Report>;
  /** What a request would do, step by step, without doing it. */
  plan: (document: PipelineDocument, request: RunRequest) => Promise<PlannedStep[]>;
  /** Starts a run and answers with its id at once; events follow. */
  run: (document: PipelineDocument, request: RunRequest) => Promise<string>;
  cancel: (run: string) => Promise<void>;
  /** Ask a stoppable step to finish with its best so far. */
  stopStep: (run: string, node: string) => Promise<void>;
  /** Tells a running step one of its kind's `asks`; refused with a Problem where it is over. */
  askStep: (run: string, node: string, ask: Ask) => Promise<void>;
  /** The stored results that fit these nodes as they are now become their last ones; by node, those that are gone left out. */
  recall: (document: PipelineDocument, nodes: readonly string[]) => Promise<Record<string, StoredResult>>;
  tablePage: (request: PageRequest) => Promise<TablePage>;
  /** `ids` are numbers of rows in the table's source, as results carry them. */
  rowsById: (digest: Digest, ids: ArrayLike<number>) => Promise<RowsById>;
  tableSummary: (digest: Digest) => Promise<ColumnSummary[]>;
  results: (digest: Digest) => Promise<Results>;
  model: (digest: Digest) => Promise<ModelView>;
  /** Record of an artefact without its bytes, and the bytes for a download. */
  artefact: (digest: Digest) => Promise<{ name: string; mime: string; size: number; about: Record<string, unknown> }>;
  artefactBytes: (digest: Digest) => Promise<Uint8Array>;
  tableCsv: (digest: Digest) => Promise<Uint8Array>;

  /** Stores a dropped, browsed or pasted file in the workspace; `guess` is what the file looks like. */
  importFile: (name: string, bytes: Uint8Array) => Promise<{ ref: FileRef; sniff: Sniff }>;
  /** Reads an address through the net worker, after the user typed or allowed it. */
  importUrl: (url: string) => Promise<{ ref: FileRef; sniff: Sniff }>;
  /** What a stored file looks like when it is read as the settings of a File import node say. */
  /** What a node of time series takes for settings that are left open, from the rows that come in; more than its kind's `guesses`. */
  seriesGuesses: (params: ParamValues, table: Digest) => Promise<Record<string, Words>>;
  lookAgain: (params: ParamValues) => Promise<Sniff>;
  /** Reads a referenced file as it is now, and stores it under a new digest. */
  importAgain: (ref: FileRef) => Promise<{ ref: FileRef; sniff: Sniff }>;
  samples: () => Promise<SampleInfo[]>;
  /** What a sample looks like, as for an imported file. */
  sampleSniff: (name: string) => Promise<Sniff>;

  listPipelines: () => Promise<PipelineRecord[]>;
  loadPipeline: (id: string) => Promise<PipelineRecord | undefined>;
  /** Refused with a Problem when `expectedRevision` is not the stored one. */
  savePipeline: (
    document: PipelineDocument,
    expectedRevision: number,
    more?: { label?: string; history?: string },
  ) => Promise<PipelineRecord>;
  pipelineVersions: (id: string) => Promise<PipelineVersion[]>;
  /** Keeps a version for good under a name; `null` takes the name away. */
  nameVersion: (id: string, revision: number, label: string | null) => Promise<void>;
  listRuns: (pipeline?: string) => Promise<RunRecord[]>;
  listDatasets: () => Promise<DatasetVersion[]>;
  datasetDigest: (name: string, version: number) => Promise<Digest>;
  listModels: () => Promise<{ record: ModelRecord; versions: ModelVersion[] }[]>;
  modelOnnx: (name: string, version: number) => Promise<Uint8Array>;
  /** `.millrace-model`: the exact model, for another workspace. */
  modelPackage: (name: string, version: number) => Promise<Uint8Array>;
  importModelPackage: (bytes: Uint8Array) => Promise<{ name: string; version: number }>;
  setAlias: (name: string, alias: string, version: number | null) => Promise<void>;
  describeModel: (name: string, version: number, change: { description?: string; tags?: Record<string, string> }) => Promise<void>;
  /** Soft delete and its undo; the trash empties after 30 days. */
  remove: (what: RegistryItem) => Promise<void>;
  restore: (what: RegistryItem) => Promise<void>;

  /** Last opened first. */
  workspaces: () => Promise<WorkspaceInfo[]>;
  createWorkspace: (name: string) => Promise<WorkspaceInfo>;
  /** The next load of the page opens this one. */
  openWorkspace: (id: string) => Promise<void>;
  /** Deletes all pipelines, data, runs, models and stored results of the open workspace for good; load the page again afterwards. */
  deleteEverything: () => Promise<void>;
  /** "What left this machine": the addresses that were read, newest last. */
  netLog: () => Promise<NetRecord[]>;
  /** Makes this tab the one that writes; resolves when it does. */
  takeOver: () => Promise<void>;
  /** Of this site, all workspaces together; a quota of 0 means that the browser does not say (plain http). */
  storage: () => Promise<StorageState>;
}
export type RegistryItem =
  | { type: 'pipeline'; id: string }
  | { type: 'run'; id: string }
  | { type: 'dataset'; name: string; version: number }
  | { type: 'model'; name: string; version: number };
export interface SampleInfo {
  name: string;
  title: string;
  summary: string;
  rows: number;
  columns: number;
  task: string;
  target?: string;
  licence: string;
  source: string;
}
export interface Backend extends EngineApi {
  subscribe: (listener: (event: RunEvent) => void) => () => void;
  /** Fires when registry contents changed (here or in another tab), with the names of the stores. */
  subscribeRegistry: (listener: (stores: readonly string[]) => void) => () => void;
  /** Whether this tab may write. What the listener does is waited for before another tab writes. */
  subscribeWriter: (listener: (state: WriterState) => void | Promise<void>) => () => void;
  /** Asks the browser to keep this site's data when space runs out; to be called on a click. */
  keepData: () => Promise<boolean>;
  /** Files on disk that are read again; absent where the browser cannot. */
  files?: FileAccess;
  /** Whether the whole app is cached for use without a network. */
  subscribeOffline: (listener: (state: OfflineState) => void) => () => void;
}
export interface StorageState {
  used: number;
  quota: number;
  /** The browser promised to keep it. */
  persisted: boolean;
}
export type OfflineState = 'unavailable' | 'caching' | 'ready';
/** `reader`: another tab writes; `taken`: another tab took over from this one; `unguarded`: the browser has no locks. */
export type WriterState = 'writer' | 'reader' | 'taken' | 'unguarded';
export interface WorkspaceInfo {
  id: string;
  name: string;
  open: boolean;
}
