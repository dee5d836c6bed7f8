/** The progress line: one line in place of the last, cut to the terminal, gone when the step is; nothing where there is no terminal. */
import { expect, test } from 'vitest';
import type { Json } from '../base/json.ts';
import type { RunEvent } from '../events/event.ts';
import type { LiveRace } from '../recipe/results.ts';
import { progressLine } from './progress-line.ts';

const started: RunEvent = { type: 'step-started', run: 'r', node: 'a', at: 0, reason: 'new' };
const moved = (fraction: number, text?: string): RunEvent => ({
  type: 'step-progress',
  run: 'r',
  node: 'a',
  at: 0,
  progress: { fraction, ...(text === undefined ? {} : { text }) },
});
const ended: RunEvent = { type: 'step-cancelled', run: 'r', node: 'a', at: 0 };

test('on a terminal each report takes the place of the one before, and the end clears the line', () => {
  const written: string[] = [];
  const line = progressLine({ isTTY: true, columns: 24, write: (text) => written.push(text) }, () => 'AutoML');
  for (const event of [started, moved(0.126, 'Trial 3'), moved(0.5), ended]) line.take(event);
  expect(written).toEqual(['… AutoML', '\r\x1b[K', '… AutoML  12 %  Trial 3', '\r\x1b[K', '… AutoML  50 %  Trial 3', '\r\x1b[K']);
  line.clear();
  expect(written).toHaveLength(6);
});

test('in a file or a pipe it says nothing', () => {
  const written: string[] = [];
  const line = progressLine({ write: (text) => written.push(text) }, () => 'AutoML');
  for (const event of [started, moved(0.5), ended]) line.take(event);
  expect(written).toEqual([]);
});

const racing = (at: number, spent: number, values: readonly (number | undefined)[], phase: LiveRace['phase'] = 'racing'): RunEvent => {
  const rows = values.map((value, id) => ({
    ...{ id, name: `Trial ${id + 1}`, kind: 'learn.toy', began: 0, ended: 1, folds: 3, weight: 0 },
    ...(value === undefined ? { state: 'running' as const } : { state: 'complete' as const, value }),
  }));
  const race: LiveRace = {
    type: 'race',
    metric: 'auc',
    rows,
    folds: 3,
    spent,
    budget: 20,
    trials: null,
    phase,
    ensemble: true,
    workers: 2,
  };
  return { type: 'step-progress', run: 'r', node: 'a', at, progress: { live: race as unknown as Json } };
};

test('a race on a terminal: the best so far, trials and the time left, in one line', () => {
  const written: string[] = [];
  const line = progressLine({ isTTY: true, columns: 120, write: (text) => written.push(text) }, () => 'AutoML');
  for (const event of [started, racing(0, 4, [0.8125, 0.9, undefined]), moved(0.2, 'Trial 2')]) line.take(event);
  expect(written.at(-1)).toBe('… AutoML  20 %  16 s left, 2 trials, best AUC 0.900 (Trial 2)');
});

test('a race in a file or a pipe: a line for each better trial, for each phase, and else every half minute', () => {
  const written: string[] = [];
  const line = progressLine({ write: (text) => written.push(text) }, () => 'AutoML');
  const events = [
    racing(0, 0, [undefined]),
    racing(1000, 1, [0.8]),
    racing(2000, 2, [0.8, 0.7]),
    racing(3000, 3, [0.8, 0.7, 0.85]),
    racing(33_000, 15, [0.8, 0.7, 0.85, 0.84]),
    racing(34_000, 19, [0.8, 0.7, 0.85, 0.84], 'finishing'),
  ];
  for (const event of [started, ...events, ended]) line.take(event);
  expect(written).toEqual([
    '… AutoML: 19 s left, 1 trial, best AUC 0.800 (Trial 1)\n',
    '… AutoML: 17 s left, 3 trials, best AUC 0.850 (Trial 3)\n',
    '… AutoML: 5 s left, 4 trials, best AUC 0.850 (Trial 3)\n',
    '… AutoML: 1 s left, 4 trials, best AUC 0.850, making the model (Trial 3)\n',
  ]);
});
