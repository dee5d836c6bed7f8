/** ARIMA, with a season or without, its order found automatically. */
import type { ForecastMethod } from '../method.ts';
import { LONGEST_SEASON } from '../season.ts';
import { forecastArima } from './ahead.ts';
import type { FittedArima } from './fitted.ts';
import { lower } from './lower.ts';
import { orderName } from './order.ts';
import { fitAutomatic } from './search.ts';

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
