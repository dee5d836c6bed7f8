/** Replace in the ONNX graph: whole values only, one Where per pair, the first pair outermost. */
import { type Problem, problem } from '../../base/problem.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { asNumber, type Replacement, replacements } from './kind.ts';

function isText(graph: Graph, value: Value, text: string): Value {
  const flags = graph.op(
    'LabelEncoder',
    [value],
    { dtype: 'int64', dims: value.dims },
    {
      keys_strings: { type: 'strings', value: [text] },
      values_int64s: { type: 'ints', value: [1] },
      default_int64: { type: 'int', value: 0 },
    },
    'ai.onnx.ml',
  );
  return graph.op('Cast', [flags], { dtype: 'bool', dims: value.dims }, { to: { type: 'int', value: 9 } });
}

function isNumber(graph: Graph, value: Value, number: number): Value {
  const out = { dtype: 'bool' as const, dims: value.dims };
  return Number.isNaN(number)
    ? graph.op('IsNaN', [value], out)
    : graph.op('Equal', [value, graph.constant('double', [number], [1, 1])], out);
}

/** Every condition looks at the value as it came in, so that pairs do not chain. */
function replaced(graph: Graph, value: Value, pairs: readonly Replacement[], boolean: boolean): Value {
  const read = (source: string) => (boolean ? { true: 1, false: 0, '': Number.NaN }[source.toLowerCase()] : asNumber(source));
  return pairs.toReversed().reduce((result, pair) => {
    if (value.dtype === 'string')
      return graph.op('Where', [isText(graph, value, pair.find), graph.constant('string', [pair.replace], [1, 1]), result], {
        dtype: 'string',
        dims: value.dims,
      });
    const find = read(pair.find);
    const write = read(pair.replace);
    if (find === undefined || write === undefined) return result;
    return graph.op('Where', [isNumber(graph, value, find), graph.constant('double', [write], [1, 1]), result], {
      dtype: 'double',
      dims: value.dims,
    });
  }, value);
}

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues): LoweredTable | Problem {
  if (params.mode !== 'whole' || params.ignoreCase)
    return problem({
      code: 'export.text-pattern',
      message: 'Replacing by a pattern cannot be written into an ONNX file.',
      hint: 'Match whole values instead.',
    });
  const schema = { columns: [...columns].map(([name, column]) => ({ name, type: column.type, role: 'feature' as const })) };
  const result = new Map(columns);
  for (const name of resolveColumns(params.columns as ColumnPick, schema)) {
    const column = columns.get(name);
    if (!column) continue;
    const { categories: _old, ...rest } = column;
    result.set(name, { ...rest, value: replaced(graph, column.value, replacements(params), column.type === 'boolean') });
  }
  return result;
}
