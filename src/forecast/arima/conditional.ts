/**
 * Gaussian likelihood of an ARMA model given its first values, for searches in long series (Box & Jenkins, ch. 7): errors by the model's
 * own recursion, and their slope in each coefficient by the same recursion backwards. Variance and constant are profiled out.
 */
import { log } from '../../base/float.ts';
import { FLOOR, levelOf } from './likelihood.ts';
import type { Order, Polynomials } from './order.ts';
import { fillTaps, type Taps, tapsFor } from './taps.ts';

export interface Conditional {
  /** As `exactLikelihood` has it; Infinity when the series is too short. */
  deviance: (parts: Polynomials) => number;
  /** Slopes of the deviance in the coefficients, at the lags that the order has. */
  slope: (parts: Polynomials) => { ar: Taps; ma: Taps };
}

/** Keeps its arrays, so that a search makes none: what `slope` answers holds until it is asked again. */
export function conditional(w: Float64Array, { p: plain, q, P, Q, period, constant }: Order): Conditional {
  const n = w.length;
  const [ar, arSlope] = [tapsFor(plain, P, period), tapsFor(plain, P, period)];
  const [ma, maSlope] = [tapsFor(q, Q, period), tapsFor(q, Q, period)];
  const errors = new Float64Array(n);
  const net = new Float64Array(n);
  let done: { parts: Polynomials; level: number; squares: number } | undefined;
  const ones = new Float64Array(constant ? n : 0);
  const back = new Float64Array(n);
  const less = new Float64Array(n);

  /** Errors from the first step that has all its past; those before are 0. */
  const errorsOf = (parts: Polynomials) => {
    // The slope is asked for where the value just was.
    if (done && isSame(done.parts.phi, parts.phi) && isSame(done.parts.theta, parts.theta)) return done;
    const { phi, theta } = parts;
    fillTaps(ar, phi);
    fillTaps(ma, theta);
    const p = phi.length;
    let ee = 0;
    let eo = 0;
    let oo = 0;
    const flat = 1 - phi.reduce((sum, value) => sum + value, 0);
    errors.fill(0, 0, p);
    ones.fill(0, 0, p);
    for (let t = p; t < n; t++) {
      let error = w[t];
      for (let k = 0; k < ar.count; k++) error -= ar.values[k] * w[t - ar.lags[k]];
      // Lags are in order: once one reaches before the first error the others do.
      for (let k = 0; k < ma.count && ma.lags[k] <= t; k++) error -= ma.values[k] * errors[t - ma.lags[k]];
      errors[t] = error;
      ee += error * error;
      if (!constant) continue;
      let one = flat;
      for (let k = 0; k < ma.count && ma.lags[k] <= t; k++) one -= ma.values[k] * ones[t - ma.lags[k]];
      ones[t] = one;
      eo += error * one;
      oo += one * one;
    }
    const level = levelOf(eo, oo, constant);
    done = { parts, level, squares: Math.max(0, ee - level * eo) };
    return done;
  };

  return {
    deviance: (parts) => {
      const p = parts.phi.length;
      if (n - p < 3) return Number.POSITIVE_INFINITY;
      return n * log(errorsOf(parts).squares / (n - p) + FLOOR);
    },
    slope: (parts) => {
      const p = parts.phi.length;
      const { level, squares } = errorsOf(parts);
      for (let t = 0; t < n; t++) less[t] = w[t] - level;
      for (let t = 0; t < n; t++) net[t] = constant ? errors[t] - level * ones[t] : errors[t];
      for (let t = n - 1; t >= p; t--) {
        let value = net[t];
        for (let k = 0; k < ma.count && t + ma.lags[k] < n; k++) value -= ma.values[k] * back[t + ma.lags[k]];
        back[t] = value;
      }
      const size = (-2 * n) / (squares + (n - p) * FLOOR);
      const put = ({ count, lags, values }: Taps, seen: Float64Array, from: number) => {
        for (let k = 0; k < count; k++) values[k] = size * product(back, seen, lags[k], Math.max(p, from + lags[k]));
      };
      put(arSlope, less, 0);
      put(maSlope, net, p);
      return { ar: arSlope, ma: maSlope };
    },
  };
}

const isSame = (a: Float64Array, b: Float64Array): boolean => a.every((value, i) => value === b[i]);

/** Σ a_t b_{t-lag} from `from` on, in four sums that do not wait for each other. */
function product(a: Float64Array, b: Float64Array, lag: number, from: number): number {
  const n = a.length;
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let t = from;
  for (; t + 3 < n; t += 4) {
    s0 += a[t] * b[t - lag];
    s1 += a[t + 1] * b[t + 1 - lag];
    s2 += a[t + 2] * b[t + 2 - lag];
    s3 += a[t + 3] * b[t + 3 - lag];
  }
  for (; t < n; t++) s0 += a[t] * b[t - lag];
  return s0 + s1 + (s2 + s3);
}
