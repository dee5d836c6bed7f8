/** What Evaluate and Cross-validate give: row-level predictions and metrics per model; the dock draws everything from it. */
import type { Problem } from '../base/problem.ts';
import type { Words } from '../base/words.ts';
import type { Task } from '../kind/kind.ts';
import type { ParamValues } from '../kind/params.ts';
import type { Grid } from '../table/series/grid.ts';
import type { Calibration } from './calibration.ts';
import type { Guard } from './guard.ts';
import type { Stack } from './stack.ts';

export interface ModelResult {
  /** Name shown ("Gradient boosting"). */
  name: Words;
  /** Ids of the rows judged, and for cross-validation the fold of each. */
  ids: Int32Array;
  fold?: Int32Array;
  /** Class codes in `classes` order, or values in original units. */
  truth: Float64Array;
  predicted: Float64Array;
  /** Row-major [n, classes]. */
  probabilities?: Float64Array;
  /** All metrics of the task by name (`auc`, `log_loss`, `accuracy`, `rmse` …); pooled, or mean over folds with `sd`. */
  metrics: Record<string, number>;
  sd?: Record<string, number>;
  foldMetrics?: Record<string, number>[];
  importances?: readonly { name: string; value: number }[];
  /** How much worse the task's metric gets when a column is shuffled; largest first. */
  shuffled?: readonly { name: string; value: number }[];
  /** "training score", "12 rows left out: target missing" … */
  notes: Words[];
}
/** One trial of an AutoML race, as it went. Times are seconds from the start of the race. */
export interface RaceRow {
  /** Its number in the order of trials, from 0. */
  id: number;
  name: Words;
  /** The learner and its settings: what it takes to train it again. */
  kind: string;
  params: ParamValues;
  /** Steps before this learner, behind those of the whole race. */
  steps?: readonly { kind: string; params: ParamValues }[];
  /** `ended`: by hand. */
  state: 'complete' | 'dropped' | 'cut' | 'failed' | 'ended';
  /** Of the race's metric, the mean over the folds that ran. */
  value?: number;
  began: number;
  ended: number;
  folds: number;
  /** Its say in the model, 0 to 1. */
  weight: number;
  /** All metrics, the means over its folds. */
  metrics?: Record<string, number>;
  /** A fit of it was told to stop by the clock or the user: fitted again without such a limit it learns further. */
  cut?: boolean;
  /** Milliseconds that its models took for 1,000 rows, and the bytes that they hold. */
  answerMs?: number;
  bytes?: number;
  /** Its models are kept: it can be taken without training. */
  kept?: boolean;
  /** A person wanted it in the ensemble. */
  pinned?: boolean;
  problem?: Problem;
}
export interface Race {
  metric: string;
  /** What was looked at before. */
  guards?: readonly Guard[];
  /** What a person did to the race while it ran. */
  said?: readonly Words[];
  /** How rows were dealt into those learned from and those judged, and with which seed: what it takes to fit a trial again. */
  deal: { folds: number; share: number; time?: string };
  seed: number;
  /** Steps that the race put between its table and every trial. */
  steps: readonly { kind: string; params: ParamValues }[];
  /** Best first; those without a value last. */
  rows: readonly RaceRow[];
  /** Of what the node's model is put together, in the order of its sums; absent where it is not of trials. */
  made?: RaceMade;
  /** Why the model does not open as nodes, and what does instead. */
  closed?: Words;
}
export interface RaceMade {
  /** Trials by their numbers; with `params` learned anew from all rows, with these settings. */
  members: readonly { id: number; weight: number; params?: ParamValues }[];
  calibration?: Calibration;
  /** What puts the members' answers together in place of their weights; its own are in their order. */
  stack?: Stack;
  /** Forecasts that are weighed anew for each series: `errors`, all of the members by what they missed; `best`, the best alone. */
  by?: 'errors' | 'best';
}
/** What trials so far gave when weighed together, `at` seconds of the race: of its metric, the mean over folds, as trials are shown. */
export interface TogetherPoint {
  at: number;
  value: number;
}
/** A race under way, told whole each time: what there is to see so far. */
export interface LiveRace {
  type: 'race';
  metric: string;
  guards?: readonly Guard[];
  /** Those that ended, and those under way, in the order of their numbers. */
  rows: readonly LiveRow[];
  /** Of a trial that runs to its end. */
  folds: number;
  /** Seconds that counted so far, pauses left out, and all that there are; null = no limit. */
  spent: number;
  budget: number | null;
  /** Trials at most; null = no limit. */
  trials: number | null;
  phase: 'racing' | 'paused' | 'stopping' | 'finishing';
  /** Better and better; absent where trials are not weighed together while it runs. */
  together?: readonly TogetherPoint[];
  /** Trials may be pinned. */
  ensemble: boolean;
  workers: number;
}
export interface LiveRow extends Omit<RaceRow, 'params' | 'state' | 'problem' | 'metrics' | 'kept' | 'cut' | 'answerMs' | 'bytes'> {
  state: RaceRow['state'] | 'running';
}
/** One series for the fan chart; steps are those of the chart's grid. */
export interface FanSeries {
  name: string;
  /** Step of `history[0]`; missing values are NaN. */
  first: number;
  history: Float64Array;
  /** Step of `mean[0]`. */
  at: number;
  mean: Float64Array;
  /** Row-major [levels, steps]. */
  lower: Float64Array;
  upper: Float64Array;
}
export interface Fan {
  grid: Grid;
  levels: readonly number[];
  series: readonly FanSeries[];
  /** How many series there are when not all are here. */
  total: number;
  /** Per level, the share of values at rolling origins that fell within the interval; absent where nothing was judged. */
  coverage?: readonly number[];
}
/** Errors of forecasts at rolling origins, one entry per model of the results, in their order. */
export interface SeriesErrors {
  /** By step ahead. */
  steps: readonly (readonly Record<string, number>[])[];
  /** By series, the worst first: its name, and its metrics per model. */
  series: readonly { name: string; metrics: readonly Record<string, number>[] }[];
  total: number;
}
/** A series taken apart, and how much of it goes with its own past. */
export interface Decomposition {
  grid: Grid;
  series: readonly {
    name: string;
    first: number;
    observed: Float64Array;
    trend: Float64Array;
    season: Float64Array;
    rest: Float64Array;
    /** Correlations with the values 1, 2 … steps before; partial ones without what lies between. */
    acf: Float64Array;
    pacf: Float64Array;
    /** Correlations smaller than this may be chance. */
    bound: number;
    period: number;
  }[];
  total: number;
}
export interface Results {
  task: Task;
  target: string;
  classes?: readonly string[];
  positive?: string;
  /** The headline metric's name. */
  primary: string;
  models: ModelResult[];
  /** Where one of them is the node's model; else the best speaks for all. */
  chosen?: number;
  /** Of AutoML: every trial, shown as a race. */
  race?: Race;
  /** Of time series. */
  fan?: Fan;
  errors?: SeriesErrors;
  decomposition?: Decomposition;
}

/** A file on an `A` wire. */
export interface Artefact {
  name: string;
  mime: string;
  bytes: Uint8Array;
  /** What it is, for the dock: an ONNX file with its certificate, a saved table, a registry row. */
  about: Record<string, unknown>;
}
