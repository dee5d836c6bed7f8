/** One pass of an exponential-smoothing form over a series: errors, likelihood and the last states. The hot loop of every ETS fit. */
import { log } from '../../base/float.ts';
import type { Form } from './form.ts';

/** Smoothing as in Hyndman et al. 2008: β and γ weigh the error itself, `beta` ≤ `alpha`. */
export interface Smoothing {
  alpha: number;
  beta: number;
  gamma: number;
  phi: number;
}
export interface States {
  level: number;
  trend: number;
  /** By phase: entry i belongs to observations i, i + m, … */
  season: Float64Array;
}

/** Keeps the logarithm of the errors finite for series without noise; series are at unit scale. */
const FLOOR = 1e-24;

/**
 * -2 log-likelihood up to a constant: n ln Σe² (+ 2 Σ ln |f| with multiplicative errors); Infinity where a multiplicative form leaves
 * its domain. `states` holds the first states and is left with the last ones; `errors`, if given, gets each error (relative where multiplicative).
 */
export function pass(y: Float64Array, form: Form, { alpha, beta, gamma, phi }: Smoothing, states: States, errors?: Float64Array): number {
  const n = y.length;
  const { season } = states;
  const m = season.length;
  const hasTrend = form.trend !== 'N';
  const seasonal = form.season === 'N' ? 0 : form.season === 'A' ? 1 : 2;
  const relative = form.error === 'M';
  const positive = relative || seasonal === 2;
  const pull = alpha > 0 ? beta / alpha : 0;
  let { level, trend } = states;
  let sum = 0;
  let logs = 0;
  let product = 1;
  let k = 0;
  for (let i = 0; i < n; i++) {
    const value = y[i];
    const slope = hasTrend ? phi * trend : 0;
    const base = level + slope;
    let forecast = base;
    let seen = value;
    let phase = value;
    if (seasonal === 1) {
      const s = season[k];
      forecast = base + s;
      seen = value - s;
      phase = value - base;
    } else if (seasonal === 2) {
      const s = season[k];
      forecast = base * s;
      seen = value / s;
      phase = value / base;
      if (!(s > 0 && base > 0)) return Number.POSITIVE_INFINITY;
    }
    if (positive && !(forecast > 0)) return Number.POSITIVE_INFINITY;
    let error = value - forecast;
    if (relative) {
      error /= forecast;
      product *= forecast;
      // Few logarithms: one when the product of forecasts leaves the comfortable range.
      if (product < 1e-100 || product > 1e100) {
        logs += log(product);
        product = 1;
      }
    }
    sum += error * error;
    if (errors) errors[i] = error;
    const next = base + alpha * (seen - base);
    if (hasTrend) trend = slope + pull * (next - level - slope);
    level = next;
    if (seasonal > 0) {
      season[k] += gamma * (phase - season[k]);
      k = k + 1 === m ? 0 : k + 1;
    }
  }
  states.level = level;
  states.trend = trend;
  const total = n * log(sum + n * FLOOR) + (relative ? 2 * (logs + log(product)) : 0);
  return Number.isNaN(total) ? Number.POSITIVE_INFINITY : total;
}
