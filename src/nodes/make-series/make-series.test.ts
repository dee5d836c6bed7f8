/** Make time series: the step is told and said, short series and repeated times are counted, and what cannot be is refused. */
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../recipe/frame.ts';
import { rawFrame } from '../../recipe/frame.ts';
import { cellsOf } from '../../table/column.ts';
import { DAY_MS } from '../../table/datetime.ts';
import { columnNamed, schemaOf, type Table, tableOf } from '../../table/table.ts';
import { runKind } from '../run-kind.fixture.ts';
import { makeSeries } from './kind.ts';

/** Receipts of two shops over ten days; shop b has no receipt on the fourth day. */
function receipts(): Table {
  const day: number[] = [];
  const shop: string[] = [];
  for (let i = 0; i < 10; i++)
    for (const name of ['a', 'a', 'b'])
      if (name === 'a' || i !== 3) {
        day.push((18_000 + i) * DAY_MS + i * 3_600_000);
        shop.push(name);
      }
  return tableOf({ when: ['datetime', day], shop: ['category', shop], sold: ['integer', day.map((_, i) => i)] });
}
const make = async (t: Table, params = {}) => {
  const { outputs, log, problems } = await runKind('series.make', params, { table: rawFrame(t) });
  return { table: (outputs.table as Frame).table, report: (outputs.report as Frame).table, log, problems };
};
const cells = (t: Table, name: string) => cellsOf(columnNamed(t, name));

describe('Make time series', () => {
  it('puts receipts together by day, fills a day without any with 0 and says all of it', async () => {
    const { table, report, log } = await make(receipts(), { unit: 'day', ids: { names: ['shop'] } });
    expect(table.rowCount).toBe(20);
    expect(cells(table, 'sold').slice(10)).toEqual([2, 5, 8, 0, 13, 16, 19, 22, 25, 28]);
    expect(cells(table, 'sold').slice(0, 3)).toEqual([0 + 1, 3 + 4, 6 + 7]);
    expect(cells(report, 'series')).toEqual(['a', 'b']);
    expect(cells(report, 'repeated')).toEqual([10, 0]);
    expect(cells(report, 'gaps')).toEqual([0, 1]);
    expect(log.join('\n')).toMatch(/2 series daily/);
    expect(log.join('\n')).toMatch(/10 rows were put together/);
    const ahead = makeSeries.schema({
      params: { unit: 'day', ids: { names: ['shop'] }, time: null },
      inputs: { table: { type: 'table', schema: schemaOf(receipts()) } },
      lists: {},
    }).table;
    expect(ahead).toMatchObject({ schema: { columns: schemaOf(table).columns.map(({ name, type, role }) => ({ name, type, role })) } });
  });

  it('says that times are irregular, and which series are left out', async () => {
    const { log, problems, report } = await make(receipts(), { ids: { names: ['shop'] }, least: 10, short: 'drop', unit: 'day', every: 1 });
    expect(cells(report, 'left out')).toEqual([false, false]);
    expect(problems).toEqual([]);
    expect(log.length).toBeGreaterThan(3);
    await expect(make(receipts(), { unit: 'day', least: 11, short: 'drop', ids: { names: ['shop'] } })).rejects.toMatchObject({
      problem: { code: 'series.all-short' },
    });
    const odd = tableOf({ when: ['datetime', [0, 1_234_567, 3_000_001, 9_111_111]], x: ['number', [1, 2, 3, 4]] });
    const told = await make(odd, { short: 'keep' });
    expect(told.problems.map(({ message }) => message).join()).toMatch(/irregular/);
  });

  it('says that a month beside a year is not looked at, and how to make a date of both', async () => {
    const months = Array.from({ length: 24 }, (_, i) => i);
    const t = tableOf({
      year: ['integer', months.map((i) => 2015 + Math.floor(i / 12))],
      month: ['integer', months.map((i) => 1 + (i % 12))],
      sold: ['integer', months],
    });
    const [told] = (await make(t)).problems;
    expect(told.message).toMatch(/Time is “year” alone.*“month”/);
    const formula = told.hint.slice(told.hint.indexOf('date('));
    const { outputs } = await runKind('prepare.formula', { formulas: [{ name: 'when', formula }] }, { table: rawFrame(t) });
    const { table, problems } = await make((outputs.table as Frame).table, { time: 'when' });
    expect(table.rowCount).toBe(24);
    expect(problems).toEqual([]);
  });

  it('an empty cell is a gap, not a sum of 0; at the end it is of the time ahead', async () => {
    const t = tableOf({
      when: ['datetime', Array.from({ length: 12 }, (_, i) => (18_000 + i) * DAY_MS)],
      price: ['number', Array.from({ length: 12 }, (_, i) => 5 + (i % 3))],
      sold: ['number', [10, 11, null, 13, 14, 15, 16, 17, 18, 19, null, null]],
    });
    const { table } = await make(t);
    expect(cells(table, 'sold')).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19, null, null]);
    expect(cells(table, 'price')).toEqual(cells(t, 'price'));
    expect(cells((await make(t, { fill: 'previous' })).table, 'sold').slice(-3)).toEqual([19, 19, 19]);
    const { outputs, log } = await runKind(
      'series.forecaster',
      { method: 'drift', target: 'sold', horizon: 2 },
      { table: rawFrame(table) },
    );
    expect(log.join('\n')).toMatch(/2 rows at the end have no “sold”: forecasts begin there/);
    expect(log.join('\n')).toMatch(/These rows have “price”: chosen under Known in advance/);
    const ahead = (await runKind('series.forecast', {}, { model: outputs.model })).outputs.table as Frame;
    expect(cells(ahead.table, 'when')).toEqual([(18_000 + 10) * DAY_MS, (18_000 + 11) * DAY_MS]);
  });

  it('says where a date is far from all others', async () => {
    const at = Array.from({ length: 40 }, (_, i) => (18_000 + i) * DAY_MS);
    const t = (last: number) => tableOf({ when: ['datetime', [...at, last]], x: ['number', [...at, 0].map((_, i) => i)] });
    const told = await make(t((18_000 + 900) * DAY_MS));
    expect(told.problems).toMatchObject([{ severity: 'warning', at: { param: 'time' } }]);
    expect(told.problems[0].message).toMatch(/Between 2019-05-23 and 2021-09-30 860 steps have no row/);
    expect((await make(t((18_000 + 45) * DAY_MS))).problems).toEqual([]);
  });

  it('refuses a table without time, times that are no dates, and steps that are far too short', async () => {
    const code = (t: Table, params = {}) =>
      make(t, params).then(
        () => 'fine',
        (error) => error.problem.code,
      );
    expect(await code(tableOf({ x: ['number', [1, 2]] }))).toBe('series.no-time');
    expect(await code(tableOf({ x: ['number', [1.5, 2]] }), { time: 'x' })).toBe('series.not-time');
    expect(await code(tableOf({ when: ['datetime', [null]], x: ['number', [1]] }))).toBe('series.no-rows');
    expect(await code(tableOf({ when: ['datetime', [5]], x: ['number', [1]] }))).toBe('series.no-step');
    expect(await code(tableOf({ when: ['datetime', [0, 3000 * DAY_MS]], x: ['number', [1, 2]] }), { unit: 'second' })).toBe(
      'series.too-long',
    );
  });
});
