/** The verbs in Node: ours, danfojs, arquero, DuckDB-WASM and pandas, each in a process of its own, asked in turn. */
import { exp, log } from '../base/float.ts';
import { type Area, many } from './area.ts';
import { type Candidate, measure, ratios, type Timing } from './measure.ts';
import { PeerProcess } from './peer-process.ts';
import { type Python, startPython } from './python-peer.ts';
import type { Manner } from './run-area.ts';
import { CANDIDATES } from './serve.ts';
import { VERBS, type VerbCase } from './verb-cases.ts';
import { ourTables, pandasOf, verbRows } from './verbs.ts';

/** A work that takes a candidate longer than this is not measured. */
const DEADLINE_MS = 90_000;
const SHORT_DEADLINE_MS = 10_000;

interface Running {
  peers: PeerProcess[];
  notes: string[];
  python?: Python;
}

/** Every candidate that can be started, ours first. */
async function startAll(rows: number, deadlineMs: number): Promise<Running> {
  const running: Running = { peers: [], notes: [] };
  const node = ['--expose-gc', '--max-old-space-size=8192', process.argv[1], 'serve'];
  for (const name of Object.keys(CANDIDATES)) {
    const peer = new PeerProcess(name, process.execPath, [...node, name, String(rows)], deadlineMs);
    try {
      await peer.start();
      running.peers.push(peer);
    } catch (error) {
      running.notes.push(`${name} left out: ${(error as Error).message}`);
    }
  }
  if (!process.env.MILLRACE_PYTHON) return running;
  try {
    running.python = await startPython(pandasOf(rows, () => ourTables(rows).tables, ''));
    running.peers.push(running.python.process);
  } catch (error) {
    running.notes.push(`pandas left out: ${(error as Error).message}`);
  }
  return running;
}

/** Row counts and failures of one warming run, and the timings of those that can do the work. */
async function timeVerb(verb: VerbCase, running: readonly PeerProcess[], rounds: number): Promise<{ timings: Timing[]; notes: string[] }> {
  const notes: string[] = [];
  const able: Candidate[] = [];
  let wanted: number | undefined;
  for (const peer of running) {
    const { rows, error } = await peer.ask(verb.title);
    if (error) notes.push(`${peer.name} fails: ${error}`);
    if (rows === undefined) continue;
    able.push({
      name: peer.name,
      once: async () => {
        const { ms, error: failure } = await peer.ask(verb.title);
        if (ms === undefined) throw new Error(failure ?? 'no time');
        return ms;
      },
    });
    wanted ??= rows;
    if (rows !== wanted && verb.kind !== '') notes.push(`${peer.name} gives ${rows} rows, we ${wanted}`);
  }
  const { timings, notes: failures } = await measure(able, rounds);
  return { timings, notes: [...notes, ...failures] };
}

const geometric = (list: readonly number[]) => exp(list.reduce((sum, x) => sum + log(x), 0) / list.length);

/** Of each peer: the geometric mean over the verbs that move cells, and the least. */
function sumUp(found: readonly { peer: string; ratio: number; verb: VerbCase }[]): string[] {
  return [...new Set(found.map(({ peer }) => peer))].map((peer) => {
    const work = found.filter((item) => item.peer === peer && !item.verb.names);
    const least = work.reduce((worst, item) => (item.ratio < worst.ratio ? item : worst));
    const mean = geometric(work.map(({ ratio }) => ratio)).toFixed(1);
    return `${peer} ÷ ours: geometric mean ${mean}× over ${work.length} verbs that move cells; least ${least.ratio.toFixed(2)}× (${least.verb.title})`;
  });
}

export async function runVerbs(area: Area, { full, rounds, tell }: Manner): Promise<void> {
  const rows = verbRows(full);
  const { peers, notes: left, python } = await startAll(rows, full ? DEADLINE_MS : SHORT_DEADLINE_MS);
  const row = { area: area.name, about: area.about, where: 'Node' as const };
  try {
    const found: { peer: string; ratio: number; verb: VerbCase }[] = [];
    for (const verb of VERBS) {
      const { timings, notes } = await timeVerb(verb, peers, rounds);
      tell({ ...row, title: `${verb.title}, ${many(rows)} rows`, timings, notes });
      const [ours, ...theirs] = timings;
      for (const timing of theirs) found.push({ peer: timing.name, ratio: ratios(timing, ours)[0], verb });
    }
    tell({ ...row, title: 'all verbs', timings: [], notes: [...sumUp(found), ...left] });
  } finally {
    for (const peer of peers) peer.close();
    await python?.close();
  }
}
