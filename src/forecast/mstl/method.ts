/**
 * MSTL: one or several seasons are removed by local regression, a method for what is left goes on without a season, and the last
 * season of each is put back. For seasons too long for ETS and ARIMA, and for series with two.
 */
import { arima } from '../arima/method.ts';
import { ets } from '../ets/method.ts';
import { arithmetic } from '../lower-parts.ts';
import type { ForecastMethod } from '../method.ts';
import { mstl } from '../stl.ts';
import { dynamicTheta } from '../theta/method.ts';

export interface FittedMstl<Rest> {
  rest: Rest;
  periods: number[];
  /** The last cycle of each season, from the first step ahead. */
  cycles: Float64Array[];
}

/** Periods that the series holds twice. */
const usable = (periods: readonly number[], length: number) => periods.filter((period) => period * 2 <= length);

const mstlWith = <Rest>(id: string, name: string, method: ForecastMethod<Rest>): ForecastMethod<FittedMstl<Rest>> => ({
  id,
  least: ({ periods }) => Math.max(method.least({ periods: [] }), 2 * (periods[0] ?? 1)),
  fit: (y, ask) => {
    const periods = usable(ask.periods, y.length);
    const { seasons } = mstl(y, periods);
    const adjusted = y.map((value, i) => seasons.reduce((left, season) => left - season[i], value));
    return {
      rest: method.fit(adjusted, { ...ask, periods: [] }),
      periods,
      cycles: seasons.map((season, at) => season.slice(y.length - periods[at])),
    };
  },
  forecast: ({ rest, cycles }, horizon) => {
    const { mean, deviation } = method.forecast(rest, horizon);
    for (let h = 0; h < horizon; h++) for (const cycle of cycles) mean[h] += cycle[h % cycle.length];
    return { mean, deviation };
  },
  form: ({ rest, periods }) => `${name}[${periods.join(', ') || '–'}] + ${method.form(rest)}`,
  ...(method.lower && {
    lower: (graph, fitted, horizon) => {
      const { add, cycle } = arithmetic(graph, fitted.length, horizon);
      const rests = fitted.map((one) => one.rest);
      let out = method.lower?.(graph, rests, horizon) ?? cycle(fitted.map(() => [0]));
      const most = Math.max(...fitted.map((one) => one.cycles.length));
      for (let at = 0; at < most; at++) out = add(out, cycle(fitted.map((one) => one.cycles[at] ?? [0])));
      return out;
    },
  }),
});

export const mstlEts = mstlWith('mstl-ets', 'MSTL', ets);
export const mstlTheta = mstlWith('mstl-theta', 'MSTL', dynamicTheta);
export const mstlArima = mstlWith('mstl-arima', 'MSTL', arima);
