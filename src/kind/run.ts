/** What a node's code gets and gives when it runs. Values are plain data; services reach the outside. */
import type { Json } from '../base/json.ts';
import type { Problem } from '../base/problem.ts';
import type { Progress } from '../base/progress.ts';
import type { Random } from '../base/random.ts';
import type { Words } from '../base/words.ts';
import type { PortSchema } from './kind.ts';
import type { FileRef, ParamValues } from './params.ts';
import type { TableSchema } from './schema.ts';

/** What a person tells a step that runs: one of its kind's `asks`, with plain arguments; `stop` comes beside `stopRequested`. */
export interface Ask {
  name: string;
  args?: Json;
}
export interface RunContext {
  params: ParamValues;
  /** Payloads by input port id; arrays for `many` ports; absent when not wired. */
  inputs: Record<string, unknown>;
  lists: Record<string, unknown[]>;
  progress: (report: Progress) => void;
  /** Adds a line to the step's log, and to its notes when `problem` is given (warnings beside a success). */
  log: (line: Words, problem?: Problem) => void;
  /** A stream from hash(pipeline seed, this step's own `seed` param, purpose); `seed` stands in for a wired learner's own. */
  random: (purpose: string, seed?: number) => Random;
  /** Asked between slices by stoppable kinds: true = finish with the best so far. */
  stopRequested: () => boolean;
  /** The handler hears each ask, also those from before it listened; only between the step's turns: code that blocks its thread hears late. */
  onAsk: (handler: (ask: Ask) => void) => void;
  /** Milliseconds from any fixed point: for budgets and for what a person is told, never for a result of its own. */
  now: () => number;
  /** The backend that the plan chose, recorded in the run. */
  backend: 'cpu' | 'gpu';
  services: Services;
  /** How many of this step's parts may run at once; the result never depends on it. */
  width: number;
  /**
   * Has another worker do one of this step's `parts`, with this step's parameters, inputs and random streams, and answers with what it
   * gives (plain data, like `args`). Arrays in `args` cross once per worker. Rejects with the part's own Problem, a crash or `within` of
   * it too; other parts go on. A part's own parts run where it runs. When `ended` resolves, a part that still runs elsewhere is ended at
   * once and rejects with `pool.cancelled`.
   */
  spread: (part: string, args: unknown, ended?: Promise<unknown>) => Promise<unknown>;
  /** Does `work`, which may block this thread; past `ms` the engine ends the worker and the step fails with `late`. */
  within: <T>(ms: number, late: Problem, work: () => Promise<T>) => Promise<T>;
}
export type Outputs = Record<string, unknown>;
export interface NodeCode {
  run: (context: RunContext) => Promise<Outputs>;
  /** Work that `run` hands to other workers by name (`RunContext.spread`). */
  parts?: Record<string, (context: RunContext, args: unknown) => Promise<unknown>>;
  /** Source kinds: what `schema()` needs to know and only a look at the file or registry can tell (fast: head only). */
  probe?: (params: ParamValues, services: Services) => Promise<Json>;
  /** Kinds that run user code (tag `sandbox`): what `schema()` is told from now on, as only a run can tell it. Small. */
  learned?: (outputs: Outputs) => Json;
}

/** The outside world as a node may see it; implemented by the host, reached by message from compute workers. */
export interface Services {
  /** Bytes of a file the document refers to; re-read and digest-checked when it is a reference. */
  readFile: (ref: FileRef) => Promise<Uint8Array>;
  readSample: (name: string) => Promise<Uint8Array>;
  /** A registered dataset's `Table`; `latest` is the newest version that is not deleted. */
  readDataset: (name: string, version: VersionRef) => Promise<unknown>;
  /** Which version that is, and its columns, without reading the rows. */
  describeDataset: (name: string, version: VersionRef) => Promise<{ version: number; digest: string; schema: TableSchema }>;
  /** Stores a `Table` as the next version, or answers with the version that already has this content. */
  saveDataset: (
    name: string,
    table: unknown,
    about: { description: string; tags: Record<string, string> },
  ) => Promise<{ name: string; version: number; existing: boolean }>;
  /** A registered `Model`, by number, `latest` or alias. */
  readModel: (name: string, version: VersionRef) => Promise<unknown>;
  describeModel: (name: string, version: VersionRef) => Promise<{ version: number; digest: string; head: ModelHead }>;
  saveModel: (
    name: string,
    model: unknown,
    about: ModelAbout,
  ) => Promise<{ name: string; version: number; digest: string; existing: boolean }>;
  /** Hands bytes to the user: a download in the browser, a file beside the pipeline in the CLI. */
  saveFile: (name: string, bytes: Uint8Array, mime: string) => Promise<void>;
  /** User code in the sandbox; tables go in and out as columns. Refused where there is no sandbox. */
  runScript: (source: string, tables: unknown[], params: Json, deadlineMs: number) => Promise<unknown>;
}
/** A version number, `latest`, or (models) an alias such as `champion`. */
export type VersionRef = number | string;
/** What the check needs to know of a stored model (see `PortSchema`). */
export type ModelHead = Omit<Extract<PortSchema, { type: 'model' }>, 'type'>;
export interface ModelAbout {
  description: string;
  tags: Record<string, string>;
  metrics: Record<string, number>;
  /** Bytes of the ONNX file and its certificate, when the model can be exported. */
  onnx?: Uint8Array;
  certificate?: unknown;
  /** Why there is no ONNX file. */
  noOnnx?: Problem;
}
