/** Forecasts and standard errors of a fitted ETS form in closed form (Hyndman et al. 2008, ch. 6). */
import type { SeriesForecast } from '../method.ts';
import type { FittedEts } from './fitted.ts';

/** Sum φ + … + φ^h for h = 1 … horizon; h itself without damping. */
function dampedSteps(phi: number, horizon: number): Float64Array {
  const out = new Float64Array(horizon);
  let sum = 0;
  for (let h = 0; h < horizon; h++) {
    sum = phi * (1 + sum);
    out[h] = sum;
  }
  return out;
}

/** Standard errors by the book's formulas for classes 1 and 2; where errors and season are both factors, by that for class 3. */
export function forecastEts({ form, smoothing, level, trend, season, variance }: FittedEts, horizon: number): SeriesForecast {
  const { alpha, beta, gamma, phi } = smoothing;
  const damped = dampedSteps(phi, horizon);
  const m = season.ahead.length;
  const seasonal = season.mode === 'additive' ? 1 : season.mode === 'multiplicative' ? 2 : 0;
  const base = damped.map((step) => level + (form.trend === 'N' ? 0 : trend * step));
  const part = (h: number) => season.ahead[h % m];
  const mean = base.map((value, h) => (seasonal === 1 ? value + part(h) : seasonal === 2 ? value * part(h) : value));

  /** c_j: what an error does j steps later; the season joins where it is additive, factors below. */
  const later = Float64Array.from(
    { length: horizon },
    (_, j) => alpha + (form.trend === 'N' ? 0 : beta * damped[j]) + (seasonal === 1 && (j + 1) % m === 0 ? gamma : 0),
  );
  const deviation = new Float64Array(horizon);
  if (form.error === 'A') {
    let sum = 1;
    for (let h = 0; h < horizon; h++) {
      deviation[h] = Math.sqrt(variance * sum);
      sum += later[h] * later[h];
    }
    return { mean, deviation };
  }
  const center = seasonal === 2 ? base : mean;
  const theta = new Float64Array(horizon);
  let drift = 1;
  for (let h = 0; h < horizon; h++) {
    theta[h] = center[h] * center[h];
    for (let j = 1; j <= h; j++) theta[h] += variance * later[j - 1] * later[j - 1] * theta[h - j];
    if (seasonal === 2 && h > 0 && h % m === 0) drift *= 1 + gamma * gamma * variance;
    const factor = seasonal === 2 ? Math.abs(part(h)) : 1;
    deviation[h] = factor * Math.sqrt(Math.max(0, theta[h] * (1 + variance) * drift - center[h] * center[h]));
  }
  return { mean, deviation };
}
