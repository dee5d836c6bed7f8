/** Keeps a long fit answering: between slices of work it lets messages in and asks whether to stop. */
import type { FitRun } from '../recipe/model.ts';

/** Multiplications or so that take well under 100 ms on a slow machine, where there is no clock to ask. */
const SLICE = 2e7;
const SLICE_MS = 50;

/**
 * `await pace(work)` after each piece of work, in elementary operations. True = finish with the best so far. Every `SLICE` operations
 * (or 50 ms) it yields a macrotask, so that a stop request can arrive.
 */
export function pacer(run: Pick<FitRun, 'stopRequested' | 'now'>): (work: number) => Promise<boolean> | boolean {
  let done = 0;
  let last = run.now?.() ?? 0;
  return (work) => {
    done += work;
    if (run.now ? run.now() - last < SLICE_MS : done < SLICE) return false;
    done = 0;
    last = run.now?.() ?? 0;
    return new Promise<boolean>((resolve) => setTimeout(() => resolve(run.stopRequested()), 0));
  };
}
