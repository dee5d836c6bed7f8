/** Forecast model and Forecast: many series at once, honest scores, the model's way through files and ONNX, and what is refused. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { Results } from '../../recipe/results.ts';
import type { SeriesModel } from '../../recipe/series-model.ts';
import { packModel, unpackModel } from '../../registry/model-entry.ts';
import { proveSeries } from '../../series/prove.ts';
import { cellsOf } from '../../table/column.ts';
import { DAY_MS, daysFromCivil } from '../../table/datetime.ts';
import { columnNamed, schemaOf, type Table, tableOf } from '../../table/table.ts';
import { evaluate } from '../evaluate/kind.ts';
import { explain } from '../explain/kind.ts';
import { forecast } from '../forecast/kind.ts';
import { runKind } from '../run-kind.fixture.ts';
import { score } from '../score/kind.ts';
import { train } from '../train/kind.ts';
import { forecaster } from './kind.ts';

const month = (i: number) => daysFromCivil(2015 + Math.floor(i / 12), (i % 12) + 1, 1) * DAY_MS;
/** Monthly sales of two shops: level, growth and a season of twelve. */
function sales(months = 72, noise = 3): Table {
  const random = stream('sales');
  const rows = ['north', 'south'].flatMap((shop, s) =>
    Array.from({ length: months }, (_, i) => ({
      shop,
      when: month(i),
      sold: 200 + 100 * s + i + 30 * Math.sin((i * Math.PI) / 6) + noise * random.normal(),
    })),
  );
  return tableOf({
    shop: ['category', rows.map((row) => row.shop)],
    when: ['datetime', rows.map((row) => row.when)],
    sold: ['number', rows.map((row) => row.sold)],
  });
}
const learn = async (t: Table, params = {}) => {
  const { outputs, log, problems } = await runKind('series.forecaster', params, { table: rawFrame(t) });
  return { model: outputs.model as SeriesModel, results: outputs.results as Results, log, problems };
};
async function proved(model: SeriesModel) {
  const proof = await proveSeries(model);
  if (proof.problem) throw new Error(proof.problem.message);
  return proof.certificate;
}
const cells = (t: Table, name: string) => cellsOf(columnNamed(t, name)) as number[];

