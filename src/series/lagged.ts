/** One model of boosted trees for all series: each step ahead from what is known now, all steps at once or one after the other. */

import type { ParamValues } from '../kind/params.ts';
import { naiveScale } from '../metrics/forecasting.ts';
import type { FitRun, LearnerCode } from '../recipe/model.ts';
import type { Grid } from '../table/series/grid.ts';
import {
  baseAt,
  featureNames,
  type Known,
  knownAt,
  type LagLook,
  type LagShape,
  lagShape,
  warmUp,
  writeFeatures,
} from './lagged-features.ts';
import { historyOf } from './method-job.ts';
import type { PanelSeries } from './panel.ts';
import { DIRECT, RECURSIVE } from './shared-ids.ts';

/** Fits of all series at once: how many values are kept from it at the end of each, to be forecast. */
export interface SharedJob {
  method: string;
  cut: number;
  periods: readonly number[];
  horizon: number;
  /** Whether the fit is wanted as well, to forecast from newer rows. */
  keep: boolean;
  look?: LagLook;
  /** Of each history only so many of the last values are learned from. */
  window?: number | null;
  /** Milliseconds until it is to stop, and until it is ended. */
  ms?: number;
  mostMs?: number;
}
export interface SharedDone {
  /** By place in the panel; undefined where a history is too short. */
  means: readonly (Float64Array | undefined)[];
  shared?: SharedFit;
  importances: readonly { name: string; value: number }[];
  /** It was told to stop. */
  cut?: true;
}
export interface SharedFit {
  fitted: unknown;
  shape: LagShape;
}
export interface SharedLearner {
  code: LearnerCode;
  params: ParamValues;
  run: FitRun;
}

/** What a series keeps of a fit of all: its forecasts, and which series it was to the trees. */
export interface SharedMember {
  mean: Float64Array;
  code: number;
}

/** More rows than this do not make better trees, only slower ones. */
const MOST_ROWS = 120_000;
/** A series needs so many rows of its own to be learned from. */
const LEAST_ROWS = 8;
const STEPS_SEEN = 48;

export const knownOf = (
  one: Pick<PanelSeries, 'y' | 'first' | 'known'>,
  place: number,
  { cut, window }: Pick<SharedJob, 'cut' | 'window'>,
  period: number,
): Known => {
  const whole = historyOf(one);
  const end = Math.max(0, whole.length - cut);
  const begin = window ? Math.max(0, end - window) : 0;
  const y = whole.subarray(begin, end);
  const first = one.first + one.y.length - whole.length + begin;
  const known = one.known.length > 0 ? { known: { first: one.first, values: one.known } } : {};
  return { y, first, code: place, scale: naiveScale(y, period), ...known };
};

/** Targets are differences from the value a season before, over each series' naive error, so that large and small series learn together. */
export async function fitShared(
  series: readonly PanelSeries[],
  grid: Grid,
  job: SharedJob,
  { code, params, run }: SharedLearner,
): Promise<SharedDone> {
  const shape = lagShape(grid, job.periods, job.look);
  const known = series.map((one, place) => knownOf(one, place, job, shape.period));
  const names = featureNames(shape);
  const steps = job.method === RECURSIVE ? 1 : job.horizon;
  const origins = known.map(({ y }) => Math.max(0, y.length - steps - warmUp(shape) + 1));
  const asked = stepsLearned(steps);
  const stride = Math.max(1, Math.ceil((origins.reduce((sum, count) => sum + count, 0) * asked.length) / MOST_ROWS));
  const rows: { place: number; t: number; h: number }[] = [];
  known.forEach(({ y }, place) => {
    if (origins[place] < LEAST_ROWS) return;
    for (let t = y.length - 1 - steps; t >= warmUp(shape) - 1; t -= stride) for (const h of asked) rows.push({ place, t, h });
  });
  if (rows.length === 0) return { means: series.map(() => undefined), importances: [] };
  const X = new Float32Array(rows.length * names.length);
  const y = new Float64Array(rows.length);
  rows.forEach(({ place, t, h }, i) => {
    const own = known[place];
    writeFeatures(X, i * names.length, own, t, h, shape);
    y[i] = (own.y[t + h] - baseAt(own.y, t, h, shape.period)) / (own.scale > 0 ? own.scale : 1);
  });
  const fitted = await code.fit(
    { X: { rows: rows.length, cols: names.length, values: X }, y, classCount: 0, featureNames: names },
    params,
    run,
  );
  const means = known.map((own, place) =>
    origins[place] < LEAST_ROWS ? undefined : sharedMean(carriedOn(own, job.horizon), job.method, job.horizon, { fitted, shape }, code),
  );
  return { means, importances: code.importances?.(fitted, names) ?? [], ...(job.keep ? { shared: { fitted, shape } } : {}) };
}

/** Where the future of a known column is not in the table, its last value goes on: a forecast to look at, until the future is given. */
function carriedOn(known: Known, horizon: number): Known {
  const span = known.known;
  if (!span) return known;
  const last = known.first + known.y.length - 1;
  const values = span.values.map((_, k) => {
    const out = new Float64Array(last + horizon - span.first + 1);
    for (let i = 0; i < out.length; i++) out[i] = knownAt(span, k, span.first + i);
    for (let i = last - span.first + 1; i < out.length; i++) if (Number.isNaN(out[i])) out[i] = out[i - 1];
    return out;
  });
  return { ...known, known: { first: span.first, values } };
}

/** Of a long horizon not every step is learned: trees see the step as a number. */
function stepsLearned(steps: number): number[] {
  const by = Math.ceil(steps / STEPS_SEEN);
  const all = Array.from({ length: Math.ceil(steps / by) }, (_, i) => 1 + i * by);
  return all.at(-1) === steps ? all : [...all, steps];
}

/** Forecasts of one series from the end of what is known. */
export function sharedMean(known: Known, method: string, horizon: number, { fitted, shape }: SharedFit, code: LearnerCode): Float64Array {
  const cols = featureNames(shape).length;
  const size = known.scale > 0 ? known.scale : 1;
  const t = known.y.length - 1;
  if (method === DIRECT) {
    const X = new Float32Array(horizon * cols);
    for (let h = 1; h <= horizon; h++) writeFeatures(X, (h - 1) * cols, known, t, h, shape);
    const { values } = code.predict(fitted, { rows: horizon, cols, values: X }, 0);
    return values!.map((value, h) => baseAt(known.y, t, h + 1, shape.period) + size * value);
  }
  const y = new Float64Array(known.y.length + horizon);
  y.set(known.y);
  const X = new Float32Array(cols);
  for (let h = 1; h <= horizon; h++) {
    const so = { ...known, y: y.subarray(0, known.y.length + h - 1) };
    writeFeatures(X, 0, so, t + h - 1, 1, shape);
    const { values } = code.predict(fitted, { rows: 1, cols, values: X }, 0);
    y[t + h] = baseAt(so.y, t + h - 1, 1, shape.period) + size * values![0];
  }
  return y.slice(known.y.length);
}
