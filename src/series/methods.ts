/** Which forecasting methods there are for people, and which of them are tried on a series when nobody chose. */
import { FORECAST_METHODS } from '../forecast/index.ts';

/** By id, as they are offered; an id without its method yet is not offered. */
const TITLES: Record<string, string> = {
  ets: 'Exponential smoothing (ETS)',
  theta: 'Theta',
  'standard-theta': 'Theta, standard',
  'dynamic-theta': 'Theta, dynamic',
  arima: 'ARIMA',
  'mstl-ets': 'MSTL: several seasons, and ETS',
  'mstl-theta': 'MSTL: several seasons, and Theta',
  'mstl-arima': 'MSTL: several seasons, and ARIMA',
  croston: 'Croston: sales now and then',
  sba: 'Croston, Syntetos–Boylan',
  tsb: 'Teunter–Syntetos–Babai',
  naive: 'Last value',
  'seasonal-naive': 'Seasonal naive',
  drift: 'Drift',
  mean: 'Mean',
  'window-average': 'Mean of the last values',
};
const known = new Set(FORECAST_METHODS.map(({ id }) => id));

export const METHOD_TITLES: Readonly<Record<string, string>> = Object.fromEntries(
  FORECAST_METHODS.map(({ id }) => [id, TITLES[id] ?? id]).sort(
    ([a], [b]) => Object.keys(TITLES).indexOf(a) - Object.keys(TITLES).indexOf(b),
  ),
);
/** Only what this build has. */
const there = (ids: readonly string[]): string[] => ids.filter((id) => known.has(id));

/** Share of zeros from which demand is intermittent. */
const INTERMITTENT = 0.3;
/** Longer seasons are too many states for exponential smoothing and ARIMA. */
const LONG_SEASON = 24;

/** Every method that the automatic choice may try, over all kinds of series; simple ones first, so that there is soon something. */
export const AUTO_METHODS: readonly string[] = there([
  'seasonal-naive',
  'dynamic-theta',
  'theta',
  'ets',
  'mstl-ets',
  'mstl-theta',
  'arima',
  'mstl-arima',
  'sba',
  'tsb',
  'window-average',
]).filter((id, _, all) => !(id === 'theta' && all.includes('dynamic-theta')));

/** Whether the automatic choice tries the method on a series like this. */
export function suits(method: string, y: Float64Array, periods: readonly number[]): boolean {
  let zeros = 0;
  for (const value of y) if (value === 0) zeros++;
  const intermittent = y.length > 0 && zeros > INTERMITTENT * y.length;
  const long = periods.length > 1 || (periods[0] ?? 1) > LONG_SEASON;
  if (/^(croston|sba|tsb)$/.test(method)) return intermittent;
  if (method === 'window-average') return intermittent;
  if (method.startsWith('mstl')) return long && !intermittent;
  if (method === 'ets' || method === 'arima') return !intermittent && !long;
  return true;
}
