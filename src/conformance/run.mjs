/**
 * `npm run conformance`: our learners against scikit-learn on the shared test data, one-sided. Makes its own Python environment, builds our side as
 * a Node bundle, runs both (results are kept, so that a broken run goes on where it stopped) and prints the comparison.
 *   npm run conformance -- [--sets a,b | --sets all] [--learners ridge,boosting] [--data DIR]
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, loadConfigFromFile } from 'vite';
import { python, run, stop } from './python.mjs';
import { compareLosses, detailsOf, verdictOf } from './verdict.mjs';

const here = import.meta.dirname;
const root = path.resolve(here, '../..');
const cache = path.join(here, '.cache');
const option = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const data = path.resolve(option('data') ?? path.join(root, '../shared/data'));
const jobs = JSON.parse(readFileSync(path.join(here, 'jobs.json'), 'utf8'));

async function bundle() {
  const out = path.join(cache, 'build');
  // As the command line is built, kernels included.
  const { config } = await loadConfigFromFile({ command: 'build', mode: 'node' }, path.join(root, 'vite.config.ts'));
  await build({
    ...config,
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ...config.build,
      outDir: out,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { input: { ours: path.join(here, 'ours.ts') } },
    },
  });
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const digest = createHash('sha256');
  for (const file of files.map((entry) => path.join(entry.parentPath, entry.name)).sort()) digest.update(readFileSync(file));
  return { file: path.join(out, 'ours.js'), version: digest.digest('hex') };
}

if (!existsSync(path.join(data, 'MANIFEST.json'))) stop(`There is no MANIFEST.json in ${data}; give the folder with --data.`);
const all = JSON.parse(readFileSync(path.join(data, 'MANIFEST.json'), 'utf8')).tabular.map((item) => item.name);
const sets = option('sets') === 'all' ? all : (option('sets')?.split(',') ?? jobs.sets);
const unknown = sets.filter((name) => !all.includes(name));
if (unknown.length > 0) stop(`There is no set called ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
const names = option('learners')?.split(',');
const learners = jobs.learners.filter((job) => !names || names.includes(job.name));

mkdirSync(cache, { recursive: true });
const peer = python();
const { file, version } = await bundle();
const request = path.join(cache, 'request.json');
writeFileSync(request, JSON.stringify({ data, cache, version, sets, learners }));
run(process.execPath, [file, request]);
run(peer, [path.join(here, 'peers.py'), request]);

const read = (side, set, job) => {
  const at = path.join(cache, side, `${set}-${job.name}.json`);
  return existsSync(at) ? JSON.parse(readFileSync(at, 'utf8')) : undefined;
};
const lines = [];
for (const job of learners) {
  const own = sets.flatMap((set) => {
    const theirs = read('peers', set, job);
    return compareLosses({ set, job, ours: read('ours', set, job)?.losses, theirs: theirs?.losses, onnx: theirs?.onnx });
  });
  if (own.length > 0) console.log(`\n${detailsOf(job, own)}`);
  lines.push(...own);
}
writeFileSync(path.join(cache, 'comparison.json'), JSON.stringify(lines, null, 1));
const { text, failed } = verdictOf(lines, sets);
console.log(`\n${text}`);
process.exit(failed > 0 ? 1 : 0);
