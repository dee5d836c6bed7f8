/** Writes ARIMA forecasts into an ONNX graph: a window of latest values per series that moves on by one weighted sum per step. */
import type { Graph, Value } from '../../onnx/build.ts';
import { arithmetic } from '../lower-parts.ts';
import type { FittedArima } from './fitted.ts';

export function lower(graph: Graph, fitted: readonly FittedArima[], horizon: number): Value {
  const series = fitted.length;
  const width = Math.max(1, ...fitted.map((one) => one.weights.length));
  const { column, add, mul, steps } = arithmetic(graph, series, horizon);
  /** Series with fewer weights are filled up with zeros. */
  const table = (read: (one: FittedArima) => Float64Array, hint: string) => {
    const values = new Float64Array(series * width);
    fitted.forEach((one, i) => {
      values.set(read(one), i * width);
    });
    return graph.constant('double', values, [series, width], hint);
  };
  const weights = table((one) => one.weights, 'weights');
  let window = table((one) => one.history, 'history');
  const at = (place: number, hint: string) => graph.constant('int64', [place], [1], hint);
  const [from, to, axis] = [at(0, 'from'), at(width - 1, 'to'), at(1, 'axis')];
  return steps((h) => {
    const parts = mul(weights, window);
    const sum = graph.op('ReduceSum', [parts, axis], { dtype: 'double', dims: [series, 1] }, { keepdims: { type: 'int', value: 1 } });
    const value = add(sum, column(fitted.map((one) => one.shift + (one.pulse[h - 1] ?? 0))));
    const kept = width === 1 ? [] : [graph.op('Slice', [window, from, to, axis], { dtype: 'double', dims: [series, width - 1] })];
    window = graph.op('Concat', [value, ...kept], { dtype: 'double', dims: [series, width] }, { axis: { type: 'int', value: 1 } });
    return value;
  });
}
