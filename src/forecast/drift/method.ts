/** Drift: the line through the first and the last value goes on. Standard errors after FPP3 §5.5. */
import { arithmetic } from '../lower-parts.ts';
import type { ForecastMethod } from '../method.ts';
import { residualSize } from '../residual-size.ts';

interface Drift {
  last: number;
  slope: number;
  sigma: number;
  /** Steps in the history. */
  span: number;
}
export const drift: ForecastMethod<Drift> = {
  id: 'drift',
  least: () => 2,
  fit: (y) => {
    const span = y.length - 1;
    const slope = (y[span] - y[0]) / span;
    return { last: y[span], slope, span, sigma: residualSize((i) => y[i] - y[i - 1] - slope, 1, y.length, 1) };
  },
  forecast: ({ last, slope, sigma, span }, horizon) => ({
    mean: Float64Array.from({ length: horizon }, (_, h) => last + slope * (h + 1)),
    deviation: Float64Array.from({ length: horizon }, (_, h) => sigma * Math.sqrt((h + 1) * (1 + (h + 1) / span))),
  }),
  form: () => 'Drift',
  lower: (graph, fitted, horizon) => {
    const { column, add, mul } = arithmetic(graph, fitted.length, horizon);
    const ahead = graph.constant(
      'double',
      Float64Array.from({ length: horizon }, (_, h) => h + 1),
      [1, horizon],
      'ahead',
    );
    return add(column(fitted.map((one) => one.last)), mul(column(fitted.map((one) => one.slope)), ahead));
  },
};
