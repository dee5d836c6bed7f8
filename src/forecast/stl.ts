/** STL: a series as trend, season and rest by local regression, against outliers if asked (Cleveland et al. 1990), and several seasons. */
import { sortNumbers } from '../table/verbs/sort-numbers.ts';
import { localFit, loess } from './loess.ts';

export interface Decomposition {
  trend: Float64Array;
  /** One per period, in the order of the periods. */
  seasons: Float64Array[];
  rest: Float64Array;
}
export interface StlOptions {
  /** Odd; how many seasons the season is smoothed over. */
  seasonSpan: number;
  /** Outliers lose their weight in fifteen rounds. */
  robust?: boolean;
}

const odd = (x: number) => {
  const whole = Math.ceil(x);
  return whole % 2 === 1 ? whole : whole + 1;
};
const jumpOf = (span: number) => Math.ceil(span / 10);

/** One season of `period` ≥ 2 steps; needs two whole periods. */
export function stl(
  y: Float64Array,
  period: number,
  { seasonSpan, robust = false }: StlOptions,
): { trend: Float64Array; season: Float64Array } {
  const n = y.length;
  const trendSpan = Math.max(3, odd((1.5 * period) / (1 - 1.5 / seasonSpan)));
  const lowSpan = odd(period);
  const trend = new Float64Array(n);
  const season = new Float64Array(n);
  const cycles = new Float64Array(n + 2 * period);
  const free = new Float64Array(n);
  const low = new Float64Array(n);
  const work = new Float64Array(n + 2 * period);
  const weights = new Float64Array(n).fill(1);
  let weighed: Float64Array | undefined;

  const inner = () => {
    for (let i = 0; i < n; i++) free[i] = y[i] - trend[i];
    smoothCycles(free, period, seasonSpan, weighed, cycles);
    lowPass(cycles, period, n, free);
    loess(free, lowSpan, 1, jumpOf(lowSpan), undefined, low, work);
    for (let i = 0; i < n; i++) season[i] = cycles[period + i] - low[i];
    for (let i = 0; i < n; i++) free[i] = y[i] - season[i];
    loess(free, trendSpan, 1, jumpOf(trendSpan), weighed, trend, work);
  };
  for (let round = 0; round < (robust ? 16 : 1); round++) {
    inner();
    if (!robust) inner();
    if (robust) {
      outlierWeights(y, trend, season, weights);
      weighed = weights;
    }
  }
  return { trend, season };
}

/** Each phase smoothed over the seasons and carried one season beyond both ends. */
function smoothCycles(free: Float64Array, period: number, span: number, weights: Float64Array | undefined, cycles: Float64Array): void {
  const n = free.length;
  for (let phase = 0; phase < period; phase++) {
    const k = Math.floor((n - phase - 1) / period) + 1;
    const part = new Float64Array(k);
    const smooth = new Float64Array(k);
    const work = new Float64Array(k);
    const own = weights && new Float64Array(k);
    for (let i = 0; i < k; i++) {
      part[i] = free[phase + i * period];
      if (own && weights) own[i] = weights[phase + i * period];
    }
    loess(part, span, 0, jumpOf(span), own, smooth, work);
    const before = localFit(part, own, -1, 0, Math.min(span, k) - 1, span, 0, work);
    const after = localFit(part, own, k, Math.max(0, k - span), k - 1, span, 0, work);
    cycles[phase] = Number.isNaN(before) ? smooth[0] : before;
    for (let i = 0; i < k; i++) cycles[phase + (i + 1) * period] = smooth[i];
    cycles[phase + (k + 1) * period] = Number.isNaN(after) ? smooth[k - 1] : after;
  }
}

/** Moving averages over a period, a period and three steps: `n + 2·period` values become `n`. */
function lowPass(cycles: Float64Array, period: number, n: number, out: Float64Array): void {
  const average = (values: Float64Array, length: number, width: number) => {
    const result = new Float64Array(length - width + 1);
    let sum = 0;
    for (let i = 0; i < length; i++) {
      sum += values[i];
      if (i >= width) sum -= values[i - width];
      if (i >= width - 1) result[i - width + 1] = sum / width;
    }
    return result;
  };
  const twice = average(average(cycles, cycles.length, period), n + period + 1, period);
  out.set(average(twice, n + 2, 3));
}

/** Bisquare of each error over six median absolute errors. */
function outlierWeights(y: Float64Array, trend: Float64Array, season: Float64Array, out: Float64Array): void {
  const size = y.map((value, i) => Math.abs(value - trend[i] - season[i]));
  const sorted = sortNumbers(size.slice());
  const half = sorted.length >> 1;
  const reach = 3 * (sorted[half] + sorted[sorted.length - half - 1]);
  for (let i = 0; i < y.length; i++) {
    const share = reach > 0 ? size[i] / reach : 0;
    out[i] = share <= 0.001 ? 1 : share <= 0.999 ? (1 - share * share) * (1 - share * share) : 0;
  }
}

/**
 * Several seasons, shortest first, each with two whole periods in the series (Bandara, Hyndman & Bergmeir 2021, MSTL): STL for one after
 * the other on what the others leave, twice. Longer seasons may change more slowly: 11, 15, 19 … seasons are smoothed over.
 */
export function mstl(y: Float64Array, periods: readonly number[], robust = false): Decomposition {
  const seasons = periods.map(() => new Float64Array(y.length));
  const rest = y.slice();
  let trend = new Float64Array(y.length);
  for (let round = 0; round < (periods.length > 1 ? 2 : 1); round++) {
    for (const [at, period] of periods.entries()) {
      for (let i = 0; i < rest.length; i++) rest[i] += seasons[at][i];
      const found = stl(rest, period, { seasonSpan: 11 + 4 * at, robust });
      seasons[at] = found.season as Float64Array<ArrayBuffer>;
      trend = found.trend as Float64Array<ArrayBuffer>;
      for (let i = 0; i < rest.length; i++) rest[i] -= seasons[at][i];
    }
  }
  for (let i = 0; i < rest.length; i++) rest[i] -= trend[i];
  return { trend, seasons, rest };
}

/** 1 - Var(rest) / Var(part + rest), at least 0 (Wang, Smith & Hyndman 2006): near 1 where the part explains what the rest does not. */
export function strengthOf(part: Float64Array, rest: Float64Array): number {
  const whole = varianceOf(part.map((value, i) => value + rest[i]));
  return whole > 0 ? Math.max(0, 1 - varianceOf(rest) / whole) : 0;
}

function varianceOf(values: Float64Array): number {
  let mean = 0;
  let square = 0;
  for (const value of values) mean += value / values.length;
  for (const value of values) square += (value - mean) * (value - mean);
  return square / values.length;
}
