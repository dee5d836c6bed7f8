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

/** Missing stays missing. A range for all columns, or one for each. */
function lowerWithin(graph: Graph, x: Value, ranges: readonly Range[]): Value {
  const same = { dtype: 'double' as const, dims: x.dims };
  const flag = { dtype: 'bool' as const, dims: x.dims };
  const [least, most] = [0, 1].map((end) =>
    graph.constant(
      'double',
      ranges.map((range) => range[end]),
      [1, ranges.length],
    ),
  );
  const low = graph.op('Where', [graph.op('Less', [x, least], flag), least, x], same);
  const high = graph.op('Where', [graph.op('Greater', [low, most], flag), most, low], same);
  return graph.op('Where', [graph.op('IsNaN', [x], flag), x, high], same);
}

const EVERYWHERE: Range = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

/** Of columns side by side, [batch, columns]. */
function lowerShape(graph: Graph, given: Value, { method, clip }: ParamValues, scales: readonly Scale[]): Value {
  const same = { dtype: 'double' as const, dims: given.dims };
  const one = graph.constant('double', [1], [1, 1]);
  const row = (pick: (scale: Scale) => number): Value => graph.constant('double', scales.map(pick), [1, scales.length]);
  if (method === 'log1p') return lowerLog1p(graph, given);
  let x = given;
  if (scales.some(({ range }) => range))
    x = lowerWithin(
      graph,
      x,
      scales.map(({ range = EVERYWHERE }) => range),
    );
  const lambdas = scales.flatMap(({ lambda }) => lambda ?? []);
  if (lambdas.length > 0) x = lowerYeoJohnson(graph, x, lowerLog1p(graph, graph.op('Abs', [x], same)), lambdas);
  x = graph.op('Div', [graph.op('Sub', [x, row(({ offset }) => offset)], same), row(({ scale }) => scale)], same);
  if (method === 'tanh') return graph.op('Tanh', [x], same);
  // 1 / (1 + exp(-x)): the Sigmoid operator clamps to 0 below about -18.
  if (method === 'logistic')
    return graph.op('Div', [one, graph.op('Add', [graph.op('Exp', [graph.op('Neg', [x], same)], same), one], same)], same);
  if (method === 'minmax' && clip) return lowerWithin(graph, x, [[0, 1]]);
  return method === 'power' ? lowerWithin(graph, x, [POWERS]) : x;
}

/** All columns at once: a few operators for hundreds of words, where some for each would take long to open. */
export function lower(graph: Graph, columns: LoweredTable, params: ParamValues, fitted: unknown): LoweredTable {
  const result = new Map(columns);
  const scales = (fitted as Fitted).columns.filter(({ name }) => columns.has(name));
  const values = scales.map(({ name }) => columns.get(name)!.value);
  if (values.length === 0) return result;
  const wide = { dtype: 'double' as const, dims: ['batch', values.length] };
  const axis = { axis: { type: 'int' as const, value: 1 } };
  const shaped = lowerShape(graph, values.length === 1 ? values[0] : graph.op('Concat', values, wide, axis), params, scales);
  const sizes = graph.constant('int64', new Array(values.length).fill(1));
  const parts =
    values.length === 1
      ? [shaped]
      : graph.several(
          'Split',
          [shaped, sizes],
          values.map(({ dims }) => ({ dtype: 'double', dims })),
          axis,
        );
  scales.forEach(({ name }, at) => {
    result.set(name, { type: 'number', value: parts[at] });
  });
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
