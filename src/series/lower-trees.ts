/** Writes boosted trees that look at columns known in advance: the graph puts their rows together from histories in the file and values given. */
import type { Problem } from '../base/problem.ts';
import { naiveScale } from '../metrics/forecasting.ts';
import type { Graph, Value } from '../onnx/build.ts';
import type { LearnerCode } from '../recipe/model.ts';
import type { FittedSeries, SeriesModel } from '../recipe/series-model.ts';
import { timeOfStep } from '../table/series/grid.ts';
import type { SharedFit, SharedMember } from './lagged.ts';
import { CALENDAR, knownAt, lookedBack, seasonalBack, writeCalendar } from './lagged-features.ts';
import { DIRECT } from './shared-ids.ts';

const INT = (value: number) => ({ type: 'int' as const, value });
const FLOAT = { to: INT(1) };
const DOUBLE = { to: INT(11) };
const axis = (value: number) => ({ axis: INT(value) });

/** Values of one known column of the time ahead, double ['batch', horizon], the model's own where none was given. */
export interface KnownAhead {
  values: readonly Value[];
  /** double ['batch', horizon]: 1 where a value is neither given nor known to the model. */
  lacking: Value;
}

/** The series that a method has a say in, and each row's place among them; one past the last for all other rows. */
export interface OwnSeries {
  all: readonly FittedSeries[];
  /** int64 ['batch']. */
  place: Value;
}

const wide = (dims: Value['dims']) => ({ dtype: 'double' as const, dims });
const gather = (graph: Graph, from: Value, at: Value, along: number, dims: Value['dims']) =>
  graph.op('Gather', [from, at], { dtype: from.dtype, dims }, axis(along));
const picked = (graph: Graph, from: Value, at: readonly number[], dims: Value['dims']) =>
  gather(graph, from, graph.constant('int64', at, [at.length], 'at'), 1, dims);
const shaped = (graph: Graph, value: Value, shape: readonly number[], dims: Value['dims']) =>
  graph.op('Reshape', [value, graph.constant('int64', shape, [shape.length], 'shape')], { dtype: value.dtype, dims });
const floats = (graph: Graph, value: Value) => graph.op('Cast', [value], { dtype: 'float', dims: value.dims }, FLOAT);

/** A table of numbers by series, a row of `rest` behind them, as each row of the batch needs it. */
function bySeries(graph: Graph, { all, place }: OwnSeries, width: number, of: (one: FittedSeries) => ArrayLike<number>, rest = 0): Value {
  const values = new Float64Array((all.length + 1) * width).fill(rest);
  all.forEach((one, s) => void values.set(of(one), s * width));
  return gather(graph, graph.constant('double', values, [all.length + 1, width], 'by_series'), place, 0, ['batch', width]);
}

/** What is known ahead of `columns`, from graph inputs double ['batch', horizon] of their names. */
export function knownAheadOf(graph: Graph, { known, horizon, series }: SeriesModel, inputs: readonly Value[], place: Value): KnownAhead {
  const dims = ['batch', horizon];
  const unbounded = graph.constant('double', [Number.POSITIVE_INFINITY], [1], 'unbounded');
  const finite = (value: Value) => graph.op('Less', [graph.op('Abs', [value], wide(dims)), unbounded], { dtype: 'bool', dims });
  let lacking: Value | undefined;
  const values = inputs.map((given, k) => {
    const own = bySeries(
      graph,
      { all: series, place },
      horizon,
      ({ known: span, last }) => Float64Array.from({ length: horizon }, (_, h) => knownAt(span, k, last + 1 + h)),
      Number.NaN,
    );
    const value = graph.op('Where', [finite(given), given, own], wide(dims));
    const none = graph.op('Not', [finite(value)], { dtype: 'bool', dims });
    lacking = lacking ? graph.op('Or', [lacking, none], { dtype: 'bool', dims }) : none;
    return value;
  });
  if (!lacking || known.length === 0) throw new Error('no column is known in advance');
  return { values, lacking: graph.op('Cast', [lacking], wide(dims), DOUBLE) };
}

/**
 * Forecasts of one method, double ['batch', horizon], as `sharedMean` makes them; rows of series that it has no say in answer something
 * finite. Sums go in the order of `writeFeatures`, so that numbers are the same to the last bit before trees see them.
 */
