/** Times entrants of a contest in this thread: CPU milliseconds in Node, wall milliseconds in a browser's worker. */
import type { Entrant } from './area.ts';

interface Usage {
  user: number;
  system: number;
}
/** The thread's own time from Node 24 on; before, the process's, helpers of the collector and compiler included. */
type Times = { threadCpuUsage?: () => Usage; cpuUsage: () => Usage };

const inNode = typeof process !== 'undefined' && Boolean(process.versions?.node);
function now(): number {
  if (!inNode) return performance.now();
  const times = process as unknown as Times;
  const { user, system } = times.threadCpuUsage?.() ?? times.cpuUsage();
  return (user + system) / 1000;
}
/** Short work is repeated for about this long, so that the clock can tell and the collector's and compiler's threads count in proportion. */
const LONG_MS = 200;
const MOST_REPEATS = 200;
/** Work shorter than this warms up for more than one run. */
const WARM_MS = 500;
const WARM_RUNS = 4;

/** Holds the last result, so that no work is optimised away. */
let kept: unknown;
export const lastResult = (): unknown => kept;

/**
 * Milliseconds of one run. The first call warms up and then finds out how often to repeat: a first run of short work is mostly the compiler's. What earlier work
 * left behind is collected first, so that nobody pays for it.
 */
export function timed({ run }: Entrant): () => Promise<number> {
  let repeats = 0;
  const once = async (times: number) => {
    (globalThis as { gc?: () => void }).gc?.();
    const start = now();
    for (let i = 0; i < times; i++) kept = await run();
    return (now() - start) / times;
  };
  return async () => {
    if (repeats === 0) {
      let first = await once(1);
      for (let warm = 0; warm < WARM_RUNS && first < WARM_MS; warm++) first = await once(1);
      repeats = Math.min(MOST_REPEATS, Math.max(1, Math.ceil(LONG_MS / Math.max(first, 1e-3))));
      if (repeats === 1) return first;
    }
    return once(repeats);
  };
}
