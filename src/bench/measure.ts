/** Times candidates in turn, so that a busy minute hits all of them; CPU milliseconds of this process, best and median. */
export interface Candidate {
  name: string;
  /** Work to time; what it returns is kept from being optimised away. */
  run: () => unknown;
}
export interface Timing {
  name: string;
  median: number;
  min: number;
  max: number;
}

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

export async function measure(candidates: readonly Candidate[], rounds: number): Promise<Timing[]> {
  const times = candidates.map(() => [] as number[]);
  let sink: unknown;
  for (let round = 0; round < rounds; round++) {
    for (const [i, candidate] of candidates.entries()) {
      const start = cpuMs();
      sink = await candidate.run();
      times[i].push(cpuMs() - start);
    }
  }
  if (sink === undefined) process.stdout.write('');
  return candidates.map(({ name }, i) => {
    const sorted = times[i].sort((a, b) => a - b);
    return { name, median: sorted[sorted.length >> 1], min: sorted[0], max: sorted[sorted.length - 1] };
  });
}

/** One line: each candidate's median CPU ms with its range, and the ratio to the first. */
export function line(title: string, timings: readonly Timing[]): string {
  const base = timings[0].median;
  const cells = timings.map(
    ({ name, median, min, max }, i) =>
      `${name} ${median.toFixed(0)} ms (${min.toFixed(0)}–${max.toFixed(0)})${i === 0 ? '' : ` ${(median / base).toFixed(2)}×`}`,
  );
  return `${title.padEnd(18)} ${cells.join('  ')}`;
}
