/** Writes a model of series as one ONNX graph: the columns that tell series apart → its forecasts and bounds, unrolled to the horizon. */
import { type Problem, problem } from '../base/problem.ts';
import { labelWords, phrase } from '../base/words.ts';
import { forecastMethod } from '../forecast/index.ts';
import type { ColumnSchema } from '../kind/schema.ts';
import { type Graph, newGraph, type Value } from '../onnx/build.ts';
import type { GraphProto } from '../onnx/proto.ts';
import { withoutDeadNodes } from '../recipe/lower-model.ts';
import type { FittedSeries, SeriesModel } from '../recipe/series-model.ts';
import { boundName, isNonNegative } from './ahead.ts';
import type { SharedMember } from './lagged.ts';
import { METHOD_TITLES } from './methods.ts';
import { isShared } from './shared-ids.ts';

/** The input of a model that needs none: a graph answers once for each row that it is given. */
export const NO_IDS = 'series';
const ML = 'ai.onnx.ml';
const CAST_INT64 = { to: { type: 'int' as const, value: 7 } };
/** No id of ours: a whole number that is missing. */
const NOWHERE = -(2 ** 53);

const cannot = (method: string): Problem =>
  problem({
    code: 'onnx.series-method',
    args: { method },
    message: phrase('onnx.series-method', '{method} cannot be written into an ONNX file, and this model’s forecasts need it.', {
      method: labelWords(METHOD_TITLES[method] ?? method),
    }),
    hint: 'Use the model in this app or as a .millrace-model file, or choose a method such as Theta or ETS.',
  });
const oddId = ({ name }: ColumnSchema): Problem =>
  problem({
    code: 'onnx.series-id',
    args: { name },
    message: `Series are told apart by “${name}”, which holds neither texts nor whole numbers, and an ONNX file can only look those up.`,
    hint: 'Make the column a category or whole numbers with Edit metadata before the model is trained.',
  });

/** Of a model whose trees look at the time ahead. */
export const NEEDS_FUTURE: Problem = problem({
  code: 'onnx.series-future',
  at: { param: 'known' },
  message: 'Forecasts that use columns known in advance cannot be written into an ONNX file, which takes no rows of the time ahead.',
  hint: 'Use the model in this app or as a .millrace-model file, or leave the columns out.',
});

/** Why a model cannot be written, without writing it; undefined when it can. */
export function whyNot(model: SeriesModel): Problem | undefined {
  if (model.known.length > 0) return NEEDS_FUTURE;
  for (const name of model.ids) {
    const input = model.inputs.find((one) => one.name === name)!;
    if (!['category', 'text', 'integer'].includes(input.type)) return oddId(input);
  }
  for (const { members } of model.series)
    for (const { method } of members) if (!isShared(method) && !forecastMethod(method).lower) return cannot(method);
  return undefined;
}

/**
 * Inputs: each id column ['batch', 1], texts as string, whole numbers as double. Outputs: `forecast`, `lower_80` … double
 * ['batch', horizon]; NaN for a series that the model does not know.
 */
export function lowerSeries(model: SeriesModel): GraphProto | Problem {
  const problem = whyNot(model);
  if (problem) return problem;
  const graph = newGraph('millrace');
  const place = placeOf(graph, model);
  const { horizon, series } = model;
  const dims = [series.length, horizon];
  const mean = weightedMean(graph, model);
  const floor = graph.constant(
    'double',
    series.map((one) => (isNonNegative(one) ? 0 : -Number.MAX_VALUE)),
    [series.length, 1],
    'floor',
  );
  const unknown = graph.constant('double', new Float64Array(horizon).fill(Number.NaN), [1, horizon], 'unknown');
  const give = (values: Value, name: string) => {
    const clipped = graph.op('Max', [values, floor], { dtype: 'double', dims });
    const all = graph.op(
      'Concat',
      [clipped, unknown],
      { dtype: 'double', dims: [series.length + 1, horizon] },
      { axis: { type: 'int', value: 0 } },
    );
    graph.output(
      graph.op('Gather', [all, place], { dtype: 'double', dims: ['batch', horizon] }, { axis: { type: 'int', value: 0 } }),
      name,
    );
  };
  give(mean, 'forecast');
  model.levels.forEach((level, l) => {
    const widths = new Float64Array(series.length * horizon);
    series.forEach((one, s) => void widths.set(one.widths.subarray(l * horizon, (l + 1) * horizon), s * horizon));
    const width = graph.constant('double', widths, dims, 'width');
    give(graph.op('Sub', [mean, width], { dtype: 'double', dims }), boundName('lower', level));
    give(graph.op('Add', [mean, width], { dtype: 'double', dims }), boundName('upper', level));
  });
  return withoutDeadNodes(graph.finish());
}

