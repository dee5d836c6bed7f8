/**
 * `npm run bench -- [AREA,AREA…] [--full] [--node | --chromium] [--gpu] [--cases=TEXT,TEXT…] [--peers=NAME,NAME…]
 * [--limit=SECONDS] [--markdown]`: our work beside its
 * peers, interleaved, in Node and in a Chromium worker; prints medians and ratios, asserts nothing. `--full`: large sizes and seven rounds. `--gpu`:
 * Chromium may use the graphics card. `--cases`: only works whose title has one of the texts in it. `--peers`: of the verbs' peers only these.
 * `--limit`: how long one of the verbs may take a candidate.
 * `--markdown`: writes the tables of src/bench/measured.md; what earlier runs with it measured stays, so that a long run can be done in parts.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Area } from './area.ts';
import { AREAS } from './areas.ts';
import { headText, intoDocument, markdownOf, type Row, rowText, withEarlierPeers } from './report.ts';
import { runArea } from './run-area.ts';
import { serve } from './serve.ts';
import { chromiumStage, nodeStage, type Stage } from './stages.ts';
import { runVerbs, withSum } from './verb-processes.ts';

const MOST_WORKS = 1000;
const FULL_ROUNDS = 7;
const SHORT_ROUNDS = 3;

/** What Node runs in its own way: the verbs' peers hold so much that each gets a process. */
const IN_NODE: Record<string, typeof runVerbs> = { verbs: runVerbs };

const args = process.argv.slice(2);
const flags = new Set(args.filter((arg) => arg.startsWith('--')));
/** The values of `--name=a,b`. */
const listed = (name: string) =>
  args
    .find((arg) => arg.startsWith(`--${name}=`))
    ?.split('=')[1]
    .split(',');
const [first, ...rest] = args.filter((arg) => !arg.startsWith('--'));

async function stages(): Promise<Stage[]> {
  const wanted: Stage[] = flags.has('--chromium') ? [] : [nodeStage];
  if (flags.has('--node')) return wanted;
  try {
    wanted.push(await chromiumStage(flags.has('--gpu')));
  } catch (error) {
    process.stdout.write(`Chromium left out: ${(error as Error).message.split('\n')[0]}\n`);
  }
  return wanted;
}

function areas(names: string | undefined): readonly Area[] {
  if (!names || names === 'all') return AREAS;
  const wanted = names.split(',');
  const unknown = wanted.filter((name) => !AREAS.some((area) => area.name === name));
  if (unknown.length > 0)
    throw new Error(`There is no area ${unknown.join(', ')}. There are: ${AREAS.map(({ name }) => name).join(', ')}.`);
  return AREAS.filter(({ name }) => wanted.includes(name));
}

async function main(): Promise<void> {
  const full = flags.has('--full');
  const rows: Row[] = [];
  let head = '';
  const tell = (row: Row) => {
    if (headText(row) !== head) process.stdout.write(`${headText(row)}\n`);
    head = headText(row);
    process.stdout.write(`${rowText(row)}\n`);
    rows.push(row);
    // After every row, so that a run that is ended keeps what it found.
    if (flags.has('--markdown')) writeTables(rows, full);
  };
  const limit = listed('limit')?.[0];
  const manner = {
    full,
    rounds: full ? FULL_ROUNDS : SHORT_ROUNDS,
    tell,
    cases: listed('cases'),
    peers: listed('peers'),
    limitS: limit ? Number(limit) : undefined,
  };
  const chosen = areas(first);
  const ready = await stages();
  try {
    for (const area of chosen) {
      for (const stage of ready) {
        if (stage !== nodeStage && area.nodeOnly) continue;
        if (area.cardOnly && (stage === nodeStage || !flags.has('--gpu'))) continue;
        if (stage === nodeStage && area.name in IN_NODE) await IN_NODE[area.name](area, manner);
        else await runArea(area, stage, manner);
      }
    }
  } finally {
    for (const stage of ready) await stage.close();
  }
}

/** The document that has the tables. */
const MEASURED = 'src/bench/measured.md';
/** Rows of earlier runs; works that are measured anew take their place, and so does any work of an area in that realm when the sizes are others. */
const KEPT = path.resolve('node_modules/.cache/millrace-bench/rows.json');

function writeTables(rows: readonly Row[], full: boolean): void {
  const [cpu] = os.cpus();
  const python = process.env.MILLRACE_PYTHON ? 'Python’s peers with one thread each' : 'without Python’s peers';
  const how = `${new Date().toISOString().slice(0, 10)} on ${os.cpus().length} × ${cpu.model}, Node ${process.versions.node}, ${full ? 'full' : 'short'} run, ${python}`;
  const earlier = existsSync(KEPT) ? (JSON.parse(readFileSync(KEPT, 'utf8')) as (Row & { how: string; full: boolean })[]) : [];
  const offered = (old: Row) =>
    AREAS.some(({ name, contests }) => name === old.area && contests(full).some(({ title }) => title === old.title));
  const anew = (old: Row & { full: boolean }) => {
    const same = rows.filter(({ area, where }) => area === old.area && where === old.where);
    return same.some(({ title }) => title === old.title) || (same.length > 0 && (old.full !== full || !offered(old)));
  };
  const made = rows.map((row) => {
    const now = { ...row, how, full };
    const before = earlier.find((old) => old.full === full && old.area === row.area && old.where === row.where && old.title === row.title);
    return before ? withEarlierPeers(now, before) : now;
  });
  const all = withSum([...earlier.filter((old) => !anew(old)), ...made]);
  const order = (row: Row) => AREAS.findIndex(({ name }) => name === row.area) * 2 + (row.where === 'Node' ? 0 : 1);
  const place = ({ area, title, timings }: Row) =>
    timings.length === 0
      ? MOST_WORKS
      : (AREAS.find(({ name }) => name === area)
          ?.contests(full)
          .findIndex((contest) => contest.title === title) ?? 0);
  all.sort((a, b) => order(a) - order(b) || place(a) - place(b));
  mkdirSync(path.dirname(KEPT), { recursive: true });
  writeFileSync(KEPT, JSON.stringify(all));
  writeFileSync(
    MEASURED,
    intoDocument(
      readFileSync(MEASURED, 'utf8'),
      markdownOf(all),
      AREAS.map(({ name }) => name),
    ),
  );
}

if (first === 'serve') await serve(rest[0], Number(rest[1]));
else await main();
