/** Writes ETS forecasts into an ONNX graph: level and damped trend gone on step by step, then the season of each series. */
import type { Graph, Value } from '../../onnx/build.ts';
import { arithmetic } from '../lower-parts.ts';
import { lowerSeason } from '../lower-season.ts';
import type { FittedEts } from './fitted.ts';

export function lower(graph: Graph, fitted: readonly FittedEts[], horizon: number): Value {
  const { column, add, mul, steps } = arithmetic(graph, fitted.length, horizon);
  const phi = column(fitted.map((one) => one.smoothing.phi));
  let level = column(fitted.map((one) => one.level));
  let trend = column(fitted.map((one) => (one.form.trend === 'N' ? 0 : one.trend)));
  const rest = steps(() => {
    trend = mul(trend, phi);
    level = add(level, trend);
    return level;
  });
  return lowerSeason(
    graph,
    rest,
    fitted.map((one) => one.season),
    horizon,
  );
}
