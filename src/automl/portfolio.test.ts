/** The trials that a race begins with, and those it begins with where only the search is wanted. */
import { expect, test } from 'vitest';
import { FAMILIES, portfolio, usual } from './portfolio.ts';

const steps = [{ kind: 'features.normalise', params: {} }];
const ask = {
  goal: { task: 'classify' as const, classes: ['a', 'b'] },
  rows: 800,
  features: 8,
  numbers: 8,
  evening: steps,
  crossed: steps,
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
