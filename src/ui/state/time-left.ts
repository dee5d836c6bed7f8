/** How long a running step still takes: by its own progress, else by its last time, else only how long it has been at it; pure. */
import type { StepRun } from './run-store.ts';

/** Before that, any estimate is a guess and most steps are over. */
export const SHOW_AFTER_MS = 3000;

export type TimeLeft = { left: number } | { spent: number };

/** Milliseconds; nothing in the first three seconds. `lastMs` is what the same node took last time. */
export function timeLeft(
  { startedAt, fraction, fractionAt }: Pick<StepRun, 'startedAt' | 'fraction' | 'fractionAt'>,
  lastMs: number | undefined,
  now: number,
): TimeLeft | undefined {
  const spent = startedAt === undefined ? 0 : now - startedAt;
  if (startedAt === undefined || spent < SHOW_AFTER_MS) return undefined;
  // By the moment of the report, so that the figure falls steadily between two reports.
  if (fraction && fractionAt !== undefined) return { left: Math.max(0, (fractionAt - startedAt) / fraction - spent) };
  return lastMs !== undefined && lastMs > spent ? { left: lastMs - spent } : { spent };
}
