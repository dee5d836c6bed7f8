/** Forecasts of a fitted ARIMA model, and their standard errors from its ψ weights (Box & Jenkins, ch. 5). */
import type { SeriesForecast } from '../method.ts';
import type { FittedArima } from './fitted.ts';

/** `deviation` is the root of variance · Σ ψ_j² over the steps so far. */
export function forecastArima({ weights, history, pulse, shift, theta, variance }: FittedArima, horizon: number): SeriesForecast {
  const k = weights.length;
  const mean = new Float64Array(horizon);
  const deviation = new Float64Array(horizon);
  const psi = new Float64Array(horizon);
  let squares = 0;
  for (let h = 0; h < horizon; h++) {
    let value = shift + (h < pulse.length ? pulse[h] : 0);
    for (let i = 0; i < k; i++) value += weights[i] * (h > i ? mean[h - 1 - i] : history[i - h]);
    mean[h] = value;
    let weight = h === 0 ? 1 : h <= theta.length ? theta[h - 1] : 0;
    for (let i = 0; i < Math.min(k, h); i++) weight += weights[i] * psi[h - 1 - i];
    psi[h] = weight;
    squares += weight * weight;
    deviation[h] = Math.sqrt(variance * squares);
  }
  return { mean, deviation };
}
