/** Writes theta models into an ONNX graph: the state of each series, gone on step by step with its own forecasts as observations. */
import type { Graph, Value } from '../../onnx/build.ts';
import { arithmetic } from '../lower-parts.ts';
import { lowerSeason } from '../lower-season.ts';
import { type FittedTheta, isDynamic } from './lines.ts';

export function lower(graph: Graph, fitted: readonly FittedTheta[], horizon: number): Value {
  const { column, add, sub, mul, steps } = arithmetic(graph, fitted.length, horizon);
  const of = (read: (one: FittedTheta) => number) => column(fitted.map(read));
  const anyDynamic = fitted.some((one) => isDynamic(one.state.variant));
  /** 1 where the line is drawn anew at each step, 0 where it stays. */
  const moves = of((one) => (isDynamic(one.state.variant) ? 1 : 0));
  const alpha = of((one) => one.state.alpha);
  const keep = of((one) => 1 - one.state.alpha);
  const inverse = of((one) => 1 / one.state.alpha);
  const omega = of((one) => one.state.omega);
  const one = of(() => 1);
  let level = of((each) => each.state.level);
  let intercept = of((each) => each.state.intercept);
  let slope = of((each) => each.state.slope);
  let mean = of((each) => each.state.mean);
  let decay = of((each) => each.state.decay);
  const mix = (old: Value, next: Value) => add(old, mul(moves, sub(next, old)));
  const rest = steps((h) => {
    const t = (each: FittedTheta) => each.state.count + h;
    const after = mul(decay, keep);
    const line = add(mul(decay, intercept), mul(mul(slope, inverse), sub(one, after)));
    const value = add(level, mul(omega, line));
    level = add(level, mul(alpha, sub(value, level)));
    decay = after;
    if (anyDynamic) {
      const off = sub(value, mean);
      const old = mul(
        of((each) => (t(each) - 2) / (t(each) + 1)),
        slope,
      );
      const pull = mul(
        of((each) => 6 / t(each) / (t(each) + 1)),
        off,
      );
      slope = mix(slope, add(old, pull));
      mean = add(
        mean,
        mul(
          of((each) => 1 / t(each)),
          off,
        ),
      );
      const down = mul(
        of((each) => (t(each) + 1) / 2),
        slope,
      );
      intercept = mix(intercept, sub(mean, down));
    }
    return value;
  });
  return lowerSeason(
    graph,
    rest,
    fitted.map((each) => each.season),
    horizon,
  );
}
