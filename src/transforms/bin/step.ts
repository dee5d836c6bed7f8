/** Bin as a table step: a value falls into the range whose edges are lower < x ≤ upper, counted from 0. */
import { ProblemError } from '../../base/problem.ts';
import { columnsOf, type Phrase, phrase } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import type { Graph } from '../../onnx/build.ts';
import { targetOf } from '../../recipe/fit-model.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { classesOf, encodeClasses, taskOf } from '../../recipe/target.ts';
import { categories, type NumericColumn, numeric } from '../../table/column.ts';
import { columnNamed, type Table, withColumn } from '../../table/table.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import { quantile } from '../../table/verbs/quantile.ts';
import { sortNumbers } from '../../table/verbs/sort-numbers.ts';
import { entropyEdges } from './entropy.ts';
import { BINNABLE, customEdges, rangeLabels } from './kind.ts';

interface Fitted {
  /** Inner edges per column, ascending; k edges make k + 1 ranges. */
  columns: { name: string; edges: number[] }[];
}

function edgesOf(values: Float64Array, params: ParamValues): number[] {
  if (params.method === 'custom') return customEdges(params.edges as string) ?? [];
  const sorted = sortNumbers(values.filter((value) => Number.isFinite(value)));
  if (sorted.length === 0) return [];
  const count = params.bins as number;
  const min = sorted[0];
  const max = sorted[sorted.length - 1];
  const edges = Array.from({ length: count - 1 }, (_, k) => {
    const share = (k + 1) / count;
    return params.method === 'width' ? min + (max - min) * share : quantile(sorted, share);
  });
  return [...new Set(edges)].filter((edge) => edge >= min && edge < max);
}

/** The classes that ranges are to tell apart. An amount has none. */
function classesToTell(table: Table, params: ParamValues): { target: string; codes: Int32Array; count: number } {
  const target = targetOf(table, params);
  const column = columnNamed(table, target);
  if (taskOf(column) === 'regress')
    throw new ProblemError({
      code: 'bin.no-classes',
      at: { param: 'target' },
      args: { column: target },
      message: phrase('bin.amount', '“{column}” is an amount: there are no classes to tell apart.', { column: target }),
      hint: 'Choose a column of classes under Target, or another method.',
    });
  const classes = classesOf(column);
  const codes = Int32Array.from(encodeClasses(column, classes), (code) => (Number.isNaN(code) ? -1 : code));
  return { target, codes, count: classes.length };
}

export function fit(table: Table, params: ParamValues): Fitted {
  const told = params.method === 'entropy' ? classesToTell(table, params) : undefined;
  const names = chosenNames(table, params.columns as ColumnPick, BINNABLE).filter((name) => name !== told?.target);
  const columns = names.map((name) => {
    const { values } = columnNamed(table, name) as NumericColumn;
    return { name, edges: told ? entropyEdges(values, told.codes, told.count) : edgesOf(values, params) };
  });
  return { columns };
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
    const { values } = columnNamed(table, name) as NumericColumn;
    const ranges = values.map((value) => (Number.isNaN(value) ? Number.NaN : rangeOf(value, edges)));
    const column = params.asNumber
      ? numeric(ranges, 'integer')
      : categories(
          Int32Array.from(ranges, (range) => (Number.isNaN(range) ? -1 : range)),
          rangeLabels(edges),
        );
    result = withColumn(result, name, column);
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
    const labels = rangeLabels(edges);
    const index = graph.op('Where', [missing, graph.constant('double', [labels.length], [1, 1]), number], { dtype: 'double', dims });
    const at = graph.op('Cast', [index], { dtype: 'int64', dims }, { to: { type: 'int', value: 7 } });
    const text = graph.op('Gather', [graph.constant('string', [...labels, '']), at], { dtype: 'string', dims });
    result.set(name, { type: 'category', value: text, categories: labels });
  }
  return result;
}

export const headline = (_before: Table, _after: Table, _params: ParamValues, fitted: unknown): Phrase => {
  const { columns } = fitted as Fitted;
  return phrase('result.binned', '{columns} in {ranges} ranges', {
    columns: columnsOf(columns.length),
    ranges: columns.reduce((most, { edges }) => Math.max(most, edges.length + 1), 0),
  });
};
