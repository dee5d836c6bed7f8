/** Ways of Combine models that only some models know, and what is said where others are wired. */
import type { Json } from '../../base/json.ts';

/** Whether forecasts are weighed series by series. */
export const isBySeries = (by: Json | undefined): by is 'errors' | 'best' => by === 'errors' || by === 'best';

export const MIXED = {
  code: 'combine.mixed',
  at: { port: 'models' },
  message: 'Some of these models forecast time series, others predict row by row.',
  hint: 'Combine forecasts with forecasts only.',
};
export const FOR_SERIES = {
  code: 'combine.for-series',
  at: { param: 'by' },
  message: 'Only forecasts are weighed for each series by what they missed; these models predict row by row.',
  hint: 'Combine them by the mean, with or without weights.',
};
export const FOR_ROWS = {
  code: 'combine.for-rows',
  at: { param: 'by' },
  message: 'Forecasts cannot vote, and are not stacked.',
  hint: 'Combine them by the mean, or for each series by what they missed.',
};
