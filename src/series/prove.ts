/** Exports a model of series as one ONNX file and proves it: onnxruntime's forecasts against this app's, series by series. */
import type { Json } from '../base/json.ts';
import { type Problem, ProblemError, problem, toProblem } from '../base/problem.ts';
import { stream } from '../base/random.ts';
import { phrase } from '../base/words.ts';
import { encodeModel } from '../onnx/encode.ts';
import { type Answer, createSession, type Feed, runSession } from '../onnx/session.ts';
import { TOLERANCE } from '../recipe/compare-answers.ts';
import type { LearnerCode } from '../recipe/model.ts';
import { lineage, MAX_PROOF_ROWS, type Proof, signature } from '../recipe/prove.ts';
import { seal } from '../recipe/seal.ts';
import type { SeriesModel } from '../recipe/series-model.ts';
import { timeOfStep } from '../table/series/grid.ts';
import { keyText } from '../table/series/rows.ts';
import { aheadOf, boundName, type SeriesAhead } from './ahead.ts';
import { withFuture } from './future.ts';
import { lowerSeries, NO_IDS } from './lower.ts';

/** Ids that no series has. */
const STRANGE = '\u0001 no such series';

/** One row that is asked: a series by its place, and what its known columns are ahead; nothing where the row has no such series. */
interface Asked {
  place: number;
  /** By column. */
  known: readonly Float64Array[];
  /** Whether a value is left out. */
  gap?: true;
}
const NOBODY = ['strange', 'missing'] as const;

/** Values that columns known in advance had before, at the end of the history and drawn anew: what trees ask is to be asked here too. */
function rowsAsked(model: SeriesModel): Asked[] {
  const twice = model.known.length > 0;
  const most = twice ? MAX_PROOF_ROWS / 2 : MAX_PROOF_ROWS;
  const step = Math.max(1, model.series.length / most);
  const places = Array.from({ length: Math.min(model.series.length, most) }, (_, i) => Math.floor(i * step));
  if (!twice) return places.map((place) => ({ place, known: [] }));
  const random = stream('series proof');
  const before = (place: number, k: number) => {
    const values = (model.series[place].known?.values[k] ?? new Float64Array(0)).filter(Number.isFinite);
    return values.length > 0 ? values : Float64Array.of(0);
  };
  const of = (place: number, pick: (values: Float64Array, h: number) => number): Asked => ({
    place,
    known: model.known.map((_, k) => {
      const values = before(place, k);
      return Float64Array.from({ length: model.horizon }, (_, h) => pick(values, h));
    }),
  });
  const asked = places.flatMap((place) => [
    of(place, (values, h) => values[Math.max(0, values.length - model.horizon) + (h % Math.min(values.length, model.horizon))]),
    of(place, (values) => values[random.below(values.length)]),
  ]);
  const [first] = asked;
  const half = Math.floor(model.horizon / 2);
  const gap = first.known.map((values, k) => (k === 0 ? values.map((value, h) => (h === half ? Number.NaN : value)) : values));
  return [...asked, { place: first.place, known: gap, gap: true }];
}

/** Rows as the graph takes them, then one of an unknown series and one of a missing one. */
function feedsFor(model: SeriesModel, asked: readonly Asked[]): Record<string, Feed> {
  const odd = model.ids.length > 0 ? NOBODY.length : 0;
  const rows = asked.length + odd;
  const known = model.known.map((name, k): [string, Feed] => {
    const data = new Float64Array(rows * model.horizon);
    asked.forEach((row, i) => void data.set(row.known[k], i * model.horizon));
    return [name, { dtype: 'double', dims: [rows, model.horizon], data }];
  });
  if (model.ids.length === 0) {
    if (known.length > 0) return Object.fromEntries(known);
    return { [NO_IDS]: { dtype: 'string', dims: [rows, 1], data: new Array<string>(rows).fill('') } };
  }
  const ids = model.ids.map((name, i): [string, Feed] => {
    const labels = asked.map(({ place }) => model.series[place].key[i]);
    const numbers = model.inputs.find((one) => one.name === name)!.type === 'integer';
    const data = numbers
      ? [...labels.map((label) => (label === '' ? Number.NaN : Number(label))), 987_654_321_987, Number.NaN]
      : [...labels, STRANGE, ''];
    return [name, { dtype: numbers ? 'double' : 'string', dims: [rows, 1], data } as Feed];
  });
  return Object.fromEntries([...ids, ...known]);
}

/** This app's own answer to a row; undefined where it refuses, because a value is left out. */
function ownAnswer(model: SeriesModel, { place, known, gap }: Asked, learner: LearnerCode | undefined): SeriesAhead | undefined {
  const one = model.series[place];
  const spans = new Map([[keyText(one.key), { first: one.last + 1, values: known }]]);
  try {
    const [series] = withFuture(model, [one], { future: { spans, notes: [] } }, model.horizon, learner);
    return aheadOf(model, series, model.horizon);
  } catch (error) {
    if (gap && error instanceof ProblemError) return undefined;
    throw error;
  }
}

interface Difference {
  delta: number;
  first?: { series: string; output: string; native: number; onnx: number };
}

