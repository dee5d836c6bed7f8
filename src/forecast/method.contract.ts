/** The contract suite of forecasting methods: a method joins with one line, `methodContract(id)`. */
import { describe, expect, it } from 'vitest';
import { pack, unpackAll } from '../base/pack.ts';
import { ProblemError } from '../base/problem.ts';
import { stream } from '../base/random.ts';
import { newGraph } from '../onnx/build.ts';
import { encodeModel } from '../onnx/encode.ts';
import { createSession } from '../onnx/session.ts';
import { forecastMethod } from './index.ts';
import type { ForecastMethod, SeriesAsk } from './method.ts';

export const askFor = (periods: readonly number[], horizon = 8): SeriesAsk => ({
  periods,
  horizon,
  random: (purpose) => stream('method contract', purpose),
  stopRequested: () => false,
});

/** Trend, a season and noise of no great size; deterministic. */
export function madeUpSeries(length: number, period: number, seed = 'a', level = 100): Float64Array {
  const random = stream('made up series', seed);
  const season = Float64Array.from({ length: period }, () => random.normal() * level * 0.1);
  let drift = 0;
  return Float64Array.from({ length }, (_, i) => {
    drift += random.normal() * level * 0.02 + level * 0.003;
    return level + drift + (period > 1 ? season[i % period] : 0) + random.normal() * level * 0.02;
  });
}

export const SHAPES: readonly { name: string; y: Float64Array; periods: readonly number[] }[] = [
  { name: 'yearly', y: madeUpSeries(30, 1), periods: [] },
  { name: 'quarterly', y: madeUpSeries(44, 4, 'q'), periods: [4] },
  { name: 'monthly', y: madeUpSeries(120, 12, 'm'), periods: [12] },
  { name: 'long', y: madeUpSeries(400, 7, 'l'), periods: [7] },
  { name: 'negative', y: madeUpSeries(48, 4, 'n').map((v) => 50 - v), periods: [4] },
  { name: 'constant', y: new Float64Array(40).fill(5), periods: [4] },
  { name: 'zeros', y: new Float64Array(40), periods: [4] },
  { name: 'zeros, then one value', y: new Float64Array(40).fill(3, 39), periods: [4] },
  { name: 'mostly zero', y: Float64Array.from({ length: 60 }, (_, i) => (i % 7 === 3 ? 1 + (i % 3) : 0)), periods: [] },
  { name: 'a perfect line', y: Float64Array.from({ length: 40 }, (_, i) => 3 + 2 * i), periods: [] },
  { name: 'a perfect season', y: Float64Array.from({ length: 40 }, (_, i) => 1 + (i % 4)), periods: [4] },
  { name: 'huge', y: madeUpSeries(48, 4, 'h').map((v) => v * 1e150), periods: [4] },
  { name: 'tiny', y: madeUpSeries(48, 4, 't').map((v) => v * 1e-150), periods: [4] },
  { name: 'far from zero', y: madeUpSeries(60, 4, 'f').map((v) => 1e9 + v), periods: [4] },
  { name: 'one jump', y: Float64Array.from({ length: 40 }, (_, i) => (i < 20 ? 1 : 1000)), periods: [4] },
];

export function methodContract(id: string): void {
  const method = forecastMethod(id);
  describe(`${method.id} as a forecasting method`, () => {
    const fits = (y: Float64Array, periods: readonly number[]) => y.length >= method.least({ periods });
    const known = new Map<string, unknown>();
    /** Each shape is fitted once for the tests that need it. */
    const fittedTo = ({ name, y, periods }: (typeof SHAPES)[number]) => {
      if (!known.has(name)) known.set(name, method.fit(y, askFor(periods, 13)));
      return known.get(name);
    };

    for (const shape of SHAPES) {
      const { name, y } = shape;
      it(`goes on from a series: ${name}`, () => {
        const most = y.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
        const held = y.slice();
        const { mean, deviation } = method.forecast(fittedTo(shape), 13);
        expect(y).toEqual(held);
        expect([mean.length, deviation.length]).toEqual([13, 13]);
        expect([...mean].filter((value) => !Number.isFinite(value) || Math.abs(value) > 20 * most)).toEqual([]);
        expect([...deviation].filter((value) => value < 0 || value === Number.POSITIVE_INFINITY)).toEqual([]);
        if (name === 'constant') expect([...mean, ...deviation]).toEqual([...new Array(13).fill(5), ...new Array(13).fill(0)]);
      });
    }

    it('takes the least number of values that it names, and refuses fewer by name', () => {
      for (const periods of [[], [4], [12], [7, 365]]) {
        const least = method.least({ periods });
        const y = madeUpSeries(least, periods[0] ?? 1, 'least');
        expect(method.forecast(method.fit(y, askFor(periods)), 3).mean.every(Number.isFinite)).toBe(true);
        expect(problemOf(() => method.fit(y.slice(1), askFor(periods)))).toBe('forecast.too-short');
      }
      expect(
        problemOf(() =>
          method.fit(
            Float64Array.from({ length: 40 }, (_, i) => (i === 9 ? Number.NaN : i)),
            askFor([]),
          ),
        ),
      ).toBe('forecast.gap');
    });

    it('is the same every time, and after it was packed', () => {
      const y = madeUpSeries(80, 4, 'again');
      const first = method.fit(y, askFor([4]));
      const { mean, deviation } = method.forecast(first, 9);
      expect(method.forecast(method.fit(y, askFor([4])), 9)).toEqual({ mean, deviation });
      const again = unpackAll(pack(first));
      expect(method.forecast(again, 9)).toEqual({ mean, deviation });
      expect(method.form(again)).toBe(method.form(first));
      expect(method.form(first)).toMatch(/\S/);
    });

    it('does not change with the unit', () => {
      const y = madeUpSeries(60, 4, 'unit');
      const plain = method.forecast(method.fit(y, askFor([4])), 6).mean;
      const larger = method.forecast(
        method.fit(
          y.map((value) => value * 1024),
          askFor([4]),
        ),
        6,
      ).mean;
      expect([...larger]).toEqual([...plain].map((value) => value * 1024));
    });

    if (method.lower)
      it('answers from ONNX as it does here, many series at once', async () => {
        const usable = SHAPES.filter(({ y, periods }) => fits(y, periods));
        const fitted = usable.map(fittedTo);
        const answer = await answerOf(method, fitted, 13);
        for (const [i, one] of fitted.entries()) {
          const { mean } = method.forecast(one, 13);
          for (let h = 0; h < 13; h++) {
            const size = Math.max(Math.abs(mean[h]), 1e-9 * usable[i].y.reduce((most, v) => Math.max(most, Math.abs(v)), 0));
            expect(Math.abs(answer[i * 13 + h] - mean[h])).toBeLessThanOrEqual(1e-6 * size);
          }
        }
      });
  });
}

function problemOf(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    return error instanceof ProblemError ? error.problem.code : String(error);
  }
}

/** What onnxruntime answers, series by series. */
async function answerOf(method: ForecastMethod, fitted: readonly unknown[], horizon: number): Promise<Float64Array> {
  const graph = newGraph('forecast');
  const out = method.lower?.(graph, fitted, horizon);
  if (!out) throw new Error('no lowering');
  expect([out.dtype, ...out.dims]).toEqual(['double', fitted.length, horizon]);
  graph.output(out, 'answer');
  const session = await createSession(encodeModel(graph.finish()));
  try {
    const { answer } = await session.run({});
    return answer.data as Float64Array;
  } finally {
    await session.release();
  }
}
