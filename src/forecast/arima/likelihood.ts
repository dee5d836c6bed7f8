/**
 * Exact Gaussian likelihood of an ARMA model by the Kalman filter in state-space form, its gain carried on by the Chandrasekhar
 * recursions (Pearlman 1980; Mélard 1984), which need the first column of the state's covariance only. Variance and constant are
 * profiled out.
 */
import { log } from '../../base/float.ts';
import { stateCovariance } from './covariance.ts';
import type { Polynomials } from './order.ts';
import { tapsOf } from './taps.ts';

export interface Innovations {
  /** n ln(Σe²/v / n) + Σ ln v: -2 log-likelihood up to a constant. Infinity when the model cannot be computed. */
  deviance: number;
  /** Σ e² / v. */
  squares: number;
  /** The level of w that fits best; 0 unless asked for. */
  level: number;
  /** What past errors add to the first steps ahead, `theta.length` of them; only when `ahead` was asked for. */
  ahead: Float64Array;
}

/** Keeps the logarithm finite for series that a model explains wholly. */
export const FLOOR = 1e-24;
/** From here on the errors are the model's own. */
const SETTLED = 1e-8;

const impossible = (): Innovations => ({ deviance: Number.POSITIVE_INFINITY, squares: 0, level: 0, ahead: new Float64Array(0) });

/** Arrays of the recursion, used again by each call. */
let room = { errors: new Float64Array(0), ones: new Float64Array(0), vectors: new Float64Array(0) };
function roomFor(n: number, size: number) {
  if (room.errors.length < n) room = { ...room, errors: new Float64Array(n), ones: new Float64Array(n) };
  if (room.vectors.length < 5 * size) room = { ...room, vectors: new Float64Array(5 * size) };
  return room;
}

/** Of the differenced series `w` [n]; with `ahead` also what past errors add to the steps after its end. */
export function exactLikelihood(w: Float64Array, parts: Polynomials, constant: boolean, ahead = false): Innovations {
  const { phi, theta } = parts;
  const n = w.length;
  const q = theta.length;
  const r = Math.max(phi.length, q + 1);
  if (Math.max(phi.length, q) >= n) return impossible();
  const ar = tapsOf(phi);
  const ma = tapsOf(theta);
  // Each vector ends in a 0, so that the state may be shifted without a look at its end.
  const { errors, ones, vectors } = roomFor(n, r + 1);
  const part = (k: number) => vectors.subarray(k * (r + 1), (k + 1) * (r + 1));
  const [gain, rest, state, unit, weights] = [part(0), part(1), part(2), part(3), part(4)];
  vectors.fill(0, 0, 5 * (r + 1));
  weights.set(phi);
  if (!stateCovariance(parts, ar, ma, r, rest)) return impossible();
  let v = rest[0];
  for (let i = 0; i < r; i++) gain[i] = weights[i] * v + rest[i + 1];
  rest.set(gain);
  // The state's covariance changes by rest · rest' · change from one step to the next.
  let change = -1 / v;
  let logs = 0;
  let product = 1;
  let ee = 0;
  let eo = 0;
  let oo = 0;
  let quiet = 0;
  let t = 0;
  for (; t < n; t++) {
    // Settled once the errors of as many steps as noise is remembered are the noise's own.
    if (quiet > q && !ahead) break;
    if (!(v > 0)) return impossible();
    const error = w[t] - state[0];
    const one = constant ? 1 - unit[0] : 0;
    errors[t] = error;
    ones[t] = one;
    ee += (error * error) / v;
    eo += (error * one) / v;
    oo += (one * one) / v;
    product *= v;
    if (product > 1e100 || product < 1e-100) {
      logs += log(product);
      product = 1;
    }
    quiet = t + 1 >= r && Math.abs(v - 1) < SETTLED ? quiet + 1 : 0;
    if (constant) {
      const lead = unit[0];
      const seen = one / v;
      for (let i = 0; i < r; i++) unit[i] = weights[i] * lead + unit[i + 1] + gain[i] * seen;
    }
    const first = state[0];
    const seen = error / v;
    const lead = rest[0];
    const pull = change * lead;
    const next = v + pull * lead;
    const back = lead / next;
    for (let i = 0; i < r; i++) {
      state[i] = weights[i] * first + state[i + 1] + gain[i] * seen;
      const moved = weights[i] * lead + rest[i + 1];
      gain[i] += moved * pull;
      rest[i] = moved - gain[i] * back;
    }
    change *= next / v;
    v = next;
  }
  const flat = 1 - phi.reduce((sum, value) => sum + value, 0);
  for (; t < n; t++) {
    let error = w[t];
    for (let k = 0; k < ar.count; k++) error -= ar.values[k] * w[t - ar.lags[k]];
    for (let k = 0; k < ma.count; k++) error -= ma.values[k] * errors[t - ma.lags[k]];
    errors[t] = error;
    ee += error * error;
    if (!constant) continue;
    let one = flat;
    for (let k = 0; k < ma.count; k++) one -= ma.values[k] * ones[t - ma.lags[k]];
    ones[t] = one;
    eo += error * one;
    oo += one * one;
  }
  logs += log(product);
  const level = levelOf(eo, oo, constant);
  const squares = Math.max(0, ee - level * eo);
  // The state after the last value tells the steps ahead; without what values themselves add, past errors are left.
  const steps = new Float64Array(ahead ? q : 0);
  for (let h = 0; h < steps.length; h++) {
    steps[h] = state[h] - level * unit[h];
    for (let k = 0; k < ar.count; k++) if (ar.lags[k] > h) steps[h] -= ar.values[k] * (w[n + h - ar.lags[k]] - level);
  }
  return { deviance: n * log(squares / n + FLOOR) + logs, squares, level, ahead: steps };
}

/** The level that leaves the least squares. */
export const levelOf = (eo: number, oo: number, constant: boolean): number => (constant && oo > 1e-14 ? eo / oo : 0);
