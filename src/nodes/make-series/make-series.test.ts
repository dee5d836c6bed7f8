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
