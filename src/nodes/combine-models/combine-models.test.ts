/** Combine models and Calibrate: means, weights and votes as by hand, the file says the same, and what cannot be combined is said. */
import { expect, it } from 'vitest';
import type { ParamValues } from '../../kind/params.ts';
import { calibrated } from '../../recipe/calibration.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { Model } from '../../recipe/model.ts';
import { predictModel } from '../../recipe/predict.ts';
import { prove } from '../../recipe/prove.ts';
import type { Results } from '../../recipe/results.ts';
import { modelId } from '../../recipe/score.ts';
import type { AnyModel, SeriesModel } from '../../recipe/series-model.ts';
import { columnOf } from '../../table/column.ts';
import { type Table, table } from '../../table/table.ts';
import { lookups } from '../lookup.ts';
import { runKind } from '../run-kind.fixture.ts';
import { combineModels } from './kind.ts';

const ROWS = 240;
const at = (row: number, step: number, of: number) => (row * step + ((row * row) % 7)) % of;
const three = (): Table =>
  table(
    ['size', 'shop', 'kind', 'price'],
    [
      columnOf(
        'number',
        Array.from({ length: ROWS }, (_, i) => at(i, 13, 50)),
      ),
      columnOf(
        'category',
        Array.from({ length: ROWS }, (_, i) => ['north', 'south', 'west'][at(i, 5, 3)]),
      ),
      columnOf(
        'category',
        Array.from({ length: ROWS }, (_, i) => (at(i, 13, 50) + at(i, 3, 20) > 40 ? 'c' : at(i, 5, 3) === 1 ? 'b' : 'a')),
      ),
      columnOf(
        'number',
        Array.from({ length: ROWS }, (_, i) => at(i, 13, 50) * 2 + at(i, 3, 9)),
      ),
    ],
    ROWS,
  );
const learned = async (kind: string, params: ParamValues, data = three()) =>
  (await runKind(kind, params, { table: rawFrame(data) })).outputs.model as Model;
const combined = async (models: AnyModel[], params: ParamValues = {}) =>
  (await runKind('evaluate.combine', params, {}, { models })).outputs.model as Model;
const weighed = (...weights: number[]) => ({ weights: weights.map((weight) => ({ weight })) });

const more = { target: 'kind' };
const models = [
  await learned('learn.tree', { ...more, features: { names: ['size', 'shop'] } }),
  await learned('learn.logistic', { ...more, features: { names: ['price', 'shop'] } }),
  await learned('learn.naive-bayes', { ...more, features: { names: ['size'] } }),
];
const rows = three();
const said = await Promise.all(models.map((model) => predictModel(model, rows, lookups)));
const byHand = (of: (answer: (typeof said)[number], row: number, c: number) => number, weights: number[]) =>
  Float64Array.from({ length: ROWS * 3 }, (_, i) => {
    const [row, c] = [Math.floor(i / 3), i % 3];
    return said.reduce((sum, answer, m) => sum + weights[m] * of(answer, row, c), 0);
  });

it('weights need not add up to 1, and one of 0 leaves a model out', async () => {
  const model = await combined(models, weighed(2, 1, 0));
  const { probabilities } = await predictModel(model, rows, lookups);
  expect([...probabilities!]).toEqual([...byHand(({ probabilities: p }, row, c) => p![row * 3 + c], [2 / 3, 1 / 3, 0])]);
  expect(model.inputs.map(({ name }) => name)).toEqual(['size', 'shop', 'price']);
  expect((await prove(model, undefined, lookups)).problem).toBeUndefined();
});

it('a vote gives shares of votes, here and in the file', async () => {
  const model = await combined(models, { by: 'vote' });
  const { probabilities } = await predictModel(model, rows, lookups);
  const hand = byHand(({ codes }, row, c) => (codes[row] === c ? 1 : 0), [1 / 3, 1 / 3, 1 / 3]);
  expect([...probabilities!]).toEqual([...hand]);
  expect(new Set(hand).size).toBeGreaterThan(2);
  expect((await prove(model, rows, lookups)).problem).toBeUndefined();
});

it('is told apart from another, and can be evaluated', async () => {
  const [one, other] = [await combined(models), await combined(models.slice(0, 2))];
  expect(modelId(one)).not.toBe(modelId(other));
  const { outputs } = await runKind('evaluate.evaluate', {}, { model: one }, { table: [rawFrame(rows) as Frame] });
  expect((outputs.results as Results).models[0].metrics.accuracy).toBeGreaterThan(0.5);
});

it('calibrates by rows, and by a scale; what is calibrated already from the outside', async () => {
  const model = await combined(models);
  const byRows = await runKind('evaluate.calibrate', {}, { model, table: rawFrame(rows) });
  const made = byRows.outputs.model as Model;
  expect(byRows.problems.map(({ code }) => code)).toEqual(['calibrate.learned']);
  expect(made.calibration!.scale).not.toBe(1);
  const twice = (await runKind('evaluate.calibrate', { from: 'given', scale: 0.5 }, { model: made })).outputs.model as Model;
  const [once, again] = [await predictModel(made, rows, lookups), await predictModel(twice, rows, lookups)];
  expect([...again.probabilities!]).toEqual([...calibrated(once.probabilities!, { scale: 0.5, shift: [0, 0, 0] })]);
  expect((await prove(twice, rows, lookups)).problem).toBeUndefined();
});

