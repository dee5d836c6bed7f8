/** The leaderboard on a terminal. */
import { expect, test } from 'vitest';
import { phrase } from '../base/words.ts';
import type { ModelResult, Race, RaceRow, Results } from '../recipe/results.ts';
import { board, seenTo } from './race-words.ts';

const row = (id: number, more: Partial<RaceRow>): RaceRow => ({
  ...{ id, name: `Trial ${id + 1}`, kind: 'learn.toy', params: {}, state: 'complete', began: 0, ended: 1.25, folds: 5, weight: 0 },
  ...more,
});
const race = (rows: RaceRow[]): Race => ({ metric: 'auc', deal: { folds: 5, share: 0 }, seed: 0, steps: [], rows });
const results = { models: [{ name: 'Ensemble', metrics: { auc: 0.91 } } as unknown as ModelResult] } as unknown as Results;

test('the ensemble above the trials, best first, in columns; a trial that failed says so', () => {
  const rows = [
    row(3, { value: 0.9, weight: 0.75, answerMs: 1.234, bytes: 2048 }),
    row(0, { value: 0.85, weight: 0.25, answerMs: 2, bytes: 1024 }),
    row(1, { state: 'failed' }),
  ];
  expect(board(race(rows), results)).toEqual([
    '#  model            AUC  weight  seconds  ms/1,000 rows    size',
    '   Ensemble of 2  0.910                             3.2  3.1 KB',
    '1  Trial 4        0.900    75 %      1.3            1.2  2.0 KB',
    '2  Trial 1        0.850    25 %      1.3              2  1.0 KB',
    '   Trial 2            –              1.3                         failed',
  ]);
});

test('columns of which nothing is known are left out, and trials beyond the tenth are counted', () => {
  const lines = board(race(Array.from({ length: 12 }, (_, i) => row(i, { value: 1 - i / 20, weight: i === 0 ? 1 : 0 }))), results);
  expect(lines[0].trim().split(/ {2,}/)).toEqual(['#', 'model', 'AUC', 'weight', 'seconds']);
  expect(lines).toHaveLength(12);
  expect(lines.at(-1)).toBe('… and 2 more');
});

test('what was seen to before training is told, what passed is not, and what needs a person is told at its node', () => {
  const guard = (state: 'passed' | 'fixed' | 'alerted', text: string) => ({
    check: 'gaps',
    state,
    said: phrase('test.gaps', text),
    columns: [],
  });
  const guards = [guard('passed', 'all is well'), guard('fixed', '3 steps have no row.'), guard('alerted', 'look here')];
  expect(seenTo({ ...race([]), guards })).toEqual(['Seen to: 3 steps have no row.']);
  expect(seenTo(race([]))).toEqual([]);
});