describe('Forecast model', () => {
  it('tells series, step and season, beats repeating the last season, and says how it did', async () => {
    const { model, results, log } = await learn(sales());
    expect(model).toMatchObject({ shape: 'series', target: 'sold', time: 'when', ids: ['shop'], periods: [12], horizon: 12 });
    expect(model.series.map(({ key }) => key)).toEqual([['north'], ['south']]);
    for (const { members } of model.series) expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(model.about.metrics.mase).toBeLessThan(1);
    expect(results.models[0].metrics).toEqual(model.about.metrics);
    expect(results.fan?.coverage).toEqual([model.about.metrics.coverage_80, model.about.metrics.coverage_95]);
    expect(results.errors?.steps[0]).toHaveLength(12);
    expect(results.errors?.series).toHaveLength(2);
    expect(log.join('\n')).toMatch(/Learned “sold” of 2 series, monthly, from 144 rows; forecasts 12 steps ahead/);
    const ahead = forecaster.schema({
      params: { target: null, time: null, ids: { names: ['shop'] } },
      inputs: { table: { type: 'table', schema: schemaOf(sales()) } },
      lists: {},
    }).model;
    expect(ahead).toMatchObject({ task: 'forecast', target: 'sold', inputs: { columns: [{ name: 'shop' }] } });
  });

  it('goes on from the end with intervals that widen, and from newer rows where they end', async () => {
    const t = sales();
    const { model } = await learn(t, { method: 'theta', horizon: 6 });
    const { outputs, log } = await runKind('series.forecast', {}, { model });
    const { table } = outputs.table as Frame;
    expect(table.rowCount).toBe(12);
    expect(cells(table, 'when').slice(0, 3)).toEqual([month(72), month(73), month(74)]);
    const truth = (s: number, i: number) => 200 + 100 * s + i + 30 * Math.sin((i * Math.PI) / 6);
    const off = cells(table, 'forecast').map((value, row) => Math.abs(value - truth(Math.floor(row / 6), 72 + (row % 6))));
    expect(Math.max(...off)).toBeLessThan(25);
    for (const name of ['lower_80', 'upper_80']) expect(cells(table, name)).toHaveLength(12);
    const width = cells(table, 'upper_95').map((high, i) => high - cells(table, 'lower_95')[i]);
    expect(width[5]).toBeGreaterThan(width[0]);
    expect(log[0]).toBe('2 series, 6 steps ahead');

    const newer = sales(75);
    const on = await runKind('series.forecast', {}, { model, table: rawFrame(newer) });
    expect(cells((on.outputs.table as Frame).table, 'when')[0]).toBe(month(75));
    const strange = tableOf({ shop: ['category', ['east', 'east']], when: ['datetime', [month(72), month(73)]], sold: ['number', [1, 2]] });
    await expect(runKind('series.forecast', {}, { model, table: rawFrame(strange) })).rejects.toMatchObject({
      problem: { code: 'forecast.other-series' },
    });
  });

  it('is the same model after a file, and its ONNX file answers alike', async () => {
    const { model } = await learn(sales(), { horizon: 4 });
    const packed = packModel(model);
    const again = (await unpackModel(packed.bytes)) as SeriesModel;
    expect(again).toEqual(model);
    const certificate = await proved(again);
    expect(certificate).toMatchObject({ passed: true, rows: 2, edgeRows: 2 });
    expect(certificate.maxDelta).toBeLessThan(1e-9);
  });

  it('tells several ids apart in ONNX, whole numbers too, and one series without any', async () => {
    const base = sales(40);
    const t = tableOf({
      shop: ['category', cellsOf(columnNamed(base, 'shop'))],
      item: ['integer', Array.from({ length: 80 }, (_, i) => (i < 40 ? 7 : -3))],
      when: ['datetime', cellsOf(columnNamed(base, 'when'))],
      sold: ['number', cellsOf(columnNamed(base, 'sold'))],
    });
    for (const [table, ids] of [
      [t, ['shop', 'item']],
      [t, ['item']],
    ] as const) {
      const { model } = await learn(table, { ids: { names: [...ids] }, method: 'seasonal-naive', target: 'sold' });
      expect((await proved(model)).rows).toBe(2);
    }
    const one = tableOf({
      when: ['datetime', Array.from({ length: 30 }, (_, i) => month(i))],
      sold: ['number', Array.from({ length: 30 }, (_, i) => i)],
    });
    const { model } = await learn(one, { method: 'drift' });
    expect((await proved(model)).passed).toBe(true);
  });

  it('refuses rows that are no series, and row-wise work refuses the model', async () => {
    const code = (work: Promise<unknown>) =>
      work.then(
        () => 'fine',
        (error) => error.problem.code,
      );
    const t = sales(20);
    const twice = tableOf({ when: ['datetime', [0, 0, DAY_MS, 2 * DAY_MS]], sold: ['number', [1, 2, 3, 4]] });
    expect(await code(learn(twice))).toBe('series.repeated');
    expect(await code(learn(tableOf({ when: ['datetime', [0, DAY_MS]], name: ['category', ['a', 'b']] })))).toBe('series.target');
    expect(await code(learn(tableOf({ when: ['datetime', [5]], sold: ['number', [1]] })))).toBe('series.one-time');
    const { model } = await learn(t, { method: 'naive' });
    for (const kind of ['evaluate.score', 'evaluate.explain'])
      expect(await code(runKind(kind, {}, { model, table: rawFrame(t) }))).toBe('model.of-series');
    expect(await code(runKind('evaluate.evaluate', {}, { model }, { table: [rawFrame(t)] }))).toBe('model.of-series');
    expect(await code(runKind('series.forecast', {}, { model: { shape: 'row' } }))).toBe('model.of-rows');
    const wired = { type: 'model' as const, task: 'forecast' as const, inputs: { columns: [] }, exportable: true as const };
    for (const kind of [score, evaluate, explain, train])
      expect(kind.check?.({ params: {}, inputs: { model: wired }, lists: {} }).map((found) => found.code)).toEqual(['model.of-series']);
    expect(forecast.check?.({ params: {}, inputs: { model: { ...wired, task: 'regress' } }, lists: {} })[0].code).toBe('model.of-rows');
  });

  it('takes a season that is too long for ETS off before it and says so, unless the season was set by hand', async () => {
    const random = stream('weeks');
    const t = tableOf({
      week: ['datetime', Array.from({ length: 160 }, (_, i) => (18_000 + 7 * i) * DAY_MS)],
      sold: ['number', Array.from({ length: 160 }, (_, i) => 100 + 40 * Math.sin((2 * Math.PI * i) / 52) + random.normal())],
    });
    const own = (model: SeriesModel) => model.series[0].members.map(({ method }) => method);
    const { model, log } = await learn(t, { method: 'ets', horizon: 26 });
    expect(own(model)).toEqual(['mstl-ets']);
    expect(log.join('\n')).toMatch(
      /Exponential smoothing \(ETS\) by itself knows seasons of up to 24 steps: that of 52 steps is taken off/,
    );
    const bare = await learn(t, { method: 'ets', horizon: 26, period: 1 });
    expect(own(bare.model)).toEqual(['ets']);
    expect(bare.log.join('\n')).not.toMatch(/taken off/);
    expect(model.about.metrics.mae).toBeLessThan(0.3 * bare.model.about.metrics.mae);
  });

  it('fills gaps and says so, and short series still get an answer', async () => {
    const t = tableOf({
      when: ['datetime', [3, 4, 7, 8].map((day) => day * DAY_MS)],
      sold: ['number', [1, 2, 5, 6]],
    });
    const { model, log } = await learn(t, { horizon: 2 });
    expect(model.series[0].history).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
    expect(log.join('\n')).toMatch(/2 missing values were put on straight lines/);
    expect(model.about.metrics.mase).toBeUndefined();
  });
});
