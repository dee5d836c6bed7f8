/** First guesses of an ETS form's states and smoothing: classical decomposition, then a line through the first values (R forecast's way). */
import { classicalDecomposition } from '../classical.ts';
import type { Form } from './form.ts';
import type { Smoothing, States } from './recursion.ts';

/** Factors are kept from 0. */
const LEAST_FACTOR = 0.01;

/** `season`: one entry per phase, the first that of `y[0]`; [0] for a form without a season. */
export function firstStates(y: Float64Array, form: Form, period: number): States {
  const n = y.length;
  const mode = form.season === 'M' ? 'multiplicative' : 'additive';
  const season = form.season === 'N' ? Float64Array.of(0) : startSeason(y, period, mode);
  const rest =
    form.season === 'N' ? y : y.map((value, i) => (mode === 'additive' ? value - season[i % period] : value / season[i % period]));
  const count = Math.min(Math.max(10, 2 * period), n);
  let mean = 0;
  let product = 0;
  for (let i = 0; i < count; i++) {
    mean += rest[i] / count;
    product += (rest[i] * (i + 1)) / count;
  }
  if (form.trend === 'N') return { level: mean, trend: 0, season };
  const trend = (6 * (2 * product - (count + 1) * mean)) / (count * count - 1);
  const level = mean - (trend * (count + 1)) / 2;
  // A multiplicative form must start above 0.
  if (form.error === 'M' && !(level + trend > 0)) return { level: mean, trend: 0, season };
  return { level, trend, season };
}

function startSeason(y: Float64Array, period: number, mode: 'additive' | 'multiplicative'): Float64Array {
  const { season } = classicalDecomposition(y, period, mode);
  if (mode === 'additive') return season;
  const bounded = season.map((factor) => Math.max(LEAST_FACTOR, factor));
  const mean = bounded.reduce((sum, factor) => sum + factor, 0) / period;
  return bounded.map((factor) => factor / mean);
}

/** Where the search starts: mild smoothing, less for long seasons. */
export function firstSmoothing(period: number): Smoothing {
  return { alpha: 0.2 / Math.sqrt(Math.max(1, period / 4)) + 0.05, beta: 0.02, gamma: 0.05, phi: 0.97 };
}
