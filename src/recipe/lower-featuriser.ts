/** Writes the featuriser into an ONNX graph: double arithmetic, one-hot by text, one cast at the end (onnx.md §5, F). */
import type { Graph, Value } from '../onnx/build.ts';
import type { Featuriser } from './model.ts';
import type { LoweredTable } from './step.ts';

/** The matrix [batch, d]: double, or float after one Cast. Missing and unseen levels are all zero. */
export function lowerFeaturiser(graph: Graph, featuriser: Featuriser, columns: LoweredTable, precision: 'float32' | 'float64'): Value {
  const parts: Value[] = [];
  let run: Featuriser['columns'][number][] = [];
  const flush = () => {
    if (run.length > 0) parts.push(lowerNumbers(graph, run, columns));
    run = [];
  };
  for (const spec of featuriser.columns) {
    if (!spec.levels) run.push(spec);
    else {
      flush();
      const input = inputOf(columns, spec.name);
      if (spec.coded) parts.push(lowerCodes(graph, spec.levels, input));
      else if (spec.levels.length > 0) parts.push(lowerLevels(graph, spec.levels, input));
    }
  }
  flush();
  const matrix = join(graph, parts);
  return precision === 'float64'
    ? matrix
    : graph.op('Cast', [matrix], { dtype: 'float', dims: matrix.dims }, { to: { type: 'int', value: 1 } });
}

function inputOf(columns: LoweredTable, name: string): Value {
  const column = columns.get(name);
  if (!column) throw new Error(`no lowered column ${name}`);
  return column.value;
}
const widthOf = (value: Value): number => Number(value.dims[1]);

/** Side by side: [batch, a] and [batch, b] give [batch, a + b]. */
function join(graph: Graph, parts: readonly Value[]): Value {
  if (parts.length === 1) return parts[0];
  const width = parts.reduce((sum, part) => sum + widthOf(part), 0);
  return graph.op('Concat', parts, { dtype: 'double', dims: ['batch', width] }, { axis: { type: 'int', value: 1 } });
}

function lowerNumbers(graph: Graph, run: readonly Featuriser['columns'][number][], columns: LoweredTable): Value {
  let block = join(
    graph,
    run.map((spec) => inputOf(columns, spec.name)),
  );
  const shape = { dtype: 'double' as const, dims: ['batch', run.length] };
  const row = (pick: (spec: Featuriser['columns'][number]) => number, hint: string) =>
    graph.constant('double', Float64Array.from(run, pick), [1, run.length], hint);
  if (run.some((spec) => spec.fill !== undefined)) {
    // x - x is NaN for missing and infinite x alike.
    const missing = graph.op('IsNaN', [graph.op('Sub', [block, block], shape)], { dtype: 'bool', dims: shape.dims });
    block = graph.op('Where', [missing, row((spec) => spec.fill ?? Number.NaN, 'fill'), block], shape);
  }
  if (run.some((spec) => spec.offset !== undefined)) {
    block = graph.op('Sub', [block, row((spec) => spec.offset ?? 0, 'offset')], shape);
    block = graph.op('Div', [block, row((spec) => (spec.offset === undefined ? 1 : (spec.scale ?? 1)), 'scale')], shape);
  }
  return block;
}

function lowerLevels(graph: Graph, levels: readonly string[], value: Value): Value {
  const width = levels.length;
  const hot = graph.op(
    'OneHotEncoder',
    [value],
    { dtype: 'float', dims: ['batch', 1, width] },
    { cats_strings: { type: 'strings', value: levels }, zeros: { type: 'int', value: 1 } },
    'ai.onnx.ml',
  );
  const flat = graph.op('Reshape', [hot, graph.constant('int64', [-1, width], [2], 'shape')], { dtype: 'float', dims: ['batch', width] });
  return graph.op('Cast', [flat], { dtype: 'double', dims: flat.dims }, { to: { type: 'int', value: 11 } });
}

/** Place among the levels, NaN for what is none of them: positions first, then Gather in double, so that no NaN stands in an attribute. */
function lowerCodes(graph: Graph, levels: readonly string[], value: Value): Value {
  const position = graph.op(
    'LabelEncoder',
    [value],
    { dtype: 'int64', dims: value.dims },
    {
      keys_strings: { type: 'strings', value: levels.length > 0 ? levels : [''] },
      values_int64s: { type: 'ints', value: levels.length > 0 ? levels.map((_, i) => i + 1) : [0] },
      default_int64: { type: 'int', value: 0 },
    },
    'ai.onnx.ml',
  );
  const codes = graph.constant('double', [Number.NaN, ...levels.map((_, i) => i)], undefined, 'codes');
  return graph.op('Gather', [codes, position], { dtype: 'double', dims: value.dims });
}
