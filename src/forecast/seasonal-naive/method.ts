/** Seasonal naive: the last season repeats; without a season, the last value. Standard errors after FPP3 §5.5. */
import { arithmetic } from '../lower-parts.ts';
import type { ForecastMethod } from '../method.ts';
import { residualSize } from '../residual-size.ts';

interface SeasonalNaive {
  /** The last period, in the order in which it repeats. */
  cycle: Float64Array;
  sigma: number;
}
export const seasonalNaive: ForecastMethod<SeasonalNaive> = {
  id: 'seasonal-naive',
  // Of several seasons the longest that the history has once.
  least: ({ periods }) => periods[0] ?? 1,
  fit: (y, { periods }) => {
    const period = periods.reduce((best, each) => (each <= y.length ? each : best), 1);
    return { cycle: y.slice(y.length - period), sigma: residualSize((i) => y[i] - y[i - period], period, y.length) };
  },
  forecast: ({ cycle, sigma }, horizon) => ({
    mean: Float64Array.from({ length: horizon }, (_, h) => cycle[h % cycle.length]),
    deviation: Float64Array.from({ length: horizon }, (_, h) => sigma * Math.sqrt(Math.floor(h / cycle.length) + 1)),
  }),
  form: ({ cycle }) => (cycle.length > 1 ? `Seasonal naive[${cycle.length}]` : 'Naive'),
  lower: (graph, fitted, horizon) => arithmetic(graph, fitted.length, horizon).cycle(fitted.map((one) => one.cycle)),
};
