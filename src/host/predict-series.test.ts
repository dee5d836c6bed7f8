/** Forecasts on the command line: of the series that a file names, after newer values where it has them, and plain refusals. */
import { describe, expect, it } from 'vitest';
import { runKind } from '../nodes/run-kind.fixture.ts';
import { rawFrame } from '../recipe/frame.ts';
import type { SeriesModel } from '../recipe/series-model.ts';
import { cellsOf } from '../table/column.ts';
import { DAY_MS } from '../table/datetime.ts';
import { columnNamed, type Table, tableOf } from '../table/table.ts';
import { predictSeries, type ReadAs } from './predict-series.ts';

const days = (count: number) => Array.from({ length: count }, (_, i) => (19_000 + i) * DAY_MS);
const sales = (count: number) =>
  tableOf({
    shop: ['category', ['a', 'b'].flatMap((shop) => new Array<string>(count).fill(shop))],
    day: ['datetime', [...days(count), ...days(count)]],
    sold: ['number', Array.from({ length: 2 * count }, (_, i) => (i % count) + (i < count ? 0 : 100))],
  });
const model = async () =>
  (await runKind('series.forecaster', { method: 'drift', horizon: 2, ids: { names: ['shop'] } }, { table: rawFrame(sales(20)) })).outputs
    .model as SeriesModel;
const cells = (t: Table, name: string) => cellsOf(columnNamed(t, name));

describe('predict with a model of series', () => {
  it('answers for the series that are named, in their order', async () => {
    const asked: ReadAs[][] = [];
    const answer = await predictSeries(await model(), async (types) => {
      asked.push([...types]);
      return tableOf({ shop: ['category', ['b', 'a', 'b']] });
    });
    expect(cells(answer, 'shop')).toEqual(['b', 'b', 'a', 'a']);
    expect(cells(answer, 'day')[0]).toBe(days(21)[20]);
    cells(answer, 'forecast').forEach((value, i) => {
      expect(value).toBeCloseTo([120, 121, 20, 21][i], 9);
    });
    expect(asked[0].map(({ column }) => column)).toEqual(['shop']);
  });

  it('goes on from newer values, of those series alone that have some', async () => {
    const newer = tableOf({ shop: ['category', ['a', 'a']], day: ['datetime', days(22).slice(20)], sold: ['number', [20, 21]] });
    const answer = await predictSeries(await model(), async () => newer);
    expect(cells(answer, 'shop')).toEqual(['a', 'a']);
    expect(cells(answer, 'day')[0]).toBe(days(23)[22]);
  });

  it('sets newer readings some seconds off onto the steps of the model', async () => {
    const minutes = (count: number, off: number) => Array.from({ length: count }, (_, i) => (19_000 * 144 + i) * 600_000 + (i % 3) * off);
    const read = (times: number[], first: number) => tableOf({ at: ['datetime', times], heat: ['number', times.map((_, i) => first + i)] });
    const { outputs, log } = await runKind(
      'series.forecaster',
      { method: 'drift', horizon: 2 },
      { table: rawFrame(read(minutes(60, -2000), 0)) },
    );
    expect(log.join('\n')).toMatch(/every 10 minutes: 40 of 60 times stand off their step, by up to 4 s/);
    const answer = await predictSeries(outputs.model as SeriesModel, async () => read(minutes(64, 1500).slice(60), 60));
    expect(cells(answer, 'at')).toEqual(minutes(66, 0).slice(64));
    cells(answer, 'forecast').forEach((value, h) => {
      expect(value).toBeCloseTo(64 + h, 9);
    });
  });

  it('says plainly what it cannot answer', async () => {
    const code = async (rows: Table) =>
      predictSeries(await model(), async () => rows).then(
        () => 'fine',
        (error) => error.problem.code,
      );
    expect(await code(tableOf({ shop: ['category', ['c']] }))).toBe('predict.unknown-series');
    expect(await code(tableOf({ place: ['category', ['a']] }))).toBe('predict.no-ids');
    expect(await code(tableOf({ shop: ['category', ['a']], day: ['text', ['soon']], sold: ['number', [1]] }))).toBe('predict.no-time');
  });
});
