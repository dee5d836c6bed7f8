/** One series put together of several fits: their weights, the weighted forecasts at rolling origins, and intervals sized by what was missed there. */
import { widening } from '../forecast/ensemble/intervals.ts';
import { mix, rolledScore, weigh } from '../forecast/ensemble/weigh.ts';
import { naiveScale } from '../metrics/forecasting.ts';
import type { FittedSeries, RolledAhead, SeriesMember } from '../recipe/series-model.ts';
import { halfWidths, isExact, ROUNDING, sizesOf } from './intervals.ts';
import { type Ahead, seenPeriods } from './method-job.ts';
import type { Judged } from './scores.ts';

/** What may have a say. */
export interface Candidate {
  /** Their weights add up to 1. */
  members: readonly SeriesMember[];
  /** What it counts for before it is judged. */
  prior: number;
  /** Is to have a say, whatever its scores. */
  pinned?: boolean;
  ahead: Ahead;
  rolled: readonly RolledAhead[];
}
export interface WeighAsk {
  periods: readonly number[];
  horizon: number;
  levels: readonly number[];
  /** By errors at rolling origins all, or the best alone; or weights as they are given, which add up to 1. */
  say: 'errors' | 'best' | readonly number[];
}
export interface Weighed {
  series: FittedSeries;
  judged: Judged[];
  /** One per candidate, 0 for one without a say. */
  shares: readonly number[];
}

/** `place`: that of the series in the panel. Half widths are in the unit of the series. */
export function weighed(
  own: Pick<FittedSeries, 'key' | 'last' | 'history' | 'known'>,
  place: number,
  candidates: readonly Candidate[],
  ask: WeighAsk,
): Weighed {
  const y = own.history;
  const periods = seenPeriods(ask.periods, y.length);
  const period = periods[0] ?? 1;
  const scaleAt = (origin: number) => naiveScale(y.subarray(0, origin), period);
  const truthAt = (origin: number) => y.subarray(origin, origin + ask.horizon);
  const at = ({ rolled }: Candidate, origin: number): Ahead | undefined => rolled.find((one) => one.origin === origin);
  // Only origins at which all that were judged at all were judged can be compared.
  const seen = candidates.filter(({ rolled }) => rolled.length > 0);
  const origins =
    seen.length === 0
      ? []
      : seen[0].rolled.map(({ origin }) => origin).filter((origin) => seen.every((candidate) => at(candidate, origin) !== undefined));
  const scoreOf = (candidate: Candidate) =>
    seen.includes(candidate)
      ? rolledScore(
          origins.map((origin) => ({ origin, truth: truthAt(origin), forecast: at(candidate, origin)! })),
          y,
          period,
        )
      : Number.NaN;
  const says = saysOf(candidates, ask, () => candidates.map(scoreOf), origins.length, y.length);
  const places = [...candidates.keys()].filter((i) => says[i] > 0);
  const used = places.map((i) => candidates[i]);
  const shares = places.map((i) => says[i]);
  const nothing = ROUNDING * y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const missed = origins.flatMap((origin) => {
    const aheads = used.map((candidate) => at(candidate, origin));
    if (aheads.some((ahead) => ahead === undefined)) return [];
    const ahead = mix(aheads as Ahead[], shares);
    const size = sizesOf(ahead.deviation, scaleAt(origin), period, nothing);
    return [
      {
        origin,
        truth: truthAt(origin),
        ahead,
        size,
        ratios: Array.from(truthAt(origin), (v, h) => Math.abs(v - ahead.mean[h]) / size[h]),
      },
    ];
  });
  const final = mix(
    used.map(({ ahead }) => ahead),
    shares,
  );
  const factorOf = (of: typeof missed) =>
    widening(
      of.flatMap(({ ratios }) => ratios),
      y.length,
    );
  const before = missed.map(({ truth, ahead }) => ({ truth, mean: ahead.mean }));
  const exact = isExact(y, final.deviation, before, nothing);
  const widthsOf = (size: Float64Array, factor: number) => halfWidths(size, exact ? 0 : factor, ask.levels);
  const widths = widthsOf(sizesOf(final.deviation, scaleAt(y.length), period, nothing), factorOf(missed));
  const judged = missed.map(({ truth, ahead, size, origin }, i): Judged => {
    // Its own errors must not have a say in how wide the interval is that they are held against.
    const factor = factorOf(missed.filter((_, j) => j !== i));
    return { series: place, truth, mean: ahead.mean, scale: scaleAt(origin), widths: widthsOf(size, factor) };
  });
  const members = used.flatMap((candidate, i) => candidate.members.map((member) => ({ ...member, weight: shares[i] * member.weight })));
  const rolled = missed.map(({ origin, ahead }): RolledAhead => ({ origin, ...ahead }));
  return { series: { ...own, members, widths, rolled }, judged, shares: says };
}

/** A method with less say than this is left out. */
const LEAST_SAY = 0.005;

/** One per candidate, together 1; 0 for one without a say. */
function saysOf(
  candidates: readonly Candidate[],
  { say }: WeighAsk,
  scores: () => readonly number[],
  windows: number,
  length: number,
): readonly number[] {
  if (typeof say !== 'string') return say;
  const weights =
    say === 'best'
      ? onlyBest(scores())
      : withPinned(
          candidates,
          weigh(
            candidates.map(({ prior }) => prior),
            scores(),
            windows,
            length,
          ),
        );
  const counted = weights.map((weight) => (weight > LEAST_SAY ? weight : 0));
  const total = counted.reduce((sum, weight) => sum + weight, 0);
  return counted.map((weight) => weight / total);
}

/** What a pinned method has a say of, at least, in each series that it was fitted to. */
const PINNED_SAY = 0.2;

/** Those that are pinned are raised to their least share, the others share the rest as before. */
function withPinned(candidates: readonly Candidate[], weights: readonly number[]): readonly number[] {
  const pinned = candidates.map((candidate) => candidate.pinned === true);
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
