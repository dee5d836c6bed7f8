/** Bin as a table step: a value falls into the range whose edges are lower < x ≤ upper, counted from 0. */
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import type { Graph } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { categories, numeric } from '../../table/column.ts';
import { columnNamed, schemaOf, type Table, withColumn } from '../../table/table.ts';
import { BINNABLE, customEdges } from './kind.ts';

interface Fitted {
  /** Inner edges per column, ascending; k edges make k + 1 ranges. */
  columns: { name: string; edges: number[] }[];
}

function edgesOf(values: Float64Array, params: ParamValues): number[] {
  if (params.method === 'custom') return customEdges(params.edges as string) ?? [];
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return [];
  const count = params.bins as number;
  const min = sorted[0];
  const max = sorted[sorted.length - 1];
  const edges = Array.from({ length: count - 1 }, (_, k) => {
    const share = (k + 1) / count;
    if (params.method === 'width') return min + (max - min) * share;
    const at = (sorted.length - 1) * share;
    const low = Math.floor(at);
    return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (at - low);
  });
  return [...new Set(edges)].filter((edge) => edge >= min && edge < max);
}

export const fit = (table: Table, params: ParamValues): Fitted => ({
  columns: resolveColumns(params.columns as ColumnPick, schemaOf(table), BINNABLE).map((name) => ({
    name,
    edges: edgesOf((columnNamed(table, name) as { values: Float64Array }).values, params),
  })),
});

const rounded = (edge: number) => String(Number(edge.toPrecision(6)));

/** "≤ 18", "18 – 35", "> 60"; full precision where six digits would make two labels equal. */
function labelsOf(edges: number[]): string[] {
  if (edges.length === 0) return ['all'];
  const short = edges.map(rounded);
  const text = new Set(short).size === edges.length ? short : edges.map(String);
  return [`≤ ${text[0]}`, ...text.slice(1).map((edge, i) => `${text[i]} – ${edge}`), `> ${text[text.length - 1]}`];
}

function rangeOf(value: number, edges: number[]): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > edges[middle]) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function apply(table: Table, params: ParamValues, fitted: unknown): Table {
  let result = table;
  for (const { name, edges } of (fitted as Fitted).columns) {
    const { values } = columnNamed(table, name) as { values: Float64Array };
    if (params.asNumber) {
      result = withColumn(
        result,
        name,
        numeric(
          values.map((value) => (Number.isNaN(value) ? Number.NaN : rangeOf(value, edges))),
          'integer',
        ),
      );
    } else {
      const codes = Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : rangeOf(value, edges)));
      result = withColumn(result, name, categories(codes, labelsOf(edges)));
    }
  }
  return result;
}

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues, fitted: unknown): LoweredTable {
  const result = new Map(columns);
  for (const { name, edges } of (fitted as Fitted).columns) {
    const column = columns.get(name);
    if (!column) continue;
    const { dims } = column.value;
    const missing = graph.op('IsNaN', [column.value], { dtype: 'bool', dims });
    // The range is the number of edges below the value.
    let range = graph.constant('double', [0], [1, 1]);
    if (edges.length > 0) {
      const above = graph.op('Greater', [column.value, graph.constant('double', edges, [1, edges.length])], {
        dtype: 'bool',
        dims: ['batch', edges.length],
      });
      const ones = graph.op('Cast', [above], { dtype: 'double', dims: ['batch', edges.length] }, { to: { type: 'int', value: 11 } });
      range = graph.op(
        'ReduceSum',
        [ones, graph.constant('int64', [1])],
        { dtype: 'double', dims },
        { keepdims: { type: 'int', value: 1 } },
      );
    }
    const number = graph.op('Where', [missing, column.value, range], { dtype: 'double', dims });
    if (params.asNumber) {
      result.set(name, { type: 'integer', value: number });
      continue;
    }
    const labels = labelsOf(edges);
    const index = graph.op('Where', [missing, graph.constant('double', [labels.length], [1, 1]), number], { dtype: 'double', dims });
    const at = graph.op('Cast', [index], { dtype: 'int64', dims }, { to: { type: 'int', value: 7 } });
    const text = graph.op('Gather', [graph.constant('string', [...labels, '']), at], { dtype: 'string', dims });
    result.set(name, { type: 'category', value: text, categories: labels });
  }
  return result;
}

export const headline = (_before: Table, _after: Table, _params: ParamValues, fitted: unknown): string =>
  (fitted as Fitted).columns
    .map(({ edges }) => `${edges.length + 1} ranges`)
    .slice(0, 2)
    .join(', ');
