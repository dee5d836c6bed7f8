/** Texts of a large vocabulary: the words that say most have columns, the others share some, and the file gives the same answers. */
import { expect, test } from 'vitest';
import { stream } from '../../base/random.ts';
import { rawFrame } from '../../recipe/frame.ts';
import type { Model } from '../../recipe/model.ts';
import { prove } from '../../recipe/prove.ts';
import type { Results } from '../../recipe/results.ts';
import { tableOf } from '../../table/table.ts';
import { lookups } from '../lookup.ts';
import { runKind } from '../run-kind.fixture.ts';
import { wordColumns } from './featurise.ts';

test('thousands of words, most of them rare', async () => {
  const rows = 300;
  const random = stream('vocabulary');
  // A word of either kind tells little alone: each is in few rows.
  const wordOf = (kind: number) => `${kind === 1 ? 'good' : 'bad'}${Math.floor(600 * random.uniform() ** 2)}`;
  const liked = Array.from({ length: rows }, () => (random.below(2) === 1 ? 'yes' : 'no'));
  const said = liked.map((is) => Array.from({ length: 25 }, () => wordOf(random.uniform() < 0.62 === (is === 'yes') ? 1 : 0)).join(' '));
  const notes = tableOf({ said: ['text', said], liked: ['category', liked] });
  const only = { boosting: false, forest: false, network: false, kernel: false, neighbours: false };
  const raced = async (trials: number, pick: string) => {
    const params = { ...only, seconds: null, trials, pick, target: 'liked', validation: 'folds', folds: 2 };
    const { outputs } = await runKind('automl.tables', params, { table: rawFrame(notes) });
    return outputs;
  };
  const outputs = await raced(1, '');
  const { race, models } = outputs.results as Results;
  expect(race!.steps).toMatchObject([{ kind: 'features.text', params: { terms: 500, others: 250 } }]);
  expect(models[0].metrics.auc).toBeGreaterThan(0.6);
  const model = outputs.model as Model;
  const columns = (model.members?.[0].model ?? model).featuriser.columns.map(({ name }) => name);
  const others = columns.filter((name) => name.startsWith('said: other words'));
  expect(others.length).toBeGreaterThan(20);
  // All texts have as many words, which says nothing.
  expect(columns.length - others.length).toBe(500);
  expect((await prove(model, notes, lookups)).problem).toBeUndefined();

  // The next trial has columns for words that the first had none for.
  const more = (await raced(2, '2')).model as Model;
  const wider = more.members![0].model.featuriser.columns.map(({ name }) => name);
  expect(wider.filter((name) => !columns.includes(name)).length).toBeGreaterThan(500);
  expect(new Set(wider).size).toBe(wider.length);
  expect(wider).not.toContain('said');
  expect(JSON.stringify(more.about.notes).includes('is not used')).toBe(false);
  expect((await prove(more, notes, lookups)).problem).toBeUndefined();
});

test('more rows have fewer columns, several texts share them', () => {
  expect(wordColumns(1000, 1)).toEqual({ terms: 500, others: 250 });
  expect(wordColumns(8000, 1)).toEqual({ terms: 250, others: 125 });
  expect(wordColumns(1_000_000, 2)).toEqual({ terms: 100, others: 50 });
});
