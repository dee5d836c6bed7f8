/** Who gets the next step of the search: the learner whose next improvement seems cheapest, by what its trials cost and brought. */
import { expect, test } from 'vitest';
import { stream } from '../base/random.ts';
import { number } from '../kind/params.ts';
import type { Candidate } from './portfolio.ts';
import { createSearch, improvementCost, type Known } from './search.ts';

const candidate = (id: number, kind: string): Candidate => ({ id, family: 'boosting', kind, variant: 'v', params: { x: 0.5 } });
const trial = (id: number, kind: string, loss: number, cost: number): Known => ({ candidate: candidate(id, kind), loss, cost });
const params = { x: number('x', 0.5, '', { tune: { min: 0, max: 1 } }) };
/** Shares of 200 proposals by kind, each the first of a search of its own. */
function shares(known: readonly Known[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let i = 0; i < 200; i++) {
    const [draft] = createSearch(() => params, stream('search', String(i))).propose(known);
    counts[draft.kind] = (counts[draft.kind] ?? 0) + 1 / 200;
  }
  return counts;
}

test('the next improvement costs what the last one did, or what was spent in vain since', () => {
  const thread = { best: trial(0, 'a', 1, 0), spent: 10, bestAt: 10, beforeAt: 4, before: 2 };
  expect(improvementCost(thread, 1)).toBe(6);
  expect(improvementCost({ ...thread, spent: 30 }, 1)).toBe(20);
  // Behind by 3, and gaining 1 in 6 seconds.
  expect(improvementCost({ ...thread, best: trial(0, 'a', 4, 0), before: 5 }, 1)).toBeCloseTo(36, 9);
});

test('of equals the cheap one is tried more often, and one far behind hardly ever; none is shut out', () => {
  const even = shares([trial(0, 'cheap', 1, 1), trial(1, 'dear', 1, 9)]);
  expect(even.cheap).toBeGreaterThan(0.8);
  expect(even.dear).toBeGreaterThan(0.02);
  const behind = shares([trial(0, 'good', 1, 1), trial(1, 'bad', 3, 1)]);
  expect(behind.good).toBeGreaterThan(0.9);
});

test('trials that came to nothing count as spent, and are no place to start from', () => {
  const failed = trial(2, 'cheap', Number.POSITIVE_INFINITY, 90);
  const found = shares([trial(0, 'cheap', 1, 1), trial(1, 'dear', 1, 9), failed]);
  expect(found.dear).toBeGreaterThan(0.7);
  expect(shares([trial(0, 'only', 1, 1), trial(1, 'never', Number.POSITIVE_INFINITY, 1)])).toEqual({ only: expect.closeTo(1) });
});
