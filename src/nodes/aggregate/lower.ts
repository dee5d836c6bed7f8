/** Aggregate across a row in the ONNX graph: sums over the columns side by side, missing cells as the pandas rules say. */
import { type Problem, problem } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { acrossType, noMedian } from './kind.ts';

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues, fitted: unknown): LoweredTable | Problem {
  const names = fitted as readonly string[];
  const how = params.how as string;
  if (how === 'median') return noMedian;
  if (names.length === 0)
    return problem({
      code: 'export.aggregate',
      at: { param: 'columns' },
      message: 'An aggregate of no columns cannot be written into an ONNX file.',
      hint: 'Choose at least one number column.',
    });
  const d = names.length;
  const wide = { dtype: 'double' as const, dims: ['batch', d] };
  const flags = { dtype: 'bool' as const, dims: ['batch', d] };
  const one = { dtype: 'double' as const, dims: ['batch', 1] };
  const test = { dtype: 'bool' as const, dims: ['batch', 1] };
  const number = (value: number) => graph.constant('double', [value], [1, 1]);
  const values = names.map((name) => (columns.get(name) as { value: Value }).value);
  // Value by value: ReduceProd has no double.
  const product = (factors: readonly Value[]) =>
    factors.reduce(
      (result, v) =>
        graph.op('Mul', [result, graph.op('Where', [graph.op('IsNaN', [v], test), number(1), v], one)], {
          dtype: 'double',
          dims: ['batch', 1],
        }),
      number(1),
    );
  const all = d === 1 ? values[0] : graph.op('Concat', values, wide, { axis: { type: 'int', value: 1 } });
  const missing = graph.op('IsNaN', [all], flags);
  const total = (v: Value) => graph.op('ReduceSum', [v, graph.constant('int64', [1])], one, { keepdims: { type: 'int', value: 1 } });
  const there = graph.op('Sub', [number(1), graph.op('Cast', [missing], wide, { to: { type: 'int', value: 11 } })], wide);
  const count = total(there);
  const filled = (value: number) => graph.op('Where', [missing, number(value), all], wide);
  const nan = number(Number.NaN);
  const orMissing = (condition: Value, v: Value) => graph.op('Where', [condition, nan, v], one);
  const none = graph.op('Equal', [count, number(0)], test);
  const sum = total(filled(0));
  const mean = orMissing(none, graph.op('Div', [sum, count], one));
  let result: Value;
  if (how === 'count') result = count;
  else if (how === 'sum' || how === 'product')
    result = orMissing(graph.op('Less', [count, number(params.minCount as number)], test), how === 'sum' ? sum : product(values));
  else if (how === 'mean') result = mean;
  else if (how === 'min' || how === 'max') {
    const edge = filled(how === 'min' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);
    const axes = { axes: { type: 'ints' as const, value: [1] }, keepdims: { type: 'int' as const, value: 1 } };
    result = orMissing(none, graph.op(how === 'min' ? 'ReduceMin' : 'ReduceMax', [edge], one, axes));
  } else {
    const deviation = graph.op('Where', [missing, number(0), graph.op('Sub', [all, mean], wide)], wide);
    const squares = total(graph.op('Mul', [deviation, deviation], wide));
    const variance = orMissing(
      graph.op('Less', [count, number(2)], test),
      graph.op('Div', [squares, graph.op('Sub', [count, number(1)], one)], one),
    );
    result = how === 'var' ? variance : graph.op('Sqrt', [variance], one);
  }
  if (how !== 'count' && !params.skipMissing) result = orMissing(graph.op('Less', [count, number(d)], test), result);
  const output = new Map([...columns].filter(([name]) => name !== params.name));
  return output.set(params.name as string, {
    type: acrossType(
      how,
      names.map((name) => columns.get(name)?.type ?? 'number'),
    ),
    value: result,
  });
}
