/** Fits methods to every series of a panel, weighs them by their errors at rolling origins, and sizes the intervals. */
import type { Problem } from '../base/problem.ts';
import { naiveScale } from '../metrics/forecasting.ts';
import type { FittedSeries, SeriesMember } from '../recipe/series-model.ts';
import { correction, halfWidths, sizesOf } from './intervals.ts';
import { type Ahead, historyOf, type MethodDone, type MethodFit, type MethodJob, seenPeriods } from './method-job.ts';
import { suits } from './methods.ts';
import type { Panel, PanelSeries } from './panel.ts';
import { type Judged, scoresOf } from './scores.ts';
import { weigh } from './weigh.ts';

export interface FitAsk {
  /** Tried on every series; the ones that suit it when `choose`. */
  methods: readonly string[];
  choose: boolean;
  /** Only the best method of each series has a say. */
  single?: boolean;
  periods: readonly number[];
  horizon: number;
  /** Rolling origins per series, fewer where the history is too short. */
  origins: number;
  levels: readonly number[];
}
export interface FitWork {
  width: number;
  now: () => number;
  stopRequested: () => boolean;
  run: (job: MethodJob) => Promise<MethodDone>;
  told: (fraction: number, method: string) => void;
}
/** A method over all series that it was tried on. */
export interface Tried {
  method: string;
  series: number;
  failed: number;
  problem?: Problem;
  scores: Record<string, number>;
  judged: Judged[];
  /** Mean weight over all series. */
  weight: number;
  /** Milliseconds from the start. */
  began: number;
  ended: number;
}
export interface FittedPanel {
  series: FittedSeries[];
  tried: Tried[];
  /** The weighted methods together, judged at the same origins. */
  judged: Judged[];
  scores: Record<string, number>;
  /** Series that no method could model, with why. */
  lost: { key: readonly string[]; problem: Problem }[];
}

/** What every series can be forecast by, however short. */
const LAST_RESORT = 'naive';
const isFit = (done: MethodFit | { problem: Problem }): done is MethodFit => 'ahead' in done;

export async function fitPanel({ series }: Panel, ask: FitAsk, work: FitWork): Promise<FittedPanel> {
  const found: Map<string, MethodFit>[] = series.map(() => new Map());
  const tried: Tried[] = [];
  const failures: (Problem | undefined)[] = series.map(() => undefined);
  const begin = work.now();
  let done = 0;
  const rounds = ask.methods
    .map((method) => ({ method, places: placesFor(method, series, ask) }))
    .filter(({ places }) => places.length > 0);
  const jobs = rounds.flatMap(({ method, places }) => chunks(places, work.width).map((own) => ({ method, own })));
  const books = new Map<string, { failed: number; problem?: Problem; began: number; ended: number; series: number }>();
  const one = async (method: string, own: readonly number[]) => {
    const book = books.get(method) ?? { failed: 0, began: work.now() - begin, ended: 0, series: 0 };
    books.set(method, book);
    const { periods, horizon, origins } = ask;
    const fits = await work.run({ method, series: own, periods, horizon, origins });
    fits.forEach((fit, i) => {
      book.series++;
      if (isFit(fit)) found[own[i]].set(method, fit);
      else {
        book.failed++;
        book.problem ??= fit.problem;
        failures[own[i]] ??= fit.problem;
      }
    });
    book.ended = work.now() - begin;
    work.told(++done / (jobs.length + 1), method);
  };
  let next = 0;
  const lane = async () => {
    while (next < jobs.length && !(work.stopRequested() && found.every((fits) => fits.size > 0))) {
      const { method, own } = jobs[next++];
      await one(method, own);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, work.width) }, lane));
  const bare = Array.from(series.keys()).filter((place) => found[place].size === 0);
  if (bare.length > 0 && ask.choose) await one(LAST_RESORT, bare);

  const weights = new Map<string, number>();
  const byMethod = new Map<string, Judged[]>();
  const judged: Judged[] = [];
  const lost: FittedPanel['lost'] = [];
  const fitted = series.flatMap((one, place): FittedSeries[] => {
    const fits = found[place];
    if (fits.size === 0) {
      lost.push({ key: one.key, problem: failures[place]! });
      return [];
    }
    const made = weighed(one, place, fits, ask);
    for (const { method, weight } of made.series.members) weights.set(method, (weights.get(method) ?? 0) + weight);
    for (const [method, own] of made.byMethod) byMethod.set(method, [...(byMethod.get(method) ?? []), ...own]);
    judged.push(...made.judged);
    return [made.series];
  });
  for (const [method, book] of books) {
    const own = byMethod.get(method) ?? [];
    tried.push({
      method,
      ...book,
      judged: own,
      scores: scoresOf(own, ask.levels),
      weight: (weights.get(method) ?? 0) / Math.max(1, fitted.length),
    });
  }
  return { series: fitted, tried, judged, scores: scoresOf(judged, ask.levels), lost };
}

