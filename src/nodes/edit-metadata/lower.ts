/** Edit metadata in the ONNX graph: casts among numbers, and names for whole numbers and booleans. */
import { type Problem, problem } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { ColumnType } from '../../kind/schema.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import type { LoweredColumn, LoweredTable } from '../../recipe/step.ts';
import { castLowerable, metadataEdits } from './kind.ts';
import type { Fitted } from './step.ts';

/** What a number is called that training never had: no level, so it encodes as all zeros. */
const UNSEEN = '\u0001';

function labels(graph: Graph, value: Value, from: ColumnType, levels: readonly string[]): Value {
  const { dims } = value;
  const missing = graph.op('IsNaN', [value], { dtype: 'bool', dims });
  const safe = graph.op('Where', [missing, graph.constant('double', [0], [1, 1]), value], { dtype: 'double', dims });
  const whole = graph.op('Cast', [safe], { dtype: 'int64', dims }, { to: { type: 'int', value: 7 } });
  const keys = from === 'boolean' ? [0, 1] : levels.map(Number);
  const names = from === 'boolean' ? ['false', 'true'] : [...levels];
  const named = graph.op(
    'LabelEncoder',
    [whole],
    { dtype: 'string', dims },
    {
      keys_int64s: { type: 'ints', value: keys },
      values_strings: { type: 'strings', value: names },
      default_string: { type: 'string', value: UNSEEN },
    },
    'ai.onnx.ml',
  );
  return graph.op('Where', [missing, graph.constant('string', [''], [1, 1]), named], { dtype: 'string', dims });
}

function cast(graph: Graph, column: LoweredColumn, to: ColumnType, levels: readonly string[]): LoweredColumn {
  const { value, type: from } = column;
  const out = { dtype: 'double' as const, dims: value.dims };
  if (value.dtype === 'string') return { ...column, type: to };
  if (to === 'category' || to === 'text') {
    const known = from === 'boolean' ? ['false', 'true'] : levels;
    return { type: to, value: labels(graph, value, from, levels), categories: known };
  }
  if (to === 'integer' && from !== 'boolean') return { type: to, value: graph.op('Round', [value], out) };
  if (to === 'boolean') {
    const missing = graph.op('IsNaN', [value], { dtype: 'bool', dims: value.dims });
    const zero = graph.op('Equal', [value, graph.constant('double', [0], [1, 1])], { dtype: 'bool', dims: value.dims });
    const bit = graph.op('Where', [zero, graph.constant('double', [0], [1, 1]), graph.constant('double', [1], [1, 1])], out);
    return { type: to, value: graph.op('Where', [missing, value, bit], out) };
  }
  return { type: to, value };
}

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues, fitted: unknown): LoweredTable | Problem {
  const edits = new Map(metadataEdits(params).map((edit) => [edit.column, edit]));
  const result = new Map<string, LoweredColumn>();
  for (const [name, column] of columns) {
    const edit = edits.get(name);
    if (edit && edit.type !== 'same' && !castLowerable(column.type, edit.type))
      return problem({
        code: 'export.cast',
        at: { column: name },
        message: `Reading “${name}” from text cannot be written into an ONNX file.`,
        hint: 'Set the column’s type in the file import instead.',
      });
    const changed = edit && edit.type !== 'same' ? cast(graph, column, edit.type, (fitted as Fitted).levels[name] ?? []) : column;
    result.set(edit?.name || name, changed);
  }
  return result;
}
