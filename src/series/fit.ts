/** Fits methods to every series of a panel, weighs them by their errors at rolling origins, and sizes the intervals. */
import { type Problem, problem, toProblem } from '../base/problem.ts';
import { widening } from '../forecast/ensemble/intervals.ts';
import { mix, rolledScore, weigh } from '../forecast/ensemble/weigh.ts';
import { originsOf } from '../forecast/rolling.ts';
import { naiveScale } from '../metrics/forecasting.ts';
import type { FittedSeries, SeriesMember } from '../recipe/series-model.ts';
import { halfWidths, sizesOf } from './intervals.ts';
import type { SharedDone, SharedFit, SharedJob, SharedMember } from './lagged.ts';
import { type Ahead, historyOf, type MethodDone, type MethodFit, type MethodJob, seenPeriods } from './method-job.ts';
import { priorOf } from './methods.ts';
import type { Panel, PanelSeries } from './panel.ts';
import { type Judged, scoresOf } from './scores.ts';
import { DIRECT, isShared, RECURSIVE } from './shared-ids.ts';

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
  /** A fit of all series at once. */
  shared: (job: SharedJob) => Promise<SharedDone>;
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
  /** What methods fitted to all series at once know, of those that have a say. */
  shared: Record<string, SharedFit>;
  importances: readonly { name: string; value: number }[];
  /** Series that no method could model, with why. */
  lost: { key: readonly string[]; problem: Problem }[];
}

/** What every series can be forecast by, however short. */
const LAST_RESORT = 'naive';
const isFit = (done: MethodFit | { problem: Problem }): done is MethodFit => 'ahead' in done;

export async function fitPanel({ series }: Panel, ask: FitAsk, work: FitWork): Promise<FittedPanel> {
  const found: Map<string, MethodFit>[] = series.map(() => new Map());
  const tried: Tried[] = [];
  const failures: Map<string, Problem>[] = series.map(() => new Map());
  const begin = work.now();
  let done = 0;
  const rounds = ask.methods
    .filter((method) => !isShared(method))
    .map((method) => ({ method, places: placesFor(method, series, ask) }))
    .filter(({ places }) => places.length > 0);
  const together = ask.methods.filter((method) => isShared(method) && (!ask.choose || worthSharing(series)));
  const shared: Record<string, SharedFit> = {};
  const rolled = new Map<string, Map<number, SharedDone>>(together.map((method) => [method, new Map()]));
  const importances = new Map<string, FittedPanel['importances']>();
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
        failures[own[i]].set(method, fit.problem);
      }
    });
    book.ended = work.now() - begin;
    work.told(++done / (jobs.length + 1), method);
  };
  const all = async (method: string, origin: number) => {
    const book = books.get(method) ?? { failed: 0, began: work.now() - begin, ended: 0, series: series.length };
    books.set(method, book);
    const { periods, horizon } = ask;
    try {
      const fit = await work.shared({ method, cut: origin * horizon, periods, horizon, keep: origin === 0 });
      rolled.get(method)!.set(origin, fit);
      if (fit.shared) {
        shared[method] = fit.shared;
        importances.set(method, fit.importances);
      }
    } catch (error) {
      book.problem ??= toProblem(error);
    }
    book.ended = work.now() - begin;
    work.told(++done / (jobs.length + 1), method);
  };
  const jobs = [
    ...rounds.flatMap(({ method, places }) => chunks(places, work.width).map((own) => () => one(method, own))),
    ...together.flatMap((method) => Array.from({ length: ask.origins + 1 }, (_, origin) => () => all(method, origin))),
  ];
  let next = 0;
  const lane = async () => {
    while (next < jobs.length && !(work.stopRequested() && found.every((fits) => fits.size > 0))) await jobs[next++]();
  };
  await Promise.all(Array.from({ length: Math.max(1, work.width) }, lane));
  for (const [method, byOrigin] of rolled)
    series.forEach((own, place) => {
      const fit = sharedMethodFit(own, place, byOrigin, ask, method);
      const book = books.get(method);
      if (fit) found[place].set(method, fit);
      else if (book) {
        book.failed++;
        failures[place].set(method, book.problem ?? TOO_SHORT);
      }
    });
  const bare = Array.from(series.keys()).filter((place) => found[place].size === 0);
  if (bare.length > 0 && ask.choose) await one(LAST_RESORT, bare);

  // Which job ended first must not matter: methods stand in the order in which they were asked for.
  const order = [...ask.methods, LAST_RESORT].filter((method, i, all) => all.indexOf(method) === i);
  const weights = new Map<string, number>();
  const byMethod = new Map<string, Judged[]>();
  const judged: Judged[] = [];
  const lost: FittedPanel['lost'] = [];
  const fitted = series.flatMap((one, place): FittedSeries[] => {
    const fits = found[place];
    if (fits.size === 0) {
      const first = order.find((method) => failures[place].has(method))!;
      lost.push({ key: one.key, problem: failures[place].get(first)! });
      return [];
    }
    const inOrder = new Map(order.flatMap((method) => (fits.has(method) ? [[method, fits.get(method)!] as const] : [])));
    const made = weighed(one, place, inOrder, ask);
    for (const { method, weight } of made.series.members) weights.set(method, (weights.get(method) ?? 0) + weight);
    for (const [method, own] of made.byMethod) byMethod.set(method, [...(byMethod.get(method) ?? []), ...own]);
    judged.push(...made.judged);
    return [made.series];
  });
  for (const method of order) {
    const book = books.get(method);
    if (!book) continue;
    const own = byMethod.get(method) ?? [];
    tried.push({
      method,
      ...book,
      judged: own,
      scores: scoresOf(own, ask.levels),
      weight: (weights.get(method) ?? 0) / Math.max(1, fitted.length),
    });
  }
  const used = order.filter((method) => method in shared && (weights.get(method) ?? 0) > 0);
  return {
    series: fitted,
    tried,
    judged,
    scores: scoresOf(judged, ask.levels),
    shared: Object.fromEntries(used.map((method) => [method, shared[method]])),
    importances: importances.get(used[0]) ?? [],
    lost,
  };
}

