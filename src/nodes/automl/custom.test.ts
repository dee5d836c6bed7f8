/** Columns with a treatment of their own: which steps come of it, what is refused, and that the model carries them into its file. */
import { expect, test } from 'vitest';
import { stream } from '../../base/random.ts';
import { rawFrame } from '../../recipe/frame.ts';
import type { Model } from '../../recipe/model.ts';
import { predictModel } from '../../recipe/predict.ts';
import { prove } from '../../recipe/prove.ts';
import type { Results } from '../../recipe/results.ts';
import { columnNamed, tableOf } from '../../table/table.ts';
import { lookups } from '../lookup.ts';
import { runKind } from '../run-kind.fixture.ts';
import { type OwnColumn, ownSteps } from './custom.ts';

const rows = 120;
const random = stream('custom');
const codes = Array.from({ length: rows }, () => random.below(5));
const skewed = Array.from({ length: rows }, () => random.uniform() ** 6 * 1000);
const things = tableOf({
  code: ['integer', codes],
  place: ['category', Array.from({ length: rows }, (_, i) => (i % 11 === 0 ? null : ['north', 'south', 'east'][i % 3]))],
  amount: ['number', skewed.map((value, i) => (i % 7 === 0 ? null : value))],
  noise: ['number', Array.from({ length: rows }, () => random.normal())],
  y: ['number', codes.map((code, i) => [4, 0, 3, 1, 5][code] + (i % 3) + 0.1 * random.normal())],
});
const own = (column: string, more: Partial<OwnColumn> = {}): OwnColumn => ({
  column,
  purpose: 'auto',
  missing: 'auto',
  encode: 'auto',
  ...more,
});
const custom = [
  own('code', { purpose: 'codes', encode: 'one-hot' }),
  own('place', { missing: 'mode', encode: 'target' }),
  own('amount', { missing: 'zero', encode: 'power' }),
  own('noise', { purpose: 'none' }),
];

test('what is said of columns becomes ordinary steps, in order', () => {
  expect(ownSteps(custom, things, 'y', 'auto').map(({ kind, params }) => [kind.id, params.columns])).toEqual([
    ['prepare.edit-metadata', [{ column: 'code', type: 'category', role: 'same', name: '' }]],
    ['prepare.fill-missing', { names: ['place'] }],
    ['prepare.fill-missing', { names: ['amount'] }],
    ['features.encode', { names: ['code'] }],
    ['features.target-encode', { names: ['place'] }],
    ['features.normalise', { names: ['amount'] }],
  ]);
  expect(ownSteps([own('code')], things, 'y', 'auto')).toEqual([]);
});

test('the model has the steps, needs nothing of what was left out, and its file gives the same answers', async () => {
  const { outputs } = await runKind(
    'automl.tables',
    { seconds: null, trials: 2, target: 'y', custom: custom as never, network: false, boosting: false },
    { table: rawFrame(things) },
  );
  const model = outputs.model as Model;
  expect(model.inputs.map(({ name }) => name)).toEqual(['code', 'place', 'amount']);
  expect((outputs.results as Results).race!.steps).toHaveLength(6);
  const { codes: said } = await predictModel(model, things, lookups);
  const y = columnNamed(things, 'y');
  // Codes as amounts would leave most of this unexplained.
  const truth = y.type === 'number' ? y.values : new Float64Array(0);
  const error = truth.reduce((sum, value, i) => sum + (value - said[i]) ** 2 / rows, 0);
  expect(error).toBeLessThan(1);
  expect((await prove(model, things, lookups)).problem).toBeUndefined();
});

test('what does not fit its column is refused with the column’s name', () => {
  const wrong = [
    own('gone'),
    own('y'),
    own('amount', { purpose: 'codes' }),
    own('noise', { purpose: 'words' }),
    own('amount', { encode: 'one-hot' }),
    own('place', { encode: 'power' }),
    own('place', { purpose: 'words', encode: 'target' }),
  ];
  for (const entry of wrong)
    expect(() => ownSteps([entry], things, 'y', 'auto')).toThrowError(
      expect.objectContaining({
        problem: expect.objectContaining({ code: 'automl.own-column', at: { param: 'custom', column: entry.column } }),
      }),
    );
});
