/** Writes a model of series as one ONNX graph: the columns that tell series apart → its forecasts and bounds, unrolled to the horizon. */
import { type Problem, problem } from '../base/problem.ts';
import { labelWords, phrase } from '../base/words.ts';
import { forecastMethod } from '../forecast/index.ts';
import type { ColumnSchema } from '../kind/schema.ts';
import { type Graph, newGraph, type Value } from '../onnx/build.ts';
import type { GraphProto } from '../onnx/proto.ts';
import { withoutDeadNodes } from '../recipe/lower-model.ts';
import type { LearnerCode } from '../recipe/model.ts';
import type { FittedSeries, SeriesMember, SeriesModel } from '../recipe/series-model.ts';
import { baseOf, boundName, isNonNegative } from './ahead.ts';
import type { SharedMember } from './lagged.ts';
import { knownAheadOf, lackingOf, lowerTrees } from './lower-trees.ts';
import { METHOD_TITLES } from './methods.ts';
import { isShared } from './shared-ids.ts';

/** The input of a model that needs none: a graph answers once for each row that it is given. */
export const NO_IDS = 'series';
const ML = 'ai.onnx.ml';
const AXIS_0 = { axis: { type: 'int' as const, value: 0 } };
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

/** Why models whose series are told apart by these columns cannot be written; undefined when they can. */
export const whyNotIds = (ids: readonly ColumnSchema[]): Problem | undefined => {
  const odd = ids.find(({ type }) => !['category', 'text', 'integer'].includes(type));
  return odd && oddId(odd);
};

/** Why a model cannot be written, without writing it; undefined when it can. */
function whyNot(model: SeriesModel): Problem | undefined {
  const odd = whyNotIds(model.inputs.filter(({ name }) => model.ids.includes(name)));
  if (odd) return odd;
  for (const { members } of model.series)
    for (const { method } of members) if (!isShared(method) && !forecastMethod(method).lower) return cannot(method);
  return undefined;
}

/** Whether a method's forecasts wait for values of the time ahead. */
const waits = ({ known }: SeriesModel, method: string): boolean => known.length > 0 && isShared(method);

/**
 * Inputs: each id column ['batch', 1], texts as string, whole numbers as double; each column known in advance, double ['batch', horizon], NaN
 * where what the model knows of it holds. Outputs: `forecast`, `lower_80` … double ['batch', horizon]; NaN for a series that the model does
 * not know, and where trees lack a value of the time ahead. `learner` is that of the trees, of models that have any.
 */
export function lowerSeries(model: SeriesModel, learner?: LearnerCode): GraphProto | Problem {
  const problem = whyNot(model);
  if (problem) return problem;
  const graph = newGraph('millrace');
  const { horizon, series, known, ids } = model;
  const given = known.map((name) => graph.input(name, 'double', ['batch', horizon]));
  const place = ids.length === 0 && given.length > 0 ? onlyPlace(graph, given[0]) : placeOf(graph, model);
  const dims = ['batch', horizon];
  const rows = (values: Value, none: Value, width: number) => {
    const all = graph.op('Concat', [values, none], { dtype: 'double', dims: [series.length + 1, width] }, AXIS_0);
    return graph.op('Gather', [all, place], { dtype: 'double', dims: ['batch', width] }, AXIS_0);
  };
  const unknown = graph.constant('double', new Float64Array(horizon).fill(Number.NaN), [1, horizon], 'unknown');
  let mean = rows(weightedMean(graph, model), unknown, horizon);
  if (given.length > 0) {
    const base = rows(basesOf(graph, model), graph.constant('double', [0], [1, 1], 'none'), 1);
    const trees = withTrees(graph, model, { mean, base }, given, place, learner!);
    if ('message' in trees) return trees;
    mean = trees;
  }
  const own = graph.constant(
    'double',
    series.map((one) => (isNonNegative(one) ? 0 : -Number.MAX_VALUE)),
    [series.length, 1],
    'floor',
  );
  const floor = rows(own, graph.constant('double', [0], [1, 1], 'none'), 1);
  // What is not a number must stay so, whatever the larger of it and the floor is.
  const nothing = graph.op('IsNaN', [mean], { dtype: 'bool', dims });
  const give = (values: Value, name: string) => {
    const clipped = graph.op('Max', [values, floor], { dtype: 'double', dims });
    graph.output(graph.op('Where', [nothing, mean, clipped], { dtype: 'double', dims }), name);
  };
  give(mean, 'forecast');
  model.levels.forEach((level, l) => {
    const widths = new Float64Array(series.length * horizon);
    series.forEach((one, s) => void widths.set(one.widths.subarray(l * horizon, (l + 1) * horizon), s * horizon));
    const width = rows(graph.constant('double', widths, [series.length, horizon], 'width'), unknown, horizon);
    give(graph.op('Sub', [mean, width], { dtype: 'double', dims }), boundName('lower', level));
    give(graph.op('Add', [mean, width], { dtype: 'double', dims }), boundName('upper', level));
  });
  return withoutDeadNodes(graph.finish());
}