const placesFor = (method: string, series: readonly PanelSeries[], { choose, periods }: FitAsk): number[] =>
  Array.from(series.keys()).filter((place) => {
    if (!choose) return true;
    const y = historyOf(series[place]);
    return priorOf(method, y, seenPeriods(periods, y.length)) > 0;
  });

/** A few jobs per worker, so that none waits long for the last. */
function chunks(places: readonly number[], width: number): number[][] {
  const size = Math.max(1, Math.ceil(places.length / (4 * Math.max(1, width))));
  const out: number[][] = [];
  for (let i = 0; i < places.length; i += size) out.push(places.slice(i, i + size));
  return out;
}

/** Trees need many examples: from one long series or from many. */
const LONG_SERIES = 150;
const MANY_SERIES = 10;
const worthSharing = (series: readonly PanelSeries[]): boolean =>
  series.length >= MANY_SERIES || series.some(({ y }) => y.length >= LONG_SERIES);
const TOO_SHORT = problem({
  code: 'series.too-short-for-trees',
  message: 'The series is too short to learn trees from its past.',
  hint: 'Give it a longer history, forecast fewer steps, or choose another method.',
});

/** What a fit of all series says of one, as a method of its own would. */
function sharedMethodFit(
  one: PanelSeries,
  place: number,
  byOrigin: ReadonlyMap<number, SharedDone>,
  ask: FitAsk,
  method: string,
): MethodFit | undefined {
  const mean = byOrigin.get(0)?.means[place];
  if (!mean) return undefined;
  const length = historyOf(one).length;
  const wanted = new Set(originsOf(length, { periods: seenPeriods(ask.periods, length), horizon: ask.horizon }, ask.origins));
  const without = (values: Float64Array): Ahead => ({ mean: values, deviation: new Float64Array(values.length).fill(Number.NaN) });
  const rolled = [...byOrigin].flatMap(([at, { means }]) => {
    const origin = length - at * ask.horizon;
    const own = means[place];
    return at > 0 && own && wanted.has(origin) ? [{ origin, ahead: without(own) }] : [];
  });
  rolled.sort((a, b) => b.origin - a.origin);
  const fitted: SharedMember = { mean, code: place };
  return { form: FORMS[method], fitted, ahead: without(mean), rolled };
}
const FORMS: Readonly<Record<string, string>> = { [DIRECT]: 'Boosted trees', [RECURSIVE]: 'Boosted trees, step by step' };

interface Weighed {
  series: FittedSeries;
  judged: Judged[];
  byMethod: [string, Judged[]][];
}

