/** The progress line: one line in place of the last, cut to the terminal, gone when the step is; nothing where there is no terminal. */
import { expect, test } from 'vitest';
import type { RunEvent } from '../events/event.ts';
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