it('says what cannot be', async () => {
  const price = await learned('learn.linear', { target: 'price' });
  await expect(combined([])).rejects.toMatchObject({ problem: { code: 'combine.none' } });
  await expect(combined(models, weighed(1, 2))).rejects.toMatchObject({ problem: { code: 'combine.weights' } });
  await expect(combined(models, weighed(0, 0, 0))).rejects.toMatchObject({ problem: { code: 'combine.no-weight' } });
  await expect(combined([models[0], price])).rejects.toMatchObject({ problem: { code: 'combine.targets' } });
  await expect(combined([price, price], { by: 'vote' })).rejects.toMatchObject({ problem: { code: 'combine.vote' } });
  await expect(runKind('evaluate.calibrate', {}, { model: price })).rejects.toMatchObject({ problem: { code: 'calibrate.numbers' } });
  await expect(runKind('evaluate.calibrate', {}, { model: models[0] })).rejects.toMatchObject({ problem: { code: 'calibrate.no-rows' } });
});

it('numbers: the mean, and its file', async () => {
  const rows = three();
  const models = [await learned('learn.linear', { target: 'price' }), await learned('learn.tree', { target: 'price' })];
  const model = await combined(models);
  const [one, other] = await Promise.all(models.map((each) => predictModel(each, rows, lookups)));
  expect([...(await predictModel(model, rows, lookups)).codes]).toEqual([
    ...one.codes.map((value, i) => 0.5 * value + 0.5 * other.codes[i]),
  ]);
  expect((await prove(model, rows, lookups)).problem).toBeUndefined();
});

/** Two shops, so many days of each. */
const sold = (days = 50) =>
  table(
    ['shop', 'day', 'sold', 'other'],
    [
      columnOf(
        'category',
        Array.from({ length: 2 * days }, (_, i) => (i < days ? 'north' : 'south')),
      ),
      columnOf(
        'datetime',
        Array.from({ length: 2 * days }, (_, i) => (19_000 + (i % days)) * 86_400_000),
      ),
      ...[7, 11].map((step) =>
        columnOf(
          'number',
          Array.from({ length: 2 * days }, (_, i) => 40 + at(i, step, 23) + (i % 7 > 4 ? 30 : 0)),
        ),
      ),
    ],
    2 * days,
  );
const forecasts = async (method: string, params: ParamValues = {}, data = sold()) =>
  (await runKind('series.forecaster', { method, target: 'sold', horizon: 4, ...params }, { table: rawFrame(data) })).outputs
    .model as SeriesModel;
const says = async (model: AnyModel) => {
  const made = (await runKind('series.forecast', {}, { model })).outputs.table as Frame;
  return made.table.columns[made.table.fields.findIndex(({ name }) => name === 'forecast')] as { values: Float64Array };
};

it('forecasts: the mean by weights, again with a third, and each series anew by what was missed', async () => {
  const naive = await forecasts('seasonal-naive');
  const mean = await forecasts('mean');
  const [one, other] = [await says(naive), await says(mean)];
  const mixed = (await combined([naive, mean], weighed(1, 3))) as AnyModel as SeriesModel;
  expect([...(await says(mixed)).values]).toEqual([...one.values].map((value, i) => 0.25 * value + 0.75 * other.values[i]));
  const third = await combined([mixed, await forecasts('drift')], weighed(3, 1));
  expect((third as AnyModel as SeriesModel).series[0].members.map(({ weight }) => weight)).toEqual([0.75 * 0.25, 0.75 * 0.75, 0.25]);
  const best = (await combined([mean, naive], { by: 'best' })) as AnyModel as SeriesModel;
  expect(best.series.map(({ members }) => members.length)).toEqual([1, 1]);
  const anew = (await combined([naive, mean], { by: 'errors' })) as AnyModel as SeriesModel;
  expect(anew.about.metrics.mase).toBeGreaterThan(0);
  for (const { members } of anew.series) expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
});

it('forecasts: says what cannot be', async () => {
  const naive = await forecasts('naive');
  const code = (code: string) => ({ problem: { code } });
  await expect(combined([naive, models[0]])).rejects.toMatchObject(code('combine.mixed'));
  await expect(combined([naive, naive], { by: 'vote' })).rejects.toMatchObject(code('combine.for-rows'));
  await expect(combined(models, { by: 'errors' })).rejects.toMatchObject(code('combine.for-series'));
  await expect(combined(models, { by: 'stack', shift: [{ shift: 1 }] })).rejects.toMatchObject(code('combine.shift'));
  await expect(combined([naive, await forecasts('mean', { target: 'other' })])).rejects.toMatchObject(code('combine.targets'));
  await expect(combined([naive, await forecasts('mean', { horizon: 5 })])).rejects.toMatchObject(code('combine.horizons'));
  await expect(combined([naive, await forecasts('mean', { period: 3 })])).rejects.toMatchObject(code('combine.seasons'));
  await expect(combined([naive, await forecasts('mean', {}, sold(40))])).rejects.toMatchObject(code('combine.other-rows'));
  const port = (task: 'forecast' | 'regress') => ({ type: 'model' as const, task, inputs: { columns: [] }, exportable: true as const });
  const check = (by: string, ...tasks: ('forecast' | 'regress')[]) =>
    combineModels.check!({ params: { by }, inputs: {}, lists: { models: tasks.map(port) } }).map((found) => found.code);
  expect(check('mean', 'forecast', 'regress')).toEqual(['combine.mixed']);
  expect(check('vote', 'forecast')).toEqual(['combine.for-rows']);
  expect(check('best', 'regress')).toEqual(['combine.for-series']);
  expect(check('errors', 'forecast', 'forecast')).toEqual([]);
});
