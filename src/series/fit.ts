/** Fits methods to every series of a panel, weighs them by their errors at rolling origins, and sizes the intervals. */
import { type Problem, problem } from '../base/problem.ts';
import { widening } from '../forecast/ensemble/intervals.ts';
import { meanAround, mix, rolledScore, weigh } from '../forecast/ensemble/weigh.ts';
import { naiveScale } from '../metrics/forecasting.ts';
import type { FittedSeries, SeriesMember } from '../recipe/series-model.ts';
import { halfWidths, isExact, ROUNDING, sizesOf } from './intervals.ts';
import type { SharedFit } from './lagged.ts';
import { type Ahead, historyOf, type MethodFit, seenPeriods } from './method-job.ts';
import { priorOf } from './methods.ts';
import type { Panel, PanelSeries } from './panel.ts';
import { type FitAsk, type FitWork, type Line, raceMethods } from './race.ts';
import { type Judged, scoresOf } from './scores.ts';
import { isShared } from './shared-ids.ts';

/** A method over all series that it was tried on, with its mean weight over all series. */
export type Tried = Line & { weight: number };
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

export async function fitPanel(panel: Panel, ask: FitAsk, work: FitWork): Promise<FittedPanel> {
  const { series } = panel;
  const { found, failures, lines, shared, importances } = await raceMethods(panel, ask, work);
  const order = lines.map(({ method }) => method);
  const pinned = new Set(lines.flatMap(({ id, method }) => (work.steering?.isPinned?.(id) ? [method] : [])));
  const weights = new Map<string, number>();
  const judged: Judged[] = [];
  const lost: FittedPanel['lost'] = [];
  const fitted = series.flatMap((one, place): FittedSeries[] => {
    const fits = found[place];
    if (fits.size === 0) {
      const first = order.find((method) => failures[place].has(method));
      lost.push({ key: one.key, problem: (first === undefined ? undefined : failures[place].get(first)) ?? NOTHING_TRIED });
      return [];
    }
    // Which job ended first must not matter: methods stand in the order in which they were asked for.
    const inOrder = new Map(order.flatMap((method) => (fits.has(method) ? [[method, fits.get(method)!] as const] : [])));
    const made = weighed(one, place, inOrder, pinned, ask);
    for (const { method, weight } of made.series.members) weights.set(method, (weights.get(method) ?? 0) + weight);
    judged.push(...made.judged);
    return [made.series];
  });
  const used = order.filter((method) => method in shared && (weights.get(method) ?? 0) > 0);
  return {
    series: fitted,
    tried: lines.map((line) => ({ ...line, weight: (weights.get(line.method) ?? 0) / Math.max(1, fitted.length) })),
    judged,
    scores: scoresOf(judged, ask.levels),
    shared: Object.fromEntries(used.map((method) => [method, shared[method]])),
    importances: importances.get(used[0]) ?? [],
    lost,
  };
}

const NOTHING_TRIED = problem({
  code: 'series.nothing-tried',
  message: 'No method was tried on the series before the run was stopped.',
  hint: 'Run it again and let the first methods end.',
});

interface Weighed {
  series: FittedSeries;
  judged: Judged[];
}

/** One series: weights, the weighted forecasts at each origin, and interval widths from what was missed there. */
function weighed(one: PanelSeries, place: number, fits: ReadonlyMap<string, MethodFit>, pinned: ReadonlySet<string>, ask: FitAsk): Weighed {
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
    : withPinned(
        methods.map((method) => pinned.has(method)),
        weigh(
          methods.map((method) => (ask.choose && !isShared(method) ? priorOf(method, y, periods) || 1 : 1)),
          scores,
          origins.length,
          y.length,
        ),
      );
  const used = methods
    .map((method, i) => ({ method, weight: weights[i], fit: fits.get(method)! }))
    .filter(({ weight }) => weight > LEAST_SAY);
  const total = used.reduce((sum, { weight }) => sum + weight, 0);
  const shares = used.map(({ weight }) => weight / total);
  const nothing = ROUNDING * y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const missed = origins.flatMap((origin) => {
    const aheads = used.map(({ method }) => at(method, origin));
    if (aheads.some((ahead) => ahead === undefined)) return [];
    const ahead = mix(aheads as Ahead[], shares);
    const size = sizesOf(ahead.deviation, scaleAt(origin), period, nothing);
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
  const exact = isExact(y, final.deviation, missed, nothing);
  const widthsOf = (size: Float64Array, factor: number) => halfWidths(size, exact ? 0 : factor, ask.levels);
  const widths = widthsOf(sizesOf(final.deviation, scaleAt(y.length), period, nothing), factorOf(missed));
  const judged = missed.map(({ truth, mean, size, origin }, i): Judged => {
    // Its own errors must not have a say in how wide the interval is that they are held against.
    const factor = factorOf(missed.filter((_, j) => j !== i));
    return { series: place, truth, mean, scale: scaleAt(origin), widths: widthsOf(size, factor) };
  });
  const members = used.map(({ method, fit }, i): SeriesMember => ({ method, weight: shares[i], form: fit.form, fitted: fit.fitted }));
  return { series: { key: one.key, last: one.first + one.y.length - 1, history: y.slice(), members, widths, ...knownHere(one) }, judged };
}

/** For forecasts made later: by then more may be known. */
const knownHere = ({ first, known }: PanelSeries): Pick<FittedSeries, 'known'> =>
  known.length > 0 ? { known: { first, values: known } } : {};

/** A method with less say than this is left out. */
const LEAST_SAY = 0.005;

/** What a pinned method has a say of, at least, in each series that it was fitted to. */
const PINNED_SAY = 0.2;

/** Those that are pinned are raised to their least share, the others share the rest as before. */
function withPinned(pinned: readonly boolean[], weights: readonly number[]): readonly number[] {
  if (!pinned.includes(true)) return weights;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const say = weights.map((weight, i) => (pinned[i] ? Math.max(weight / total, PINNED_SAY) : weight / total));
  const fixed = say.reduce((sum, share, i) => (pinned[i] ? sum + share : sum), 0);
  const others = say.reduce((sum, share) => sum + share, 0) - fixed;
  return say.map((share, i) => (pinned[i] || others === 0 ? share : (share * Math.max(0, 1 - fixed)) / others));
}

/** All of the say to the best; to the last one, the least simple, where none was judged. */
function onlyBest(scores: readonly number[]): number[] {
  const best = scores.reduce(
    (found, score, i) => (score < (scores[found] ?? Number.POSITIVE_INFINITY) || Number.isNaN(scores[found]) ? i : found),
    0,
  );
  return scores.map((_, i) => (i === best ? 1 : 0));
}

/** The weighted mean alone, around `base`. */
export const weightedMean = (base: number, parts: readonly { weight: number; mean: Float64Array }[]): Float64Array =>
  parts[0].mean.map((_, h) =>
    meanAround(
      base,
      parts.map(({ weight, mean }) => ({ weight, value: mean[h] })),
    ),
  );