/** One series: weights, the weighted forecasts at each origin, and interval widths from what was missed there. */
function weighed(one: PanelSeries, place: number, fits: ReadonlyMap<string, MethodFit>, ask: FitAsk): Weighed {
  const y = historyOf(one);
  const periods = seenPeriods(ask.periods, y.length);
  const period = periods[0] ?? 1;
  const scaleAt = (origin: number) => naiveScale(y.subarray(0, origin), period);
  const truthAt = (origin: number) => y.subarray(origin, origin + ask.horizon);
  const methods = [...fits.keys()];
  const rolledOf = (method: string) => fits.get(method)!.rolled;
  const at = (method: string, origin: number): Ahead | undefined => rolledOf(method).find((r) => r.origin === origin)?.ahead;
  // Only origins at which all that were judged at all were judged can be compared.
  const seen = methods.filter((method) => rolledOf(method).length > 0);
  const origins =
    seen.length === 0
      ? []
      : rolledOf(seen[0])
          .map(({ origin }) => origin)
          .filter((origin) => seen.every((method) => at(method, origin)));
  const scores = methods.map((method) =>
    seen.includes(method)
      ? rolledScore(
          origins.map((origin) => ({ origin, truth: truthAt(origin), forecast: at(method, origin)! })),
          y,
          period,
        )
      : Number.NaN,
  );
  const weights = ask.single
    ? onlyBest(scores)
    : weigh(
        methods.map((method) => (ask.choose && !isShared(method) ? priorOf(method, y, periods) || 1 : 1)),
        scores,
        origins.length,
        y.length,
      );
  const used = methods
    .map((method, i) => ({ method, weight: weights[i], fit: fits.get(method)! }))
    .filter(({ weight }) => weight > LEAST_SAY);
  const total = used.reduce((sum, { weight }) => sum + weight, 0);
  const shares = used.map(({ weight }) => weight / total);
  const missed = origins.flatMap((origin) => {
    const aheads = used.map(({ method }) => at(method, origin));
    if (aheads.some((ahead) => ahead === undefined)) return [];
    const ahead = mix(aheads as Ahead[], shares);
    const size = sizesOf(ahead.deviation, scaleAt(origin), period);
    return [
      {
        origin,
        truth: truthAt(origin),
        mean: ahead.mean,
        size,
        ratios: Array.from(truthAt(origin), (v, h) => Math.abs(v - ahead.mean[h]) / size[h]),
      },
    ];
  });
  const final = mix(
    used.map(({ fit }) => fit.ahead),
    shares,
  );
  const factorOf = (of: typeof missed) =>
    widening(
      of.flatMap(({ ratios }) => ratios),
      y.length,
    );
  const widths = halfWidths(sizesOf(final.deviation, scaleAt(y.length), period), factorOf(missed), ask.levels);
  const judged = missed.map(({ truth, mean, size, origin }, i): Judged => {
    // Its own errors must not have a say in how wide the interval is that they are held against.
    const factor = factorOf(missed.filter((_, j) => j !== i));
    return { series: place, truth, mean, scale: scaleAt(origin), widths: halfWidths(size, factor, ask.levels) };
  });
  const byMethod = methods.map((method): [string, Judged[]] => [
    method,
    rolledOf(method).map(({ origin, ahead }) => ({ series: place, truth: truthAt(origin), mean: ahead.mean, scale: scaleAt(origin) })),
  ]);
  const members = used.map(({ method, fit }, i): SeriesMember => ({ method, weight: shares[i], form: fit.form, fitted: fit.fitted }));
  return { series: { key: one.key, last: one.first + one.y.length - 1, history: y.slice(), members, widths }, judged, byMethod };
}

/** A method with less say than this is left out. */
const LEAST_SAY = 0.005;

/** All of the say to the best; to the last one, the least simple, where none was judged. */
function onlyBest(scores: readonly number[]): number[] {
  const best = scores.reduce(
    (found, score, i) => (score < (scores[found] ?? Number.POSITIVE_INFINITY) || Number.isNaN(scores[found]) ? i : found),
    0,
  );
  return scores.map((_, i) => (i === best ? 1 : 0));
}

/** The weighted mean alone. */
export function weightedMean(parts: readonly { weight: number; mean: Float64Array }[]): Float64Array {
  const mean = new Float64Array(parts[0].mean.length);
  for (const part of parts) for (let h = 0; h < mean.length; h++) mean[h] += part.weight * part.mean[h];
  return mean;
}
