/** Rolling origins: how long the beginnings of a series are after which a method is judged on what came next. */
import type { SeriesAsk, SeriesForecast } from './method.ts';

/** Least history before an origin of a series with such a season. */
export const originLeast = (period: number): number => 2 * Math.max(1, period) + 5;

/**
 * Lengths of the histories, longest first: the last one ends `horizon` steps before the end, each other one a whole stride earlier.
 * Fewer than `wanted`, down to none, when a history would have less than max(2·horizon + 1, 2·period + 5) values.
 */
export function originsOf(length: number, ask: Pick<SeriesAsk, 'periods' | 'horizon'>, wanted: number, stride = ask.horizon): number[] {
  const least = Math.max(2 * ask.horizon + 1, originLeast(ask.periods[0] ?? 1));
  const origins: number[] = [];
  for (let at = length - ask.horizon; at >= least && origins.length < wanted; at -= stride) origins.push(at);
  return origins;
}

/** What a method said at one origin, and what came. */
export interface Rolled {
  /** Observations that were known. */
  origin: number;
  truth: Float64Array;
  forecast: SeriesForecast;
}
