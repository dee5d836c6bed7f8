/** Join in the ONNX graph: a LabelEncoder from the key to its row, and one Gather per added column. */
import { type Problem, problem } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { type Column, cellAt, isMissing } from '../../table/column.ts';
import { columnNamed, type Table } from '../../table/table.ts';
import { joinedNames, joinKeys } from './kind.ts';

/** Position 0 stands for "not found"; row r of the lookup is position r + 1. Numbers are matched as int64, never as text. */
function position(graph: Graph, key: Value, column: Column): Value {
  const rows = Array.from({ length: column.length }, (_, i) => i).filter((i) => !isMissing(column, i));
  const names = rows.map((i) => `row ${i + 1}`);
  let name = key;
  if (key.dtype !== 'string') {
    const whole = graph.op('Cast', [key], { dtype: 'int64', dims: key.dims }, { to: { type: 'int', value: 7 } });
    const keys = rows.map((i) => Number(cellAt(column, i)));
    // There is no LabelEncoder from int64 to int64, so the row goes by a name in between.
    name = graph.op(
      'LabelEncoder',
      [whole],
      { dtype: 'string', dims: key.dims },
      {
        keys_int64s: { type: 'ints', value: keys },
        values_strings: { type: 'strings', value: names },
        default_string: { type: 'string', value: '' },
      },
      'ai.onnx.ml',
    );
  }
  return graph.op(
    'LabelEncoder',
    [name],
    { dtype: 'int64', dims: key.dims },
    {
      keys_strings: { type: 'strings', value: key.dtype === 'string' ? rows.map((i) => String(cellAt(column, i))) : names },
      values_int64s: { type: 'ints', value: rows.map((i) => i + 1) },
      default_int64: { type: 'int', value: 0 },
    },
    'ai.onnx.ml',
  );
}

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues, fitted: unknown): LoweredTable | Problem {
  const right = (fitted as { right: Table } | undefined)?.right;
  const [key] = joinKeys(params);
  const left = key && columns.get(key.left);
  if (!right || !left)
    return problem({
      code: 'export.join',
      message: 'This join cannot be written into an ONNX file.',
      hint: 'Join on one key, or join before the data comes here.',
    });
  const keys = columnNamed(right, key.right);
  if (keys.type === 'number')
    return problem({
      code: 'export.join-number',
      message: `The key “${key.right}” is a number with fractions, which an ONNX lookup cannot match.`,
      hint: 'Join on a category or an integer.',
    });
  const at = position(graph, left.value, keys);
  const result = new Map(columns);
  for (const { from, to } of joinedNames(
    [...columns.keys()],
    right.fields.map((f) => f.name),
    params,
  )) {
    const column = columnNamed(right, from);
    const cells = Array.from({ length: column.length }, (_, i) => cellAt(column, i));
    const text = column.type === 'category' || column.type === 'text';
    const values = text
      ? graph.constant('string', ['', ...cells.map((cell) => (cell === null ? '' : String(cell)))])
      : graph.constant('double', [Number.NaN, ...cells.map((cell) => (cell === null ? Number.NaN : Number(cell)))]);
    result.set(to, {
      type: column.type,
      value: graph.op('Gather', [values, at], { dtype: text ? 'string' : 'double', dims: left.value.dims }),
    });
  }
  return result;
}
