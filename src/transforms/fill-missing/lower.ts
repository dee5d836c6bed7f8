/** Fill missing in the ONNX graph: Where(IsNaN) for numbers, Where(is '') for strings. */
import type { Problem } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import type { Filled } from './step.ts';

/** True where the string is empty. Equal on strings is not in opset 17, so a one-key LabelEncoder says it. */
function isEmpty(graph: Graph, value: Value): Value {
  const flags = graph.op(
    'LabelEncoder',
    [value],
    { dtype: 'int64', dims: value.dims },
    {
      keys_strings: { type: 'strings', value: [''] },
      values_int64s: { type: 'ints', value: [1] },
      default_int64: { type: 'int', value: 0 },
    },
    'ai.onnx.ml',
  );
  return graph.op('Cast', [flags], { dtype: 'bool', dims: value.dims }, { to: { type: 'int', value: 9 } });
}

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues, fitted: unknown): LoweredTable | Problem {
  const result = new Map(columns);
  for (const rule of (fitted as Filled).rules) {
    const column = columns.get(rule.column);
    if (!column) continue;
    const { value } = column;
    const text = value.dtype === 'string';
    const missing = text ? isEmpty(graph, value) : graph.op('IsNaN', [value], { dtype: 'bool', dims: value.dims });
    if (params.indicator) {
      const mark = graph.op('Cast', [missing], { dtype: 'double', dims: value.dims }, { to: { type: 'int', value: 11 } });
      result.set(`${rule.column}_missing`, { type: 'boolean', value: mark });
    }
    if (rule.fill === null) continue;
    const fill = text ? graph.constant('string', [String(rule.fill)], [1, 1]) : graph.constant('double', [Number(rule.fill)], [1, 1]);
    const filled = graph.op('Where', [missing, fill, value], { dtype: value.dtype, dims: value.dims });
    const known = column.categories;
    const categories = text && known && !known.includes(String(rule.fill)) ? [...known, String(rule.fill)] : known;
    result.set(rule.column, { ...column, value: filled, ...(categories ? { categories } : {}) });
  }
  return result;
}
