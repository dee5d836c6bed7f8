/** Times candidates in turn, so that a busy minute hits all of them: CPU milliseconds, median with the whole range. */
import type { PeerProcess } from './peer-process.ts';

export interface Candidate {
  name: string;
  /** Does the work once and answers its CPU milliseconds. */
  once: () => Promise<number>;
}
export interface Timing {
  name: string;
  /** Milliseconds, one per round, ascending. */
  times: number[];
}

/** A candidate that takes this long is not run in every round. */
const SLOW_MS = 4000;
const SLOW_ROUNDS = 3;

/** The first round warms up and is thrown away, except a slow candidate's. */
export async function measure(candidates: readonly Candidate[], rounds: number): Promise<Timing[]> {
  const times: number[][] = [];
  for (const candidate of candidates) times.push([await candidate.once()]);
  const slow = times.map(([first]) => first > SLOW_MS);
  for (let round = 0; round < rounds; round++) {
    for (const [i, candidate] of candidates.entries()) if (!slow[i] || round + 1 < SLOW_ROUNDS) times[i].push(await candidate.once());
  }
  return candidates.map(({ name }, i) => ({ name, times: times[i].slice(slow[i] ? 0 : 1).sort((a, b) => a - b) }));
}

export const median = ({ times }: Timing): number => times[times.length >> 1];
/** Times below a tenth of a millisecond are not told apart by the clock. */
export const ratio = (theirs: Timing, ours: Timing): number => Math.max(median(theirs), 0.1) / Math.max(median(ours), 0.1);

const figure = (ms: number) => (ms < 10 ? ms.toFixed(1) : ms.toFixed(0));
/** `31 (29–40)`: median and range in milliseconds. */
export const show = (timing: Timing): string =>
  `${figure(median(timing))} (${figure(timing.times[0])}–${figure(timing.times[timing.times.length - 1])})`;

/** CPU milliseconds of one of `times` runs in this process. */
export async function cpuMs(times: number, run: () => unknown): Promise<number> {
  globalThis.gc?.();
  const start = process.cpuUsage();
  for (let i = 0; i < times; i++) await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / times;
}

/** A candidate that another process runs. */
export const asked = (peer: Pick<PeerProcess, 'ask'>, title: string): Candidate => ({
  name: title,
  once: async () => {
    const { ms, error } = await peer.ask(title);
    if (ms === undefined) throw new Error(`${title}: ${error ?? 'no time'}`);
    return ms;
  },
});

/** A table of candidates, the first one ours. */
export function printTimings(title: string, timings: readonly Timing[], notes: readonly string[]): void {
  process.stdout.write(`\n${title}; CPU ms of one thread, median (min–max)\n`);
  for (const timing of timings) {
    const share = timing === timings[0] ? '' : `ours takes ${(1 / ratio(timing, timings[0])).toFixed(2)} of it`;
    process.stdout.write(`${timing.name.padEnd(20)} ${show(timing).padEnd(24)} ${share}\n`);
  }
  for (const note of notes) process.stdout.write(`${note}\n`);
}
