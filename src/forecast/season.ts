/** Whether a series has a season worth removing, and the series without it; Theta and the intermittent methods work on that. */
import { autocorrelation } from './autocorrelation.ts';
import { classicalDecomposition, type SeasonMode } from './classical.ts';

export interface Season {
  mode: SeasonMode | 'none';
  /** Additions to, or factors of, the steps ahead, the first at the first step, in a cycle; [0] or [1] without a season. */
  ahead: Float64Array;
}
export interface Deseasonalised {
  rest: Float64Array;
  season: Season;
}

/** 95 % one-sided bound of the standard normal: the test is at 90 %. */
const BOUND = 1.6448536269514722;
/** Factors below this would make the rest explode. */
const LEAST_FACTOR = 0.01;

const NONE: Season = { mode: 'none', ahead: Float64Array.of(0) };

/** Longer ones have too many first states for ETS and too long recursions for ARIMA: MSTL takes them off beforehand. */
export const LONGEST_SEASON = 24;
/** So much less than to any nearer value must the distance to that of a season before be, for a season that nearly repeats. */
const REPEATS = 0.1;

/** Autocorrelation at the period against Bartlett's standard error of white noise up to there (Fiorucci et al. 2016, as in the M3 winner). */
export function isSeasonal(y: Float64Array, period: number): boolean {
  if (period < 2 || y.length < 2 * period || isRounding(y)) return false;
  const r = autocorrelation(y, period);
  let sum = 1;
  for (let lag = 1; lag < period; lag++) sum += 2 * r[lag] * r[lag];
  return Math.abs(r[period]) > BOUND * Math.sqrt(sum / y.length) || repeats(y, period);
}

/** Whether values differ by no more than rounding leaves of those that they come from; no season is to be seen in that. */
function isRounding(y: Float64Array, from = y): boolean {
  const middle = y.reduce((sum, value) => sum + value / y.length, 0);
  const squares = (values: Float64Array, center: number) => values.reduce((sum, value) => sum + (value - center) * (value - center), 0);
  return squares(y, middle) <= 1e-20 * squares(from, 0);
}

/**
 * Whether values a season apart are alike as no nearer ones are, around a line. A smooth season has large correlations at every lag
 * before its own, which raise the bound above so far that a short one which repeats exactly does not pass.
 */
function repeats(y: Float64Array, period: number): boolean {
  // Values a whole season apart tell the slope, whatever the season.
  const n = y.length;
  let slope = 0;
  for (let i = period; i < n; i++) slope += (y[i] - y[i - period]) / period / (n - period);
  const rest = y.map((value, i) => value - slope * i);
  if (isRounding(rest, y)) return false;
  const distance = (lag: number) => {
    let sum = 0;
    for (let i = lag; i < rest.length; i++) sum += (rest[i] - rest[i - lag]) * (rest[i] - rest[i - lag]);
    return sum / (rest.length - lag);
  };
  let nearest = Number.POSITIVE_INFINITY;
  for (let lag = 1; lag < period; lag++) nearest = Math.min(nearest, distance(lag));
  return distance(period) < REPEATS * nearest;
}

/** Removes a significant season: by factors where the series is above 0 and none is near 0, else by additions. */
export function deseasonalise(y: Float64Array, period: number): Deseasonalised {
  if (!isSeasonal(y, period)) return { rest: y, season: NONE };
  const n = y.length;
  const factors = y.every((value) => value > 0) ? classicalDecomposition(y, period, 'multiplicative').season : undefined;
  const mode: SeasonMode = factors?.every((factor) => factor >= LEAST_FACTOR) ? 'multiplicative' : 'additive';
  const season = mode === 'multiplicative' && factors ? factors : classicalDecomposition(y, period, 'additive').season;
  const rest = y.map((value, i) => (mode === 'multiplicative' ? value / season[i % period] : value - season[i % period]));
  return { rest, season: { mode, ahead: Float64Array.from({ length: period }, (_, h) => season[(n + h) % period]) } };
}

/** The season put back on forecasts of the rest, in place; `spread` are standard errors, which only factors change. */
export function addSeason(season: Season, mean: Float64Array, spread: Float64Array): void {
  if (season.mode === 'none') return;
  for (let h = 0; h < mean.length; h++) {
    const part = season.ahead[h % season.ahead.length];
    if (season.mode === 'additive') mean[h] += part;
    else {
      mean[h] *= part;
      spread[h] *= part;
    }
  }
}

/** " +[12]", " ×[12]" or "". */
export const seasonWords = ({ mode, ahead }: Season): string =>
  mode === 'none' ? '' : ` ${mode === 'additive' ? '+' : '×'}[${ahead.length}]`;
