/** All forecasting methods, simplest first. One line each. */
import { arima } from './arima/method.ts';
import { croston, sba, tsb } from './croston/method.ts';
import { drift } from './drift/method.ts';
import { ets } from './ets/method.ts';
import { type Guarded, guarded } from './guard.ts';
import { mean } from './mean/method.ts';
import type { ForecastMethod } from './method.ts';
import { mstlArima, mstlEts, mstlTheta } from './mstl/method.ts';
import { naive } from './naive/method.ts';
import { seasonalNaive } from './seasonal-naive/method.ts';
import { dynamicTheta, standardTheta, theta } from './theta/method.ts';
import { windowAverage } from './window-average/method.ts';

/** What is fitted is only ever given back to the method that made it, so the list forgets its type. */
const entry = <Fitted>(method: ForecastMethod<Fitted>): ForecastMethod =>
  guarded(method) as ForecastMethod<Guarded<Fitted>> as ForecastMethod;

export const FORECAST_METHODS: readonly ForecastMethod[] = [
  entry(naive),
  entry(seasonalNaive),
  entry(drift),
  entry(mean),
  entry(windowAverage),
  entry(theta),
  entry(standardTheta),
  entry(dynamicTheta),
  entry(ets),
  entry(arima),
  entry(mstlEts),
  entry(mstlTheta),
  entry(mstlArima),
  entry(croston),
  entry(sba),
  entry(tsb),
];

/** The method of this id; throws when there is none. */
export function forecastMethod(id: string): ForecastMethod {
  const found = FORECAST_METHODS.find((method) => method.id === id);
  if (!found) throw new Error(`there is no forecasting method “${id}”`);
  return found;
}
