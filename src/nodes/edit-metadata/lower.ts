/** Edit metadata in the ONNX graph: casts among numbers, and names for whole numbers and booleans. */
import type { Problem } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { ColumnType } from '../../kind/schema.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import { textEquals } from '../../onnx/text-equals.ts';
import type { LoweredColumn, LoweredTable } from '../../recipe/step.ts';
import { BOOLEAN_LABELS } from '../../table/verbs/cast.ts';
import type { Relabelled } from './fitted.ts';
import { castLowerable, metadataEdits, unlowerableCast } from './kind.ts';

/** What the encoder answers for a number that training never had; then its digits are written. */
const UNSEEN = '\u0001';

function labels(graph: Graph, value: Value, from: ColumnType, levels: readonly string[]): Value {
  const { dims } = value;
  const text = { dtype: 'string' as const, dims };
  const flag = { dtype: 'bool' as const, dims };
  const missing = graph.op('IsNaN', [value], flag);
  const safe = graph.op('Where', [missing, graph.constant('double', [0], [1, 1]), value], { dtype: 'double', dims });
  const whole = graph.op('Cast', [safe], { dtype: 'int64', dims }, { to: { type: 'int', value: 7 } });
  const boolean = from === 'boolean';
  const names = boolean ? [...BOOLEAN_LABELS] : [...levels];
  // Known levels are keyed by int64, never by formatted text (contracts §3).
  const keyed = graph.op(
    'LabelEncoder',
    [whole],
    text,
    {
      keys_int64s: { type: 'ints', value: boolean ? [0, 1] : names.length > 0 ? names.map(Number) : [0] },
      values_strings: { type: 'strings', value: names.length > 0 ? names : ['0'] },
      default_string: { type: 'string', value: UNSEEN },
    },
    'ai.onnx.ml',
  );
  const digits = graph.op('Cast', [whole], text, { to: { type: 'int', value: 8 } });
  // A fraction at scoring, where training had whole numbers, is none of the levels, and int64 would cut it to one.
  const fraction = graph.op('Not', [graph.op('Equal', [graph.op('Floor', [safe], { dtype: 'double', dims }), safe], flag)], flag);
  const known = graph.op('Where', [textEquals(graph, keyed, UNSEEN), digits, keyed], text);
  const named = boolean ? keyed : graph.op('Where', [fraction, graph.constant('string', [UNSEEN], [1, 1]), known], text);
  return graph.op('Where', [missing, graph.constant('string', [''], [1, 1]), named], text);
}

function cast(graph: Graph, column: LoweredColumn, to: ColumnType, levels: readonly string[]): LoweredColumn {
  const { value, type: from } = column;
  const out = { dtype: 'double' as const, dims: value.dims };
  if (value.dtype === 'string') return { ...column, type: to };
  const flag = { dtype: 'bool' as const, dims: value.dims };
  const number = (x: number) => graph.constant('double', [x], [1, 1]);
  if (to === 'category' || to === 'text') {
    const categories = from === 'boolean' ? BOOLEAN_LABELS : levels;
    return { type: to, value: labels(graph, value, from, levels), ...(to === 'category' ? { categories } : {}) };
  }
  if (to === 'integer' && from !== 'boolean') {
    const infinite = graph.op('IsInf', [value], flag);
    return { type: to, value: graph.op('Where', [infinite, number(Number.NaN), graph.op('Round', [value], out)], out) };
  }
  if (to === 'boolean') {
    const is = (x: number) => graph.op('Equal', [value, number(x)], flag);
    return { type: to, value: graph.op('Where', [graph.op('Or', [is(0), is(1)], flag), value, number(Number.NaN)], out) };
  }
  return { type: to, value };
}

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues, fitted: unknown): LoweredTable | Problem {
  const edits = new Map(metadataEdits(params).map((edit) => [edit.column, edit]));
  const result = new Map<string, LoweredColumn>();
  for (const [name, column] of columns) {
    const edit = edits.get(name);
    if (edit && edit.type !== 'same' && !castLowerable(column.type, edit.type)) return unlowerableCast(name, edit.type);
    const changed =
      edit && edit.type !== 'same' ? cast(graph, column, edit.type, (fitted as Relabelled | undefined)?.levels[name] ?? []) : column;
    result.set(edit?.name || name, changed);
  }
  return result;
}
