/** Boosted trees on lags: nothing from after the known time is seen, both ways learn a pattern, and newer rows move the forecast on. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { SeriesModel } from '../../recipe/series-model.ts';
import { baseAt, featureNames, type Known, lagShape, writeFeatures } from '../../series/lagged-features.ts';
import { proveSeries } from '../../series/prove.ts';
import { cellsOf } from '../../table/column.ts';
import { DAY_MS } from '../../table/datetime.ts';
import { columnNamed, type Table, tableOf } from '../../table/table.ts';
import { runKind } from '../run-kind.fixture.ts';
import { learnerOf } from '../shared-learner.ts';

const grid = { unit: 'day', every: 1, anchor: 0 } as const;
const shape = lagShape(grid, [7]);
const wave = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => 50 + (i % 7) * 3 + 0.1 * i);

/** Twelve shops: a week in each, and a jump of level after every quiet day that repeating the last week does not see coming. */
function shops(days: number): Table {
  const random = stream('shops');
  const rows = Array.from({ length: 12 }, (_, s) => {
    let before = 0;
    return Array.from({ length: days }, (_, i) => {
      const sold = 100 + 10 * s + (i % 7) * 5 + (before < 0 ? 25 : 0) + 2 * random.normal();
      before = random.normal();
      return { shop: `shop ${s}`, day: (19_000 + i) * DAY_MS, sold };
    });
  }).flat();
  return tableOf({
    shop: ['category', rows.map(({ shop }) => shop)],
    day: ['datetime', rows.map(({ day }) => day)],
    sold: ['number', rows.map(({ sold }) => sold)],
  });
}

describe('features', () => {
  it('see nothing after the known time', () => {
    const y = wave(60);
    const known = (values: Float64Array): Known => ({ y: values, first: 0, code: 0, scale: 1 });
    const width = featureNames(shape).length;
    for (const h of [1, 3, 7, 8, 14]) {
      const [before, after] = [new Float32Array(width), new Float32Array(width)];
      writeFeatures(before, 0, known(y), 40, h, shape);
      writeFeatures(after, 0, known(y.map((value, i) => (i > 40 ? 1e6 : value))), 40, h, shape);
      expect(after).toEqual(before);
      expect(baseAt(y, 40, h, 7)).toBe(y[40 + h - 7 * Math.ceil(h / 7)]);
    }
  });
});

describe.each(['boosting-direct', 'boosting-recursive'])('%s', (method) => {
  it('learns all series at once, goes on from newer rows, and stands in its ONNX file', async () => {
    const t = shops(60);
    const params = { method, horizon: 3, origins: 2, ids: { names: ['shop'] } };
    const { outputs } = await runKind('series.forecaster', params, { table: rawFrame(t) });
    const model = outputs.model as SeriesModel;
    expect(Object.keys(model.shared ?? {})).toEqual([method]);
    expect(model.about.metrics.mase).toBeLessThan(0.95);
    expect(model.about.importances?.length).toBeGreaterThan(5);
    const proof = await proveSeries(model, await learnerOf(model));
    expect(proof.problem).toBeUndefined();
    const ahead = async (inputs: Record<string, unknown>, horizon: number | null = null) =>
      ((await runKind('series.forecast', { horizon }, { model, ...inputs })).outputs.table as Frame).table;
    const first = await ahead({});
    // Newer rows that the model has already: nothing changes.
    const same = await ahead({ table: rawFrame(t) });
    expect(cellsOf(columnNamed(same, 'forecast'))).toEqual(cellsOf(columnNamed(first, 'forecast')));
    const later = await ahead({ table: rawFrame(shops(64)) });
    expect(cellsOf(columnNamed(later, 'day'))[0]).toBe((19_000 + 64) * DAY_MS);
    await expect(ahead({}, 9)).rejects.toMatchObject({ problem: { code: 'forecast.too-far' } });
  });
});

it('is tried by itself on many series, and refused of a short one', async () => {
  const { outputs } = await runKind(
    'automl.forecast',
    { arima: false, mstl: false, ets: false, seconds: null, origins: 2, ids: { names: ['shop'] } },
    { table: rawFrame(shops(50)) },
  );
  const tried = cellsOf(columnNamed((outputs.table as Frame).table, 'model'));
  expect(tried).toContain('Boosted trees on lags');
  const few = tableOf({
    day: ['datetime', Array.from({ length: 9 }, (_, i) => i * DAY_MS)],
    sold: ['number', Array.from({ length: 9 }, (_, i) => i)],
  });
  await expect(runKind('series.forecaster', { method: 'boosting-direct' }, { table: rawFrame(few) })).rejects.toMatchObject({
    problem: { code: 'series.too-short-for-trees' },
  });
});
