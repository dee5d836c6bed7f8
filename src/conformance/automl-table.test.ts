/** The arithmetic of AutoML's table: shares, who is ahead, sets behind beyond chance, and what is said of peers that failed or were not asked. */
import { expect, test } from 'vitest';
import { behindOn, type Own, shareOf, standOf } from './automl-shares.ts';
import { automlTable } from './automl-table.ts';

const own = (ours: number, more: Partial<Own> = {}): Own => ({
  set: 'a',
  fold: 0,
  metric: 'rmse',
  ours,
  constant: 10,
  best: 6,
  peer: 'xgb',
  ...more,
});
const auc = (ours: number) => own(ours, { metric: 'auc', constant: 0.5, best: 0.9 });

test('a share is of what the rival gains on the constant, clipped', () => {
  expect(shareOf({ own: own(7), rival: 6 })).toBe(0.75);
  expect(shareOf({ own: auc(0.8), rival: 0.9 })).toBeCloseTo(0.75, 12);
  expect(shareOf({ own: own(1), rival: 6 })).toBe(1.1);
  expect(shareOf({ own: own(11), rival: 6 })).toBe(0);
});

test('a rival that gains nothing on the constant is beaten by whoever is better than it', () => {
  expect(shareOf({ own: own(9), rival: 10 })).toBe(1.1);
  expect(shareOf({ own: own(9), rival: 12 })).toBe(1.1);
  expect(shareOf({ own: own(13), rival: 12 })).toBe(0);
  expect(shareOf({ own: own(12), rival: 12 })).toBe(1);
});

test('level is nearer than 0.2 % of what the rival gains', () => {
  expect(standOf({ own: own(5.9), rival: 6 })).toBe('ahead');
  expect(standOf({ own: own(6.007), rival: 6 })).toBe('level');
  expect(standOf({ own: own(6.009), rival: 6 })).toBe('behind');
  expect(standOf({ own: auc(0.91), rival: 0.9 })).toBe('ahead');
});

const folds = (set: string, values: readonly number[]) => values.map((ours, fold) => ({ own: own(ours, { set, fold }), rival: 6 }));

test('a set is behind by more than two standard errors of its folds and 0.02', () => {
  const pairs = [
    // Differences -0.05, -0.1, -0.15: mean -0.1, standard error 0.05 / √3.
    ...folds('surely behind', [6.2, 6.4, 6.6]),
    ...folds('behind by chance', [5, 6.2, 7]),
    ...folds('hardly behind', [6.04, 6.04, 6.04]),
    ...folds('ahead', [5, 5.1, 5.2]),
    ...folds('one fold', [9]),
  ];
  const { sets, behind } = behindOn(pairs);
  expect(sets).toBe(4);
  expect(behind).toEqual([
    { set: 'surely behind', mean: expect.closeTo(-0.1, 12), error: expect.closeTo(0.05 / Math.sqrt(3), 12), folds: 3 },
  ]);
});

test('the table has a row per set and fold, a row per rival, and the reasons of what is missing', () => {
  const ours = [own(6, { fold: 1 }), own(5, { set: 'b' }), own(7)];
  const flaml = [
    { set: 'a', fold: 0, peer: 'flaml 1', failed: 'ValueError: no' },
    { set: 'a', fold: 0, peer: 'flaml 1', value: 6, took: 10.2 },
    { set: 'b', fold: 0, peer: 'flaml', failed: 'took 40 s, more than 3 times its 10 s' },
    { set: 'z', fold: 0, peer: 'flaml 1', value: 1, took: 99 },
  ];
  const text = automlTable(
    ours,
    new Map([
      ['flaml', flaml],
      ['other', []],
    ]),
    10,
  );
  const [, rows, sums, notes] = text.split('\n\n').map((part) => part.split('\n'));
  expect(rows).toEqual([
    '| set | fold | metric | constant | library default | ours | flaml | other | share of library default | share of flaml | share of other |',
    expect.stringMatching(/^\| ---/),
    '| a | 0 | rmse | 10.000 | 6.0000 xgb | 7.0000 | 6.0000 | – | 0.750 | 0.750 | – |',
    '| a | 1 | rmse | 10.000 | 6.0000 xgb | 6.0000 | – | – | 1.000 | – | – |',
    '| b | 0 | rmse | 10.000 | 6.0000 xgb | 5.0000 | failed | – | 1.100 | – | – |',
  ]);
  expect(sums.slice(2)).toEqual([
    '| library default | 3 | 0 | 0.950 | 1.000 | 1 / 1 / 1 | 0 of 1 | – |',
    '| flaml 1 | 1 | 1 | 0.750 | 0.750 | 0 / 0 / 1 | – | 10.2 |',
  ]);
  expect(notes).toEqual(['- flaml failed on b, fold 0: took 40 s, more than 3 times its 10 s']);
});
