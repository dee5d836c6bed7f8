/** Replace in the ONNX graph: whole values only, one Where per pair, the first pair outermost. */
import type { Problem } from '../../base/problem.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import { textEquals } from '../../onnx/text-equals.ts';
import { loweredSchema } from '../../recipe/lowered-schema.ts';
import type { LoweredColumn, LoweredTable } from '../../recipe/step.ts';
import { textPattern } from './kind.ts';
import { categoriesAfter, replacements, typeAfter, valuePairs } from './mapping.ts';

/** Every condition looks at the value as it came in, so that pairs do not chain. */
function replacedText(graph: Graph, value: Value, params: ParamValues): Value {
  const { dims } = value;
  return replacements(params)
    .toReversed()
    .reduce(
      (result, { find, replace }) =>
        graph.op('Where', [textEquals(graph, value, find), graph.constant('string', [replace], [1, 1]), result], { dtype: 'string', dims }),
      value,
    );
}

function replacedNumber(graph: Graph, value: Value, pairs: ReadonlyMap<number, number>): Value {
  const flag = { dtype: 'bool' as const, dims: value.dims };
  const number = (x: number) => graph.constant('double', [x], [1, 1]);
  const is = (x: number) => (Number.isNaN(x) ? graph.op('IsNaN', [value], flag) : graph.op('Equal', [value, number(x)], flag));
  return [...pairs].reduce((result, [find, write]) => graph.op('Where', [is(find), number(write), result], value), value);
}

function replaced(graph: Graph, column: LoweredColumn, params: ParamValues): LoweredColumn {
  const { value, type, categories } = column;
  if (value.dtype !== 'string')
    return { ...column, type: typeAfter(type, params), value: replacedNumber(graph, value, valuePairs(type, params)) };
  const labels = categories && { categories: categoriesAfter(categories, params) };
  return { ...column, value: replacedText(graph, value, params), ...labels };
}

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues): LoweredTable | Problem {
  if (params.mode !== 'whole' || params.ignoreCase) return textPattern;
  const result = new Map(columns);
  for (const name of resolveColumns(params.columns as ColumnPick, loweredSchema(columns))) {
    const column = columns.get(name);
    if (column) result.set(name, replaced(graph, column, params));
  }
  return result;
}
