/** Fill missing in the ONNX graph: Where(IsNaN) for numbers, Where(is '') for strings. */
import type { Problem } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Graph } from '../../onnx/build.ts';
import { textEquals } from '../../onnx/text-equals.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import type { Filled } from './filled.ts';
import { needsNeighbours } from './kind.ts';
import { filledType } from './plan.ts';

export function lower(graph: Graph, columns: LoweredTable, _params: ParamValues, fitted: unknown): LoweredTable | Problem {
  const result = new Map(columns);
  for (const rule of (fitted as Filled).rules) {
    if (rule.method === 'ffill' || rule.method === 'bfill') return needsNeighbours;
    const column = columns.get(rule.column);
    if (!column) continue;
    const { value } = column;
    const text = value.dtype === 'string';
    const missing = text ? textEquals(graph, value, '') : graph.op('IsNaN', [value], { dtype: 'bool', dims: value.dims });
    if (rule.indicator) {
      const mark = graph.op('Cast', [missing], { dtype: 'double', dims: value.dims }, { to: { type: 'int', value: 11 } });
      result.set(rule.indicator, { type: 'boolean', value: mark });
    }
    const type = filledType(rule);
    if (rule.fill === null) {
      result.set(rule.column, { ...column, type });
      continue;
    }
    const fill = text ? graph.constant('string', [String(rule.fill)], [1, 1]) : graph.constant('double', [Number(rule.fill)], [1, 1]);
    const filled = graph.op('Where', [missing, fill, value], { dtype: value.dtype, dims: value.dims });
    const known = column.categories;
    const categories = known && { categories: known.includes(String(rule.fill)) ? known : [...known, String(rule.fill)] };
    result.set(rule.column, { ...column, type, value: filled, ...categories });
  }
  return result;
}
