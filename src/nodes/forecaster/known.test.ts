/** Columns known in advance and what else trees look at: each control does something, the future is used, and what is missing of it is said. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { predictSeries } from '../../host/predict-series.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { SeriesModel } from '../../recipe/series-model.ts';
import { packModel, unpackModel } from '../../registry/model-entry.ts';
import { featureNames, type LagLook, lagShape, warmUp, writeFeatures } from '../../series/lagged-features.ts';
import { cellsOf } from '../../table/column.ts';
import { DAY_MS } from '../../table/datetime.ts';
import { columnNamed, schemaOf, type Table, tableOf } from '../../table/table.ts';
import { forecast } from '../forecast/kind.ts';
import { runKind } from '../run-kind.fixture.ts';
import { forecaster } from './kind.ts';

const DAYS = 80;
const day = (i: number) => (19_000 + i) * DAY_MS;
const SHOPS = ['north', 'south', 'west'];

/** Three shops that sell less when the price is high, and twice on a holiday; prices jump from day to day. */
function sales(days = DAYS): Table {
  const random = stream('priced sales');
  const rows = SHOPS.flatMap((shop, s) =>
    Array.from({ length: days }, (_, i) => {
      const price = 5 + random.below(10);
      const holiday = random.below(8) === 0;
      return { shop, when: day(i), price, holiday, sold: (100 + 20 * s - 6 * price) * (holiday ? 2 : 1) + random.normal() };
    }),
  );
  return tableOf({
    shop: ['category', rows.map((row) => row.shop)],
    when: ['datetime', rows.map((row) => row.when)],
    price: ['number', rows.map((row) => row.price)],
    holiday: ['boolean', rows.map((row) => row.holiday)],
    sold: ['number', rows.map((row) => row.sold)],
  });
}
const future = (price: number, days = 3, shops = SHOPS): Table =>
  tableOf({
    shop: ['category', shops.flatMap((shop) => new Array<string>(days).fill(shop))],
    when: ['datetime', shops.flatMap(() => Array.from({ length: days }, (_, h) => day(DAYS + h)))],
    price: ['number', new Array<number>(shops.length * days).fill(price)],
    holiday: ['boolean', new Array<boolean>(shops.length * days).fill(false)],
  });
const common = { method: 'boosting-direct', horizon: 3, origins: 2, period: 1, target: 'sold', ids: { names: ['shop'] } };
const known = { known: { names: ['price', 'holiday'] } };
const learn = async (params: object, t = sales()) => {
  const { outputs, log } = await runKind('series.forecaster', { ...common, ...params }, { table: rawFrame(t) });
  return { model: outputs.model as SeriesModel, log: log.join('\n') };
};
const ahead = async (model: SeriesModel, inputs: Record<string, unknown>) => {
  const { outputs } = await runKind('series.forecast', {}, { model, ...inputs });
  return cellsOf(columnNamed((outputs.table as Frame).table, 'forecast')) as number[];
};

