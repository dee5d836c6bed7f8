/** Decompose & ACF: trend, season and rest add up to the series, and the lags find its week. */
import { describe, expect, it } from 'vitest';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { Results } from '../../recipe/results.ts';
import { cellsOf } from '../../table/column.ts';
import { columnNamed, type Table } from '../../table/table.ts';
import { runKind } from '../run-kind.fixture.ts';
import { visits } from '../visits.fixture.ts';

const cells = (t: Table, name: string) => cellsOf(columnNamed(t, name));

describe('Decompose & ACF', () => {
  it('takes a series apart without rest, and finds the week in its past', async () => {
    const { outputs, log } = await runKind(
      'series.decompose',
      { target: 'visits' },
      {
        table: (await runKind('series.make', { fill: 'linear' }, { table: rawFrame(visits()) })).outputs.table,
      },
    );
    const { table } = outputs.table as Frame;
    const [seen, trend, season, rest] = ['visits', 'trend', 'season', 'rest'].map((name) => cells(table, name) as number[]);
    for (let i = 0; i < table.rowCount; i++) expect(trend[i] + season[i] + rest[i]).toBeCloseTo(seen[i], 9);
    const one = (outputs.results as Results).decomposition!.series[0];
    expect(one.period).toBe(7);
    const strongest = one.acf.reduce((best, value, i) => (value > one.acf[best] ? i : best), 0);
    expect((strongest + 1) % 7).toBe(0);
    expect(cells((outputs.lags as Frame).table, 'lag').slice(0, 2)).toEqual([1, 2]);
    expect(log.join('\n')).toMatch(/season of 7 steps/);
  });
});
