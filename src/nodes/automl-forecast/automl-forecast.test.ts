/** AutoML forecasting: one daily series with a week in it and gaps, and readings that stand off their steps. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { Results } from '../../recipe/results.ts';
import type { SeriesModel } from '../../recipe/series-model.ts';
import { cellsOf } from '../../table/column.ts';
import { columnNamed, type Table, tableOf } from '../../table/table.ts';
import { runKind } from '../run-kind.fixture.ts';
import { visits } from '../visits.fixture.ts';

const cells = (t: Table, name: string) => cellsOf(columnNamed(t, name));
const quick = { arima: false, mstl: false, seconds: null, fill: 'linear' };

describe('AutoML forecasting', () => {
  it('prepares, races and weighs; the race opens as nodes; guardrails say what was seen to', async () => {
    const { outputs, log } = await runKind('automl.forecast', quick, { table: rawFrame(visits()) });
    const model = outputs.model as SeriesModel;
    const { race, models, fan } = outputs.results as Results;
    expect(model).toMatchObject({ target: 'visits', periods: [7], horizon: 7, learner: { kind: 'automl.forecast' } });
    expect(model.about.metrics.mase).toBeLessThan(1);
    expect(race?.rows.length).toBeGreaterThan(4);
    expect(race?.steps[0]).toMatchObject({ kind: 'series.make', params: { time: 'day' } });
    expect(race?.rows[0]).toMatchObject({ kind: 'series.forecaster', state: 'complete' });
    const values = race!.rows.map(({ value }) => value!);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(models[0].metrics).toEqual(model.about.metrics);
    expect(fan?.series).toHaveLength(1);
    const guards = (outputs.guardrails as Frame).table;
    const states = Object.fromEntries(cells(guards, 'check').map((check, i) => [check, cells(guards, 'state')[i]]));
    expect(states).toMatchObject({ 'steps of time': 'passed', gaps: 'fixed', 'repeated times': 'fixed', 'constant series': 'passed' });
    expect(cells((outputs.table as Frame).table, 'model')[0]).toBe('Ensemble');
    expect(log.join('\n')).toMatch(/Methods together: MASE/);
    const opened = await runKind('series.make', race!.steps[0].params, { table: rawFrame(visits()) });
    const again = await runKind('series.forecaster', race!.rows[0].params, { table: opened.outputs.table });
    expect((again.outputs.model as SeriesModel).about.metrics.mase).toBeCloseTo(race!.rows[0].value!, 10);
  });

  it('says of rows that are there twice how they were put together, and offers to remove copies', async () => {
    const t = visits();
    const twice = tableOf(
      Object.fromEntries(
        t.fields.map(({ name }, i) => [name, [t.columns[i].type, [...cellsOf(t.columns[i]), ...cellsOf(t.columns[i]).slice(0, 20)]]]),
      ) as Parameters<typeof tableOf>[0],
    );
    const look = async (table: Table, params = {}) => {
      const { outputs, problems } = await runKind('automl.forecast', { ...quick, trials: 2, ...params }, { table: rawFrame(table) });
      const guards = (outputs.guardrails as Frame).table;
      const at = cells(guards, 'check').indexOf('repeated times');
      return { state: cells(guards, 'state')[at], what: cells(guards, 'what')[at], fixes: problems.map(({ fix }) => fix?.args?.kind) };
    };
    expect(await look(t)).toMatchObject({ state: 'fixed', what: '1 row was added to another of the same step.' });
    const alerted = await look(twice);
    expect(alerted).toMatchObject({
      state: 'alerted',
      what: '21 rows were added to another of the same step; 20 are copies of another in every column.',
    });
    expect(alerted.fixes).toContain('prepare.remove-duplicates');
    expect(await look(twice, { together: 'mean' })).toMatchObject({ state: 'fixed', what: expect.stringMatching(/put together/) });
  });

  it('sets readings a few seconds off onto the steps, says so, and takes the mean of two on one', async () => {
    const random = stream('sensor');
    const at = Array.from({ length: 160 }, (_, i) => 1_700_000_400_000 + i * 600_000 + Math.round(6000 * (random.uniform() - 0.5)));
    const kept = at.filter((_, i) => i % 40 !== 11);
    kept.splice(5, 0, kept[5] + 1000);
    const sensor = tableOf({ read: ['datetime', kept.toReversed()], heat: ['number', kept.map((_, i) => 20 + Math.sin(i / 5))] });
    const look = async (params = {}) => {
      const { outputs, log } = await runKind('automl.forecast', { seconds: null, trials: 2, ...params }, { table: rawFrame(sensor) });
      const guards = (outputs.guardrails as Frame).table;
      const of = (check: string) => {
        const i = cells(guards, 'check').indexOf(check);
        return `${cells(guards, 'state')[i]}: ${cells(guards, 'what')[i]}`;
      };
      return { model: outputs.model as SeriesModel, of, log: log.join('\n') };
    };
    const { model, of, log } = await look();
    expect(model.grid).toMatchObject({ unit: 'minute', every: 10 });
    expect(model.series[0].history).toHaveLength(160);
    expect(of('steps of time')).toMatch(
      /^fixed: every 10 minutes: \d+ of 157 times stand off their step, by up to [34] s, and were set onto/,
    );
    expect(of('repeated times')).toBe('fixed: 1 row was put together with another of the same step.');
    expect(of('gaps')).toBe('fixed: 4 steps have no row.');
    expect(Math.min(...model.series[0].history)).toBeGreaterThan(18);
    expect(log).toMatch(/were set onto the nearest/);
    const hourly = await look({ unit: 'hour', together: 'max' });
    expect(hourly.model.grid).toMatchObject({ unit: 'hour', every: 1 });
    expect(hourly.of('steps of time')).toMatch(/^passed/);
  });

  it('with one method for each series, and refuses to try nothing', async () => {
    const { outputs } = await runKind('automl.forecast', { ...quick, ensemble: false }, { table: rawFrame(visits()) });
    expect((outputs.model as SeriesModel).series[0].members).toHaveLength(1);
    const none = { simple: false, theta: false, ets: false, mstl: false, arima: false, intermittent: false, boosting: false };
    await expect(runKind('automl.forecast', none, { table: rawFrame(visits()) })).rejects.toMatchObject({
      problem: { code: 'automl.no-methods' },
    });
  });
});
