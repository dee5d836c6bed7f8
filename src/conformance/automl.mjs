/**
 * `npm run conformance:automl -- [--peers flaml,autogluon,lightautoml] [--seconds 10] [--sets a,b] [--full] [--data DIR]`: AutoML and other AutoMLs on the
 * shared sets with their folds, the same seconds and cores, in one table. All append to files under .bench, so that a run that broke off goes on where it stopped.
 * `--ours FILE` takes our lines from a file of `bench:automl` in place of making them, `--only-peers` leaves them out, `--retry` asks peers again where they failed,
 * `--table` runs nothing and prints the table of the lines that are there. Needs `npm run build:node` (done by the script).
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { python, run, stop } from './python.mjs';

const CORES = 2;
const root = path.resolve(import.meta.dirname, '../..');
const given = (name) => process.argv.includes(`--${name}`);
const option = (name) => (given(name) ? process.argv[process.argv.indexOf(`--${name}`) + 1] : undefined);
const data = path.resolve(option('data') ?? path.join(root, '../shared/data'));
if (!existsSync(path.join(data, 'MANIFEST.json'))) stop(`There is no MANIFEST.json in ${data}; give the folder with --data.`);
const full = given('full');
const seconds = Number(option('seconds') ?? (full ? 60 : 10));
const LISTS = {
  flaml: ['requirements-automl.txt', '.venv-automl'],
  autogluon: ['requirements-autogluon.txt', '.venv-autogluon'],
  lightautoml: ['requirements-lightautoml.txt', '.venv-lightautoml'],
};
const peers = option('peers')?.split(',') ?? (given('table') ? Object.keys(LISTS) : ['flaml']);
const strange = peers.find((name) => !LISTS[name]);
if (strange) stop(`There is no peer “${strange}”; there are ${Object.keys(LISTS).join(', ')}.`);
const folder = path.join(root, '.bench');
mkdirSync(folder, { recursive: true });
const ours = path.resolve(option('ours') ?? path.join(folder, `automl-${seconds}s.jsonl`));
if (option('ours') && !existsSync(ours)) stop(`There is no file ${ours}.`);
const theirs = (name) => path.join(folder, `${name}-${seconds}s.jsonl`);
const readJson = (...parts) => JSON.parse(readFileSync(path.join(data, ...parts), 'utf8'));
const items = readJson('MANIFEST.json').tabular;
const sets = option('sets')?.split(',') ?? items.map(({ name }) => name);
const unknown = sets.find((set) => !items.some(({ name }) => name === set));
if (unknown) stop(`There is no set “${unknown}” in ${data}.`);

function runAll() {
  const pythons = peers.map((name) => python(...LISTS[name]));
  if (!option('ours') && !given('only-peers')) {
    const own = ['--data', data, '--seconds', String(seconds), '--sets', sets.join(','), '--out', ours, ...(full ? ['--full'] : [])];
    run(process.execPath, ['--max-old-space-size=8000', path.join(root, 'dist-node/bench-automl.js'), ...own]);
  }
  const jobs = sets.flatMap((set) => {
    const { folds } = items.find(({ name }) => name === set);
    const numbers = full ? [...new Set(readJson(folds).fold_of_row)].sort((a, b) => a - b) : [0];
    return numbers.map((fold) => [set, fold]);
  });
  for (const [i, name] of peers.entries()) {
    const request = path.join(folder, `${name}-request.json`);
    writeFileSync(request, JSON.stringify({ peer: name, data, out: theirs(name), seconds, cores: CORES, retry: given('retry'), jobs }));
    run(pythons[i], [path.join(import.meta.dirname, 'automl_peers.py'), request], CORES);
  }
}

/** Lines of these sets and seconds. */
function linesOf(file) {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line)).filter((line) => sets.includes(line.set) && line.seconds === seconds);
}

if (!given('table')) runAll();
const wanted = linesOf(ours).filter(({ variant }) => (variant ?? 'all') === 'all');
if (wanted.length === 0) {
  console.log(`No table: there are no lines of ours with ${seconds} s in ${ours}.`);
} else {
  const { automlTable } = await import('../../dist-node/automl-table.js');
  const known = peers.map((name) => [name, linesOf(theirs(name))]).filter(([, lines]) => lines.length > 0);
  const table = automlTable(wanted, new Map(known), seconds);
  const file = path.join(folder, `automl-${seconds}s.md`);
  writeFileSync(file, `${table}\n`);
  console.log(`${table}\n\nWritten to ${file}.`);
}
