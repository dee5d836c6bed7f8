/** A fitted model: recipe + featuriser + learner as one plain-data value that predicts from raw rows (contracts §2). */
import type { Problem } from '../base/problem.ts';
import type { Progress } from '../base/progress.ts';
import type { Random } from '../base/random.ts';
import { kindName, type Phrase, type Words } from '../base/words.ts';
import type { Task } from '../kind/kind.ts';
import type { ParamValues } from '../kind/params.ts';
import type { ColumnSchema, ColumnType } from '../kind/schema.ts';
import type { Graph, Value } from '../onnx/build.ts';
import type { Column } from '../table/column.ts';
import type { Table } from '../table/table.ts';
import type { Calibration } from './calibration.ts';
import type { Recipe } from './frame.ts';
import type { Stack } from './stack.ts';
import type { StepLookup } from './step.ts';

export interface ModelOutput {
  name: string;
  type: ColumnType;
  role: 'label' | 'probability' | 'value' | 'quantile' | 'cluster' | 'score' | 'component';
  /** Class of a probability, level of a quantile. */
  of?: string;
}

/** Of one raw input over all rows learned from. */
export interface SeenInput {
  /** Numbers and dates: smallest and largest. */
  range?: [number, number];
  /** Share of rows without a value. */
  missing: number;
}
export interface Model {
  readonly shape: 'row';
  readonly task: Task;
  /** Raw input columns that scoring needs (target left out), in order; categories are those of the rows learned from. */
  readonly inputs: readonly ColumnSchema[];
  readonly outputs: readonly ModelOutput[];
  /** Class labels as text, in contract order; `classType` says how to read them back. */
  readonly classes?: readonly string[];
  readonly classType?: ColumnType;
  /** Positive class; the last unless set. */
  readonly positive?: string;
  readonly target?: string;
  /** The raw column that the target comes from, when there is one: its values are the original units. */
  readonly rawTarget?: string;
  /** What people call it: the learner's title. */
  readonly title?: string;
  /** Features path from raw columns; all learning steps fitted. Empty for a foreign ONNX. */
  readonly recipe: Recipe;
  /** Fitted target steps whose inverses end the model, in order of application (rule 8). */
  readonly targets: readonly { kind: string; version: number; params: ParamValues; fitted: unknown; column: string }[];
  readonly learner: { readonly kind: string; readonly version: number; readonly params: ParamValues };
  readonly featuriser: Featuriser;
  readonly fitted: unknown;
  /** Rows learned from, rows left out and why, notes for the card ("trained without …"). */
  readonly about: {
    rowCount: number;
    notes: readonly Words[];
    importances?: readonly { name: string; value: number }[];
    curve?: readonly { x: number; series: Record<string, number> }[];
    backend?: 'cpu' | 'gpu';
  };
  /** Ids learned from, so that scoring the same rows is labelled "training score". */
  readonly learned: { source: string; ids: Int32Array };
  /** By input name; a foreign model knows nothing of its training. */
  readonly seen?: Readonly<Record<string, SeenInput>>;
  /** At most 256 raw input rows, for a certificate when no held-out table is wired. */
  readonly sample?: Table;
  /** A mean of models in place of a learner of its own; weights add up to 1. Its members have the same target and need no more inputs. */
  readonly members?: readonly { readonly model: Model; readonly weight: number }[];
  /** Its members' answers count, not how sure they are: class shares are shares of the vote. */
  readonly vote?: true;
  /** Its members' answers are put together by these weights and shift, in place of the mean. */
  readonly stack?: Stack;
  /** Of class shares, after all else. */
  readonly calibration?: Calibration;
  /** A foreign model's file, column map and class list. */
  readonly foreign?: { bytes: Uint8Array; columns: Record<string, string>; label?: string; scores?: string };
}

/** How the last table before the learner becomes its matrix (rule 9). Plain fitted data; see `featurise.ts`. */
export interface Featuriser {
  readonly numbers: 'native' | 'impute' | 'impute-scale';
  readonly columns: readonly {
    readonly name: string;
    readonly type: ColumnType;
    /** Numbers: fill value, then (x - offset) / scale. */
    readonly fill?: number;
    readonly offset?: number;
    readonly scale?: number;
    /** Categories and text: one column per level; unseen and missing = all zero. */
    readonly levels?: readonly string[];
    /** One column in all, with the place among the levels; unseen and missing = NaN. */
    readonly coded?: true;
  }[];
  /** One name per matrix column (`sex=male`, or `sex` where it is coded). */
  readonly features: readonly string[];
}
/** Row-major matrix; float32 for tree learners, float64 elsewhere. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly values: Float32Array | Float64Array;
}

export interface Training {
  X: Matrix;
  /** Class codes (contract order) or target values. */
  y: Float64Array;
  /** Number of classes, 0 for regression. */
  classCount: number;
  featureNames: readonly string[];
  /** Per matrix column: what it comes from, and how many categories its codes stand for (0 = a number). All numbers when absent. */
  types?: readonly ColumnType[];
  categories?: readonly number[];
  weight?: Float64Array;
  groups?: Int32Array;
  /** Rows, the last ones, that are not learned from but say when to stop; only for code that says `judgesAside`. */
  aside?: Int32Array;
  /** Of each of these which half it is in, 0 or 1; see `LearnerCode.stoppedByHalves`. */
  asideHalf?: Uint8Array;
}
export interface FitRun {
  random: (purpose: string, seed?: number) => Random;
  progress: (report: Progress) => void;
  stopRequested: () => boolean;
  /** Milliseconds from any fixed point, to know when to ask whether to stop; never for a result. */
  now?: () => number;
  backend: 'cpu' | 'gpu';
  /** How many of the fit's parts may run at once, and a way to have one done by another worker; see `LearnerCode.parts`. */
  width?: number;
  spread?: (part: string, args: unknown) => Promise<unknown>;
}
/** One row per input row: class probabilities row-major [n, classCount], or values [n]. */
export interface Prediction {
  values?: Float64Array;
  probabilities?: Float64Array;
}

