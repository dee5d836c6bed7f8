/**
 * The four theta models of Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler (2016), "Models for optimising the theta method and
 * their relationship to state space models": exponential smoothing beside a straight line that is either the whole history's (S…) or
 * is drawn anew at each step (D…), with the weight of the line fixed (…STM, θ = 2) or learned (…OTM).
 *
 *   μ_t = ℓ_{t-1} + ω T_t,  T_t = (1-α)^{t-1} A_{t-1} + B_{t-1} (1 - (1-α)^t) / α,  ω = 1 - 1/θ,  ℓ_t = α y_t + (1-α) ℓ_{t-1}
 *
 * Given α the forecasts are linear in the first level and in ω, so these two are least squares and only α is searched for.
 */
import type { Season } from '../season.ts';

export type Variant = 'STM' | 'OTM' | 'DSTM' | 'DOTM';
export const VARIANTS: readonly Variant[] = ['STM', 'OTM', 'DSTM', 'DOTM'];

/** Parameters and the state after the last observation. */
export interface ThetaState {
  variant: Variant;
  alpha: number;
  omega: number;
  /** Level, intercept and slope of the line, mean and count of the history. */
  level: number;
  intercept: number;
  slope: number;
  mean: number;
  count: number;
  /** (1-α)^count. */
  decay: number;
  /** Standard error of one step. */
  sigma: number;
  /** Sum of squared errors after the first `SKIPPED`. */
  errors: number;
}

/** The model of the series without its season, and the season. */
export interface FittedTheta {
  season: Season;
  state: ThetaState;
}

/** The first errors depend on the start and are left out of the sum. */
const SKIPPED = 3;
const LEAST_ALPHA = 0.1;
const MOST_ALPHA = 0.99;
/** Pulls the first level to the first value where the data do not say. */
const RIDGE = 1e-3;

export const isDynamic = (variant: Variant): boolean => variant.startsWith('D');
export const isOptimised = (variant: Variant): boolean => variant.endsWith('OTM');

/** Intercept and slope of the least-squares line at t = 1 … n. */
function wholeLine(y: Float64Array): { intercept: number; slope: number } {
  const n = y.length;
  let mean = 0;
  let product = 0;
  for (let i = 0; i < n; i++) {
    mean += y[i] / n;
    product += ((i + 1) * y[i]) / n;
  }
  const slope = n > 1 ? (6 * (2 * product - (n + 1) * mean)) / (n * n - 1) : 0;
  return { intercept: mean - ((n + 1) * slope) / 2, slope };
}

/** T_t for t = 1 … n, and the line after the last observation. */
function lineParts(
  y: Float64Array,
  alpha: number,
  dynamic: boolean,
  out: Float64Array,
): { intercept: number; slope: number; mean: number } {
  let { intercept, slope } = dynamic ? { intercept: y[0], slope: 0 } : wholeLine(y);
  let mean = 0;
  let decay = 1;
  for (let i = 0; i < y.length; i++) {
    const t = i + 1;
    out[i] = decay * intercept + (slope * (1 - decay * (1 - alpha))) / alpha;
    decay *= 1 - alpha;
    if (dynamic) {
      slope = ((t - 2) * slope + (6 * (y[i] - mean)) / t) / (t + 1);
      if (t === 1) slope = 0;
    }
    mean += (y[i] - mean) / t;
    if (dynamic) intercept = mean - ((t + 1) * slope) / 2;
  }
  return { intercept, slope, mean };
}

interface Solved {
  first: number;
  omega: number;
  errors: number;
}
/** Least squares for the first level and ω in [0, 1], given α and T. */
function solve(y: Float64Array, alpha: number, line: Float64Array, optimised: boolean): Solved {
  let smooth = 0;
  let g = 1;
  let gg = RIDGE;
  let gt = 0;
  let tt = 0;
  let gr = RIDGE * y[0];
  let tr = 0;
  for (let i = 0; i < y.length; i++) {
    if (i >= SKIPPED) {
      const r = y[i] - smooth;
      gg += g * g;
      gt += g * line[i];
      tt += line[i] * line[i];
      gr += g * r;
      tr += line[i] * r;
    }
    smooth += alpha * (y[i] - smooth);
    g *= 1 - alpha;
  }
  let omega = 0.5;
  const det = gg * tt - gt * gt;
  if (optimised) omega = det > 1e-12 * gg * tt ? Math.min(1, Math.max(0, (gg * tr - gt * gr) / det)) : 0;
  const first = (gr - omega * gt) / gg;
  smooth = first;
  let errors = 0;
  for (let i = 0; i < y.length; i++) {
    const error = y[i] - smooth - omega * line[i];
    if (i >= SKIPPED) errors += error * error;
    smooth += alpha * (y[i] - smooth);
  }
  return { first, omega, errors };
}

