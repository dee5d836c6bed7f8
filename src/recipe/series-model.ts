/** A fitted model of time series: per series the end of its history, fitted methods and intervals; plain data like `Model` (contracts §2). */
import { type Problem, ProblemError, problem } from '../base/problem.ts';
import { phrase, type Words } from '../base/words.ts';
import type { PortSchema } from '../kind/kind.ts';
import type { ParamValues } from '../kind/params.ts';
import type { ColumnSchema } from '../kind/schema.ts';
import type { Grid } from '../table/series/grid.ts';
import type { Model, ModelOutput, SeenInput } from './model.ts';

/** A method's say in the forecasts of one series. */
export interface SeriesMember {
  readonly method: string;
  readonly weight: number;
  /** The fit in a few words: "ETS(A,Ad,M)". */
  readonly form: string;
  /** What the method knows; absent for one that is fitted to all series at once. */
  readonly fitted?: unknown;
}
/** Values of columns known in advance, by column: from the step `first` on, as far as they are known; NaN where they are not. */
export interface KnownSpan {
  readonly first: number;
  readonly values: readonly Float64Array[];
}
/** What was forecast when only so many values of the history were known: mean and standard error per step, NaN where it has none. */
export interface RolledAhead {
  readonly origin: number;
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}
export interface FittedSeries {
  /** Its ids as texts, in the order of `SeriesModel.ids`. */
  readonly key: readonly string[];
  /** The step of its last value. */
  readonly last: number;
  /** The end of its history, oldest first, without gaps. */
  readonly history: Float64Array;
  readonly members: readonly SeriesMember[];
  /** What lies between the forecast and the bounds of its intervals: row-major [levels, horizon]. */
  readonly widths: Float64Array;
  /** At the rolling origins where it was judged: what others are weighed against it by. Absent in models made before these were kept. */
  readonly rolled?: readonly RolledAhead[];
  /** Of `SeriesModel.known`, in its order. */
  readonly known?: KnownSpan;
}
export interface SeriesModel {
  readonly shape: 'series';
  readonly task: 'forecast';
  /** The columns that tell series apart, then those whose future must be given. */
  readonly inputs: readonly ColumnSchema[];
  readonly outputs: readonly ModelOutput[];
  readonly target: string;
  readonly title?: string;
  readonly learner: { readonly kind: string; readonly version: number; readonly params: ParamValues };
  readonly time: string;
  readonly ids: readonly string[];
  /** Columns known in advance, used by methods that are fitted to all series at once. */
  readonly known: readonly string[];
  readonly grid: Grid;
  readonly periods: readonly number[];
  readonly horizon: number;
  /** Coverage that each interval is made for, 0 to 1, narrow to wide. */
  readonly levels: readonly number[];
  readonly series: readonly FittedSeries[];
  /** Methods fitted to all series at once, by id. */
  readonly shared?: Readonly<Record<string, unknown>>;
  readonly about: {
    rowCount: number;
    notes: readonly Words[];
    importances?: readonly { name: string; value: number }[];
    curve?: readonly { x: number; series: Record<string, number> }[];
    backend?: 'cpu' | 'gpu';
    /** Measured at rolling origins while it was made. */
    metrics: Record<string, number>;
  };
  readonly learned: { readonly source: string; readonly ids: Int32Array };
  readonly seen?: Readonly<Record<string, SeenInput>>;
}

/** What travels on a model wire and lies in the registry. */
export type AnyModel = Model | SeriesModel;

/** The model, for work that is done row by row; a plain Problem for a model of series. */
export function rowModel(model: AnyModel): Model {
  if (model.shape === 'row') return model;
  throw new ProblemError(NOT_ROWS);
}
/** The model, for work on series; a plain Problem for one that predicts row by row. */
export function seriesModel(model: AnyModel): SeriesModel {
  if (model.shape === 'series') return model;
  throw new ProblemError(NOT_SERIES);
}

const NOT_ROWS = {
  code: 'model.of-series',
  at: { port: 'model' },
  message: 'This model forecasts time series; it has no answer for single rows.',
  hint: phrase('model.use-forecast', 'Use Forecast, which goes on from where the series end.'),
};
export const NOT_SERIES = {
  code: 'model.of-rows',
  at: { port: 'model' },
  message: 'This model predicts row by row; it cannot go on with a time series.',
  hint: phrase('model.use-score', 'Use Score, or train a Forecast model.'),
};

/** What can be said before a run where a model of series is wired to work on rows. */
export const checkRows = (model: PortSchema | undefined): Problem[] =>
  model?.type === 'model' && model.task === 'forecast' ? [problem(NOT_ROWS)] : [];
