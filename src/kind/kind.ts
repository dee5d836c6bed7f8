/** What a node kind is: one pure-data record (plus pure schema functions) from which everything else is derived. */
import type { Json } from '../base/json.ts';
import type { Problem } from '../base/problem.ts';
import type { Words } from '../base/words.ts';
import type { Params, ParamValues } from './params.ts';
import type { Port } from './ports.ts';
import type { TableSchema } from './schema.ts';

export type Group =
  | 'data'
  | 'look'
  | 'prepare'
  | 'features'
  | 'unsupervised'
  | 'series'
  | 'learners'
  | 'automl'
  | 'evaluate'
  | 'deliver'
  | 'script';

/** How a table step treats rows (contracts §1). */
export type RowEffect = 'keep' | 'subset' | 'repeat' | 'new';

/** What the check knows of each input: the schema, and for learner/model ports what they are. `undefined` = not known yet. */
export type PortSchema =
  | { type: 'table'; schema: TableSchema; afterSplit?: boolean }
  /** `task` is missing where only the values can tell (whole numbers may be classes). */
  | { type: 'model'; inputs: TableSchema; task?: Task; target?: string; classes?: readonly string[]; exportable: true | Problem }
  | { type: 'learner'; kind: string; tasks: readonly Task[]; params?: ParamValues }
  | { type: 'transform' | 'results' | 'artefact' | 'columns' | 'value' };
export type Task = 'classify' | 'regress' | 'cluster' | 'anomaly' | 'transform' | 'forecast' | 'foreign';

export interface SchemaContext {
  params: ParamValues;
  /** By port id; a list for `many` ports, in wire order. Missing = not wired or not known. */
  inputs: Record<string, PortSchema | undefined>;
  lists: Record<string, readonly PortSchema[]>;
  /** Input ports that have a wire, whether or not what comes over it is known. */
  wired?: string[];
  /** Facts that only a run or the registry can know (a file's columns, a dataset's schema), by `NodeCode.probe` or `learned`. */
  known?: Json;
}

export interface Kind {
  /** `prepare.fill-missing`; never reused, never renamed (a rename is a migration). */
  id: string;
  version: number;
  title: string;
  group: Group;
  /** Icon name in `ui/kit/icons`. */
  icon: string;
  /** Other words people use, and the names that other tools give it ("Clean Missing Data", "Impute", "fillna"). */
  synonyms: readonly string[];
  /** One line, a verb first: "Fill empty cells with the mean, a constant or the value before." */
  summary: string;
  inputs: readonly Port[];
  outputs: readonly Port[];
  params: Params;
  /** Output schemas by port id, from input schemas and parameters; pure and fast. Missing = not known before a run. */
  schema: (context: SchemaContext) => Record<string, PortSchema | undefined>;
  /** What stands for settings that are left open, by setting, as far as schemas tell; pure and fast. */
  guesses?: (context: SchemaContext) => Record<string, Words>;
  /** Problems beyond what param records can say; every problem at once. */
  check?: (context: SchemaContext) => Problem[];
  /** `true`, or why a model that passes through this step cannot be one ONNX graph. Absent = not on the scoring path. */
  exportable?: (context: SchemaContext) => true | Problem;
  /** Second line of the node face: key settings in a few words ("30 % test, stratified"). Default: none. */
  brief?: (params: ParamValues) => Words;
  tags?: {
    random?: boolean;
    slow?: boolean;
    /** Runs in the engine worker on references only (rename, select). */
    instant?: boolean;
    /** Never keyed; runs every time. */
    uncacheable?: boolean;
    /** Has effects outside values (register, save, export): never live, never by "run to here" of another node. */
    effect?: boolean;
    /** Can stop early and keep its best. */
    stoppable?: boolean;
    /** What a person may tell it while it runs (`RunContext.onAsk`). */
    asks?: readonly string[];
    /** Needs the page's sandbox (user code). */
    sandbox?: boolean;
    gpu?: boolean;
    /** First card of a results view for this kind: names a view in `ui/results`. */
    view?: string;
  };
  /**
   * What the step keeps of its work for a later run of the same kind on the same inputs, seed and parameters but for `params`, which say
   * only what is made of it: its code finds it in `inputs` under `id`, or does the work and gives it as an output of that name. No port.
   */
  keeps?: { id: string; params: readonly string[] };
  rows?: RowEffect;
  learns?: boolean;
  order?: 'free' | 'looks-back' | 'whole';
  target?: 'never' | 'writes' | 'reads';
  /** Where the four flags above depend on parameters (fill with the mean learns, with a constant does not). */
  effects?: (params: ParamValues) => Partial<StepEffects>;
  /** Parameter migrations: `migrations[n]` turns version n's params into version n + 1's. */
  migrations?: Record<number, (params: ParamValues) => ParamValues>;
}

export interface StepEffects {
  rows: RowEffect;
  learns: boolean;
  order: 'free' | 'looks-back' | 'whole';
  target: 'never' | 'writes' | 'reads';
}
/** What a kind does to rows and learns with these parameters (defaults filled in). A kind that says nothing is a barrier. */
export const effectsOf = (kind: Kind, params: ParamValues): StepEffects => ({
  rows: kind.rows ?? 'new',
  learns: kind.learns ?? false,
  order: kind.order ?? 'free',
  target: kind.target ?? 'never',
  ...kind.effects?.(params),
});

/** Ties a kind to its code without a circular type: `entry(kind, () => import('./run.ts'))`. */
export interface Entry<Code> {
  kind: Kind;
  load: () => Promise<Code>;
}
export const entry = <Code>(kind: Kind, load: () => Promise<Code>): Entry<Code> => ({ kind, load });
