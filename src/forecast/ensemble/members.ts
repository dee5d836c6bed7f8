/** Which methods are combined for a series, and how much each counts before any of them was judged. */
import { isIntermittent } from '../croston/method.ts';
import { forecastMethod } from '../index.ts';
import type { SeriesAsk } from '../method.ts';
import { LONGEST_SEASON } from '../season.ts';

export interface Prior {
  id: string;
  weight: number;
}

/** Shorter series are too noisy to choose an ARIMA order for (on M3 the mean of theta and ETS is best). */
export const SHORT_SERIES = 60;

const evenly = (...ids: string[]): Prior[] => ids.map((id) => ({ id, weight: 1 }));

/** Those that the series is long enough for; never empty. */
export function membersFor(y: Float64Array, ask: Pick<SeriesAsk, 'periods'>): Prior[] {
  const fits = ({ id }: Prior) => y.length >= forecastMethod(id).least(ask);
  const wanted = portfolio(y, ask.periods).filter(fits);
  return wanted.length > 0 ? wanted : evenly('naive');
}

function portfolio(y: Float64Array, periods: readonly number[]): Prior[] {
  if (isIntermittent(y)) return evenly('sba', 'tsb', 'ets');
  const usable = periods.filter((period) => period * 2 <= y.length);
  if (usable.length > 1 || usable.some((period) => period > LONGEST_SEASON)) {
    const several = evenly('mstl-ets', 'mstl-theta', 'mstl-arima');
    // The long season may be none: then the short one alone does better.
    const short = usable.some((period) => period <= LONGEST_SEASON) ? ['ets', 'arima'] : [];
    return [...several, ...short.map((id) => ({ id, weight: 0.5 }))];
  }
  const thetas = [
    { id: 'theta', weight: 0.5 },
    { id: 'dynamic-theta', weight: 0.5 },
  ];
  if (y.length < SHORT_SERIES) return evenly('theta', 'dynamic-theta', 'ets');
  if (usable.length === 0) return [...evenly('ets', 'arima'), ...thetas];
  return [...evenly('ets', 'arima', 'mstl-ets', 'mstl-arima'), ...thetas];
}
