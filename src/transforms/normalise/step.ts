/** Normalise as a table step: y = f((x - offset) / scale), with offset and scale from the learning rows; a power comes before them. */
import { expm1, log1p, sigmoid, tanh } from '../../base/float.ts';
import { columnsOf, type Phrase, phrase } from '../../base/words.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import type { Graph, Value } from '../../onnx/build.ts';
import type { LoweredTable } from '../../recipe/step.ts';
import { type NumericColumn, numeric } from '../../table/column.ts';
import { columnNamed, type Table, withColumn } from '../../table/table.ts';
import { chosenNames } from '../../table/verbs/choose.ts';
import { quantile } from '../../table/verbs/quantile.ts';
import { sortNumbers } from '../../table/verbs/sort-numbers.ts';
import { NORMALISABLE } from './kind.ts';
import { likeliestLambda, lowerYeoJohnson, yeoJohnson } from './yeo-johnson.ts';

type Range = readonly [number, number];
interface Scale {
  offset: number;
  scale: number;
  lambda?: number;
  /** Least and greatest finite value seen, where new rows are kept between them. */
  range?: Range;
}
interface Fitted {
  columns: (Scale & { name: string })[];
}

/** From finite values only: one infinity would make every other value 0. */
function scaleOf(values: Float64Array, { method, clip }: ParamValues): Scale {
  const sorted = sortNumbers(values.filter((value) => Number.isFinite(value)));
  if (method === 'power') {
    const lambda = likeliestLambda(sorted);
    const powers = sorted.map((value) => yeoJohnson(value, lambda));
    const range = clip && sorted.length > 0 ? { range: [sorted[0], sorted[sorted.length - 1]] as const } : {};
    return { ...scaleOf(powers, { method: 'zscore' }), lambda, ...range };
  }
  if (sorted.length === 0 || method === 'log1p') return { offset: 0, scale: 1 };
  const min = sorted[0];
  const max = sorted[sorted.length - 1];
  let offset = 0;
  let scale = 1;
  if (method === 'maxabs') scale = Math.max(Math.abs(min), Math.abs(max));
  // The mean of equal values need not be that value in the last bit, and must not become a scale.
  else if (min === max) offset = min;
  else if (method === 'minmax') [offset, scale] = [min, max - min];
  else if (method === 'robust') [offset, scale] = [quantile(sorted, 0.5), quantile(sorted, 0.75) - quantile(sorted, 0.25)];
  else {
    // Population deviation, as scikit-learn's StandardScaler.
    offset = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
    scale = Math.sqrt(sorted.reduce((sum, value) => sum + (value - offset) * (value - offset), 0) / sorted.length);
  }
  return { offset, scale: scale > 0 ? scale : 1 };
}

export function fit(table: Table, params: ParamValues): Fitted {
  const names = chosenNames(table, params.columns as ColumnPick, NORMALISABLE);
  return {
    columns: names.map((name) => ({
      name,
      ...scaleOf((columnNamed(table, name) as NumericColumn).values, params),
    })),
  };
}

const within = (x: number, [least, most]: Range): number => Math.min(most, Math.max(least, x));
/** Powers of values unlike those they were chosen for would else leave what a float32 holds, and models have no answer to that. */
const POWERS: Range = [-1e12, 1e12];

function shape(x: number, params: ParamValues): number {
  switch (params.method) {
    case 'log1p':
      // At and below -1 there is no logarithm; an infinity would spread through means and models.
      return x > -1 ? log1p(x) : Number.NaN;
    case 'tanh':
      return tanh(x);
    case 'logistic':
      return sigmoid(x);
    case 'minmax':
      return params.clip ? within(x, [0, 1]) : x;
    case 'power':
      return within(x, POWERS);
    default:
      return x;
  }
}

export function apply(table: Table, params: ParamValues, fitted: unknown): Table {
  let result = table;
  for (const { name, offset, scale, lambda, range } of (fitted as Fitted).columns) {
    const { values } = columnNamed(table, name) as NumericColumn;
    const out = new Float64Array(values.length);
    for (let i = 0; i < values.length; i++) {
      const given = range ? within(values[i], range) : values[i];
      const x = lambda === undefined ? given : yeoJohnson(given, lambda);
      out[i] = Number.isNaN(x) ? Number.NaN : shape((x - offset) / scale, params);
    }
    result = withColumn(result, name, numeric(out));
  }
  return result;
}

