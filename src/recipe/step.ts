/** The behaviour of a table step, looked up by kind id: fit on learning rows, apply to all, lower to ONNX. */
import type { Problem } from '../base/problem.ts';
import type { Random } from '../base/random.ts';
import type { Words } from '../base/words.ts';
import type { RowEffect } from '../kind/kind.ts';
import type { ParamValues } from '../kind/params.ts';
import type { ColumnType } from '../kind/schema.ts';
import type { Graph, Value } from '../onnx/build.ts';
import type { Table } from '../table/table.ts';

export interface FitContext {
  sides: readonly Table[];
  random: (purpose: string) => Random;
}
/** A column inside the ONNX graph: double ['batch', 1] (NaN missing) or string ['batch', 1] ('' missing). */
export interface LoweredColumn {
  type: ColumnType;
  value: Value;
  /** Categories in code order, where the column is a category. */
  categories?: readonly string[];
}
/** Columns by name, in order; lowerers return a new map. */
export type LoweredTable = ReadonlyMap<string, LoweredColumn>;

export interface StepCode {
  /** Learning kinds: fitted state (plain data) from the learning rows only. */
  fit?: (table: Table, params: ParamValues, context: FitContext) => unknown | Promise<unknown>;
  /**
   * `keep` kinds: same row count, same order. `sides` are the side tables as frozen when the step was fitted; at scoring the
   * target and other columns that the model does not need are there, but all missing. Must stand zero rows.
   */
  apply?: (table: Table, params: ParamValues, fitted: unknown, sides: readonly Table[]) => Table | Promise<Table>;
  /**
   * Where rows that the step learned from must not get what it learned of themselves (the mean of the target): their answers, from the other
   * learning rows only. Same columns as `apply`, and only numbers may differ; rows of one id stay together. Scoring never asks for it.
   */
  applyLearning?: (table: Table, params: ParamValues, fitted: unknown, ids: Int32Array, sides: readonly Table[]) => Table | Promise<Table>;
  /** `subset`/`repeat` kinds: indices into the input rows, in output order. */
  select?: (table: Table, params: ParamValues, fitted: unknown, sides: readonly Table[]) => Int32Array;
  /** `new` kinds (barriers): the made table, so that a side can be evaluated again on learning rows (rule 3). */
  make?: (table: Table, params: ParamValues, sides: readonly Table[]) => Table;
  /**
   * Kinds whose row effect depends on the data (contracts §1 rule 2); asked instead of `kind.rows` on each run.
   * A join with unique right keys answers `keep` (left join: unfound = missing; the right table is frozen into the recipe
   * as `sides`) or `['keep', 'subset']` (inner join: `apply` adds the columns and joins the recipe, `select` on its result
   * drops unmatched rows and is not replayed at scoring); with repeated right keys it answers `new` and `make` runs.
   */
  effect?: (table: Table, params: ParamValues, sides: readonly Table[]) => RowEffect | readonly RowEffect[];
  /** `new` kinds: whether they make several rows of one row of the main table, which a split may then part. */
  repeats?: (table: Table, params: ParamValues, sides: readonly Table[]) => boolean;
  /** `new` kinds that only put rows together (concat): of untouched raw tables they give a plain raw table, no barrier. */
  unites?: boolean;
  /**
   * Further outputs by port id. A table becomes a frame of its own behind a barrier; anything else goes out as it is.
   * A `subset` kind's second table port needs no entry here: it gets the rows that `select` leaves out.
   */
  others?: Readonly<Record<string, (table: Table, params: ParamValues, fitted: unknown, sides: readonly Table[]) => unknown>>;
  /** Columns whose names only the fitted state knows (one per level), each with the input columns that it is made from. */
  provenance?: (fitted: unknown) => readonly { name: string; from: readonly string[] }[];
  /** Nobody can say what a column that changed comes from (user code), also when a run looked as if it came from itself. */
  opaque?: boolean;
  /** Writes the step into the graph. Absent or a Problem = a model through this step cannot be exported. */
  lower?: (graph: Graph, columns: LoweredTable, params: ParamValues, fitted: unknown) => LoweredTable | Problem;
  /** Target steps (rule 8): the inverse on predictions of `column` (original units), and its lowering. */
  inverse?: (values: Float64Array, params: ParamValues, fitted: unknown, column: string) => Float64Array;
  lowerInverse?: (graph: Graph, value: Value, params: ParamValues, fitted: unknown, column: string) => Value;
  /** Where only some settings have an inverse. */
  invertible?: (params: ParamValues) => boolean;
  /** One line for the canvas after a run ("263 filled"), from fitted state and tables. */
  headline?: (before: Table, after: Table, params: ParamValues, fitted: unknown) => Words | undefined;
}
/** Finds behaviour by kind id and version; async because code is loaded on demand. */
export type StepLookup = (kind: string, version: number) => Promise<StepCode>;
