/** Fits a seasonal ARIMA model of given order. */
import { autocorrelation } from '../autocorrelation.ts';
import { difference } from '../kpss.ts';
import { type MinimiseOptions, type Minimum, minimise } from '../minimise.ts';
import { conditional } from './conditional.ts';
import type { FittedArima } from './fitted.ts';
import { exactLikelihood } from './likelihood.ts';
import { carryOver, coefficientCount, fromCorrelation, isSafe, type Order, polynomials } from './order.ts';
import type { Taps } from './taps.ts';

export interface Candidate {
  order: Order;
  /** The search vector. */
  x: Float64Array;
  aicc: number;
}

/** Seasonal differences first; shorter than `y` by D · period + d. */
export function differenced(y: Float64Array, { d, D, period }: Pick<Order, 'd' | 'D' | 'period'>): Float64Array {
  let w = y;
  for (let k = 0; k < D; k++) w = difference(w, period);
  for (let k = 0; k < d; k++) w = difference(w, 1);
  return w;
}

const aiccOf = (deviance: number, order: Order, n: number): number => {
  const k = coefficientCount(order) + (order.constant ? 1 : 0) + 1;
  return n - k - 1 > 0 ? deviance + 2 * k + (2 * k * (k + 1)) / (n - k - 1) : Number.POSITIVE_INFINITY;
};

/** Coefficients of an order on the differenced series `w`; AICc is Infinity for one that is unsafe or has too many of them. */
export function fitCandidate(w: Float64Array, order: Order, exact: boolean, start?: Float64Array): Candidate {
  const count = coefficientCount(order);
  const none = { order, x: new Float64Array(count), aicc: Number.POSITIVE_INFINITY };
  if (!Number.isFinite(aiccOf(0, order, w.length))) return none;
  const options = { iterations: 50, gain: 1e-3 };
  const from = start ?? firstGuess(w, order);
  const found = exact
    ? minimise((x) => exactLikelihood(w, polynomials(order, x), order.constant).deviance, from, options)
    : leastConditional(w, order, from, options);
  if (!isSafe(order, found.x)) return none;
  return { order, x: found.x, aicc: aiccOf(found.value, order, w.length) };
}

/**
 * A candidate of conditional likelihood by the exact one. Where the exact one leads to roots that are not safe, as seasons that hardly
 * change do, the coefficients that it has stay.
 */
export function fitExactly(w: Float64Array, { order, x }: Candidate): Candidate {
  const found = fitCandidate(w, order, true, carryOver(order, x, order));
  if (Number.isFinite(found.aicc)) return found;
  const { deviance } = exactLikelihood(w, polynomials(order, x), order.constant);
  return { order, x, aicc: aiccOf(deviance, order, w.length) };
}

const NEAR = 1e-6;

/** Slopes in the coefficients are known; those in the search vector follow from how the coefficients move with it, which costs nothing. */
function leastConditional(w: Float64Array, order: Order, from: Float64Array, options: MinimiseOptions): Minimum {
  const { deviance, slope } = conditional(w, order);
  const along = ({ count, lags, values }: Taps, here: Float64Array, there: Float64Array) => {
    let sum = 0;
    for (let k = 0; k < count; k++) sum += values[k] * (there[lags[k] - 1] - here[lags[k] - 1]);
    return sum;
  };
  return minimise((x) => deviance(polynomials(order, x)), from, {
    ...options,
    slope: (x, out) => {
      const here = polynomials(order, x);
      const { ar, ma } = slope(here);
      for (let i = 0; i < x.length; i++) {
        const held = x[i];
        x[i] = held + NEAR;
        const there = polynomials(order, x);
        x[i] = held;
        out[i] = (along(ar, here.phi, there.phi) + along(ma, here.theta, there.theta)) / NEAR;
      }
    },
  });
}

/** The first autocorrelations say on which side to start. */
function firstGuess(w: Float64Array, { p, P, q, Q, period }: Order): Float64Array {
  const r = autocorrelation(w, Math.max(1, period));
  const x = new Float64Array(p + P + q + Q);
  const near = fromCorrelation(r[1]) * (p > 0 && q > 0 ? 0.5 : 1);
  const seasonal = period > 1 ? fromCorrelation(r[period]) * (P > 0 && Q > 0 ? 0.5 : 1) : 0;
  if (p > 0) x[0] = near;
  if (P > 0) x[p] = seasonal;
  if (q > 0) x[p + P] = -near;
  if (Q > 0) x[p + P + q] = -seasonal;
  return x;
}

/** The model by exact maximum likelihood, as its forecasts need it. */
export function finish(y: Float64Array, w: Float64Array, { order, x }: Candidate): FittedArima {
  const parts = polynomials(order, x);
  const { deviance, squares, level, ahead } = exactLikelihood(w, parts, order.constant, true);
  let weights = parts.phi;
  for (let k = 0; k < order.d; k++) weights = timesDifference(weights, 1);
  for (let k = 0; k < order.D; k++) weights = timesDifference(weights, order.period);
  const n = y.length;
  return {
    order,
    weights,
    history: Float64Array.from(weights, (_, i) => y[n - 1 - i]),
    pulse: ahead,
    shift: level * (1 - parts.phi.reduce((sum, value) => sum + value, 0)),
    theta: parts.theta,
    variance: squares / Math.max(1, w.length - coefficientCount(order) - (order.constant ? 1 : 0)),
    deviance,
    aicc: aiccOf(deviance, order, w.length),
  };
}

/** (1 - Σ a_i B^i)(1 - B^lag) = 1 - Σ out_i B^i. */
function timesDifference(a: Float64Array, lag: number): Float64Array {
  const out = new Float64Array(a.length + lag);
  out.set(a);
  out[lag - 1] += 1;
  for (let i = 0; i < a.length; i++) out[i + lag] -= a[i];
  return out;
}
