/** The verbs on a million rows of 20 columns: ours beside danfojs, arquero, DuckDB-WASM and pandas, in one interleaved run. */
import { rm } from 'node:fs/promises';
import { exp, log } from '../base/float.ts';
import { measure, ratio, show, type Timing } from './measure.ts';
import { pandasVerbs } from './pandas-process.ts';
import { PeerProcess } from './peer-process.ts';
import { CANDIDATES } from './serve.ts';
import { VERBS, type VerbCase } from './verb-cases.ts';

const ROUNDS = 7;
const print = (text: string) => process.stdout.write(`${text}\n`);

/** Every candidate that is wanted and can be started, ours first. */
async function startAll(rows: number, wanted: readonly string[]): Promise<{ running: PeerProcess[]; folder?: string }> {
  const node = ['--expose-gc', '--max-old-space-size=8192', process.argv[1], 'serve'];
  const isWanted = (name: string) => name === 'millrace' || wanted.length === 0 || wanted.includes(name);
  const all = Object.keys(CANDIDATES)
    .filter(isWanted)
    .map((name) => new PeerProcess(name, process.execPath, [...node, name, String(rows)]));
  let folder: string | undefined;
  try {
    if (isWanted('pandas')) {
      const pandas = await pandasVerbs(rows);
      folder = pandas.folder;
      all.push(pandas.peer);
    }
  } catch (error) {
    print(`pandas left out: ${(error as Error).message}`);
  }
  const running: PeerProcess[] = [];
  for (const peer of all) {
    try {
      await peer.start();
      running.push(peer);
    } catch (error) {
      print(`${peer.name} left out: ${(error as Error).message}`);
    }
  }
  return { running, folder };
}

/** Row counts and failures of one warming run, and the timings of those that can do the work. */
async function timeVerb(verb: VerbCase, running: readonly PeerProcess[]): Promise<{ timings: Timing[]; notes: string[] }> {
  const notes: string[] = [];
  const able: PeerProcess[] = [];
  let wanted: number | undefined;
  for (const peer of running) {
    const { rows, error } = await peer.ask(verb.title);
    if (error) notes.push(`${peer.name} fails: ${error}`);
    if (rows === undefined) continue;
    able.push(peer);
    wanted ??= rows;
    if (rows !== wanted && verb.kind !== '') notes.push(`${peer.name} gives ${rows} rows, we ${wanted}`);
  }
  const timings = await measure(
    able.map((peer) => ({ name: peer.name, once: async () => (await peer.ask(verb.title)).ms ?? Number.NaN })),
    ROUNDS,
  );
  return { timings, notes };
}

export async function verbsArea(rows: number, wanted: readonly string[]): Promise<void> {
  const { running, folder } = await startAll(rows, wanted);
  print(`\nverbs, ${rows.toLocaleString('en')} rows × 20 columns; CPU ms, median (min–max); peer ÷ ours`);
  const found: { peer: string; times: number; verb: VerbCase }[] = [];
  for (const verb of VERBS) {
    const { timings, notes } = await timeVerb(verb, running);
    const [ours, ...theirs] = timings;
    const cells = theirs.map((timing) => `${timing.name} ${show(timing)} = ${ratio(timing, ours).toFixed(2)}×`);
    print([verb.title.padEnd(26), show(ours).padEnd(18), ...cells].join('  '));
    for (const note of notes) print(`    ${note}`);
    for (const timing of theirs) found.push({ peer: timing.name, times: ratio(timing, ours), verb });
  }
  for (const peer of new Set(found.map((item) => item.peer))) {
    const all = found.filter((item) => item.peer === peer);
    const work = all.filter((item) => !item.verb.names);
    const least = work.reduce((worst, item) => (item.times < worst.times ? item : worst));
    print(
      `${peer} ÷ ours, geometric mean: ${geometric(work.map((item) => item.times)).toFixed(1)}× over ${work.length} verbs that move cells ` +
        `(${geometric(all.map((item) => item.times)).toFixed(1)}× over all ${all.length}); least ${least.times.toFixed(2)}× (${least.verb.title})`,
    );
  }
  for (const peer of running) peer.close();
  if (folder) await rm(folder, { recursive: true });
}

const geometric = (list: readonly number[]) => exp(list.reduce((sum, x) => sum + log(x), 0) / list.length);