describe('columns known in advance', () => {
  it('make forecasts better, and what they will be decides what is forecast', async () => {
    const [blind, { model, log }] = [await learn({}), await learn(known)];
    expect(model.about.metrics.mase).toBeLessThan(0.6 * blind.model.about.metrics.mase);
    expect(model.known).toEqual(['price', 'holiday']);
    expect(log).toMatch(/the chart takes the last “price”, “holiday”/);
    const [cheap, dear] = [await ahead(model, { future: rawFrame(future(6)) }), await ahead(model, { future: rawFrame(future(13)) })];
    for (const [i, value] of cheap.entries()) expect(value - dear[i]).toBeGreaterThan(20);
    for (const [i, value] of dear.entries()) expect(Math.abs(value - (100 + 20 * Math.floor(i / 3) - 6 * 13))).toBeLessThan(15);
  });

  it('that nobody gives are a problem which names the first; rows without the columns too', async () => {
    const { model } = await learn(known);
    const refusal = (inputs: Record<string, unknown>) =>
      ahead(model, inputs).then(
        () => undefined,
        (error) => error.problem,
      );
    const none = await refusal({});
    expect(none).toMatchObject({ code: 'forecast.no-future', at: { port: 'future' } });
    expect(none.message).toMatch(/need 18 values .* “price” of north at 2022-03-29/);
    expect((await refusal({ future: rawFrame(future(6, 2)) })).message).toMatch(/need 6 values/);
    expect((await refusal({ future: rawFrame(future(6, 3, ['north'])) })).message).toMatch(/of south/);
    const bare = tableOf({ shop: ['category', ['north']], when: ['datetime', [day(DAYS)]] });
    expect(await refusal({ future: rawFrame(bare) })).toMatchObject({ code: 'forecast.future-columns' });
    const wired = { type: 'model' as const, task: 'forecast' as const, inputs: { columns: model.inputs }, exportable: true as const };
    expect(forecast.check?.({ params: {}, inputs: { model: wired }, lists: {} }).map(({ code }) => code)).toEqual(['forecast.wire-future']);
    expect(forecast.check?.({ params: {}, inputs: { model: wired }, lists: {}, wired: ['future'] })).toEqual([]);
  });

  it('land on the steps of the model, and rows of another time or of other series are told by name', async () => {
    const { model } = await learn(known);
    const rows = future(6);
    const answer = async (table: Table) => {
      const { outputs, log } = await runKind('series.forecast', {}, { model, future: rawFrame(table) });
      return { means: cellsOf(columnNamed((outputs.table as Frame).table, 'forecast')), log: log.join('\n') };
    };
    const plain = await answer(rows);
    expect(plain.log).not.toMatch(/of the time ahead/);
    // The same prices twice a day, a little above and below.
    const twice = tableOf(
      Object.fromEntries(
        rows.fields.map(({ name }, i) => {
          const cells = cellsOf(rows.columns[i]) as never[];
          const again = name === 'when' ? cells.map((at) => at + 43_200_000) : name === 'price' ? cells.map(() => 7) : cells;
          return [name, [rows.columns[i].type, [...(name === 'price' ? cells.map(() => 5) : cells), ...again]]];
        }),
      ) as Parameters<typeof tableOf>[0],
    );
    const averaged = await answer(twice);
    expect(averaged.means).toEqual(plain.means);
    expect(averaged.log).toMatch(/9 rows of the time ahead were put together .*daily/);
    const moved = (by: number, name = 'when') =>
      tableOf(
        Object.fromEntries(
          rows.fields.map((field, i) => {
            const cells = cellsOf(rows.columns[i]) as never[];
            const other = field.name === 'when' ? cells.map((at) => at + by) : cells;
            return [field.name, [rows.columns[i].type, field.name === name && name === 'shop' ? cells.map((one) => `${one}!`) : other]];
          }),
        ) as Parameters<typeof tableOf>[0],
      );
    const late = await answer(moved(3_600_000));
    expect(late.means).toEqual(plain.means);
    expect(late.log).toMatch(/9 times of the time ahead do not stand on a step .*2022-03-29T01:00:00 counts for 2022-03-29/);
    const refusal = (table: Table) => answer(table).catch((error) => error.problem);
    expect(await refusal(moved(400 * DAY_MS))).toMatchObject({ code: 'forecast.future-times', at: { port: 'future' } });
    expect((await refusal(moved(-3 * DAY_MS))).message).toMatch(
      /are of 2022-03-26 to 2022-03-28; the forecasts are of 2022-03-29 to 2022-03-31/,
    );
    expect((await refusal(moved(0, 'shop'))).message).toMatch(/none of the series north; theirs are .*north!/);
  });

  it('go through Make time series on the steps of the table, and into Forecast', async () => {
    const t = sales();
    const rows = future(6);
    const params = { ids: { names: ['shop'] }, time: 'when', unit: 'day', together: 'mean' };
    const make = (table: Table) => runKind('series.make', params, { table: rawFrame(t), future: rawFrame(table) });
    const { outputs } = await make(rows);
    const { model } = await learn(known, (outputs.table as Frame).table);
    const [direct, made] = [await ahead(model, { future: rawFrame(rows) }), await ahead(model, { future: outputs.future })];
    expect(made).toEqual(direct);
    expect((outputs.future as Frame).table.rowCount).toBe(rows.rowCount);
    const refusal = (table: Table) => make(table).catch((error) => error.problem);
    expect(await refusal(tableOf({ when: ['datetime', [day(DAYS)]] }))).toMatchObject({ code: 'series.future-columns' });
    expect(await refusal(t)).toMatchObject({ code: 'series.future-past', at: { port: 'future' } });
    expect(await refusal(future(6, 3, ['east']))).toMatchObject({ code: 'series.future-others' });
  });

  it('can stand in newer rows, go through a file, and come by the command line', async () => {
    const { model } = await learn(known);
    const again = (await unpackModel(packModel(model).bytes)) as SeriesModel;
    expect(again).toEqual(model);
    const rows = future(6);
    const told = await ahead(again, { future: rawFrame(rows) });
    const file = await predictSeries(again, async () => rows);
    expect(cellsOf(columnNamed(file, 'forecast'))).toEqual(told);
    const longer = sales(DAYS);
    const newer = await ahead(model, { table: rawFrame(longer), future: rawFrame(rows) });
    expect(newer).toEqual(told);
  });

  it('cannot be the target, said before a run; a rule that takes every column leaves it out', async () => {
    const table = { type: 'table' as const, schema: schemaOf(sales()) };
    const found = (pick: object) => forecaster.check?.({ params: { ...common, known: pick }, inputs: { table }, lists: {} } as never);
    expect(found({ names: ['price', 'sold'] })).toMatchObject([{ code: 'series.known-target', at: { param: 'known', column: 'sold' } }]);
    expect(found({ all: true })).toEqual([]);
    expect((await learn({ known: { all: true } })).model.known).toEqual(['price', 'holiday']);
  });

  it('without a say of trees are not asked for', async () => {
    const { model: plain } = await learn({ ...known, method: 'theta' });
    expect([plain.known, plain.inputs.length]).toEqual([[], 1]);
    expect(await ahead(plain, {})).toHaveLength(9);
  });

  it('of several rows of a step are averaged in AutoML, while the target is added up', async () => {
    const t = sales();
    const twice = tableOf(
      Object.fromEntries(
        t.fields.map(({ name }, i) => [name, [t.columns[i].type, [...cellsOf(t.columns[i]), ...cellsOf(t.columns[i])]]]),
      ) as Parameters<typeof tableOf>[0],
    );
    const params = { ...known, ...common, theta: false, ets: false, mstl: false, arima: false, intermittent: false, seconds: null };
    const { outputs } = await runKind('automl.forecast', params, { table: rawFrame(twice) });
    const model = outputs.model as SeriesModel;
    expect(Math.max(...model.series[0].known!.values[0])).toBe(14);
    expect(Math.max(...model.series[0].history)).toBeGreaterThan(200);
  });
});

