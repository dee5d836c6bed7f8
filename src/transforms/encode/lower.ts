/** Encode in the ONNX graph: LabelEncoder from the label to its number, or OneHotEncoder over the levels. */
import type { ParamValues } from '../../kind/params.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import type { Encoded } from './encoded.ts';

const MISSING = -2;

/** A boolean (0, 1 or NaN) as the labels that fitting saw: "false", "true" or ''. */
export function booleanLabels(graph: Graph, value: Value): Value {
  const { dims } = value;
  const missing = graph.op('IsNaN', [value], { dtype: 'bool', dims });
  const index = graph.op('Where', [missing, graph.constant('double', [2], [1, 1]), value], { dtype: 'double', dims });
  const at = graph.op('Cast', [index], { dtype: 'int64', dims }, { to: { type: 'int', value: 7 } });
  return graph.op('Gather', [graph.constant('string', ['false', 'true', '']), at], { dtype: 'string', dims });
}

/** Number of each label as double; '' gives `missing`, an unseen label `other`. Exact: positions first, then Gather in double. */
export function coded(graph: Graph, labels: Value, levels: string[], values: number[], other: number, missing = Number.NaN): Value {
  const { dims } = labels;
  const position = graph.op(
    'LabelEncoder',
    [labels],
    { dtype: 'int64', dims },
    {
      keys_strings: { type: 'strings', value: ['', ...levels] },
      values_int64s: { type: 'ints', value: [0, ...levels.map((_, i) => i + 2)] },
      default_int64: { type: 'int', value: 1 },
    },
    'ai.onnx.ml',
  );
  return graph.op('Gather', [graph.constant('double', [missing, other, ...values]), position], { dtype: 'double', dims });
}

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues, fitted: unknown): LoweredTable {
  const result = new Map(columns);
  for (const { name, boolean, levels, values, names } of (fitted as Encoded).columns) {
    const column = columns.get(name);
    if (!column) continue;
    const labels = boolean ? booleanLabels(graph, column.value) : column.value;
    if (params.method !== 'one-hot') {
      const ordinal = params.method === 'ordinal';
      result.set(name, { type: ordinal ? 'integer' : 'number', value: coded(graph, labels, levels, values, ordinal ? -1 : 0) });
      continue;
    }
    result.delete(name);
    const position = coded(
      graph,
      labels,
      levels,
      levels.map((_, i) => i),
      MISSING,
    );
    names.forEach((level, i) => {
      const hit = graph.op('Equal', [position, graph.constant('double', [i], [1, 1])], { dtype: 'bool', dims: position.dims });
      result.set(level, {
        type: 'integer',
        value: graph.op('Cast', [hit], { dtype: 'double', dims: position.dims }, { to: { type: 'int', value: 11 } }),
      });
    });
  }
  return result;
}
