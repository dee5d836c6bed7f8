/** One method on some of the series: its forecasts at rolling origins and its fit to the whole; the work that goes to another worker. */
import { type Problem, toProblem } from '../base/problem.ts';
import type { Random } from '../base/random.ts';
import { forecastMethod } from '../forecast/index.ts';
import type { SeriesAsk } from '../forecast/method.ts';
import { originsOf, roll } from '../forecast/rolling.ts';
import type { PanelSeries } from './panel.ts';

/** Of longer histories only the end is learned from. */
export const MOST_HISTORY = 2500;

export interface MethodJob {
  method: string;
  /** Places of the series in the panel. */
  series: readonly number[];
  periods: readonly number[];
  horizon: number;
  origins: number;
}
/** Forecasts of one length: mean and standard error per step. */
export interface Ahead {
  mean: Float64Array;
  deviation: Float64Array;
}
export interface MethodFit {
  form: string;
  fitted: unknown;
  ahead: Ahead;
  /** Per origin, by how many values were known. */
  rolled: { origin: number; ahead: Ahead }[];
}
export type MethodDone = readonly (MethodFit | { problem: Problem })[];

export const historyOf = ({ y }: Pick<PanelSeries, 'y'>): Float64Array => (y.length > MOST_HISTORY ? y.slice(y.length - MOST_HISTORY) : y);

/** The seasons that a history of this length shows twice. */
export const seenPeriods = (periods: readonly number[], length: number): number[] => periods.filter((period) => length >= 2 * period);

/** A series that the method cannot model is a problem of its own; the others go on. */
export function runMethod(
  series: readonly PanelSeries[],
  { method: id, series: places, periods, horizon, origins }: MethodJob,
  run: { random: (purpose: string) => Random; stopRequested: () => boolean },
): MethodDone {
  const method = forecastMethod(id);
  return places.map((place) => {
    const one = series[place];
    const y = historyOf(one);
    const ask: SeriesAsk = {
      periods: seenPeriods(periods, y.length),
      horizon,
      random: (purpose) => run.random(`${id} ${one.key.join('\u0000')} ${purpose}`),
      stopRequested: run.stopRequested,
    };
    try {
      const rolled = roll(method, y, ask, originsOf(y.length, ask, origins)).map(({ origin, forecast }) => ({ origin, ahead: forecast }));
      const fitted = method.fit(y, ask);
      return { form: method.form(fitted), fitted, ahead: method.forecast(fitted, horizon), rolled };
    } catch (error) {
      return { problem: toProblem(error) };
    }
  });
}
