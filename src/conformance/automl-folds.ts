/**
 * `npm run bench:automl -- [--seconds 10] [--sets a,b] [--full] [--folds 0,1] [--ablate] [--params JSON] [--out FILE]`: AutoML on the shared data sets with their given folds, on
 * two workers, beside the peers' scores of the same folds. A JSON line per fold (and variant) is appended, so that a long run can be taken up again. `--ablate` takes one part
 * after the other out, on the sets under 2,000 rows, and writes a markdown table beside the lines.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ParamValues } from '../kind/params.ts';
import { ABLATE_ROWS, ABLATIONS, ablationTable, WHOLE } from './automl-ablations.ts';
import { judge, type Line } from './automl-run.ts';
import { loadSet } from './load-set.ts';
import { meanOf, medianOf } from './mean.ts';

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};

const data = path.resolve(option('data') ?? '../shared/data');
if (!existsSync(data)) throw new Error(`no data sets at ${data}; give their folder with --data`);
const full = process.argv.includes('--full');
const ablate = process.argv.includes('--ablate');
const seconds = Number(option('seconds') ?? (full ? 60 : 10));
const params = JSON.parse(option('params') ?? '{}') as ParamValues;
const out = path.resolve(option('out') ?? `.bench/automl-${ablate ? 'ablate-' : ''}${seconds}s.jsonl`);
mkdirSync(path.dirname(out), { recursive: true });
const manifest = JSON.parse(readFileSync(path.join(data, 'MANIFEST.json'), 'utf8')) as { tabular: { name: string }[] };
const chosen = option('folds')?.split(',').map(Number);
const names = option('sets')?.split(',') ?? manifest.tabular.map(({ name }) => name);
const before = existsSync(out)
  ? readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => ({ variant: WHOLE.name, ...(JSON.parse(line) as Partial<Line>) }) as Line)
  : [];
const lines: Line[] = [];
for (const name of names) {
  const set = loadSet(data, name, true);
  if (ablate && set.y.length >= ABLATE_ROWS) continue;
  const all = [...new Set(set.fold)].sort((a, b) => a - b);
  const folds = chosen ? all.filter((fold) => chosen.includes(fold)) : full ? all : [0];
  for (const fold of folds) {
    for (const race of ablate ? ABLATIONS : [[WHOLE]]) {
      const known = race.map((variant) => before.find((line) => line.set === name && line.fold === fold && line.variant === variant.name));
      const made = known.includes(undefined)
        ? await judge(set, fold, seconds, data, params, race)
        : known.filter((line) => line !== undefined);
      const fresh = made.filter((_, i) => known[i] === undefined);
      if (fresh.length > 0) appendFileSync(out, fresh.map((line) => `${JSON.stringify(line)}\n`).join(''));
      lines.push(...made);
      for (const { variant, metric, ours, best, peer, share, took, first, members, trials } of made)
        console.log(
          `${name.padEnd(16)} ${fold} ${metric.padEnd(8)} ${ours.toPrecision(5).padStart(9)} ${peer.padStart(7)} ${best.toPrecision(5).padStart(9)}  share ${share.toFixed(3)}  ${took.toFixed(1)} s${first === undefined ? '' : ` (first model ${first.toFixed(1)})`}, ${trials} trials, ${members} models${ablate ? `, ${variant}` : ''}`,
        );
    }
  }
}
const shares = lines.filter(({ variant }) => variant === WHOLE.name).map(({ share }) => share);
console.log(
  `mean ${meanOf(shares).toFixed(3)}, median ${medianOf(shares).toFixed(3)}, ${shares.filter((share) => share >= 1).length} of ${shares.length} at least the best peer`,
);
if (ablate) {
  const summary = ablationTable(lines);
  writeFileSync(out.replace(/\.jsonl$|$/, '.md'), `${summary}\n`);
  console.log(`\n${summary}`);
}