/** Golden-section search around the best of a grid. */
function bestAlpha(value: (alpha: number) => number): number {
  const POINTS = 24;
  const at = (k: number) => LEAST_ALPHA + ((MOST_ALPHA - LEAST_ALPHA) * k) / POINTS;
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k <= POINTS; k++) {
    const each = value(at(k));
    if (each < least) {
      least = each;
      best = k;
    }
  }
  const RATIO = 0.6180339887498949;
  let low = at(Math.max(0, best - 1));
  let high = at(Math.min(POINTS, best + 1));
  let a = high - RATIO * (high - low);
  let b = low + RATIO * (high - low);
  let va = value(a);
  let vb = value(b);
  for (let k = 0; k < 25; k++) {
    if (va <= vb) {
      high = b;
      b = a;
      vb = va;
      a = high - RATIO * (high - low);
      va = value(a);
    } else {
      low = a;
      a = b;
      va = vb;
      b = low + RATIO * (high - low);
      vb = value(b);
    }
  }
  const inner = va <= vb ? a : b;
  return value(at(best)) <= Math.min(va, vb) ? at(best) : inner;
}

/** Fits one variant to a series without season, of at least `SKIPPED + 1` values. */
export function fitVariant(y: Float64Array, variant: Variant): ThetaState {
  const n = y.length;
  const line = new Float64Array(n);
  const dynamic = isDynamic(variant);
  const optimised = isOptimised(variant);
  const errorsAt = (alpha: number) => {
    lineParts(y, alpha, dynamic, line);
    return solve(y, alpha, line, optimised).errors;
  };
  const alpha = bestAlpha(errorsAt);
  lineParts(y, alpha, dynamic, line);
  const { first, omega, errors } = solve(y, alpha, line, optimised);
  const free = Math.max(1, n - SKIPPED - (optimised ? 3 : 2));
  return { ...endOf(y, variant, { alpha, first, omega }), sigma: Math.sqrt(errors / free), errors };
}

/** The state after the last observation, of given parameters. */
export function endOf(
  y: Float64Array,
  variant: Variant,
  { alpha, first, omega }: { alpha: number; first: number; omega: number },
): Omit<ThetaState, 'sigma' | 'errors'> {
  const end = lineParts(y, alpha, isDynamic(variant), new Float64Array(y.length));
  let level = first;
  let decay = 1;
  for (let i = 0; i < y.length; i++) {
    level += alpha * (y[i] - level);
    decay *= 1 - alpha;
  }
  return { variant, alpha, omega, level, ...end, count: y.length, decay };
}

/** Goes on from a state with its own forecasts as observations; `shockAt` (0-based step) adds 1 to one of them. */
export function ahead(state: Omit<ThetaState, 'sigma' | 'errors'>, horizon: number, shockAt = -1): Float64Array {
  const { alpha, omega, variant } = state;
  const out = new Float64Array(horizon);
  let { level, intercept, slope, mean, decay } = state;
  for (let h = 0; h < horizon; h++) {
    const t = state.count + h + 1;
    let value = level + omega * (decay * intercept + (slope * (1 - decay * (1 - alpha))) / alpha);
    if (h === shockAt) value += 1;
    out[h] = value;
    level += alpha * (value - level);
    decay *= 1 - alpha;
    if (isDynamic(variant)) {
      slope = ((t - 2) * slope + (6 * (value - mean)) / t) / (t + 1);
      mean += (value - mean) / t;
      intercept = mean - ((t + 1) * slope) / 2;
    }
  }
  return out;
}

/** Standard errors: the forecasts are linear in the errors to come, so each error's effect is one run with a unit shock. */
export function spreadAhead(state: ThetaState, horizon: number): Float64Array {
  const plain = ahead(state, horizon);
  const sums = new Float64Array(horizon);
  for (let at = 0; at < horizon; at++) {
    const shocked = ahead(state, horizon, at);
    for (let h = at; h < horizon; h++) sums[h] += (shocked[h] - plain[h]) * (shocked[h] - plain[h]);
  }
  return sums.map((sum) => state.sigma * Math.sqrt(sum));
}
