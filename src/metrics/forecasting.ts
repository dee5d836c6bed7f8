/** Metrics of forecasts (Hyndman & Koehler 2006; Makridakis & Hibon 2000). Truth and forecast are equally long and in original units. */
import { phrase } from '../base/words.ts';
import { finite, requireFinite, undefinedMetric } from './finite.ts';

/** Mean |y_t - y_{t-m}| of the history: what one step of the seasonal naive method misses by. 0 for a constant or too short history. */
export function naiveScale(history: Float64Array, period: number): number {
  const lag = history.length > period ? period : 1;
  let sum = 0;
  for (let i = lag; i < history.length; i++) sum += Math.abs(history[i] - history[i - lag]);
  return history.length > lag ? sum / (history.length - lag) : 0;
}

/** Mean absolute error over the seasonal naive method's mean absolute error in the history; below 1 beats it. */
export function mase(truth: Float64Array, forecast: Float64Array, history: Float64Array, period: number): number {
  requireFinite('MASE', truth, forecast);
  const scale = naiveScale(history, period);
  if (!(scale > 0))
    throw undefinedMetric(
      'MASE',
      phrase('metric.constant-history', 'the history never changes'),
      phrase('metric.use-mae', 'Use MAE for constant series.'),
    );
  let sum = 0;
  for (let i = 0; i < truth.length; i++) sum += Math.abs(truth[i] - forecast[i]);
  return finite('MASE', sum / truth.length / scale);
}

/** Mean of 2 |error| / (|truth| + |forecast|), between 0 and 2; two zeros agree. */
export function smape(truth: Float64Array, forecast: Float64Array): number {
  requireFinite('sMAPE', truth, forecast);
  let sum = 0;
  for (let i = 0; i < truth.length; i++) {
    const size = Math.abs(truth[i]) + Math.abs(forecast[i]);
    if (size > 0) sum += (2 * Math.abs(truth[i] - forecast[i])) / size;
  }
  return finite('sMAPE', sum / truth.length);
}

/** Share of true values within their interval, bounds included. */
export function coverage(truth: Float64Array, low: Float64Array, high: Float64Array): number {
  requireFinite('Coverage', truth, low, high);
  let inside = 0;
  for (let i = 0; i < truth.length; i++) if (truth[i] >= low[i] && truth[i] <= high[i]) inside++;
  return inside / truth.length;
}
