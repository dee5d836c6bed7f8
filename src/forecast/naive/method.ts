/** Naive: the last value goes on. Standard errors are those of a random walk (Hyndman & Athanasopoulos, FPP3 §5.5). */
import type { Graph, Value } from '../../onnx/build.ts';
import { flat } from '../lower-parts.ts';
import type { ForecastMethod } from '../method.ts';
import { residualSize } from '../residual-size.ts';

interface Naive {
  last: number;
  sigma: number;
}
export const naive: ForecastMethod<Naive> = {
  id: 'naive',
  least: () => 1,
  fit: (y) => ({ last: y[y.length - 1], sigma: residualSize((i) => y[i] - y[i - 1], 1, y.length) }),
  forecast: ({ last, sigma }, horizon) => ({
    mean: new Float64Array(horizon).fill(last),
    deviation: Float64Array.from({ length: horizon }, (_, h) => sigma * Math.sqrt(h + 1)),
  }),
  form: () => 'Naive',
  lower: (graph: Graph, fitted: readonly Naive[], horizon: number): Value =>
    flat(
      graph,
      fitted.map((one) => one.last),
      horizon,
    ),
};
