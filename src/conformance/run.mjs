/**
 * `npm run conformance`: our learners against scikit-learn on the shared test data, one-sided. Makes its own Python environment, builds our side as
 * a Node bundle, runs both (results are kept, so that a broken run goes on where it stopped) and prints the comparison.
 *   npm run conformance -- [--sets a,b | --sets all] [--learners ridge,boosting] [--data DIR]
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, loadConfigFromFile } from 'vite';
import { python, run, stop } from './python.mjs';

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

const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
/** Mean and standard error over folds of (its loss - ours) / its loss. */
function gain(theirs, ours) {
  const gains = theirs.map((value, f) => (value === 0 && ours[f] === 0 ? 0 : (value - ours[f]) / value));
  const center = mean(gains);
  const spread = Math.sqrt(gains.reduce((sum, g) => sum + (g - center) ** 2, 0) / (gains.length - 1));
  return { gain: center, error: spread / Math.sqrt(gains.length) };
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
console.log(
  'Behind = worse by more than 2 %; where ties or rows are drawn (trees, boosting) also by more than one standard error over the folds.',
);
const lines = [];
let failures = 0;
for (const job of learners) {
  console.log(`\n${job.name}: ${JSON.stringify(job.params)} against ${job.peer} ${JSON.stringify(job.peerParams)}`);
  console.log('set             loss       ours      theirs    gain %    ±SE    ours s  theirs s  onnx |Δ|   labels');
  for (const set of sets) {
    const ours = read('ours', set, job)?.losses;
    const theirs = read('peers', set, job);
    if (!ours || !theirs?.losses) continue;
    for (const metric of Object.keys(ours).filter((name) => name !== 'seconds')) {
      const { gain: g, error } = gain(theirs.losses[metric], ours[metric]);
      const passed = g >= -0.02 || (job.rule === 'seeded' && g >= -error);
      const exact = !theirs.onnx || (theirs.onnx.delta <= 1 && theirs.onnx.labels === 1);
      if (!passed || !exact) failures++;
      lines.push({ set, learner: job.name, metric, gain: g, error, passed, onnx: theirs.onnx });
      const cells = [
        set.padEnd(14),
        metric.padEnd(8),
        mean(ours[metric]).toPrecision(5).padStart(9),
        mean(theirs.losses[metric]).toPrecision(5).padStart(9),
        `${(g * 100).toFixed(2)}`.padStart(8),
        `${(error * 100).toFixed(2)}`.padStart(6),
        mean(ours.seconds).toFixed(3).padStart(8),
        mean(theirs.losses.seconds).toFixed(3).padStart(8),
        (theirs.onnx ? theirs.onnx.absolute.toExponential(1) : '–').padStart(9),
        (theirs.onnx ? String(theirs.onnx.labels) : '–').padStart(7),
        passed ? '' : '  BEHIND',
        exact ? '' : '  ONNX DIFFERS',
      ];
      console.log(cells.join('  '));
    }
  }
}
writeFileSync(path.join(cache, 'comparison.json'), JSON.stringify(lines, null, 1));
console.log(`\n${lines.length} comparisons, ${failures} behind or different.`);
process.exit(failures > 0 ? 1 : 0);
