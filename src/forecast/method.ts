/** What a forecasting method is: fitted to one regular series it goes on from the end of that series. */
import type { Random } from '../base/random.ts';
import type { Graph, Value } from '../onnx/build.ts';

export interface SeriesAsk {
  /** Seasonal periods in steps, shortest first, each at least 2; empty = no season. */
  periods: readonly number[];
  /** Steps ahead that will be asked for. */
  horizon: number;
  random: (purpose: string) => Random;
  stopRequested: () => boolean;
}
/** One entry per step ahead, in the units of the series. */
export interface SeriesForecast {
  mean: Float64Array;
  /** Standard error of each step; NaN where the method has none. */
  deviation: Float64Array;
}
/** `Fitted` is plain data that `base/pack` can write: parameters and the state at the end of the history. */
export interface ForecastMethod<Fitted = unknown> {
  id: string;
  /** Least number of observations that a fit needs. */
  least: (ask: Pick<SeriesAsk, 'periods'>) => number;
  /** `y`: regular, finite, oldest first. Throws a `ProblemError` for a series it cannot model. */
  fit(y: Float64Array, ask: SeriesAsk): Fitted;
  forecast(fitted: Fitted, horizon: number): SeriesForecast;
  /** The fit in a few words for people: "ETS(A,Ad,M)", "ARIMA(0,1,1)(0,1,1)[12]". */
  form(fitted: Fitted): string;
  /** Forecasts of many series fitted by this method as a value [series, horizon] of the graph. */
  lower?(graph: Graph, fitted: readonly Fitted[], horizon: number): Value;
}
