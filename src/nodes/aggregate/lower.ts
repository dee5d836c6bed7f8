/** Aggregate across a row in the ONNX graph: sums over the columns side by side, missing cells as the pandas rules say. */
import { type Problem, problem } from '../../base/problem.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { acrossType, SUMMABLE } from './kind.ts';

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues): LoweredTable | Problem {
  const schema = { columns: [...columns].map(([name, column]) => ({ name, type: column.type, role: 'feature' as const })) };
  const names = resolveColumns(params.columns as ColumnPick, schema, SUMMABLE);
  const how = params.how as string;
  if (names.length === 0 || how === 'median' || how === 'product')
    return problem({
      code: 'export.aggregate',
      at: { param: 'how' },
      message: `“${how}” across a row cannot be written into an ONNX file.`,
      hint: 'Use sum, mean, smallest, largest, count, variance or standard deviation.',
    });
  const d = names.length;
  const wide = { dtype: 'double' as const, dims: ['batch', d] };
  const flags = { dtype: 'bool' as const, dims: ['batch', d] };
  const one = { dtype: 'double' as const, dims: ['batch', 1] };
  const test = { dtype: 'bool' as const, dims: ['batch', 1] };
  const number = (value: number) => graph.constant('double', [value], [1, 1]);
  const values = names.map((name) => (columns.get(name) as { value: Value }).value);
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
  else if (how === 'sum') result = orMissing(graph.op('Less', [count, number(params.minCount as number)], test), sum);
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
