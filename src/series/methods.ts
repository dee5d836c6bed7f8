/** Which forecasting methods there are for people, and which of them are tried on a series when nobody chose. */
import { labelWords, type Phrase, phrase } from '../base/words.ts';
import { membersFor } from '../forecast/ensemble/members.ts';
import { FORECAST_METHODS, forecastMethod } from '../forecast/index.ts';
import { LONGEST_SEASON } from '../forecast/season.ts';
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
  'sba',
  'tsb',
  'mstl-theta',
  'mstl-ets',
  'ets',
  'arima',
  'mstl-arima',
  DIRECT,
].filter((id) => known.has(id) || id === DIRECT);

/** What takes a long season off before the method, which by itself would not see it. */
const WITH_LONG_SEASONS: Readonly<Record<string, string>> = { ets: 'mstl-ets', arima: 'mstl-arima' };

/** The method that a person's choice comes to where a season is longer than it knows, and what is to be said of that. */
export function standIn(method: string, periods: readonly number[]): { method: string; note?: Phrase } {
  const other = WITH_LONG_SEASONS[method];
  const long = periods.find((period) => period > LONGEST_SEASON);
  if (other === undefined || long === undefined) return { method };
  return {
    method: other,
    note: phrase(
      'series.long-season',
      '{method} by itself knows seasons of up to {most} steps: that of {steps} steps is taken off before it, by MSTL. A season set by hand goes before.',
      { method: labelWords(METHOD_TITLES[method]), most: LONGEST_SEASON, steps: long },
    ),
  };
}

/** So much less than others a method counts that is tried only to be compared with. */
const BASELINE = 0.1;

/** What each method that suits the series counts for before it is judged; 0 where it is not tried. */
export function priorOf(method: string, y: Float64Array, periods: readonly number[]): number {
  const member = membersFor(y, { periods }).find(({ id }) => id === method);
  if (member) return member.weight;
  return BASELINES.has(method) && y.length >= forecastMethod(method).least({ periods }) ? BASELINE : 0;
}
const BASELINES = new Set(['seasonal-naive', 'naive', 'drift', 'mean', 'standard-theta', 'croston', 'window-average']);
