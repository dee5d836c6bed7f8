/** Times that stand off the steps which were told from them: how many, how far, and what is said of that. */
import { type Phrase, phrase } from '../../base/words.ts';
import { clockStep, type Grid, gridWords, stepAt, timeOfStep } from './grid.ts';
import type { SeriesRows } from './rows.ts';

export interface Moved {
  count: number;
  all: number;
  /** Milliseconds between such a time and its step, at most. */
  most: number;
}

/** Undefined where the step is no one that times stand off, or none does. */
export function movedTimes({ order, moments }: Pick<SeriesRows, 'order' | 'moments'>, grid: Grid): Moved | undefined {
  if (grid.early === undefined) return undefined;
  const moved: Moved = { count: 0, all: order.length, most: 0 };
  for (const row of order) {
    const off = Math.abs(moments[row] - timeOfStep(grid, stepAt(grid, moments[row])));
    if (off > 0) moved.count++;
    moved.most = Math.max(moved.most, off);
  }
  return moved.count > 0 ? moved : undefined;
}

/** What was done to times off their steps: set onto the nearest, by the clock, or counted for the day or month that they are in. */
export const movedWords = ({ count, all, most }: Moved, grid: Grid): Phrase =>
  clockStep(grid) === undefined
    ? phrase('series.moved-within', '{step}: {count} of {all} times stand anywhere within their step and count for it.', {
        step: gridWords(grid),
        count,
        all,
      })
    : phrase('series.moved', '{step}: {count} of {all} times stand off their step, by up to {most} s, and were set onto the nearest.', {
        step: gridWords(grid),
        count,
        all,
        most: Math.ceil(most / 1000),
      });