function differs(
  name: string,
  native: Float64Array,
  answer: ArrayLike<number>,
  offset: number,
  spread: number,
  series: string,
): Difference {
  let delta = 0;
  let first: Difference['first'];
  for (let h = 0; h < native.length; h++) {
    const there = answer[offset + h];
    const off =
      Object.is(native[h], there) || native[h] === there ? 0 : Math.abs(native[h] - there) / Math.max(spread, Math.abs(native[h]), 1e-300);
    const own = Number.isNaN(off) ? Number.POSITIVE_INFINITY : off;
    delta = Math.max(delta, own);
    if (own > TOLERANCE) first ??= { series, output: name, native: native[h], onnx: there };
  }
  return { delta, first };
}

const refused = ({ series, output, native, onnx }: NonNullable<Difference['first']>): Problem =>
  problem({
    code: 'onnx.series-differs',
    args: { series, output, native: String(native), onnx: String(onnx) },
    message: phrase(
      'onnx.series-differs',
      'The ONNX file was refused: for {series} it answers {onnx} for {output}, where this app answers {native}.',
      {
        series,
        output,
        native: String(native),
        onnx: String(onnx),
      },
    ),
    hint: 'Use the model in this app; please report it, for it is a fault of ours.',
  });

/**
 * Every series up to 2,000, and rows of an unknown and a missing one. Of models with columns known in advance up to 1,000, each with two
 * sets of values, and one row that lacks a value; `learner` is that of trees.
 */
export async function proveSeries(
  model: SeriesModel,
  { learner, metadata = {} }: { learner?: LearnerCode; metadata?: Record<string, Json> } = {},
): Promise<Proof> {
  try {
    const graph = lowerSeries(model, learner);
    if ('message' in graph) return { problem: graph };
    const bare = encodeModel(graph, { producer: { name: 'millrace', version: '' } });
    const asked = rowsAsked(model);
    const session = await createSession(bare);
    let delta = 0;
    try {
      const answers = await runSession(session, feedsFor(model, asked));
      const check = (name: string, native: Float64Array, row: number, spread: number, series: string) => {
        const found = differs(name, native, answers[name].data as ArrayLike<number>, row * model.horizon, spread, series);
        delta = Math.max(delta, found.delta);
        return found.first;
      };
      for (const [row, ask] of asked.entries()) {
        const one = model.series[ask.place];
        const name = one.key.join(' · ') || model.target;
        const spread = spreadOf(one.history);
        const own = ownAnswer(model, ask, learner);
        const first = own
          ? differing(model, own, (output, native) => check(output, native, row, spread, name))
          : unsaid(model, answers, row, name);
        if (first) return { problem: refused(first) };
      }
      if (model.ids.length > 0) {
        const none = new Float64Array(model.horizon).fill(Number.NaN);
        const first = check('forecast', none, asked.length, 1, STRANGE);
        if (first) return { problem: refused(first) };
      }
    } finally {
      await session.release();
    }
    const texts = { lineage: lineage(model), ...metadata, schema: signature(schemaOf(model)), series: seriesText(model) };
    const edgeRows = 2 + asked.filter(({ gap }) => gap).length;
    return await seal(bare, { rows: asked.length + 2 - edgeRows, edgeRows, heldOut: false, maxDelta: delta, ties: 0 }, texts, {});
  } catch (error) {
    return { problem: toProblem(error) };
  }
}

/** The first difference in the forecast or a bound. */
function differing(
  model: SeriesModel,
  { mean, lower, upper }: SeriesAhead,
  check: (output: string, native: Float64Array) => Difference['first'],
): Difference['first'] {
  const of = (values: Float64Array, l: number) => values.subarray(l * model.horizon, (l + 1) * model.horizon);
  return (
    check('forecast', mean) ??
    model.levels
      .flatMap((level, l) => [check(boundName('lower', level), of(lower, l)), check(boundName('upper', level), of(upper, l))])
      .find((found) => found !== undefined)
  );
}

/** Where this app refuses, the file must not say a number for the step whose value is left out. */
function unsaid({ horizon }: SeriesModel, answers: Record<string, Answer>, row: number, series: string): Difference['first'] {
  const onnx = (answers.forecast.data as Float64Array)[row * horizon + Math.floor(horizon / 2)];
  return Number.isNaN(onnx) ? undefined : { series, output: 'forecast', native: Number.NaN, onnx };
}

/** A model without ids or columns known in advance takes one text that it does not look at. */
const schemaOf = (model: SeriesModel) => ({
  inputs: model.inputs.length > 0 ? model.inputs : [{ name: NO_IDS, type: 'text' as const, role: 'id' as const }],
  outputs: model.outputs,
  target: model.target,
});

/** What a reader needs to know to say when each number is. */
const seriesText = ({ time, grid, horizon, levels, series, ids, known }: SeriesModel): Json => ({
  time,
  ids: [...ids],
  // Of these each row holds as many values as there are steps ahead.
  ...(known.length > 0 ? { known: [...known] } : {}),
  step: { unit: grid.unit, every: grid.every },
  horizon,
  levels: [...levels],
  first: series.map(({ key, last }) => ({ key: [...key], at: new Date(timeOfStep(grid, last + 1)).toISOString() })),
});

function spreadOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length);
}
