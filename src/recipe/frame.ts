/** A table that carries its recipe (contracts §1): identity of each row, and the immutable DAG of steps that made it. */
import type { Digest } from '../base/hash.ts';
import { kindName, type Phrase, type Words } from '../base/words.ts';
import type { RowEffect, Task } from '../kind/kind.ts';
import type { ParamValues } from '../kind/params.ts';
import type { ColumnType, Role, TableSchema } from '../kind/schema.ts';
import { schemaOf, type Table, tableDigest } from '../table/table.ts';

/** Identity of each row: an index into the raw source table; `null` = 0 … n-1. A repeated row keeps its id. */
export interface Rows {
  readonly source: Digest;
  readonly ids: Int32Array | null;
}

/** A leaf: a table as it came in, or what a barrier made (`origin` remembers how, so that a side can be refitted, rule 3). */
export interface Raw {
  readonly type: 'raw';
  readonly schema: TableSchema;
  readonly digest: Digest;
  readonly origin?: {
    readonly kind: string;
    readonly version: number;
    readonly params: ParamValues;
    readonly inputs: readonly Recipe[];
    /** Which output of the step this is, when not its first. */
    readonly output?: string;
    readonly title?: string;
    /** It made several rows of one. */
    readonly repeats?: true;
  };
}

/** One output column of a `keep` step and what it is made from: provenance as it was when the step ran. */
export interface StepColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly role: Role;
  /** Columns of the main input. */
  readonly from: readonly string[];
  /** The very data of the one column in `from` (perhaps under another name) on the rows that the step ran on. */
  readonly kept?: boolean;
  /** Nobody said what it comes from, so `from` is every column. */
  readonly assumed?: boolean;
}

/** One applied step. `main` and `sides` are indices of earlier entries. `fitted` is plain data (typed arrays allowed). */
export interface Step {
  readonly type: 'step';
  readonly kind: string;
  readonly version: number;
  readonly params: ParamValues;
  readonly main: number;
  readonly sides: readonly number[];
  readonly rows: Exclude<RowEffect, 'new'>;
  readonly learns: boolean;
  readonly target?: 'never' | 'writes' | 'reads';
  readonly fitted?: unknown;
  /** Side tables as they were when the step was fitted: scoring has no sides, so they travel with the recipe (rule 2). */
  readonly frozen?: readonly Table[];
  /** What the step is called for people. */
  readonly title?: string;
  /** Names the step's random streams, so that a refit elsewhere draws what the step's own run drew. */
  readonly seed?: string;
  /** `keep` steps: the output columns with their provenance. */
  readonly columns?: readonly StepColumn[];
  /** In a model: a step of the target's own path (rule 8); columns are passed on, what it computes is left missing. */
  readonly skipped?: boolean;
  /** A subset step's second output: the rows that its first one leaves out. */
  readonly complement?: boolean;
  /** A subset that was drawn once and stays whatever is refitted (Split): sorted distinct row ids. */
  readonly picked?: Int32Array;
  /** Rows that a subset step dropped, for the model card ("trained without the 177 rows where age is missing"). */
  readonly dropped?: number;
}

/** Entries in topological order; the last one is the output. */
export interface Recipe {
  readonly entries: readonly (Raw | Step)[];
}

export interface Frame {
  readonly table: Table;
  readonly rows: Rows;
  readonly recipe: Recipe;
  /** The raw tables by digest, so that `refit` can evaluate from the leaves. Columns are shared, not copied. */
  readonly sources: Readonly<Record<Digest, Table>>;
  /** Ids that the recipe's learning steps were fitted on, when not all rows (after a split). */
  readonly fittedOn?: Int32Array;
  /** Models that scored these rows; row-wise facts are by raw row of this frame's source. */
  readonly scored?: readonly ScoredBy[];
}

/** What Score knows of one model's prediction columns and Evaluate needs. */
export interface ScoredBy {
  /** As in the columns' `model`. */
  readonly model: string;
  readonly title: Words;
  readonly task: Task;
  readonly target: string;
  readonly classes?: readonly string[];
  readonly positive?: string;
  readonly importances?: readonly { name: string; value: number }[];
  /** Class codes, or values in original units; NaN unknown. Absent when the table has no truth. */
  readonly truth?: Float64Array;
  /** 1 where the model learned from the row ("training score"). */
  readonly learned: Uint8Array;
  /** Row ids before scoring, and the table they point into. */
  readonly ids: Int32Array;
  readonly source: Digest;
}

/** What a step or barrier is called for people: its kind. */
export const stepName = ({ kind, title }: { kind: string; title?: string }): Phrase => kindName({ id: kind, title: title ?? kind });

/** A frame whose recipe is one raw leaf. */
export function rawFrame(table: Table, origin?: Raw['origin']): Frame {
  const digest = tableDigest(table);
  return {
    table,
    rows: { source: digest, ids: null },
    recipe: { entries: [{ type: 'raw', schema: schemaOf(table), digest, ...(origin ? { origin } : {}) }] },
    sources: { [digest]: table },
  };
}
