/** Keeps a long fit answering: between slices of work it lets messages in and asks whether to stop. */
import type { FitRun } from '../recipe/model.ts';

/** Multiplications or so that take well under 100 ms on a slow machine; the core has no clock to ask. */
const SLICE = 2e7;

/**
 * `await pace(work)` after each piece of work, in elementary operations. True = finish with the best so far. Every `SLICE` operations
 * it yields a macrotask, so that a stop request can arrive.
 */
export function pacer(run: Pick<FitRun, 'stopRequested'>): (work: number) => Promise<boolean> | boolean {
  let done = 0;
  return (work) => {
    done += work;
    if (done < SLICE) return false;
    done = 0;
    return new Promise<boolean>((resolve) => setTimeout(() => resolve(run.stopRequested()), 0));
  };
}
