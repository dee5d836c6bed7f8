/** Classical decomposition: a centred moving average as trend, and the mean deviation from it of each phase of the season. */

export type SeasonMode = 'additive' | 'multiplicative';
export interface Classical {
  /** NaN where the moving average does not reach. */
  trend: Float64Array;
  /** One entry per phase, the first that of the first value; they sum to 0, or average 1. */
  season: Float64Array;
}

/**
 * As R's `decompose` and statsmodels' `seasonal_decompose` (two-sided, no extrapolation). Needs two whole periods;
 * multiplicative needs values above 0.
 */
export function classicalDecomposition(y: Float64Array, period: number, mode: SeasonMode): Classical {
  const n = y.length;
  const half = Math.floor(period / 2);
  const even = period % 2 === 0;
  const trend = new Float64Array(n).fill(Number.NaN);
  for (let i = half; i < n - half; i++) {
    let sum = even ? 0.5 * (y[i - half] + y[i + half]) : y[i + half] + y[i - half];
    for (let k = 1 - half; k < half; k++) sum += y[i + k];
    trend[i] = sum / period;
  }
  if (period === 1) trend.set(y);
  const season = new Float64Array(period);
  const count = new Int32Array(period);
  for (let i = half; i < n - half; i++) {
    season[i % period] += mode === 'additive' ? y[i] - trend[i] : y[i] / trend[i];
    count[i % period]++;
  }
  let mean = 0;
  for (let k = 0; k < period; k++) {
    season[k] = count[k] > 0 ? season[k] / count[k] : mode === 'additive' ? 0 : 1;
    mean += season[k] / period;
  }
  for (let k = 0; k < period; k++) season[k] = mode === 'additive' ? season[k] - mean : season[k] / mean;
  return { trend, season };
}
