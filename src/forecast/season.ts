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

/** Autocorrelation at the period against Bartlett's standard error of white noise up to there (Fiorucci et al. 2016, as in the M3 winner). */
export function isSeasonal(y: Float64Array, period: number): boolean {
  if (period < 2 || y.length < 2 * period) return false;
  const r = autocorrelation(y, period);
  let sum = 1;
  for (let lag = 1; lag < period; lag++) sum += 2 * r[lag] * r[lag];
  return Math.abs(r[period]) > BOUND * Math.sqrt(sum / y.length);
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
