/** Join in the ONNX graph: a LabelEncoder from the key to its row, and one Gather per added column. */
import { type Problem, problem } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { type Column, cellAt, cellsOf, isMissing } from '../../table/column.ts';
import { columnNamed, type Table } from '../../table/table.ts';
import { joinedNames, joinKeys } from './kind.ts';

const LARGEST_WHOLE = 2 ** 53;

/** Position 0 stands for "not found"; row r of the lookup is position r + 1. Numbers are matched as int64, never as text. */
function position(graph: Graph, key: Value, column: Column): Value {
  const { dims } = key;
  const rows = Array.from({ length: column.length }, (_, i) => i).filter((i) => !isMissing(column, i));
  const names = rows.map((i) => `row ${i + 1}`);
  let name = key;
  if (key.dtype !== 'string') {
    const flag = { dtype: 'bool' as const, dims };
    const number = (value: number) => graph.constant('double', [value], [1, 1]);
    // A missing number, a fraction and what is beyond exact whole numbers are in no lookup, and have no int64.
    const whole = graph.op('Equal', [graph.op('Floor', [key], { dtype: 'double', dims }), key], flag);
    const near = graph.op('Less', [graph.op('Abs', [key], { dtype: 'double', dims }), number(LARGEST_WHOLE)], flag);
    const fits = graph.op('And', [whole, near], flag);
    const safe = graph.op('Where', [fits, key, number(0)], { dtype: 'double', dims });
    // There is no LabelEncoder from int64 to int64, so the row goes by a name in between.
    const found = graph.op(
      'LabelEncoder',
      [graph.op('Cast', [safe], { dtype: 'int64', dims }, { to: { type: 'int', value: 7 } })],
      { dtype: 'string', dims },
      {
        keys_int64s: { type: 'ints', value: rows.map((i) => Number(cellAt(column, i))) },
        values_strings: { type: 'strings', value: names },
        default_string: { type: 'string', value: '' },
      },
      'ai.onnx.ml',
    );
    name = graph.op('Where', [fits, found, graph.constant('string', [''], [1, 1])], { dtype: 'string', dims });
  }
  return graph.op(
    'LabelEncoder',
    [name],
    { dtype: 'int64', dims },
    {
      keys_strings: { type: 'strings', value: key.dtype === 'string' ? rows.map((i) => String(cellAt(column, i))) : names },
      values_int64s: { type: 'ints', value: rows.map((i) => i + 1) },
      default_int64: { type: 'int', value: 0 },
    },
    'ai.onnx.ml',
  );
}

const hasFractions = (column: Column): boolean =>
  column.type === 'number' && column.values.some((value) => !Number.isNaN(value) && !Number.isSafeInteger(value));

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
  if (hasFractions(keys))
    return problem({
      code: 'export.join-number',
      args: { column: key.right },
      message: `The key “${key.right}” is a number with fractions, which an ONNX lookup cannot match.`,
      hint: 'Join on a category or an integer.',
    });
  const result = new Map(columns);
  const added = joinedNames(
    [...columns.keys()],
    right.fields.map((field) => field.name),
    params,
  );
  // A lookup without a single key finds nothing; LabelEncoder wants at least one.
  const at = cellsOf(keys).some((cell) => cell !== null) ? position(graph, left.value, keys) : undefined;
  for (const { from, to } of added) {
    const column = columnNamed(right, from);
    const cells = cellsOf(column);
    const text = column.type === 'category' || column.type === 'text';
    const values = text
      ? graph.constant('string', ['', ...cells.map((cell) => (cell === null ? '' : String(cell)))])
      : graph.constant('double', [Number.NaN, ...cells.map((cell) => (cell === null ? Number.NaN : Number(cell)))]);
    const { dims } = left.value;
    const zero = () => {
      const shape = graph.op('Shape', [left.value], { dtype: 'int64', dims: [2] });
      return graph.op('Expand', [graph.constant('int64', [0], [1, 1]), shape], { dtype: 'int64', dims });
    };
    result.set(to, {
      type: column.type,
      value: graph.op('Gather', [values, at ?? zero()], { dtype: text ? 'string' : 'double', dims }),
      ...(column.type === 'category' ? { categories: column.dictionary } : {}),
    });
  }
  return result;
}