/** The methods that the series have, with those which have them. */
function methodsOf({ series }: SeriesModel): Map<string, { s: number; member: SeriesMember }[]> {
  const out = new Map<string, { s: number; member: SeriesMember }[]>();
  series.forEach(({ members }, s) => {
    for (const member of members) {
      const own = out.get(member.method) ?? [];
      own.push({ s, member });
      out.set(member.method, own);
    }
  });
  return out;
}

/** [series, 1]: what forecasts are weighed together around. */
const basesOf = (graph: Graph, { series }: SeriesModel): Value => graph.constant('double', series.map(baseOf), [series.length, 1], 'base');

/** [series, horizon]: each method's own series in one piece, spread to their places, weighed and added up around the bases. */
function weightedMean(graph: Graph, model: SeriesModel): Value {
  const { series, horizon } = model;
  const dims = [series.length, horizon];
  const base = basesOf(graph, model);
  let sum = graph.constant('double', new Float64Array(horizon), [1, horizon], 'none');
  for (const [method, own] of methodsOf(model)) {
    if (waits(model, method)) continue;
    const states = own.map(({ member }) => member.fitted);
    const answer = isShared(method)
      ? made(graph, states as SharedMember[], horizon)
      : forecastMethod(method).lower!(graph, states, horizon);
    const zero = graph.constant('double', new Float64Array(horizon), [1, horizon], 'none');
    const all = graph.op('Concat', [answer, zero], { dtype: 'double', dims: [own.length + 1, horizon] }, AXIS_0);
    const { at, weights } = spreadOf(own, series.length);
    const spread = graph.op('Gather', [all, graph.constant('int64', at, [series.length], 'place')], { dtype: 'double', dims }, AXIS_0);
    const off = graph.op('Sub', [spread, base], { dtype: 'double', dims });
    const part = graph.op('Mul', [off, graph.constant('double', weights, [series.length, 1], 'weight')], { dtype: 'double', dims });
    sum = graph.op('Add', [sum, part], { dtype: 'double', dims });
  }
  return graph.op('Add', [sum, base], { dtype: 'double', dims });
}

/** By series: where it stands among those that have a method, one past the last where it has it not, and the method's say in it. */
function spreadOf(own: readonly { s: number; member: SeriesMember }[], count: number): { at: Int32Array; weights: Float64Array } {
  const at = new Int32Array(count).fill(own.length);
  const weights = new Float64Array(count);
  own.forEach(({ s, member }, i) => {
    at[s] = i;
    weights[s] = member.weight;
  });
  return { at, weights };
}

/** Adds the say of trees that look at the time ahead to each row's `mean`, double ['batch', horizon], around its `base`, ['batch', 1]. */
function withTrees(
  graph: Graph,
  model: SeriesModel,
  { mean, base }: { mean: Value; base: Value },
  given: readonly Value[],
  place: Value,
  learner: LearnerCode,
): Value | Problem {
  const { series, horizon } = model;
  const dims = ['batch', horizon];
  const ahead = knownAheadOf(graph, model, given, place);
  let sum = mean;
  for (const [method, own] of methodsOf(model)) {
    if (!waits(model, method)) continue;
    const { at, weights } = spreadOf(own, series.length);
    // A row of a series that is not known has no say of anything, as one without the method.
    const mine = graph.constant('int64', [...at, own.length], [series.length + 1], 'place');
    const saying = graph.constant('double', [...weights, 0], [series.length + 1, 1], 'weight');
    const weight = graph.op('Gather', [saying, place], { dtype: 'double', dims: ['batch', 1] }, AXIS_0);
    const members = {
      all: own.map(({ s }) => series[s]),
      place: graph.op('Gather', [mine, place], { dtype: 'int64', dims: ['batch'] }, AXIS_0),
    };
    const answer = lowerTrees(graph, model, method, members, ahead, learner);
    if ('message' in answer) return answer;
    const lacking = graph.op('Mul', [lackingOf(graph, method, ahead), weight], { dtype: 'double', dims });
    const none = graph.op('Greater', [lacking, graph.constant('double', [0], [1], 'none')], { dtype: 'bool', dims });
    const unsaid = graph.constant('double', [Number.NaN], [1], 'unsaid');
    const off = graph.op('Sub', [answer, base], { dtype: 'double', dims });
    const part = graph.op('Where', [none, unsaid, graph.op('Mul', [off, weight], { dtype: 'double', dims })], { dtype: 'double', dims });
    sum = graph.op('Add', [sum, part], { dtype: 'double', dims });
  }
  return sum;
}

/** int64 ['batch'] of zeros, for each row of `like`, double ['batch', …]: a model of one series needs no ids. */
function onlyPlace(graph: Graph, like: Value): Value {
  const size = graph.op('Shape', [like], { dtype: 'int64', dims: [2] });
  const rows = graph.op('Gather', [size, graph.constant('int64', [0], [1], 'rows')], { dtype: 'int64', dims: [1] }, AXIS_0);
  return graph.op('Expand', [graph.constant('int64', [0], [1], 'only'), rows], { dtype: 'int64', dims: ['batch'] });
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
