/** Mean: every future value is the mean of the history. Standard errors after FPP3 §5.5. */
import { flat } from '../lower-parts.ts';
import type { ForecastMethod } from '../method.ts';
import { residualSize } from '../residual-size.ts';

interface Mean {
  mean: number;
  deviation: number;
}
export const mean: ForecastMethod<Mean> = {
  id: 'mean',
  least: () => 1,
  fit: (y) => {
    let sum = 0;
    for (const value of y) sum += value;
    const center = sum / y.length;
    const sigma = residualSize((i) => y[i] - center, 0, y.length, 1);
    return { mean: center, deviation: sigma * Math.sqrt(1 + 1 / y.length) };
  },
  forecast: (fitted, horizon) => ({
    mean: new Float64Array(horizon).fill(fitted.mean),
    deviation: new Float64Array(horizon).fill(fitted.deviation),
  }),
  form: () => 'Mean',
  lower: (graph, fitted, horizon) =>
    flat(
      graph,
      fitted.map((one) => one.mean),
      horizon,
    ),
};
