/** The verbs in Node: ours, danfojs, arquero, DuckDB-WASM and pandas, each in a process of its own, asked in turn. */
import { exp, log } from '../base/float.ts';
import { type Area, many } from './area.ts';
import { type Candidate, measure, ratios, type Timing } from './measure.ts';
import { type Answer, PeerProcess } from './peer-process.ts';
import { type Python, startPython } from './python-peer.ts';
import { NOT_OFFERED, type Row, unfinishedBy } from './report.ts';
import { isChosen, type Manner, takesPart } from './run-area.ts';
import { CANDIDATES } from './serve.ts';
import { VERBS, type VerbCase } from './verb-cases.ts';
import { ourTables, pandasOf, verbRows } from './verbs.ts';

/** A work that takes a candidate longer than this is not measured, unless the call says otherwise. */
const DEADLINE_MS = 20_000;
const SHORT_DEADLINE_MS = 10_000;
/** One that was lost as often as this is asked nothing more: each time it would be started and given its tables anew. */
const MOST_LOST = 2;
/** After this long no further round of a verb begins. */
const LIMIT_MS = 15_000;

const LEFT_OUT = ' left out: ';

interface Running {
  peers: PeerProcess[];
  notes: string[];
  python?: Python;
}

/** Every candidate that can be started, ours first. */
async function startAll(rows: number, deadlineMs: number, manner: Manner): Promise<Running> {
  const running: Running = { peers: [], notes: [] };
  const node = ['--expose-gc', '--max-old-space-size=8192', process.argv[1], 'serve'];
  const [ours, ...others] = Object.keys(CANDIDATES);
  for (const name of [ours, ...others.filter((peer) => takesPart(peer, manner))]) {
    const peer = new PeerProcess(name, process.execPath, [...node, name, String(rows)], deadlineMs);
    try {
      await peer.start();
      running.peers.push(peer);
    } catch (error) {
      running.notes.push(`${name}${LEFT_OUT}${(error as Error).message}`);
    }
  }
  if (!process.env.MILLRACE_PYTHON || !takesPart('pandas', manner)) return running;
  try {
    running.python = await startPython(pandasOf(rows, () => ourTables(rows).tables, ''));
    running.peers.push(running.python.process);
  } catch (error) {
    running.notes.push(`pandas${LEFT_OUT}${(error as Error).message}`);
  }
  return running;
}

/** Row counts and failures of one warming run, and the timings of those that can do the work. */
async function timeVerb(verb: VerbCase, running: readonly PeerProcess[], rounds: number): Promise<{ timings: Timing[]; notes: string[] }> {
  const notes: string[] = [];
  const able: Candidate[] = [];
  let wanted: number | undefined;
  for (const peer of running) {
    if (peer.lost >= MOST_LOST) {
      notes.push(`${peer.name} was not asked: it was lost ${peer.lost} times before`);
      continue;
    }
    let first: Answer | undefined = await peer.ask(verb.title);
    const { rows, error } = first;
    if (error) notes.push(`${peer.name} fails: ${error}`);
    else if (rows === undefined) notes.push(`${peer.name}${NOT_OFFERED}`);
    if (rows === undefined) continue;
    able.push({
      name: peer.name,
      once: async () => {
        const { ms, error: failure } = first ?? (await peer.ask(verb.title));
        first = undefined;
        if (ms === undefined) throw new Error(failure ?? 'no time');
        return ms;
      },
    });
    wanted ??= rows;
    if (rows !== wanted && verb.kind !== '') notes.push(`${peer.name} gives ${rows} rows, we ${wanted}`);
  }
  const { timings, notes: failures } = await measure(able, rounds, LIMIT_MS);
  return { timings, notes: [...notes, ...failures] };
}

const geometric = (list: readonly number[]) => exp(list.reduce((sum, x) => sum + log(x), 0) / list.length);
const ALL = 'all verbs';
const titleOf = (verb: VerbCase, rows: number) => `${verb.title}, ${many(rows)} rows`;

/** Of each peer: the geometric mean over the verbs that move cells, and the least. */
function sumUp(measured: readonly Row[], rows: number): string[] {
  const moving = new Set(VERBS.filter((verb) => !verb.names).map((verb) => titleOf(verb, rows)));
  const found = measured
    .filter(({ title }) => moving.has(title))
    .flatMap(({ title, timings: [ours, ...theirs] }) =>
      theirs.map((timing) => ({ title, peer: timing.name, ratio: ratios(timing, ours)[0] })),
    );
  return [...new Set(found.map(({ peer }) => peer))].map((peer) => {
    const work = found.filter((item) => item.peer === peer);
    const least = work.reduce((worst, item) => (item.ratio < worst.ratio ? item : worst));
    const mean = geometric(work.map(({ ratio }) => ratio)).toFixed(1);
    const unfinished = measured.filter((row) => moving.has(row.title) && unfinishedBy(row, peer)).length;
    const rest = unfinished > 0 ? `; it did not finish ${unfinished} more` : '';
    return `${peer} ÷ ours: geometric mean ${mean}× over ${work.length} verbs that move cells${rest}; least ${least.ratio.toFixed(2)}× (${least.title})`;
  });
}

/** The rows of the verbs' table with the line that sums them up, whichever run each of them comes from. */
export function withSum<R extends Row & { full: boolean }>(rows: readonly R[]): R[] {
  const [last] = rows.filter(({ area, where }) => area === 'verbs' && where === 'Node').slice(-1);
  if (!last) return [...rows];
  const verbs = rows.filter(({ area, where, title }) => area === last.area && where === last.where && title !== ALL);
  const left = rows.filter((row) => row.title === ALL).flatMap(({ notes }) => notes.filter((note) => note.includes(LEFT_OUT)));
  const sum = { ...last, title: ALL, timings: [], notes: [...sumUp(verbs, verbRows(last.full)), ...new Set(left)] };
  return [...rows.filter(({ title }) => title !== ALL), sum];
}

export async function runVerbs(area: Area, manner: Manner): Promise<void> {
  const { full, rounds, tell, limitS } = manner;
  const rows = verbRows(full);
  const { peers, notes: left, python } = await startAll(rows, limitS ? limitS * 1000 : full ? DEADLINE_MS : SHORT_DEADLINE_MS, manner);
  const row = { area: area.name, about: area.about, where: 'Node' as const };
  const made: Row[] = [];
  try {
    for (const verb of VERBS) {
      const title = titleOf(verb, rows);
      if (!isChosen(title, manner)) continue;
      const { timings, notes } = await timeVerb(verb, peers, rounds);
      made.push({ ...row, title, timings, notes });
      tell(made[made.length - 1]);
    }
    tell({ ...row, title: ALL, timings: [], notes: [...sumUp(made, rows), ...left] });
  } finally {
    for (const peer of peers) peer.close();
    await python?.close();
  }
}