/** [series, horizon]: each method's own series in one piece, spread to their places with their weights, and added up. */
function weightedMean(graph: Graph, { series, horizon }: SeriesModel): Value {
  const dims = [series.length, horizon];
  const methods = [...new Set(series.flatMap(({ members }) => members.map(({ method }) => method)))];
  let sum: Value | undefined;
  for (const method of methods) {
    const own = series.flatMap(({ members }, s) => {
      const member = members.find((one) => one.method === method);
      return member ? [{ s, member }] : [];
    });
    const states = own.map(({ member }) => member.fitted);
    const answer = isShared(method)
      ? made(graph, states as SharedMember[], horizon)
      : forecastMethod(method).lower!(graph, states, horizon);
    const zero = graph.constant('double', new Float64Array(horizon), [1, horizon], 'none');
    const all = graph.op(
      'Concat',
      [answer, zero],
      { dtype: 'double', dims: [own.length + 1, horizon] },
      { axis: { type: 'int', value: 0 } },
    );
    const at = new Int32Array(series.length).fill(own.length);
    const weights = new Float64Array(series.length);
    own.forEach(({ s, member }, i) => {
      at[s] = i;
      weights[s] = member.weight;
    });
    const spread = graph.op(
      'Gather',
      [all, graph.constant('int64', at, [series.length], 'place')],
      { dtype: 'double', dims },
      { axis: { type: 'int', value: 0 } },
    );
    const part = graph.op('Mul', [spread, graph.constant('double', weights, [series.length, 1], 'weight')], { dtype: 'double', dims });
    sum = sum ? graph.op('Add', [sum, part], { dtype: 'double', dims }) : part;
  }
  return sum!;
}

/** Trees that see only the history say one thing of each step: it stands in the file as it is. */
function made(graph: Graph, own: readonly SharedMember[], horizon: number): Value {
  const values = new Float64Array(own.length * horizon);
  own.forEach(({ mean }, i) => {
    values.set(mean, i * horizon);
  });
  return graph.constant('double', values, [own.length, horizon], 'made');
}

/** int64 ['batch']: the place of each row's series, one past the last for an unknown one. */
function placeOf(graph: Graph, { ids, inputs, series }: SeriesModel): Value {
  const flat = (value: Value) =>
    graph.op('Reshape', [value, graph.constant('int64', [-1], [1], 'flat')], { dtype: 'int64', dims: ['batch'] });
  const look = (value: Value, keys: object, values: readonly number[], otherwise: number) =>
    graph.op(
      'LabelEncoder',
      [value],
      { dtype: 'int64', dims: value.dims },
      { ...keys, values_int64s: { type: 'ints', value: values }, default_int64: { type: 'int', value: otherwise } },
      ML,
    );
  if (ids.length === 0) {
    const any = graph.input(NO_IDS, 'string', ['batch', 1]);
    return flat(look(any, { keys_strings: { type: 'strings', value: [''] } }, [0], 0));
  }
  const codes = ids.map((name, i) => {
    const labels = [...new Set(series.map(({ key }) => key[i]))];
    const numbers = inputs.find((one) => one.name === name)!.type === 'integer';
    const order = labels.map((_, code) => code);
    const value = graph.input(name, numbers ? 'double' : 'string', ['batch', 1]);
    const code = numbers
      ? look(
          wholeNumbers(graph, value),
          { keys_int64s: { type: 'ints', value: labels.map((label) => (label === '' ? NOWHERE : Number(label))) } },
          order,
          labels.length,
        )
      : look(value, { keys_strings: { type: 'strings', value: labels } }, order, labels.length);
    return { code, labels: new Map(labels.map((label, at) => [label, at])), width: labels.length + 1 };
  });
  const one = (made: Value, next: Value, width: number) => {
    const by = graph.constant('int64', [width], [1], 'width');
    const moved = graph.op('Mul', [made, by], { dtype: 'int64', dims: ['batch', 1] });
    return graph.op('Add', [moved, next], { dtype: 'int64', dims: ['batch', 1] });
  };
  const whole = codes.slice(1).reduce((made, { code, width }) => one(made, code, width), codes[0].code);
  const keys = series.map(({ key }) => key.reduce((sum, label, i) => sum * codes[i].width + codes[i].labels.get(label)!, 0));
  return flat(
    look(
      whole,
      { keys_int64s: { type: 'ints', value: keys } },
      series.map((_: FittedSeries, s) => s),
      series.length,
    ),
  );
}

/** A missing one is a number that no series has. */
function wholeNumbers(graph: Graph, value: Value): Value {
  const missing = graph.op('IsNaN', [value], { dtype: 'bool', dims: value.dims });
  const nowhere = graph.constant('double', [NOWHERE], [1], 'nowhere');
  const there = graph.op('Where', [missing, nowhere, value], { dtype: 'double', dims: value.dims });
  return graph.op('Cast', [there], { dtype: 'int64', dims: value.dims }, CAST_INT64);
}
