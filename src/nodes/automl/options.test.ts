/** Options of AutoML that are seldom set do what they say: no features made, what the model leans on, an end by score, rows judged forward in time. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ParamValues } from '../../kind/params.ts';
import { rawFrame } from '../../recipe/frame.ts';
import type { Model } from '../../recipe/model.ts';
import type { Results } from '../../recipe/results.ts';
import { columnOf } from '../../table/column.ts';
import { readCsv } from '../../table/csv/read.ts';
import { type Table, table } from '../../table/table.ts';
import { runKind } from '../run-kind.fixture.ts';

const wine = readCsv(new Uint8Array(readFileSync('public/samples/wine.csv'))).table;
const ONLY_LINEAR = { boosting: false, forest: false, network: false, kernel: false, neighbours: false };
async function race(given: Table, params: ParamValues) {
  const { outputs } = await runKind('automl.tables', { seconds: null, ...ONLY_LINEAR, ...params }, { table: rawFrame(given) });
  return { model: outputs.model as Model, results: outputs.results as Results };
}

test('explain: each column with how much worse the metric gets without it, and nothing of it where it is off', async () => {
  const asked = { trials: 1, validation: 'part' };
  const { results } = await race(wine, { ...asked, explain: true });
  const [first] = results.models;
  const features = wine.fields.map(({ name }) => name).filter((name) => name !== results.target);
  expect(first.shuffled?.map(({ name }) => name).toSorted()).toEqual(features.toSorted());
  const values = first.shuffled!.map(({ value }) => value);
  expect(values).toEqual(values.toSorted((a, b) => b - a));
  expect(values[0]).toBeGreaterThan(0);
  expect((await race(wine, asked)).results.models[0].shuffled).toBeUndefined();
});

test('features are made, or columns go in as they are', async () => {
  const days = Float64Array.from({ length: 120 }, (_, i) => Date.UTC(2024, 0, 1 + 3 * i));
  const given = table(
    ['day', 'x', 'y'].map((name) => ({ name, role: 'feature' as const })),
    [
      { type: 'datetime', length: 120, values: days },
      columnOf(
        'number',
        Array.from({ length: 120 }, (_, i) => i % 7),
      ),
      columnOf(
        'number',
        Array.from({ length: 120 }, (_, i) => 2 * (i % 7) + (i % 5)),
      ),
    ],
  );
  const asked = { target: 'y', trials: 1, validation: 'part' };
  expect((await race(given, asked)).results.race?.steps.length).toBeGreaterThan(0);
  expect((await race(given, { ...asked, featurise: false })).results.race?.steps).toEqual([]);
});

test('a trial that is good enough ends the race; without an end for no improvement the trials asked for are run', async () => {
  const asked = { trials: 6, validation: 'part', metric: 'accuracy' };
  expect((await race(wine, { ...asked, exit_score: 0.2 })).results.race?.rows.length).toBeLessThan(6);
  expect((await race(wine, { ...asked, patience: null })).results.race?.rows.length).toBe(6);
});
