/** What the page is told of models: one made of several has no inside, whoever put it together. */
import { expect, test } from 'vitest';
import type { Digest } from '../base/hash.ts';
import { runKind } from '../nodes/run-kind.fixture.ts';
import { rawFrame } from '../recipe/frame.ts';
import type { Model } from '../recipe/model.ts';
import { tableOf } from '../table/table.ts';
import { valueApi } from './values.ts';

const rows = Array.from({ length: 60 }, (_, i) => i);
const table = rawFrame(tableOf({ a: ['number', rows.map((i) => i % 7)], y: ['number', rows.map((i) => 2 * (i % 7) + (i % 2))] }));
const view = (model: unknown) => valueApi({ value: async () => model }, async () => undefined).model('m' as Digest);

test('a linear model is inspected; the models of a race together, and a combination, are told without an inside', async () => {
  const race = { seconds: null, trials: 2, target: 'y', pick: '1 2', boosting: false, forest: false, network: false, kernel: false };
  const { model: raced } = (await runKind('automl.tables', race, { table })).outputs;
  const { model: line } = (await runKind('automl.tables', { ...race, trials: 1, pick: '1', final: 'all' }, { table })).outputs;
  const { model: both } = (await runKind('evaluate.combine', {}, {}, { models: [line, raced] })).outputs;
  expect((raced as Model).members!.length).toBeGreaterThan(1);
  expect((await view(line)).inspection).toBeDefined();
  for (const model of [raced, both]) {
    const told = await view(model);
    expect(told.inspection).toBeUndefined();
    expect(told.target).toBe('y');
  }
});
