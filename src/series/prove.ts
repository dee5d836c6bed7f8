/** Exports a model of series as one ONNX file and proves it: onnxruntime's forecasts against this app's, series by series. */
import type { Json } from '../base/json.ts';
import { type Problem, problem, toProblem } from '../base/problem.ts';
import { phrase } from '../base/words.ts';
import { encodeModel } from '../onnx/encode.ts';
import { createSession, type Feed, runSession } from '../onnx/session.ts';
import { TOLERANCE } from '../recipe/compare-answers.ts';
import { lineage, MAX_PROOF_ROWS, type Proof, signature } from '../recipe/prove.ts';
import { seal } from '../recipe/seal.ts';
import type { SeriesModel } from '../recipe/series-model.ts';
import { timeOfStep } from '../table/series/grid.ts';
import { aheadOf, boundName } from './ahead.ts';
import { lowerSeries, NO_IDS } from './lower.ts';

/** Ids that no series has. */
const STRANGE = '\u0001 no such series';

/** Rows of ids as the graph takes them: of the series at `places`, then one unknown and one missing. */
function feedsFor(model: SeriesModel, places: readonly number[]): Record<string, Feed> {
  const rows = places.length + 2;
  if (model.ids.length === 0) return { [NO_IDS]: { dtype: 'string', dims: [rows, 1], data: new Array<string>(rows).fill('') } };
  return Object.fromEntries(
    model.ids.map((name, i): [string, Feed] => {
      const labels = places.map((place) => model.series[place].key[i]);
      const numbers = model.inputs.find((one) => one.name === name)!.type === 'integer';
      const data = numbers
        ? [...labels.map((label) => (label === '' ? Number.NaN : Number(label))), 987_654_321_987, Number.NaN]
        : [...labels, STRANGE, ''];
      return [name, { dtype: numbers ? 'double' : 'string', dims: [rows, 1], data } as Feed];
    }),
  );
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

/** Every series up to 2,000, and rows of an unknown and a missing one. */
export async function proveSeries(model: SeriesModel, options: { metadata?: Record<string, Json> } = {}): Promise<Proof> {
  try {
    const graph = lowerSeries(model);
    if ('message' in graph) return { problem: graph };
    const bare = encodeModel(graph, { producer: { name: 'millrace', version: '' } });
    const step = Math.max(1, model.series.length / MAX_PROOF_ROWS);
    const places = Array.from({ length: Math.min(model.series.length, MAX_PROOF_ROWS) }, (_, i) => Math.floor(i * step));
    const session = await createSession(bare);
    let delta = 0;
    try {
      const answers = await runSession(session, feedsFor(model, places));
      const check = (name: string, native: Float64Array, row: number, spread: number, series: string) => {
        const found = differs(name, native, answers[name].data as ArrayLike<number>, row * model.horizon, spread, series);
        delta = Math.max(delta, found.delta);
        return found.first;
      };
      for (const [row, place] of places.entries()) {
        const one = model.series[place];
        const { mean, lower, upper } = aheadOf(model, one, model.horizon);
        const spread = spreadOf(one.history);
        const name = one.key.join(' · ') || model.target;
        const first =
          check('forecast', mean, row, spread, name) ??
          model.levels
            .flatMap((level, l) => {
              const of = (values: Float64Array) => values.subarray(l * model.horizon, (l + 1) * model.horizon);
              return [
                check(boundName('lower', level), of(lower), row, spread, name),
                check(boundName('upper', level), of(upper), row, spread, name),
              ];
            })
            .find((found) => found !== undefined);
        if (first) return { problem: refused(first) };
      }
      if (model.ids.length > 0) {
        const none = new Float64Array(model.horizon).fill(Number.NaN);
        const first = check('forecast', none, places.length, 1, STRANGE);
        if (first) return { problem: refused(first) };
      }
    } finally {
      await session.release();
    }
    const texts = { lineage: lineage(model), ...options.metadata, schema: signature(schemaOf(model)), series: seriesText(model) };
    return await seal(bare, { rows: places.length, edgeRows: 2, heldOut: false, maxDelta: delta, ties: 0 }, texts, {});
  } catch (error) {
    return { problem: toProblem(error) };
  }
}

/** A model without ids takes one text that it does not look at. */
const schemaOf = (model: SeriesModel) => ({
  inputs:
    model.ids.length > 0
      ? model.inputs.filter(({ name }) => model.ids.includes(name))
      : [{ name: NO_IDS, type: 'text' as const, role: 'id' as const }],
  outputs: model.outputs,
  target: model.target,
});

/** What a reader needs to know to say when each number is. */
const seriesText = ({ time, grid, horizon, levels, series, ids }: SeriesModel): Json => ({
  time,
  ids: [...ids],
  step: { unit: grid.unit, every: grid.every },
  horizon,
  levels: [...levels],
  first: series.map(({ key, last }) => ({ key: [...key], at: new Date(timeOfStep(grid, last + 1)).toISOString() })),
});

function spreadOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length);
}