export function lowerTrees(
  graph: Graph,
  model: SeriesModel,
  method: string,
  own: OwnSeries,
  ahead: KnownAhead,
  learner: LearnerCode,
): Value | Problem {
  const { horizon } = model;
  const { fitted, shape } = model.shared![method] as SharedFit;
  const { period } = shape;
  const back = Math.max(lookedBack(shape), ...(shape.windows ?? []).map(({ size }) => size), period, 3);
  const code = ({ members }: FittedSeries) => (members.find((one) => one.method === method)!.fitted as SharedMember).code;
  const size = bySeries(
    graph,
    own,
    1,
    ({ history }) => {
      const scale = naiveScale(history, model.periods[0] ?? 1);
      return [scale > 0 ? scale : 1];
    },
    1,
  );
  // One place before the oldest value that is looked at stays missing: what nobody can know is read there.
  const past = bySeries(graph, own, back + 1, ({ history }) => {
    const out = new Float64Array(back + 1).fill(Number.NaN);
    out.set(history.subarray(Math.max(0, history.length - back)), back + 1 - Math.min(back, history.length));
    return out;
  });
  const codes = bySeries(graph, own, 1, (one) => [code(one)]);
  const dates =
    shape.calendar === false
      ? undefined
      : bySeries(graph, own, horizon * CALENDAR.length, ({ last }) => {
          const out = new Float32Array(horizon * CALENDAR.length);
          for (let h = 0; h < horizon; h++) writeCalendar(out, h * CALENDAR.length, timeOfStep(shape.grid, last + 1 + h));
          return out;
        });

  const direct = method === DIRECT;
  const ofKnown = ahead.values.flatMap((value, k) => {
    const before = bySeries(graph, own, period, ({ known, last }) =>
      Float64Array.from({ length: period }, (_, i) => knownAt(known, k, last - period + 1 + i)),
    );
    const all = graph.op('Concat', [before, value], wide(['batch', period + horizon]), axis(1));
    const base = Array.from({ length: horizon }, (_, h) => (direct ? period + h - period * Math.ceil((h + 1) / period) : h));
    return [value, graph.op('Sub', [value, picked(graph, all, base, value.dims)], wide(value.dims))];
  });

  /** Values of the steps `from + 1` to `from + count` ahead, from `y`, double ['batch', back + 1 + from], which ends with what is known. */
  const valuesOf = (y: Value, from: number, count: number): Value | Problem => {
    const length = back + 1 + from;
    const dims = ['batch', count];
    const steps = Array.from({ length: count }, (_, i) => i + 1);
    const base = picked(
      graph,
      y,
      steps.map((h) => length - 1 + h - period * Math.ceil(h / period)),
      dims,
    );
    // Each column as ['batch', count, some]: differences from the base over the size.
    const columns: Value[] = [];
    const put = (values: Value, some: number) => {
      const cube = ['batch', count, some];
      const rest = graph.op('Sub', [values, shaped(graph, base, [-1, count, 1], ['batch', count, 1])], wide(cube));
      columns.push(graph.op('Div', [rest, shaped(graph, size, [-1, 1, 1], ['batch', 1, 1])], wide(cube)));
    };
    const every = (value: Value) => shaped(graph, value, [-1, 1, 1], ['batch', 1, 1]);
    const last = (n: number, newestFirst: boolean) =>
      picked(
        graph,
        y,
        Array.from({ length: n }, (_, j) => (newestFirst ? length - 1 - j : length - n + j)),
        ['batch', n],
      );
    const summed = (value: Value, n: number) => {
      const sums = graph.op('CumSum', [value, graph.constant('int64', [1], [], 'axis')], wide(['batch', n]));
      return picked(graph, sums, [n - 1], ['batch', 1]);
    };
    const over = (value: Value, by: number, width: number) =>
      graph.op('Div', [value, graph.constant('double', [by], [1], 'by')], wide(['batch', width]));

    const span = Math.max(period, 3);
    put(every(summed(over(last(span, true), span, span), span)), 1);
    const lags = shape.lags ?? Array.from({ length: shape.recent }, (_, j) => j + 1);
    const lagged = picked(
      graph,
      y,
      lags.map((lag) => length - lag),
      ['batch', lags.length],
    );
    put(shaped(graph, lagged, [-1, 1, lags.length], ['batch', 1, lags.length]), lags.length);
    const seasonal = steps.flatMap((h) => seasonalBack(shape, h).map((steps) => (steps >= 1 && steps <= length - 1 ? length - steps : 0)));
    if (seasonal.length > 0) {
      const some = seasonal.length / count;
      const values = picked(graph, y, seasonal, ['batch', seasonal.length]);
      put(shaped(graph, values, [-1, count, some], ['batch', count, some]), some);
    }
    for (const { size: n, how } of shape.windows ?? []) {
      const values = last(n, false);
      if (how === 'min' || how === 'max') {
        const best = graph.op(how === 'min' ? 'ReduceMin' : 'ReduceMax', [values], wide(['batch', 1]), {
          axes: { type: 'ints', value: [1] },
        });
        put(every(best), 1);
        continue;
      }
      const mean = over(summed(values, n), n, 1);
      if (how === 'mean') {
        put(every(mean), 1);
        continue;
      }
      const off = graph.op('Sub', [values, mean], wide(['batch', n]));
      const squares = summed(graph.op('Mul', [off, off], wide(['batch', n])), n);
      const spread = graph.op('Sqrt', [over(squares, n - 1, 1)], wide(['batch', 1]));
      const scaled = every(graph.op('Div', [spread, size], wide(['batch', 1])));
      const rows = graph.constant('double', new Float64Array(count), [1, count, 1], 'rows');
      columns.push(graph.op('Add', [scaled, rows], wide(['batch', count, 1])));
    }
    const zeros = graph.constant('double', new Float64Array(count), [1, count, 1], 'rows');
    const step = graph.op(
      'Add',
      [graph.op('Mul', [every(codes), zeros], wide(['batch', count, 1])), graph.constant('double', steps, [1, count, 1], 'steps')],
      wide(['batch', count, 1]),
    );
    const which = graph.op('Add', [every(codes), zeros], wide(['batch', count, 1]));
    const ofStep = (value: Value, width: number) => {
      const at = steps.flatMap((h) => Array.from({ length: width }, (_, j) => (from + h - 1) * width + j));
      return shaped(graph, picked(graph, value, at, ['batch', at.length]), [-1, count, width], ['batch', count, width]);
    };
    const parts = [
      step,
      which,
      ...columns,
      ...(dates ? [ofStep(dates, CALENDAR.length)] : []),
      ...ofKnown.map((value) => ofStep(value, 1)),
    ];
    const cols = parts.reduce((sum, { dims: [, , width] }) => sum + Number(width), 0);
    const cube = graph.op('Concat', parts, wide(['batch', count, cols]), axis(2));
    // Steps of all rows have a size of their own, which must not go by the batch's name.
    const rows = count === 1 ? 'batch' : 'steps';
    const X = floats(graph, shaped(graph, cube, [-1, cols], [rows, cols]));
    const said = learner.lower(graph, X, fitted, 0);
    if ('message' in said) return said;
    const value = shaped(graph, graph.op('Cast', [said], wide(said.dims), DOUBLE), [-1, count], dims);
    return graph.op('Add', [base, graph.op('Mul', [size, value], wide(dims))], wide(dims));
  };

  if (direct) return valuesOf(past, 0, horizon);
  let y = past;
  const made: Value[] = [];
  for (let h = 0; h < horizon; h++) {
    const next = valuesOf(y, h, 1);
    if ('message' in next) return next;
    made.push(next);
    y = graph.op('Concat', [y, next], wide(['batch', back + 2 + h]), axis(1));
  }
  return graph.op('Concat', made, wide(['batch', horizon]), axis(1));
}

/** double ['batch', horizon]: where a method cannot say anything. Step by step a value that lacks is lacking from there on. */
export function lackingOf(graph: Graph, method: string, { lacking }: KnownAhead): Value {
  if (method === DIRECT) return lacking;
  return graph.op('CumSum', [lacking, graph.constant('int64', [1], [], 'axis')], wide(lacking.dims));
}
