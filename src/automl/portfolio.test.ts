/** The trials that a race begins with, and those it begins with where only the search is wanted. */
import { expect, test } from 'vitest';
import { looks } from './first-look.ts';
import { FAMILIES, type Learner, openFamilies, portfolio, usual } from './portfolio.ts';

const steps = [{ kind: 'features.normalise', params: {} }];
const ask = {
  goal: { task: 'classify' as const, classes: ['a', 'b'] },
  rows: 800,
  features: 8,
  numbers: 8,
  evening: steps,
  crossed: steps,
  words: [],
  families: new Set(FAMILIES),
  losses: {},
};

test('a search without the portfolio begins with each learner once, by its own usual settings and without steps', () => {
  const known = portfolio(ask);
  const plain = usual(ask);
  expect(plain.map(({ kind }) => kind)).toEqual([...new Set(known.map(({ kind }) => kind))]);
  expect(plain.map(({ id }) => id)).toEqual([...plain.keys()]);
  for (const { family, params, steps: own } of plain) {
    expect(own).toBeUndefined();
    expect(Object.keys(params)).toEqual(family === 'boosting' ? ['rounds', 'early_stopping', 'patience'] : []);
  }
  expect(usual({ ...ask, families: new Set(['linear']) }).every(({ family }) => family === 'linear')).toBe(true);
});

test('learners of a family can be left out one by one', () => {
  const names = (barred: Learner[], of = portfolio) =>
    of({ ...ask, families: new Set(['forest', 'linear']), barred: new Set(barred) }).map(
      ({ kind, params }) => `${kind.replace('learn.', '')}${params.splits === 'drawn' ? ' drawn' : ''}`,
    );
  const every = names([]);
  for (const name of ['random-forest', 'random-forest drawn', 'logistic', 'svm']) expect(every).toContain(name);
  expect(new Set(names(['extra_trees', 'svm']))).toEqual(new Set(['random-forest', 'logistic']));
  expect(new Set(names(['random_forest', 'regression']))).toEqual(new Set(['random-forest drawn', 'svm']));
  expect(new Set(names(['random_forest'], usual))).toEqual(new Set(['logistic', 'random-forest drawn', 'svm']));
  expect(openFamilies(['forest', 'linear', 'network'], new Set(['random_forest', 'extra_trees', 'svm']))).toEqual(['linear', 'network']);
  // The look before the race keeps to it.
  expect(looks({ families: new Set(['linear']), barred: new Set(['regression']) }, 'classify')).toEqual([]);
});

test('few rows get a cheap network and a forest of all columns early, and what is slow there late', () => {
  const order = (rows: number) => portfolio({ ...ask, rows }).map(({ variant }) => variant);
  const [few, many] = [order(800), order(20_000)];
  expect(few.indexOf('one small layer')).toBeLessThan(few.indexOf('three layers'));
  expect(few).toContain('extra of all columns');
  expect(few.indexOf('level by level')).toBeGreaterThan(few.indexOf('large trees'));
  expect(many).not.toContain('one small layer');
  expect(many).not.toContain('extra of all columns');
  expect(many.indexOf('level by level')).toBeLessThan(many.indexOf('large trees'));
});

test('straight lines have a trial with more words, where there are any, and nothing else has', () => {
  const words = [{ kind: 'features.text', params: { terms: 500 } }];
  const worded = portfolio({ ...ask, words }).filter((candidate) => candidate.steps === words);
  expect(worded.map(({ variant, params }) => [variant, params.c])).toEqual([
    ['more words', 0.3],
    ['more words, strong', 0.05],
  ]);
  expect(portfolio({ ...ask, goal: { task: 'regress' }, words }).filter(({ steps: own }) => own === words)).toHaveLength(1);
  expect(portfolio(ask).some(({ variant }) => variant.startsWith('more words'))).toBe(false);
});
