/**
 * Gaussian likelihood of an ARMA model, exact by the innovations of a banded covariance (Ansley 1979; Brockwell & Davis 1991, §5.3 and
 * §8.7), or conditional on the first values. Variance and constant are profiled out.
 */
import { log } from '../../base/float.ts';
import type { Polynomials } from './order.ts';

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
const FLOOR = 1e-24;
/** From here on the innovations' weights are the model's own. */
const SETTLED = 1e-8;

const impossible = (): Innovations => ({ deviance: Number.POSITIVE_INFINITY, squares: 0, level: 0, ahead: new Float64Array(0) });

/** Cov(w_{t-k}, Σ θ_j e_{t-j}) / σ² for k = 0 … q. */
function crossCovariance(phi: Float64Array, theta: Float64Array): Float64Array {
  const q = theta.length;
  const psi = new Float64Array(q + 1);
  psi[0] = 1;
  for (let j = 1; j <= q; j++) {
    let sum = theta[j - 1];
    for (let i = 1; i <= Math.min(j, phi.length); i++) sum += phi[i - 1] * psi[j - i];
    psi[j] = sum;
  }
  const out = new Float64Array(q + 1);
  for (let k = 0; k <= q; k++) for (let j = k; j <= q; j++) out[k] += (j === 0 ? 1 : theta[j - 1]) * psi[j - k];
  return out;
}

/** Autocovariances / σ² of lags 0 … count-1, from the Yule–Walker equations; undefined when these are singular. */
function autocovariance(phi: Float64Array, cross: Float64Array, count: number): Float64Array | undefined {
  const p = phi.length;
  const size = p + 1;
  const a = new Float64Array(size * size);
  const b = new Float64Array(Math.max(count, size));
  for (let k = 0; k <= p; k++) {
    a[k * size + k] += 1;
    for (let i = 1; i <= p; i++) a[k * size + Math.abs(k - i)] -= phi[i - 1];
    b[k] = k < cross.length ? cross[k] : 0;
  }
  for (let k = 0; k < size; k++) {
    let best = k;
    for (let r = k + 1; r < size; r++) if (Math.abs(a[r * size + k]) > Math.abs(a[best * size + k])) best = r;
    const pivot = a[best * size + k];
    if (!(Math.abs(pivot) > 1e-14)) return undefined;
    if (best !== k) {
      for (let c = k; c < size; c++) [a[k * size + c], a[best * size + c]] = [a[best * size + c], a[k * size + c]];
      [b[k], b[best]] = [b[best], b[k]];
    }
    for (let r = k + 1; r < size; r++) {
      const factor = a[r * size + k] / pivot;
      if (factor === 0) continue;
      for (let c = k; c < size; c++) a[r * size + c] -= factor * a[k * size + c];
      b[r] -= factor * b[k];
    }
  }
  for (let k = p; k >= 0; k--) {
    let sum = b[k];
    for (let c = k + 1; c < size; c++) sum -= a[k * size + c] * b[c];
    b[k] = sum / a[k * size + k];
  }
  for (let k = size; k < count; k++) {
    let sum = k < cross.length ? cross[k] : 0;
    for (let i = 1; i <= p; i++) sum += phi[i - 1] * b[k - i];
    b[k] = sum;
  }
  return b;
}

/** φ(B) w at t, or w itself for the first `r`. */
const filtered = (w: Float64Array | undefined, t: number, r: number, phi: Float64Array): number => {
  const at = (i: number) => (w ? w[i] : 1);
  let value = at(t);
  if (t >= r) for (let i = 1; i <= phi.length; i++) value -= phi[i - 1] * at(t - i);
  return value;
};

