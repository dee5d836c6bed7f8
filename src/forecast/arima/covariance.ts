/** Covariances of a stationary ARMA process over its noise's variance (Brockwell & Davis 1991, §3.3). */
import type { Polynomials } from './order.ts';
import type { Taps } from './taps.ts';

/** Cov(w_t, e_{t-k}) / σ² for k = 0 … count - 1: the weights of past noise. */
function noiseWeights({ phi, theta }: Polynomials, count: number): Float64Array {
  const psi = new Float64Array(count);
  psi[0] = 1;
  for (let j = 1; j < count; j++) {
    let sum = j <= theta.length ? theta[j - 1] : 0;
    for (let i = 1; i <= Math.min(j, phi.length); i++) sum += phi[i - 1] * psi[j - i];
    psi[j] = sum;
  }
  return psi;
}

/** Cov(w_{t-k}, Σ θ_j e_{t-j}) / σ² for k = 0 … q. */
function crossCovariance(theta: Float64Array, psi: Float64Array): Float64Array {
  const q = theta.length;
  const out = new Float64Array(q + 1);
  for (let k = 0; k <= q; k++) for (let j = k; j <= q; j++) out[k] += (j === 0 ? 1 : theta[j - 1]) * psi[j - k];
  return out;
}

/** Autocovariances / σ² of lags 0 … p, from the Yule–Walker equations; undefined when these are singular. */
function autocovariance(phi: Float64Array, cross: Float64Array): Float64Array | undefined {
  const p = phi.length;
  const size = p + 1;
  const a = new Float64Array(size * size);
  const b = new Float64Array(size);
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
      for (let c = k; c < size; c++) {
        const held = a[k * size + c];
        a[k * size + c] = a[best * size + c];
        a[best * size + c] = held;
      }
      const held = b[k];
      b[k] = b[best];
      b[best] = held;
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
  return b;
}

/**
 * Cov(state_i, w_t) / σ² of the state α_0 = w_t, α_i = Σ_{j≥i} φ_{j+1} w_{t+i-j-1} + θ_j e_{t+i-j} (Harvey 1989, §3.3), written to the
 * first `size` entries of `out`; false when the process has none.
 */
export function stateCovariance(parts: Polynomials, ar: Taps, ma: Taps, size: number, out: Float64Array): boolean {
  const psi = noiseWeights(parts, Math.max(size, parts.theta.length + 1));
  const gamma = autocovariance(parts.phi, crossCovariance(parts.theta, psi));
  if (!gamma) return false;
  out.fill(0, 0, size);
  out[0] = gamma[0];
  for (let k = 0; k < ar.count; k++) for (let i = 1; i < ar.lags[k]; i++) out[i] += ar.values[k] * gamma[ar.lags[k] - i];
  for (let k = 0; k < ma.count; k++) for (let i = 1; i <= ma.lags[k]; i++) out[i] += ma.values[k] * psi[ma.lags[k] - i];
  return true;
}