/** What a whole model says of raw rows, one entry per row. */
export interface Predicted {
  /** Class codes in `classes` order, or values in original units. */
  codes: Float64Array;
  /** Row-major [n, classes]. */
  probabilities?: Float64Array;
  /** The codes as a column of the target's type. */
  labels: Column;
}

/** SHAP values: with a row's values `expected` adds up to the row's score. */
export interface Contributions {
  /** Row-major [rows, outputs, cols]: what each feature adds to the score. One output for numbers, and for two classes where one score tells both (that of the second). */
  values: Float64Array;
  /** The score where nothing is known, per output. */
  expected: Float64Array;
  /** What scores are: log-odds or shares of a class, the logarithm of the value, or the value. */
  unit: 'log-odds' | 'share' | 'log' | 'amount';
}

/** A learner's behaviour. `fitted` is plain data of its own. */
export interface LearnerCode {
  /** What it can learn; both when absent. A numeric target is a class list for a learner that only classifies. */
  tasks?: readonly ('classify' | 'regress')[];
  featuriser: { numbers: Featuriser['numbers']; categories?: 'one-hot' | 'codes'; precision: 'float32' | 'float64' };
  /** Whether `fit` can be given the rows that say when to stop (`Training.aside`). */
  judgesAside?: boolean;
  /**
   * The fitted state as it is kept; and, where it knows, what it would be had only the first or only the second half of the rows of `aside` said when to stop:
   * what the one half chose can be judged fairly on the other.
   */
  stoppedByHalves?: (fitted: unknown) => { fitted: unknown; halves: readonly unknown[] | undefined };
  fit: (data: Training, params: ParamValues, run: FitRun) => Promise<unknown>;
  /** Goes on from a fitted model, with the parameters' rounds more; on rows of the same columns, which may be new ones. */
  resume?: (fitted: unknown, data: Training, params: ParamValues, run: FitRun) => Promise<unknown>;
  /** Work of `fit` that other workers may do, by name (`FitRun.spread`): plain data in and out; the result never depends on the width. */
  parts?: Record<string, (args: unknown, run: FitRun) => Promise<unknown>>;
  predict: (fitted: unknown, X: Matrix, classCount: number) => Prediction;
  /** From the matrix value [batch, d] to float [batch, classCount] probabilities or float [batch, 1] values. */
  lower: (graph: Graph, X: Value, fitted: unknown, classCount: number) => Value | Problem;
  importances?: (fitted: unknown, featureNames: readonly string[]) => { name: string; value: number }[];
  /** `means` of the matrix's columns over the rows explained: what a linear score is held against; trees know of their own. */
  contributions?: (fitted: unknown, X: Matrix, classCount: number, means: Float64Array) => Contributions;
  curve?: (fitted: unknown) => { x: number; series: Record<string, number> }[] | undefined;
  /** What the model card should say of the fitted state. */
  notes?: (fitted: unknown) => Words[];
  /** What a viewer can draw: coefficients or trees. */
  inspect?: (fitted: unknown, featureNames: readonly string[]) => Inspection | undefined;
}
export type Inspection =
  | { type: 'coefficients'; classes: readonly string[]; rows: { name: string; values: number[] }[]; intercepts: number[] }
  | { type: 'tree'; nodes: TreeNode[] };
export interface TreeNode {
  feature?: string;
  threshold?: number;
  missingLeft?: boolean;
  left?: number;
  right?: number;
  rows: number;
  /** Class shares or mean. */
  value: number[];
}

/** What a learner is called, and a model after its learner; a foreign model goes by the name of its file. */
export const learnerName = ({ kind, title }: Pick<LearnerSpec, 'kind' | 'title'>): Phrase => kindName({ id: kind, title });
export const modelName = ({ title, learner, foreign }: Pick<Model, 'title' | 'learner' | 'foreign'>): Words =>
  foreign && title ? title : learnerName({ kind: learner.kind, title: title ?? learner.kind });

export type LearnerLookup = (kind: string, version: number) => Promise<LearnerCode>;

/** An unfitted learner on an `L` wire. */
export interface LearnerSpec {
  readonly kind: string;
  readonly version: number;
  readonly params: ParamValues;
  readonly title: string;
}
/** How the recipe finds behaviour; `nodes/lookup.ts` makes it from the registries. */
export interface Lookups {
  readonly step: StepLookup;
  readonly learner: LearnerLookup;
}