/** log(1 + x), exact for small x too: log(u) · x / (u - 1) with u = 1 + x rounded. */
function lowerLog1p(graph: Graph, x: Value): Value {
  const same = { dtype: 'double' as const, dims: x.dims };
  const flag = { dtype: 'bool' as const, dims: x.dims };
  const number = (value: number): Value => graph.constant('double', [value], [1, 1]);
  const u = graph.op('Add', [x, number(1)], same);
  const plain = graph.op('Log', [u], same);
  const share = graph.op('Div', [x, graph.op('Sub', [u, number(1)], same)], same);
  const corrected = graph.op('Where', [graph.op('Equal', [u, number(1)], flag), x, graph.op('Mul', [plain, share], same)], same);
  const small = graph.op('Less', [graph.op('Abs', [x], same), number(0.5)], flag);
  const value = graph.op('Where', [small, corrected, plain], same);
  return graph.op('Where', [graph.op('Greater', [x, number(-1)], flag), value, number(Number.NaN)], same);
}

/** Missing stays missing. */
function lowerWithin(graph: Graph, x: Value, [least, most]: Range): Value {
  const same = { dtype: 'double' as const, dims: x.dims };
  const flag = { dtype: 'bool' as const, dims: x.dims };
  const number = (value: number): Value => graph.constant('double', [value], [1, 1]);
  const low = graph.op('Where', [graph.op('Less', [x, number(least)], flag), number(least), x], same);
  const high = graph.op('Where', [graph.op('Greater', [low, number(most)], flag), number(most), low], same);
  return graph.op('Where', [graph.op('IsNaN', [x], flag), x, high], same);
}

export function lower(graph: Graph, columns: LoweredTable, params: ParamValues, fitted: unknown): LoweredTable {
  const result = new Map(columns);
  for (const { name, offset, scale, lambda, range } of (fitted as Fitted).columns) {
    const column = columns.get(name);
    if (!column) continue;
    const same = { dtype: 'double' as const, dims: column.value.dims };
    const number = (value: number): Value => graph.constant('double', [value], [1, 1]);
    let x = range ? lowerWithin(graph, column.value, range) : column.value;
    if (lambda !== undefined) x = lowerYeoJohnson(graph, x, lowerLog1p(graph, graph.op('Abs', [x], same)), lambda);
    if (params.method !== 'log1p') x = graph.op('Div', [graph.op('Sub', [x, number(offset)], same), number(scale)], same);
    if (params.method === 'log1p') x = lowerLog1p(graph, x);
    if (params.method === 'tanh') x = graph.op('Tanh', [x], same);
    // 1 / (1 + exp(-x)): the Sigmoid operator clamps to 0 below about -18.
    if (params.method === 'logistic')
      x = graph.op('Div', [number(1), graph.op('Add', [graph.op('Exp', [graph.op('Neg', [x], same)], same), number(1)], same)], same);
    if (params.method === 'minmax' && params.clip) x = lowerWithin(graph, x, [0, 1]);
    if (params.method === 'power') x = lowerWithin(graph, x, POWERS);
    result.set(name, { type: 'number', value: x });
  }
  return result;
}

/** A model may answer beyond what these give, where there is no way back. */
const BOUNDED: ReadonlySet<unknown> = new Set(['tanh', 'logistic', 'power']);
export const invertible = ({ method }: ParamValues): boolean => !BOUNDED.has(method);

const scaled = (fitted: unknown, column: string) => (fitted as Fitted).columns.find(({ name }) => name === column)!;

/** x = f⁻¹(y) · scale + offset. */
export function inverse(values: Float64Array, { method }: ParamValues, fitted: unknown, column: string): Float64Array {
  const { offset, scale } = scaled(fitted, column);
  return values.map((value) => (method === 'log1p' ? expm1(value) : value * scale + offset));
}

export function lowerInverse(graph: Graph, value: Value, { method }: ParamValues, fitted: unknown, column: string): Value {
  const { offset, scale } = scaled(fitted, column);
  const same = { dtype: 'double' as const, dims: value.dims };
  const number = (x: number): Value => graph.constant('double', [x], [1, 1]);
  if (method === 'log1p') return graph.op('Sub', [graph.op('Exp', [value], same), number(1)], same);
  return graph.op('Add', [graph.op('Mul', [value, number(scale)], same), number(offset)], same);
}

export const headline = (_before: Table, _after: Table, _params: ParamValues, fitted: unknown): Phrase =>
  phrase('result.scaled', '{columns} scaled', { columns: columnsOf((fitted as Fitted).columns.length) });
