/** Columns known in advance in an ONNX file: inputs of their own, proved, and what lacks or nobody knows answered by nothing. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { readHeader } from '../../onnx/header.ts';
import { createSession, runSession } from '../../onnx/session.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { SeriesModel } from '../../recipe/series-model.ts';
import { NO_IDS } from '../../series/lower.ts';
import { proveSeries } from '../../series/prove.ts';
import { cellsOf } from '../../table/column.ts';
import { DAY_MS } from '../../table/datetime.ts';
import { columnNamed, schemaOf, type Table, tableOf } from '../../table/table.ts';
import { automlForecast } from '../automl-forecast/kind.ts';
import { runKind } from '../run-kind.fixture.ts';
import { learnerOf } from '../shared-learner.ts';
import { forecaster } from './kind.ts';

const DAYS = 90;
const day = (i: number) => (19_000 + i) * DAY_MS;

/** Shops with a week each that sell less when the price is high, more on a holiday. */
function sales(shops: readonly string[], days = DAYS): Table {
  const random = stream('priced sales');
  const rows = shops.flatMap((shop, s) =>
    Array.from({ length: days }, (_, i) => {
      const price = 5 + random.below(100) / 10;
      const holiday = random.below(8) === 0;
      const sold = (100 + 20 * s - 6 * price + 4 * (i % 7)) * (holiday ? 2 : 1) + random.normal();
      return { shop, when: day(i), price, holiday, sold };
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
const common = { horizon: 9, origins: 2, target: 'sold', time: 'when', ids: { names: ['shop'] }, known: { names: ['price', 'holiday'] } };
const learn = async (params: object, t = sales(['north', 'south', 'west'])) =>
  (await runKind('series.forecaster', { ...common, ...params }, { table: rawFrame(t) })).outputs.model as SeriesModel;
async function proved(model: SeriesModel) {
  const proof = await proveSeries(model, await learnerOf(model));
  if (proof.problem) throw new Error(proof.problem.message);
  return proof;
}
const asked = (model: SeriesModel, shops: readonly string[], prices: readonly number[]) => ({
  shop: { dtype: 'string' as const, dims: [shops.length, 1], data: shops },
  price: { dtype: 'double' as const, dims: [shops.length, model.horizon], data: shops.flatMap(() => prices) },
  holiday: { dtype: 'double' as const, dims: [shops.length, model.horizon], data: new Float64Array(shops.length * model.horizon) },
});

describe.each([
  ['boosting-direct', {}],
  ['boosting-recursive', {}],
  ['boosting-direct', { period: 1 }],
  ['boosting-recursive', { period: 1, calendar: false }],
  ['boosting-recursive', { lags: [{ lag: 1 }, { lag: 9 }], windows: ['mean', 'min', 'max', 'std'].map((how) => ({ size: 5, how })) }],
  ['boosting-direct', { lags: [{ lag: 2 }], windows: ['mean', 'min', 'max', 'std'].map((how) => ({ size: 12, how })), calendar: false }],
])('%s %o', (method, more) => {
  it('is proved, follows what is given, and says nothing where a value lacks', async () => {
    const model = await learn({ method, ...more });
    const { bytes, certificate } = await proved(model);
    expect(certificate).toMatchObject({ passed: true, rows: 6, edgeRows: 3 });
    expect(certificate.maxDelta).toBeLessThan(1e-12);
    expect(readHeader(bytes).inputs.map(({ name, dims }) => [name, dims])).toEqual([
      ['price', ['batch', 9]],
      ['holiday', ['batch', 9]],
      ['shop', ['batch', 1]],
    ]);
    const session = await createSession(bytes);
    const say = async (prices: readonly number[]) => [
      ...((await runSession(session, asked(model, ['west', 'nowhere', 'north'], prices))).forecast.data as Float64Array),
    ];
    const [cheap, dear] = [await say(new Array(9).fill(6)), await say(new Array(9).fill(14))];
    for (const i of [0, 1, 2, 18, 19, 20]) expect(cheap[i] - dear[i]).toBeGreaterThan(10);
    expect(cheap.slice(9, 18)).toEqual(new Array(9).fill(Number.NaN));
    const shops = model.series.flatMap(({ key }) => new Array<string>(9).fill(key[0]));
    const rows = tableOf({
      shop: ['category', shops],
      when: ['datetime', shops.map((_, i) => day(DAYS + (i % 9)))],
      price: ['number', shops.map(() => 6)],
      holiday: ['boolean', shops.map(() => false)],
    });
    const { outputs } = await runKind('series.forecast', {}, { model, future: rawFrame(rows) });
    const t = (outputs.table as Frame).table;
    const native = (cellsOf(columnNamed(t, 'forecast')) as number[]).filter((_, i) => cellsOf(columnNamed(t, 'shop'))[i] === 'west');
    for (const [h, value] of native.entries()) expect(cheap[h]).toBeCloseTo(value, 9);
    const gap = await say([6, 6, 6, Number.NaN, 6, 6, 6, 6, 6]);
    expect(gap.slice(0, 3)).toEqual(cheap.slice(0, 3));
    expect(gap[3]).toBeNaN();
    expect(Number.isNaN(gap[4])).toBe(method === 'boosting-recursive');
    await session.release();
  });
});

describe('a file of forecasts with columns known in advance', () => {
  it('of one series asks for them alone; a column may have the name of the input that models without ids have', async () => {
    const t = sales(['north']);
    const one = { ...t, fields: t.fields.map((field) => (field.name === 'price' ? { ...field, name: NO_IDS } : field)) };
    const model = await learn({ method: 'boosting-direct', ids: { names: [] }, known: { names: [NO_IDS] } }, one);
    const { bytes, certificate } = await proved(model);
    expect(certificate.maxDelta).toBeLessThan(1e-12);
    expect(readHeader(bytes).inputs.map(({ name }) => name)).toEqual([NO_IDS]);
  });

  it('weighs trees with other methods, and takes what the model itself knows of the time ahead where nothing is given', async () => {
    const t = sales(['north', 'south', 'west'], DAYS + 9);
    const sold = columnNamed(t, 'sold');
    const cut = tableOf(
      Object.fromEntries(
        t.fields.map(({ name }, i) => [
          name,
          [
            t.columns[i].type,
            name === 'sold' ? cellsOf(sold).map((value, row) => (row % (DAYS + 9) < DAYS ? value : null)) : cellsOf(t.columns[i]),
          ],
        ]),
      ) as Parameters<typeof tableOf>[0],
    );
    const model = await learn({ method: 'auto' }, cut);
    const methods = new Set(model.series.flatMap(({ members }) => members.map(({ method }) => method)));
    expect(methods).toContain('boosting-direct');
    expect(methods.size).toBeGreaterThan(1);
    const { bytes } = await proved(model);
    const session = await createSession(bytes);
    const none = new Array<number>(9).fill(Number.NaN);
    const feeds = asked(model, ['north'], none);
    const { forecast } = await runSession(session, { ...feeds, holiday: { ...feeds.holiday, data: none } });
    const { outputs } = await runKind('series.forecast', {}, { model });
    const native = cellsOf(columnNamed((outputs.table as Frame).table, 'forecast')) as number[];
    for (const [h, value] of [...(forecast.data as Float64Array)].entries()) expect(value).toBeCloseTo(native[h], 9);
    await session.release();
  });

  it('can be written, said before a run; not where a yes or no tells series apart', () => {
    const t = sales(['north', 'south']);
    const table = { type: 'table' as const, schema: schemaOf(t) };
    const said = (params: object) => forecaster.exportable?.({ params: { ...common, ...params }, inputs: { table }, lists: {} });
    expect(said({ method: 'boosting-direct' })).toBe(true);
    expect(said({ ids: { names: ['shop', 'holiday'] } })).toMatchObject({ code: 'onnx.series-id', args: { name: 'holiday' } });
    expect(automlForecast.exportable?.({ params: { ...common, boosting: true }, inputs: { table }, lists: {} })).toBe(true);
  });
});
