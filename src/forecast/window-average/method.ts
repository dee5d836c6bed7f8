/** Window average: the mean of the latest values goes on; with a season, the mean of the latest same seasons of each phase. */
import { arithmetic } from '../lower-parts.ts';
import type { ForecastMethod } from '../method.ts';
import { residualSize } from '../residual-size.ts';

/** How many latest values (or seasons) are averaged, at most. */
const WINDOW = 4;
const SEASONS = 3;

interface WindowAverage {
  cycle: Float64Array;
  /** Seasons, or values, in the average. */
  count: number;
  sigma: number;
}
export const windowAverage: ForecastMethod<WindowAverage> = {
  id: 'window-average',
  least: ({ periods }) => periods[0] ?? 1,
  fit: (y, { periods }) => {
    const n = y.length;
    const period = periods.reduce((best, each) => (each * 2 <= n ? each : best), 1);
    const count = Math.min(period > 1 ? SEASONS : WINDOW, Math.floor(n / period));
    const before = (at: number) => {
      let sum = 0;
      for (let k = 1; k <= count; k++) sum += y[at - k * period];
      return sum / count;
    };
    const cycle = Float64Array.from({ length: period }, (_, h) => before(n + h));
    return { cycle, count, sigma: residualSize((i) => y[i] - before(i), count * period, n) };
  },
  forecast: ({ cycle, sigma }, horizon) => ({
    mean: Float64Array.from({ length: horizon }, (_, h) => cycle[h % cycle.length]),
    deviation: new Float64Array(horizon).fill(sigma),
  }),
  form: ({ cycle, count }) => (cycle.length > 1 ? `Average of ${count} seasons[${cycle.length}]` : `Average of the last ${count}`),
  lower: (graph, fitted, horizon) => arithmetic(graph, fitted.length, horizon).cycle(fitted.map((one) => one.cycle)),
};
