/** ETS: exponential smoothing in state-space form, the form chosen among up to fifteen by AICc. */
import type { ForecastMethod } from '../method.ts';
import { LONGEST_SEASON } from '../season.ts';
import { forecastEts } from './ahead.ts';
import { fitAutomatic } from './fit.ts';
import type { FittedEts } from './fitted.ts';
import { formName } from './form.ts';
import { lower } from './lower.ts';

export const ets: ForecastMethod<FittedEts> = {
  id: 'ets',
  least: () => 6,
  fit: (y, { periods, stopRequested }) => {
    const period = periods.reduce((best, each) => (each <= LONGEST_SEASON && each * 2 <= y.length ? each : best), 1);
    const fitted = fitAutomatic(y, period, stopRequested);
    if (!fitted) throw new Error('no ETS form could be fitted');
    return fitted;
  },
  forecast: forecastEts,
  form: ({ form }) => formName(form),
  lower,
};