export function exactLikelihood(w: Float64Array, { phi, theta }: Polynomials, constant: boolean, ahead = false): Innovations {
  const n = w.length;
  const q = theta.length;
  const r = Math.max(phi.length, q);
  const width = Math.max(r, 1) + 1;
  const cross = crossCovariance(phi, theta);
  const gamma = autocovariance(phi, cross, r + 1);
  if (!gamma || r >= n) return impossible();
  const moving = new Float64Array(q + 1);
  for (let k = 0; k <= q; k++) {
    moving[k] = k === 0 ? 1 : theta[k - 1];
    for (let j = k + 1; j <= q; j++) moving[k] += theta[j - 1] * theta[j - k - 1];
  }
  // A ring of the last `width` rows of L; row t holds L[t, t-k] at k = 1 … .
  const rows = new Float64Array(width * width);
  const v = new Float64Array(n + (ahead ? q : 0));
  const e = new Float64Array(n);
  const one = new Float64Array(n);
  let logs = 0;
  let product = 1;
  let settled = false;
  const weigh = (t: number) => {
    const band = t < r ? t : Math.min(t, q);
    const row = (t % width) * width;
    for (let k = band; k >= 1; k--) {
      const s = t - k;
      const other = (s % width) * width;
      const bandOther = s < r ? s : Math.min(s, q);
      let sum = t < r ? gamma[k] : s < r ? cross[k] : moving[k];
      const most = Math.min(band, k + bandOther);
      for (let j = k + 1; j <= most; j++) sum -= rows[row + j] * rows[other + j - k] * v[t - j];
      rows[row + k] = sum / v[s];
    }
    let own = t < r ? gamma[0] : moving[0];
    for (let k = 1; k <= band; k++) own -= rows[row + k] * rows[row + k] * v[t - k];
    v[t] = own;
    return band;
  };
  let quiet = 0;
  for (let t = 0; t < n; t++) {
    let value = filtered(w, t, r, phi);
    let unit = constant ? filtered(undefined, t, r, phi) : 0;
    if (settled) {
      v[t] = 1;
      for (let k = 1; k <= q; k++) {
        value -= theta[k - 1] * e[t - k];
        unit -= theta[k - 1] * one[t - k];
      }
    } else {
      const band = weigh(t);
      if (!(v[t] > 0)) return impossible();
      const row = (t % width) * width;
      for (let k = 1; k <= band; k++) {
        value -= rows[row + k] * e[t - k];
        unit -= rows[row + k] * one[t - k];
      }
      product *= v[t];
      if (product > 1e100 || product < 1e-100) {
        logs += log(product);
        product = 1;
      }
      // Settled once a whole band of variances is the noise's own.
      quiet = t >= r && Math.abs(v[t] - 1) < SETTLED ? quiet + 1 : 0;
      settled = !ahead && quiet > q;
    }
    e[t] = value;
    one[t] = unit;
  }
  logs += log(product);
  const { level, squares } = profile(e, one, v, 0, constant);
  const steps = new Float64Array(ahead ? q : 0);
  for (let h = 0; h < steps.length; h++) {
    const t = n + h;
    const band = weigh(t);
    const row = (t % width) * width;
    for (let k = h + 1; k <= band; k++) steps[h] += rows[row + k] * (e[t - k] - level * one[t - k]);
  }
  return { deviance: n * log(squares / n + FLOOR) + logs, squares, level, ahead: steps };
}

/** The level that leaves the least squares, and these. */
function profile(e: Float64Array, one: Float64Array, v: Float64Array | undefined, from: number, constant: boolean) {
  let ee = 0;
  let eo = 0;
  let oo = 0;
  for (let t = from; t < e.length; t++) {
    const weight = v ? 1 / v[t] : 1;
    ee += weight * e[t] * e[t];
    eo += weight * e[t] * one[t];
    oo += weight * one[t] * one[t];
  }
  const level = constant && oo > 1e-14 ? eo / oo : 0;
  return { level, squares: Math.max(0, ee - level * eo) };
}

/** As `exactLikelihood`, given the first values: for searches in long series. */
export function conditionalLikelihood(w: Float64Array, { phi, theta }: Polynomials, constant: boolean): Innovations {
  const n = w.length;
  const p = phi.length;
  const q = theta.length;
  if (n - p < 3) return impossible();
  const e = new Float64Array(n);
  const one = new Float64Array(n);
  for (let t = p; t < n; t++) {
    let value = w[t];
    let unit = 1;
    for (let i = 1; i <= p; i++) {
      value -= phi[i - 1] * w[t - i];
      unit -= phi[i - 1];
    }
    const most = Math.min(q, t - p);
    for (let k = 1; k <= most; k++) {
      value -= theta[k - 1] * e[t - k];
      unit -= theta[k - 1] * one[t - k];
    }
    e[t] = value;
    one[t] = unit;
  }
  const { level, squares } = profile(e, one, undefined, p, constant);
  return { deviance: n * log(squares / (n - p) + FLOOR), squares, level, ahead: new Float64Array(0) };
}
