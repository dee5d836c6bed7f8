/** The ensemble: several methods, weighted by how they did at rolling origins, as one method. Its standard errors answer to those origins. */
import { refuseUnusable } from '../guard.ts';
import { forecastMethod } from '../index.ts';
import type { ForecastMethod, SeriesAsk, SeriesForecast } from '../method.ts';
import { originsOf, type Rolled, roll } from '../rolling.ts';
import type { EnsembleMember, FittedEnsemble } from './fitted.ts';
import { widening } from './intervals.ts';
import { lower } from './lower.ts';
import { membersFor, type Prior } from './members.ts';
import { mix, rolledScore, weigh } from './weigh.ts';

export interface EnsembleOptions {
  /** Default: what `membersFor` says. */
  members?: readonly Prior[];
  /** Rolling origins at most; default 3. */
  windows?: number;
}

/** Older values say little and cost time; but a few of the longest seasons are kept. */
const MOST_VALUES = 2500;
const MOST_SEASONS = 5;

export function fitEnsemble(whole: Float64Array, ask: SeriesAsk, { members, windows = 3 }: EnsembleOptions = {}): FittedEnsemble {
  refuseUnusable(whole, 1);
  const longest = Math.max(0, ...ask.periods);
  const y = whole.slice(-Math.max(MOST_VALUES, MOST_SEASONS * longest));
  const tried = (members ?? membersFor(y, ask)).flatMap((prior) => attempt(prior, y, ask));
  const usable = tried.length > 0 ? tried : attempt({ id: 'naive', weight: 1 }, y, ask);
  const origins = originsOf(y.length, ask, windows);
  const rolled = usable.map(({ id }): Rolled[] => {
    if (ask.stopRequested()) return [];
    try {
      return roll(forecastMethod(id), y, ask, origins);
    } catch {
      // It fits the whole series, but not a part of it: it has no score.
      return [];
    }
  });
  // Only origins at which all that have a score were judged can be compared.
  const judged = rolled.filter((one) => one.length > 0);
  const common = origins.filter((origin) => judged.every((one) => one.some((each) => each.origin === origin)));
  const scores = rolled.map((one) =>
    rolledScore(
      one.filter(({ origin }) => common.includes(origin)),
      y,
      ask.periods[0] ?? 1,
    ),
  );
  const weights = weigh(
    usable.map(({ prior }) => prior),
    scores,
    common.length,
    y.length,
  );
  return {
    members: usable.map(({ id, fitted }, i): EnsembleMember => ({ id, weight: weights[i], score: scores[i], fitted })),
    windows: common.length,
    widening: widening(ratiosOf(rolled, weights, common), y.length),
    neverNegative: y.every((value) => value >= 0),
  };
}

function attempt({ id, weight }: Prior, y: Float64Array, ask: SeriesAsk) {
  try {
    return [{ id, prior: weight, fitted: forecastMethod(id).fit(y, ask) }];
  } catch {
    // A member that cannot be fitted leaves its place to the others; the report names the members that are in.
    return [];
  }
}

/** |error| / standard error of the mixture at the common origins. */
function ratiosOf(rolled: readonly Rolled[][], weights: readonly number[], common: readonly number[]): number[] {
  return common.flatMap((origin) => {
    const there = rolled.flatMap((one, i) => one.filter((each) => each.origin === origin).map((each) => ({ each, weight: weights[i] })));
    const total = there.reduce((sum, { weight }) => sum + weight, 0);
    const { mean, deviation } = mix(
      there.map(({ each }) => each.forecast),
      there.map(({ weight }) => weight / total),
    );
    return [...there[0].each.truth].map((value, h) => Math.abs(value - mean[h]) / deviation[h]);
  });
}

export function forecastEnsemble({ members, widening: factor, neverNegative }: FittedEnsemble, horizon: number): SeriesForecast {
  const { mean, deviation } = mix(
    members.map(({ id, fitted }) => forecastMethod(id).forecast(fitted, horizon)),
    members.map(({ weight }) => weight),
  );
  return {
    mean: neverNegative ? mean.map((value) => Math.max(0, value)) : mean,
    deviation: deviation.map((value) => value * factor),
  };
}

/** "0.42 ETS(A,N,A) + 0.31 DOTM +[4] + …", the heaviest first. */
function formOf({ members }: FittedEnsemble): string {
  return [...members]
    .sort((a, b) => b.weight - a.weight)
    .map(({ id, weight, fitted }) => `${weight.toFixed(2)} ${forecastMethod(id).form(fitted)}`)
    .join(' + ');
}

export const ensemble: ForecastMethod<FittedEnsemble> = {
  id: 'ensemble',
  least: () => 1,
  fit: (y, ask) => fitEnsemble(y, ask),
  forecast: forecastEnsemble,
  form: formOf,
  lower,
};