describe('lags, windows and calendar of trees', () => {
  const grid = { unit: 'day', every: 1, anchor: 0 } as const;
  const look = (more: Partial<LagLook>): LagLook => ({ lags: [], windows: [], calendar: true, known: [], ...more });
  it('decide what is seen', () => {
    const usual = featureNames(lagShape(grid, [7], look({})));
    expect(usual).toEqual(featureNames(lagShape(grid, [7])));
    expect(featureNames(lagShape(grid, [7], look({ lags: [9, 2, 9], calendar: false })))).toEqual([
      'step',
      'series',
      'level',
      'lag 2',
      'lag 9',
    ]);
    const shape = lagShape(grid, [], look({ lags: [2], windows: [{ size: 4, how: 'max' }], calendar: false, known: ['price'] }));
    expect(featureNames(shape)).toEqual(['step', 'series', 'level', 'lag 2', 'max of 4', 'price', 'price, change']);
    expect(warmUp(shape)).toBe(5);
    const y = Float64Array.of(1, 9, 3, 4, 6, 2);
    const span = { first: 98, values: [Float64Array.from({ length: 12 }, (_, i) => i)] };
    const out = new Float32Array(7);
    writeFeatures(out, 0, { y, first: 100, code: 3, scale: 2, known: span }, 4, 2, shape);
    // The base is the value known last, 6; the price stands two steps ahead, at step 106.
    expect([...out]).toEqual([2, 3, expect.closeTo((13 / 3 - 6) / 2, 6), -1, 1.5, 8, 2]);
  });

  it('change a model, and are kept with it', async () => {
    const { model } = await learn({ ...known, lags: [{ lag: 1 }, { lag: 5 }], windows: [{ size: 6, how: 'std' }], calendar: false });
    const names = model.about.importances?.map(({ name }) => name).sort();
    expect(names).toEqual(
      ['holiday', 'holiday, change', 'lag 1', 'lag 5', 'level', 'price', 'price, change', 'series', 'std of 6', 'step'].sort(),
    );
  });
});

it('of the automatic choice, families can be left out', async () => {
  const none = { theta: false, mstl: false, arima: false, intermittent: false, boosting: false, simple: false };
  const { model } = await learn({ ...none, method: 'auto' });
  expect(new Set(model.series.flatMap(({ members }) => members.map(({ method }) => method)))).toEqual(new Set(['ets']));
  await expect(learn({ ...none, ets: false, method: 'auto' })).rejects.toMatchObject({ problem: { code: 'automl.no-methods' } });
});