const placesFor = (method: string, series: readonly PanelSeries[], { choose, periods }: FitAsk): number[] =>
  Array.from(series.keys()).filter((place) => {
    if (!choose) return true;
    const y = historyOf(series[place]);
    return suits(method, y, seenPeriods(periods, y.length));
  });

/** A few jobs per worker, so that none waits long for the last. */
function chunks(places: readonly number[], width: number): number[][] {
  const size = Math.max(1, Math.ceil(places.length / (4 * Math.max(1, width))));
  const out: number[][] = [];
  for (let i = 0; i < places.length; i += size) out.push(places.slice(i, i + size));
  return out;
}

interface Weighed {
  series: FittedSeries;
  judged: Judged[];
  byMethod: [string, Judged[]][];
}

/** One series: weights, the weighted forecasts at each origin, and interval widths from what was missed there. */
function weighed(one: PanelSeries, place: number, fits: ReadonlyMap<string, MethodFit>, ask: FitAsk): Weighed {
  const y = historyOf(one);
  const period = seenPeriods(ask.periods, y.length)[0] ?? 1;
  const scaleAt = (origin: number) => naiveScale(y.subarray(0, origin), period);
  const methods = [...fits.keys()];
  const weights = weigh(
    methods.map((method) => ({ method, rolled: fits.get(method)!.rolled })),
    y,
  );
  const used = methods.map((method, i) => ({ method, weight: weights[i], fit: fits.get(method)! })).filter(({ weight }) => weight > 0);
  const origins = used[0].fit.rolled
    .map(({ origin }) => origin)
    .filter((origin) => used.every(({ fit }) => fit.rolled.some((r) => r.origin === origin)));
  const at = (fit: MethodFit, origin: number) => fit.rolled.find((r) => r.origin === origin)!.ahead;
  const missed = origins.map((origin) => {
    const ahead = mixed(used.map(({ weight, fit }) => ({ weight, ahead: at(fit, origin) })));
    const truth = y.subarray(origin, origin + ask.horizon);
    return { truth, mean: ahead.mean, size: sizesOf(ahead.deviation, scaleAt(origin), period), origin };
  });
  const final = mixed(used.map(({ weight, fit }) => ({ weight, ahead: fit.ahead })));
  const widths = halfWidths(sizesOf(final.deviation, scaleAt(y.length), period), correction(missed), ask.levels);
  const judged = missed.map(({ truth, mean, size, origin }, i): Judged => {
    const others = missed.filter((_, j) => j !== i);
    return { series: place, truth, mean, scale: scaleAt(origin), widths: halfWidths(size, correction(others), ask.levels) };
  });
  const byMethod = methods.map((method): [string, Judged[]] => [
    method,
    fits.get(method)!.rolled.map(({ origin, ahead }) => ({
      series: place,
      truth: y.subarray(origin, origin + ask.horizon),
      mean: ahead.mean,
      scale: scaleAt(origin),
    })),
  ]);
  const members = used.map(({ method, weight, fit }): SeriesMember => ({ method, weight, form: fit.form, fitted: fit.fitted }));
  return { series: { key: one.key, last: one.first + one.y.length - 1, history: y, members, widths }, judged, byMethod };
}

/** The weighted mean; standard errors go the same way, being far from independent. */
export function mixed(parts: readonly { weight: number; ahead: Ahead }[]): Ahead {
  const horizon = parts[0].ahead.mean.length;
  const mean = new Float64Array(horizon);
  const deviation = new Float64Array(horizon);
  for (const { weight, ahead } of parts)
    for (let h = 0; h < horizon; h++) {
      mean[h] += weight * ahead.mean[h];
      deviation[h] += weight * ahead.deviation[h];
    }
  return { mean, deviation };
}
