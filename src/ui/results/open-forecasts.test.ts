/** A race of forecasts opened as nodes: single methods, and methods together, forecast the same to the last bit, intervals too. */
import { expect, test } from 'vitest';
import { stream } from '../../base/random.ts';
import { compareIds } from '../../engine/graph.ts';
import type { ParamValues } from '../../kind/params.ts';
import { runKind } from '../../nodes/run-kind.fixture.ts';
import { learnerOf } from '../../nodes/shared-learner.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { Race, Results } from '../../recipe/results.ts';
import type { SeriesModel } from '../../recipe/series-model.ts';
import { proveSeries } from '../../series/prove.ts';
import { cellsOf } from '../../table/column.ts';
import { DAY_MS } from '../../table/datetime.ts';
import { type Table, tableOf } from '../../table/table.ts';
import { runOpened } from './run-opened.fixture.ts';

const OFF = { simple: false, theta: false, ets: false, mstl: false, arima: false, intermittent: false, boosting: false };

/** Days of a week with noise; every ninth day is left out. */
function visits(days: number): Table {
  const random = stream('open visits');
  const rows = Array.from({ length: days }, (_, i) => ({
    day: (19_000 + i) * DAY_MS,
    count: 100 + (i % 7 > 4 ? -40 : 10) + 6 * random.normal(),
  }));
  const kept = rows.filter((_, i) => i % 9 !== 4);
  return tableOf({ day: ['datetime', kept.map(({ day }) => day)], visits: ['number', kept.map(({ count }) => count)] });
}
/** Shops that differ in length and in what suits them: with a week, without, with many days of none. */
function shops(): Table {
  const random = stream('open shops');
  const rows = Array.from({ length: 6 }, (_, s) => s).flatMap((s) =>
    Array.from({ length: 24 + 22 * s }, (_, i) => ({
      shop: `shop ${s}`,
      day: (19_000 + i) * DAY_MS,
      sold:
        s % 3 === 2
          ? random.uniform() < 0.3
            ? Math.round(1 + 5 * random.uniform())
            : 0
          : 50 + s * i * 0.2 + (s % 3 === 0 && i % 7 > 4 ? -20 : 0) + 4 * random.normal(),
    })),
  );
  return tableOf({
    shop: ['category', rows.map(({ shop }) => shop)],
    day: ['datetime', rows.map(({ day }) => day)],
    sold: ['number', rows.map(({ sold }) => sold)],
  });
}

async function raced(data: Table, params: ParamValues): Promise<{ model: SeriesModel; race: Race }> {
  const { outputs } = await runKind('automl.forecast', { seconds: null, ...params }, { table: rawFrame(data) });
  return { model: outputs.model as SeriesModel, race: (outputs.results as Results).race! };
}
async function ahead(model: SeriesModel): Promise<Record<string, unknown>> {
  const { table } = (await runKind('series.forecast', {}, { model })).outputs.table as Frame;
  return Object.fromEntries(table.fields.map(({ name }, i) => [name, [...cellsOf(table.columns[i])]]));
}
async function expectSame(own: SeriesModel, opened: SeriesModel) {
  const forecasts = await ahead(own);
  expect(Object.keys(forecasts)).toEqual(expect.arrayContaining(['forecast', 'lower_80', 'upper_95']));
  expect(await ahead(opened)).toEqual(forecasts);
  expect(opened.about.metrics).toEqual(own.about.metrics);
}

test.each(['simple', 'theta', 'ets', 'mstl', 'arima', 'boosting'])('%s: one method of one series', async (family) => {
  const data = visits(family === 'boosting' ? 160 : 100);
  const { model, race } = await raced(data, { ...OFF, [family]: true, trials: 1, origins: 4, seed: 11, horizon: 9 });
  expect(race.rows).toHaveLength(1);
  const opened = await runOpened(data, race, { automl: 'automl.forecast', trial: race.rows[0].id });
  expect(opened.kinds).toEqual(['series.make', 'series.forecaster']);
  await expectSame(model, opened.model as SeriesModel);
});

test('a method that was raced as it is, though a person who chooses it has long seasons taken off before it', async () => {
  const random = stream('open hours');
  const hours = Array.from({ length: 24 * 7 * 3 }, (_, i) => i);
  const data = tableOf({
    hour: ['datetime', hours.map((i) => 19_000 * DAY_MS + i * 3_600_000)],
    load: ['number', hours.map((i) => 100 + 20 * Math.sin((2 * Math.PI * i) / 24) + (i % 168 > 120 ? -30 : 0) + random.normal())],
  });
  const { model, race } = await raced(data, { ...OFF, ets: true });
  expect(race.rows[0].params).toMatchObject({ method: 'ets', long_seasons: false });
  const opened = (await runOpened(data, race, { automl: 'automl.forecast', trial: 0 })).model as SeriesModel;
  expect(opened.series[0].members[0].method).toBe('ets');
  await expectSame(model, opened);
});

test('methods together on one series: their weights stand in Combine models, in the order of its wires', async () => {
  const data = visits(160);
  const { model, race } = await raced(data, { arima: false, origins: 2, seed: 3 });
  expect(race.made!.members.length).toBeGreaterThan(2);
  const { model: opened, kinds, document } = await runOpened(data, race, { automl: 'automl.forecast' });
  expect(kinds.filter((kind) => kind === 'series.forecaster')).toHaveLength(race.made!.members.length);
  const combine = Object.values(document.nodes).find(({ kind }) => kind === 'evaluate.combine')!;
  expect(combine.params).toEqual({ weights: race.made!.members.map(({ weight }) => ({ weight })) });
  await expectSame(model, opened as SeriesModel);
  const into = Object.values(document.wires).filter(({ to }) => to.node === combine.id);
  const xs = into.sort((a, b) => compareIds(a.id, b.id)).map(({ from }) => document.nodes[from.node].position.x);
  expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  expect((opened as SeriesModel).shared).toBeDefined();
  expect((await proveSeries(opened as SeriesModel, await learnerOf(opened as SeriesModel))).problem).toBeUndefined();
});

test.each([true, false])('methods of many series, weighed for each of them: ensemble %s', async (ensemble) => {
  const data = shops();
  const { model, race } = await raced(data, { arima: false, mstl: false, boosting: false, ensemble, horizon: 5, target: 'sold' });
  expect(new Set(model.series.map(({ members }) => JSON.stringify(members.map(({ method }) => method)))).size).toBeGreaterThan(1);
  expect(race.made).toMatchObject({ by: ensemble ? 'errors' : 'best' });
  const { model: opened } = await runOpened(data, race, { automl: 'automl.forecast' });
  const says = ({ series }: SeriesModel) => series.map(({ key, members }) => [key, members.map(({ method, weight }) => [method, weight])]);
  expect(says(opened as SeriesModel)).toEqual(says(model));
  await expectSame(model, opened as SeriesModel);
});
