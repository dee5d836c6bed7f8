/** Rolling-origin evaluation of methods that learn from one series at a time; boosted trees stand in trees.test.ts. */
import { describe, expect, it } from 'vitest';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { Results } from '../../recipe/results.ts';
import { cellsOf } from '../../table/column.ts';
import { columnNamed, type Table } from '../../table/table.ts';
import { runKind } from '../run-kind.fixture.ts';
import { visits } from '../visits.fixture.ts';

const cells = (t: Table, name: string) => cellsOf(columnNamed(t, name));

describe('Rolling-origin evaluation', () => {
  const prepared = async () => (await runKind('series.make', { fill: 'linear' }, { table: rawFrame(visits()) })).outputs.table;
  it('judges on unseen steps, by step and by series, with a gap and a window', async () => {
    const table = await prepared();
    const params = { horizon: 5, origins: 4, methods: [{ method: 'seasonal-naive' }, { method: 'mean' }] };
    const { outputs } = await runKind('series.rolling-origin', params, { table });
    const results = outputs.results as Results;
    expect(results.models.map(({ name }) => (name as { text: string }).text)).toEqual(['Seasonal naive', 'Mean']);
    expect(results.models[0].foldMetrics).toHaveLength(4);
    expect(results.models[0].truth).toHaveLength(20);
    expect(results.errors?.steps.map((steps) => steps.length)).toEqual([5, 5]);
    const steps = (outputs.table as Frame).table;
    expect(steps.rowCount).toBe(10);
    expect(cells((outputs.series as Frame).table, 'method')).toEqual(['Seasonal naive', 'Mean']);
    // Seven steps between leave the last week that is known one week further back.
    const gap = (await runKind('series.rolling-origin', { ...params, gap: 7, history: 'sliding', window: 30 }, { table })).outputs
      .results as Results;
    expect(gap.models[0].truth).toEqual(results.models[0].truth);
    expect(gap.models[0].predicted).not.toEqual(results.models[0].predicted);
    await expect(runKind('series.rolling-origin', { ...params, horizon: 100 }, { table })).rejects.toMatchObject({
      problem: { code: 'series.too-short-to-judge' },
    });
  });
});
