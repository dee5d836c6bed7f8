/** Runs candidates in turn, so that a busy minute hits all of them; medians with the whole range, ratios within each round. */
export interface Candidate {
  name: string;
  /** Does the work once and answers its milliseconds. */
  once: () => Promise<number>;
}
export interface Timing {
  name: string;
  /** Milliseconds, one per round, in order. */
  times: number[];
  /** Of a peer from another run: ours in that run. */
  against?: number[];
}
/** Median, smallest, largest. */
export type Spread = [number, number, number];

/** A candidate that takes this long is not run in every round. */
const SLOW_MS = 4000;
const SLOW_ROUNDS = 3;
/** And one that takes this long only once. */
const VERY_SLOW_MS = 20_000;

/**
 * The first round warms up and is thrown away, except a slow candidate's. One that fails is left out, with a note. After `limitMs` of all together
 * no further round begins.
 */
export async function measure(
  candidates: readonly Candidate[],
  rounds: number,
  limitMs = Number.POSITIVE_INFINITY,
): Promise<{ timings: Timing[]; notes: string[] }> {
  const began = Date.now();
  const notes: string[] = [];
  const running: { candidate: Candidate; times: number[]; slow: boolean }[] = [];
  const attempt = async (candidate: Candidate): Promise<number | undefined> => {
    try {
      return await candidate.once();
    } catch (error) {
      notes.push(`${candidate.name} left out: ${(error instanceof Error ? error.message : String(error)).split('\n')[0].slice(0, 160)}`);
      return undefined;
    }
  };
  for (const candidate of candidates) {
    const first = await attempt(candidate);
    if (first !== undefined) running.push({ candidate, times: first > SLOW_MS ? [first] : [], slow: first > SLOW_MS });
  }
  for (let round = 0; round < rounds; round++) {
    if (round > 0 && Date.now() - began > limitMs) break;
    for (const entry of [...running]) {
      if (entry.slow && (round + 1 >= SLOW_ROUNDS || entry.times[0] > VERY_SLOW_MS)) continue;
      const ms = await attempt(entry.candidate);
      if (ms === undefined) running.splice(running.indexOf(entry), 1);
      else entry.times.push(ms);
    }
  }
  return { timings: running.map(({ candidate, times }) => ({ name: candidate.name, times })), notes };
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return [sorted[sorted.length >> 1], sorted[0], sorted[sorted.length - 1]];
}
export const spreadOf = ({ times }: Timing): Spread => spread(times);
/** Their time ÷ ours, round by round of the run that theirs is from. Times below a tenth of a millisecond are not told apart by the clock. */
export function ratios(theirs: Timing, ours: Timing): Spread {
  const own = theirs.against ?? ours.times;
  return spread(theirs.times.map((ms, i) => Math.max(ms, 0.1) / Math.max(own[Math.min(i, own.length - 1)], 0.1)));
}
