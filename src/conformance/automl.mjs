/**
 * `npm run conformance:automl -- [--peers flaml,autogluon] [--seconds 10] [--sets a,b] [--full] [--data DIR]`: AutoML, FLAML and AutoGluon on the shared sets
 * with their folds, the same seconds and cores. All append to files under .bench, so that a run that broke off goes on where it stopped. Needs `npm run build:node` (done by the script).
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { python, run, stop } from './python.mjs';

const CORES = 2;
const root = path.resolve(import.meta.dirname, '../..');
const option = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const data = path.resolve(option('data') ?? path.join(root, '../shared/data'));
if (!existsSync(path.join(data, 'MANIFEST.json'))) stop(`There is no MANIFEST.json in ${data}; give the folder with --data.`);
const full = process.argv.includes('--full');
const seconds = Number(option('seconds') ?? (full ? 60 : 10));
const LISTS = { flaml: ['requirements-automl.txt', '.venv-automl'], autogluon: ['requirements-autogluon.txt', '.venv-autogluon'] };
const peers = (option('peers') ?? 'flaml').split(',');
const strange = peers.find((name) => !LISTS[name]);
if (strange) stop(`There is no peer “${strange}”; there are ${Object.keys(LISTS).join(' and ')}.`);
const pythons = peers.map((name) => python(...LISTS[name]));
const folder = path.join(root, '.bench');
mkdirSync(folder, { recursive: true });
const ours = path.join(folder, `automl-${seconds}s.jsonl`);
const theirs = (name) => path.join(folder, `${name}-${seconds}s.jsonl`);
const lines = (file) =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];
const sets =
  option('sets')?.split(',') ?? JSON.parse(readFileSync(path.join(data, 'MANIFEST.json'), 'utf8')).tabular.map(({ name }) => name);

const own = ['--max-old-space-size=8000', path.join(root, 'dist-node/bench-automl.js')];
run(process.execPath, [
  ...own,
  '--data',
  data,
  '--seconds',
  String(seconds),
  '--sets',
  sets.join(','),
  '--out',
  ours,
  ...(full ? ['--full'] : []),
]);
const wanted = lines(ours).filter(({ set, variant }) => sets.includes(set) && (variant ?? 'all') === 'all');
for (const [i, name] of peers.entries()) {
  const request = path.join(folder, `${name}-request.json`);
  const jobs = wanted.map(({ set, fold }) => [set, fold]);
  writeFileSync(request, JSON.stringify({ peer: name, data, out: theirs(name), seconds, cores: CORES, jobs }));
  run(pythons[i], [path.join(import.meta.dirname, 'automl_peers.py'), request]);
}

for (const name of peers) {
  const known = lines(theirs(name));
  const shares = [];
  const tally = { ahead: 0, level: 0, behind: 0 };
  for (const { set, fold, metric, ours: value, constant } of wanted) {
    const other = known.find((line) => line.set === set && line.fold === fold && line.seconds === seconds);
    if (!other) continue;
    const share = Math.min(1.1, Math.max(0, (value - constant) / (other.value - constant)));
    const better = metric === 'auc' ? value - other.value : other.value - value;
    const near = Math.abs(better) <= 0.002 * Math.abs(other.value - constant);
    tally[near ? 'level' : better > 0 ? 'ahead' : 'behind']++;
    shares.push(share);
    console.log(
      `${set.padEnd(16)} ${fold} ${metric.padEnd(8)} ours ${value.toPrecision(5).padStart(9)}  ${other.peer} ${other.value.toPrecision(5).padStart(9)} (${other.learner}, ${other.took} s)  share ${share.toFixed(3)}`,
    );
  }
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  console.log(`mean ${mean.toFixed(3)} of ${name}, ${tally.ahead} ahead, ${tally.level} level, ${tally.behind} behind of ${shares.length}`);
}
