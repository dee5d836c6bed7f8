/** Which forecasting methods there are for people, and which of them are tried on a series when nobody chose. */
import { membersFor } from '../forecast/ensemble/members.ts';
import { FORECAST_METHODS, forecastMethod } from '../forecast/index.ts';
import { DIRECT, RECURSIVE } from './shared-ids.ts';

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
  [DIRECT]: 'Boosted trees on lags',
  [RECURSIVE]: 'Boosted trees on lags, step by step',
  naive: 'Last value',
  'seasonal-naive': 'Seasonal naive',
  drift: 'Drift',
  mean: 'Mean',
  'window-average': 'Mean of the last values',
};
const known = new Set(FORECAST_METHODS.map(({ id }) => id));

export const METHOD_TITLES: Readonly<Record<string, string>> = Object.fromEntries(
  [...known, DIRECT, RECURSIVE]
    .map((id) => [id, TITLES[id] ?? id])
    .sort(([a], [b]) => Object.keys(TITLES).indexOf(a) - Object.keys(TITLES).indexOf(b)),
);
/** Every method that the automatic choice may try, quick ones first, so that there is soon something. */
export const AUTO_METHODS: readonly string[] = [
  'seasonal-naive',
  'theta',
  'dynamic-theta',
  'ets',
  'sba',
  'tsb',
  'mstl-theta',
  'mstl-ets',
  'arima',
  'mstl-arima',
  DIRECT,
].filter((id) => known.has(id) || id === DIRECT);

/** So much less than others a method counts that is tried only to be compared with. */
const BASELINE = 0.1;

/** What each method that suits the series counts for before it is judged; 0 where it is not tried. */
export function priorOf(method: string, y: Float64Array, periods: readonly number[]): number {
  const member = membersFor(y, { periods }).find(({ id }) => id === method);
  if (member) return member.weight;
  return BASELINES.has(method) && y.length >= forecastMethod(method).least({ periods }) ? BASELINE : 0;
}
const BASELINES = new Set(['seasonal-naive', 'naive', 'drift', 'mean', 'standard-theta', 'croston', 'window-average']);
