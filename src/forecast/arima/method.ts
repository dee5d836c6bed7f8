/** ARIMA, with a season or without, its order found automatically. */
import type { ForecastMethod } from '../method.ts';
import { forecastArima } from './ahead.ts';
import type { FittedArima } from './fitted.ts';
import { lower } from './lower.ts';
import { orderName } from './order.ts';
import { fitAutomatic } from './search.ts';

/** Longer seasons make the recursions too long; MSTL removes them beforehand. */
const LONGEST_SEASON = 24;

export const arima: ForecastMethod<FittedArima> = {
  id: 'arima',
  least: () => 6,
  fit: (y, { periods, stopRequested }) => {
    const period = periods.reduce((best, each) => (each <= LONGEST_SEASON && each * 2 + 5 <= y.length ? each : best), 1);
    return fitAutomatic(y, period, stopRequested);
  },
  forecast: forecastArima,
  form: ({ order }) => orderName(order),
  lower,
};
