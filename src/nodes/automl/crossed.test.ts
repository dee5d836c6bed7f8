/** The trial on columns that work together: it sees what they do together, and its file gives the same answers. */
import { expect, test } from 'vitest';
import { stream } from '../../base/random.ts';
import { rawFrame } from '../../recipe/frame.ts';
import type { Model } from '../../recipe/model.ts';
import { prove } from '../../recipe/prove.ts';
import type { Results } from '../../recipe/results.ts';
import { tableOf } from '../../table/table.ts';
import { lookups } from '../lookup.ts';
import { runKind } from '../run-kind.fixture.ts';

test('products and means come last, in one proved file', async () => {
  const rows = 150;
  const random = stream('crossed');
  const a = Array.from({ length: rows }, () => random.normal());
  const b = Array.from({ length: rows }, () => random.normal());
  const place = Array.from({ length: rows }, () => ['n', 's', 'e', 'w'][random.below(4)]);
  const things = tableOf({
    a: ['number', a],
    b: ['number', b],
    place: ['category', place],
    y: ['number', a.map((value, i) => value * b[i] + (place[i] === 'n' ? 1 : 0) + 0.05 * random.normal())],
  });
  const only = { forest: false, linear: false, network: false, kernel: false, neighbours: false };
  const { outputs } = await runKind(
    'automl.tables',
    { ...only, seconds: null, trials: 6, target: 'y', validation: 'folds', folds: 2, pick: '6', features: { names: ['a', 'b', 'place'] } },
    { table: rawFrame(things) },
  );
  const { race } = outputs.results as Results;
  const last = race!.rows.find(({ id }) => id === 5)!;
  expect(last.steps?.map(({ kind }) => kind)).toEqual(['features.polynomial', 'features.target-encode']);
  const plain = race!.rows.find(({ id }) => id === 0)!;
  expect(last.metrics!.rmse).toBeLessThan(plain.metrics!.rmse);
  const model = outputs.model as Model;
  const parts = model.members?.map((member) => member.model) ?? [model];
  const names = parts[0].featuriser.columns.map(({ name }) => name);
  expect(names).toHaveLength(5);
  expect(names).toContain('a × b');
  expect((await prove(model, things, lookups)).problem).toBeUndefined();
});

test('a guessed target stays the same one behind steps that add columns', async () => {
  const random = stream('guessed');
  const a = Array.from({ length: 90 }, () => random.normal());
  const b = Array.from({ length: 90 }, () => random.normal());
  const kinds = a.map((value, i) => (value * b[i] > 0 ? 'same' : 'other'));
  const { outputs } = await runKind(
    'automl.tables',
    {
      ...{ boosting: false, forest: false, network: false, kernel: false, neighbours: false, evening: false },
      ...{ seconds: null, trials: 2, validation: 'folds', folds: 2 },
    },
    { table: rawFrame(tableOf({ a: ['number', a], b: ['number', b], kinds: ['category', kinds] })) },
  );
  const { race } = outputs.results as Results;
  const products = race!.rows.find(({ steps }) => steps?.some(({ kind }) => kind === 'features.polynomial'))!;
  expect(products.metrics!.auc).toBeGreaterThan(0.9);
});
