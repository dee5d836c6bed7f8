/** Column effects: what matters is found and what does not is near zero, for every sort of model; curves go where the truth goes. */
import { expect, test } from 'vitest';
import { stream } from '../../base/random.ts';
import { fillParams } from '../../kind/fill.ts';
import type { ParamValues } from '../../kind/params.ts';
import { learners } from '../../learners/index.ts';
import { fitModel } from '../../recipe/fit-model.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import { meanModel } from '../../recipe/mean-model.ts';
import type { Model } from '../../recipe/model.ts';
import { predictModel } from '../../recipe/predict.ts';
import { fitRun } from '../../recipe/toy.fixture.ts';
import { type Cell, cellsOf } from '../../table/column.ts';
import { columnNamed, tableOf } from '../../table/table.ts';
import { effectCurves } from '../../ui/results/effect-curves.ts';
import { lookups } from '../lookup.ts';
import { runKind } from '../run-kind.fixture.ts';

const random = stream('effects test');
const size = Array.from({ length: 300 }, (): Cell => (random.below(12) === 0 ? null : random.normal()));
const colour = Array.from({ length: 300 }, () => ['red', 'green', 'blue'][random.below(3)]);
const noise = Array.from({ length: 300 }, () => random.normal());
const price = size.map((x, i) => 3 * Number(x ?? 0) + (colour[i] === 'red' ? 4 : 0) + 0.1 * random.normal());
const things = (target: readonly Cell[], type: 'number' | 'category') =>
  rawFrame(tableOf({ size: ['number', size], colour: ['category', colour], noise: ['number', noise], y: [type, [...target]] }));
const prices = things(price, 'number');
const sides = things(
  price.map((y) => (y > 1 ? 'dear' : 'cheap')),
  'category',
);

const fitted = (id: string, frame: Frame, params: ParamValues = {}) => {
  const { kind } = learners.find((entry) => entry.kind.id === id)!;
  const spec = { kind: kind.id, version: kind.version, params: fillParams(kind.params, { target: 'y', ...params }), title: kind.title };
  return fitModel(frame, spec, lookups, fitRun);
};
async function effects(model: Model, table: Frame, params: ParamValues = {}) {
  const { outputs, log } = await runKind('evaluate.effects', params, { model, table });
  const { table: bars } = outputs.importances as Frame;
  const { table: curves } = outputs.curves as Frame;
  const rows = Array.from({ length: curves.rowCount }, (_, i) => curves.columns.map((column) => cellsOf(column)[i]));
  return {
    names: cellsOf(columnNamed(bars, 'column')),
    importance: cellsOf(columnNamed(bars, 'importance')) as number[],
    curves: effectCurves(
      curves.fields.map(({ name }) => name),
      rows,
    ),
    log: log.join('\n'),
  };
}

test.each(['learn.linear', 'learn.boosting'])('%s: the column that moves the price most is first, noise is nothing', async (id) => {
  const model = await fitted(id, prices);
  const { names, importance, curves, log } = await effects(model, prices);
  expect(names).toEqual(['size', 'colour', 'noise']);
  expect(importance[1]).toBeGreaterThan(0.5);
  expect(Math.abs(importance[2])).toBeLessThan(0.1);
  expect(log).toContain('RMSE');
  const along = curves[0].points;
  expect(along.at(-1)!.mean - along[0].mean).toBeGreaterThan(8);
  expect(along.map(({ at }) => at)).toEqual(along.map(({ at }) => at).toSorted((a, b) => a! - b!));
  const [red, blue] = ['red', 'blue'].map((name) => curves[1].points.find(({ value }) => value === name)!.mean);
  expect(red - blue).toBeGreaterThan(3);
  expect(curves[0].rows).toHaveLength(12);
});

test('a point of a curve is the mean answer with that value in all rows; lines are those of their rows', async () => {
  const model = await fitted('learn.linear', prices);
  const { curves } = await effects(model, prices, { points: 5 });
  const [first] = curves[0].points;
  const all = tableOf({ size: ['number', size.map(() => first.at!)], colour: ['category', colour], noise: ['number', noise] });
  const { codes } = await predictModel(model, all, lookups);
  const places = Array.from({ length: 200 }, (_, i) => Math.floor((i * 300) / 200));
  expect(first.mean).toBeCloseTo(places.reduce((sum, place) => sum + codes[place], 0) / 200, 9);
  expect(curves[0].rows[0].values[0]).toBeCloseTo(codes[0], 9);
});

test('classes, a mean of models, and a table without the target', async () => {
  const [one, other] = await Promise.all([fitted('learn.logistic', sides), fitted('learn.tree', sides)]);
  const maker = { kind: 'automl.tables', version: 1, params: {}, title: 'AutoML' };
  const mean = meanModel(
    [
      { model: one, weight: 0.5 },
      { model: other, weight: 0.5 },
    ],
    maker,
    [],
  );
  const judged = await effects(mean, sides, { class: 'dear' });
  expect(judged.names[0]).toBe('size');
  expect(judged.log).toContain('probability of “dear”');
  expect(judged.curves[0].points.at(-1)!.mean).toBeGreaterThan(judged.curves[0].points[0].mean + 0.4);
  const bare = rawFrame(tableOf({ size: ['number', size], colour: ['category', colour], noise: ['number', noise] }));
  const moved = await effects(mean, bare);
  expect(moved.log).toContain('how far the answers move');
  expect(moved.names[0]).toBe('size');
  await expect(effects(mean, sides, { class: 'x' })).rejects.toMatchObject({ problem: { code: 'explain.no-class' } });
});
