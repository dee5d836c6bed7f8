/** Series without chance go on exactly: constants and lines and seasons of whole numbers, here and in ONNX, with intervals of no width. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { runKind } from '../nodes/run-kind.fixture.ts';
import { encodeModel } from '../onnx/encode.ts';
import { createSession, runSession } from '../onnx/session.ts';
import { rawFrame } from '../recipe/frame.ts';
import type { SeriesModel } from '../recipe/series-model.ts';
import { DAY_MS } from '../table/datetime.ts';
import { tableOf } from '../table/table.ts';
import { aheadOf } from './ahead.ts';
import { lowerSeries } from './lower.ts';
import { panelOf } from './panel.ts';
import { renewed } from './renew.ts';

const LENGTH = 48;
const HORIZON = 8;
const WEEK = [5, 9, 2, 7, 7, 1, 4];
const EXACT: Readonly<Record<string, (i: number) => number>> = {
  seven: () => 7,
  tenth: () => 0.1,
  price: () => 123_456.78,
  below: () => -3.3,
  nought: () => 0,
  line: (i) => 3 + 2 * i,
  week: (i) => WEEK[i % 7],
};
const days = (first: number, count: number) => Array.from({ length: count }, (_, i) => (19_000 + first + i) * DAY_MS);
const tableFor = (shapes: typeof EXACT) => {
  const rows = Object.entries(shapes).flatMap(([name, of]) => days(0, LENGTH).map((day, i) => ({ name, day, value: of(i) })));
  return tableOf({
    name: ['category', rows.map(({ name }) => name)],
    day: ['datetime', rows.map(({ day }) => day)],
    value: ['number', rows.map(({ value }) => value)],
  });
};
const learn = async (shapes: typeof EXACT, params = {}) => {
  const asked = { target: 'value', ids: { names: ['name'] }, horizon: HORIZON, ...params };
  const { outputs, log } = await runKind('series.forecaster', asked, { table: rawFrame(tableFor(shapes)) });
  return { model: outputs.model as SeriesModel, log };
};
const truthOf = (name: string) => Array.from({ length: HORIZON }, (_, h) => EXACT[name](LENGTH + h));

describe('series without chance', () => {
  const learned = learn(EXACT);

  it('go on exactly, without width, and it is said of those that never change', async () => {
    const { model, log } = await learned;
    for (const one of model.series) {
      const { mean, lower, upper } = aheadOf(model, one, HORIZON);
      const truth = truthOf(one.key[0]);
      expect({ name: one.key[0], mean: [...mean] }).toEqual({ name: one.key[0], mean: truth });
      expect([...lower]).toEqual([...truth, ...truth]);
      expect([...upper]).toEqual([...truth, ...truth]);
    }
    expect(log.join('\n')).toMatch(/5 series never change: their forecasts are the same value, and their intervals have no width/);
    expect(Object.values(model.about.metrics).every(Number.isFinite)).toBe(true);
    expect(model.about.metrics).toMatchObject({ coverage_80: 1, coverage_95: 1 });
  });

  it('are as exact in ONNX', async () => {
    const { model } = await learned;
    const graph = lowerSeries(model);
    if ('message' in graph) throw new Error(graph.message);
    const session = await createSession(encodeModel(graph));
    try {
      const names = Object.keys(EXACT);
      const { forecast, lower_95 } = await runSession(session, { name: { dtype: 'string', dims: [names.length, 1], data: names } });
      expect([...(forecast.data as Float64Array)]).toEqual(names.flatMap(truthOf));
      expect(lower_95.data).toEqual(forecast.data);
    } finally {
      await session.release();
    }
  });

  it('are near it where numbers themselves are rounded', async () => {
    const shapes = { tenths: (i: number) => 0.3 + 0.1 * i, both: (i: number) => 10 + i + WEEK[i % 7] };
    const { model } = await learn(shapes);
    for (const one of model.series) {
      const { mean } = aheadOf(model, one, HORIZON);
      for (let h = 0; h < HORIZON; h++) expect(mean[h]).toBeCloseTo(shapes[one.key[0] as keyof typeof shapes](LENGTH + h), 12);
      expect([...one.widths]).toEqual(new Array(2 * HORIZON).fill(0));
    }
  });

  it('get intervals once newer values are others', async () => {
    const { model } = await learn({ seven: EXACT.seven, line: EXACT.line });
    const withWidth = (seven: readonly number[], line: readonly number[]) => {
      const newer = tableOf({
        name: ['category', [...seven.map(() => 'seven'), ...line.map(() => 'line')]],
        day: ['datetime', [...days(LENGTH, seven.length), ...days(LENGTH, line.length)]],
        value: ['number', [...seven, ...line]],
      });
      const moments = Float64Array.from([...days(LENGTH, seven.length), ...days(LENGTH, line.length)]);
      const panel = panelOf(newer, { time: 'day', ids: ['name'], moments, target: 'value', known: [], grid: model.grid });
      const random = (purpose: string) => stream('exact', purpose);
      const { series } = renewed(model, panel, { random, stopRequested: () => false, told: () => {} });
      return Object.fromEntries(series.map(({ key, widths }) => [key[0], widths.some((width) => width > 0)]));
    };
    expect(withWidth([7, 7], [99, 101])).toEqual({ seven: false, line: false });
    expect(withWidth([7, 8], [99, 100])).toEqual({ seven: true, line: true });
  });
});
