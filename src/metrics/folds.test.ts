/** Laws of fold making, over many random plans. */
import { describe, expect, it } from 'vitest';
import { stream } from '../base/random.ts';
import { makeFolds } from './folds.ts';

const count = (fold: Int32Array, k: number, keep: (row: number) => boolean = () => true): number[] => {
  const counts = new Array<number>(k).fill(0);
  fold.forEach((f, row) => {
    if (keep(row)) counts[f]++;
  });
  return counts;
};
const spread = (counts: number[]) => Math.max(...counts) - Math.min(...counts);

describe('makeFolds', () => {
  const random = stream('folds test');
  it('gives sizes within one of each other, and every class within one per fold', () => {
    for (let i = 0; i < 100; i++) {
      const k = 2 + random.below(9);
      const n = k + random.below(300);
      const strata = Int32Array.from({ length: n }, () => random.below(1 + random.below(6)));
      const fold = makeFolds({ n, k, random, strata });
      expect(spread(count(fold, k))).toBeLessThanOrEqual(1);
      for (let c = 0; c < 6; c++) expect(spread(count(fold, k, (row) => strata[row] === c))).toBeLessThanOrEqual(1);
    }
  });
  it('never splits a group, and spreads classes', () => {
    const n = 600;
    const groups = Int32Array.from({ length: n }, () => random.below(120));
    const strata = Int32Array.from({ length: n }, (_, row) => (groups[row] % 4 === 0 ? 1 : 0));
    const fold = makeFolds({ n, k: 5, random, strata, groups });
    const of = new Map<number, number>();
    fold.forEach((f, row) => {
      expect(of.get(groups[row]) ?? f).toBe(f);
      of.set(groups[row], f);
    });
    const ones = count(fold, 5, (row) => strata[row] === 1);
    expect(spread(ones)).toBeLessThan(20);
    expect(spread(count(fold, 5))).toBeLessThan(30);
  });
  it('goes forward in time, equal times together', () => {
    const time = Float64Array.from({ length: 100 }, (_, row) => Math.floor(((row * 37) % 100) / 3));
    const fold = makeFolds({ n: 100, k: 4, random, time });
    for (let a = 0; a < 100; a++) {
      for (let b = 0; b < 100; b++) {
        if (time[a] === time[b]) expect(fold[a]).toBe(fold[b]);
        if (time[a] < time[b]) expect(fold[a]).toBeLessThanOrEqual(fold[b]);
      }
    }
    expect([...new Set(fold)].sort()).toEqual([-1, 0, 1, 2, 3]);
    const lumpy = makeFolds({ n: 10, k: 2, random, time: Float64Array.from([1, 1, 1, 1, 1, 1, 1, 1, 2, 3]) });
    expect([...lumpy]).toEqual([-1, -1, -1, -1, -1, -1, -1, -1, 0, 1]);
  });
  it('gives the same folds for the same stream', () => {
    const plan = () => [...makeFolds({ n: 50, k: 5, random: stream('seed', 3) })];
    expect(plan()).toEqual(plan());
    expect([...makeFolds({ n: 50, k: 5, random: stream('seed', 4) })]).not.toEqual(plan());
  });
  it('refuses what cannot be', () => {
    expect(() => makeFolds({ n: 3, k: 5, random })).toThrow('5 folds need 5 rows, and there are 3.');
    expect(() => makeFolds({ n: 9, k: 1, random })).toThrow('1 folds cannot be made.');
    expect(() => makeFolds({ n: 9, k: 3, random, groups: new Int32Array(9) })).toThrow('there are 1');
    expect(() => makeFolds({ n: 9, k: 3, random, time: new Float64Array(9) })).toThrow('different times');
  });
});

it('rows of a class keep the order of the shuffle, whatever numbers stand for the classes', () => {
  const values = [-1, 0, 7, 2.5, 1e9];
  const strata = Float64Array.from({ length: 500 }, (_, row) => values[(row * 13) % 5]);
  const fold = makeFolds({ n: 500, k: 4, random: stream('order'), strata });
  const order = stream('order').shuffle(Int32Array.from({ length: 500 }, (_, i) => i));
  const sorted = [...order].sort((a, b) => strata[a] - strata[b]);
  sorted.forEach((row, i) => {
    expect(fold[row]).toBe(i % 4);
  });
});
