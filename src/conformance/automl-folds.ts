/**
 * `npm run bench:automl -- [--seconds 10] [--sets a,b] [--full] [--ablate]`: AutoML on the shared data sets with their given folds, on two workers, beside the
 * peers' scores of the same folds; a JSON line per fold is appended, so that a long run can be taken up again.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { adoptArrayDigest, type Digest } from '../base/hash.ts';
import { pack, type TypedArray, unpack } from '../base/pack.ts';
import { inEnglish } from '../base/words.ts';
import type { Job } from '../engine/job.ts';
import { createPool, type JobHooks } from '../engine/pool.ts';
import { nodeSpawn } from '../host/node-pool.ts';
import type { ParamValues } from '../kind/params.ts';
import { defaults } from '../kind/params.ts';
import type { Services } from '../kind/run.ts';
import { auc, logLoss } from '../metrics/probability.ts';
import { rmse } from '../metrics/regression.ts';
import { automl } from '../nodes/automl/kind.ts';
import { lookups } from '../nodes/lookup.ts';
import { rawFrame } from '../recipe/frame.ts';
import type { Model } from '../recipe/model.ts';
import { predictModel } from '../recipe/predict.ts';
import { categoriesOf, cellAt, numeric } from '../table/column.ts';
import { gatherRows, type Table, withColumns } from '../table/table.ts';
import { type DataSet, loadSet } from './load-set.ts';

const TARGET = '\u0001target';
const WORKERS = 2;
const METRIC = { binary: 'auc', multiclass: 'logloss', regression: 'rmse' } as const;

/** What is taken out, by name; each a part that can be switched off. */
const ABLATIONS: Record<string, ParamValues> = {
  all: {},
  'no featurisation': { dates: false, texts: false, categories: false, evening: false, crossed: false },
  'boosting only': { forest: false, linear: false, network: false, kernel: false, neighbours: false },
  // As many as the portfolio has, on small tables.
  'no search': { trials: 14 },
  'no ensemble': { ensemble: false },
};
/** Ablations are made on sets with fewer rows. */
const ABLATE_ROWS = 2000;

interface Line {
  set: string;
  /** Of an ablation. */
  variant?: string;
  fold: number;
  seconds: number;
  metric: string;
  ours: number;
  constant: number;
  /** The best peer's value, and which. */
  best: number;
  peer: string;
  /** (ours - constant) / (best - constant). */
  share: number;
  took: number;
  /** Seconds until the first model stood. */
  first: number;
  members: number;
  trials: number;
}

/** Peers' values of one set, fold and metric. */
function peersOf(data: string, set: string, fold: number, metric: string): Map<string, number> {
  const [head, ...lines] = readFileSync(path.join(data, 'baselines_tabular_folds.csv'), 'utf8').trim().split('\n');
  const at = (name: string) => head.split(',').indexOf(name);
  const rows = lines.map((line) => line.split(',')).filter((cells) => cells[at('dataset')] === set && Number(cells[at('fold')]) === fold);
  return new Map(rows.map((cells) => [cells[at('model')], Number(cells[at(metric)])]));
}

function tableWithTarget(set: DataSet): Table {
  const target = set.classes.length > 0 ? categoriesOf(Array.from(set.y, (code) => set.classes[code])) : numeric(set.y);
  return withColumns(set.table, [...set.table.fields, { name: TARGET, role: 'target' }], [...set.table.columns, target]);
}

async function fit(table: Table, params: ParamValues): Promise<{ model: Model; trials: number; took: number; first: number }> {
  const pool = createPool({
    spawn: nodeSpawn(new URL('./worker.js', import.meta.url)),
    size: WORKERS,
    after: (ms, fire) => {
      const timer = setTimeout(fire, ms);
      return () => clearTimeout(timer);
    },
  });
  const packed = pack(rawFrame(table));
  const parts = new Map<Digest, TypedArray>(packed.parts.map((part) => [part.digest, part.array]));
  const job: Job = {
    id: 'bench',
    node: 'automl',
    kind: automl.id,
    version: automl.version,
    params: { ...defaults(automl.params), ...params },
    inputs: { table: { head: packed.head, parts: [...parts.keys()] } },
    lists: {},
    seeds: { pipeline: 1, step: 0 },
    random: true,
    backend: 'cpu',
    width: WORKERS,
  };
  const begin = performance.now();
  const log = (line: unknown) => process.env.BENCH_LOG && console.log('   ', inEnglish(line as string));
  const seconds = () => (performance.now() - begin) / 1000;
  let first = Number.NaN;
  const progress: JobHooks['progress'] = ({ text, point }) => {
    if (point && Number.isNaN(first)) first = seconds();
    if (text) log(text);
  };
  const result = await pool.run(job, parts, { progress, log, services: {} as Services }).result;
  const took = seconds();
  for (const { digest, array } of result.fresh) {
    adoptArrayDigest(array, digest);
    parts.set(digest, array);
  }
  pool.close();
  const open = (port: string) => unpack(result.outputs[port].head, (digest) => parts.get(digest)!);
  const { table: board } = open('table') as { table: Table };
  if (process.env.BENCH_LOG) printBoard(board);
  return { model: open('model') as Model, trials: board.rowCount, took, first };
}

function printBoard(board: Table): void {
  for (let row = 0; row < board.rowCount; row++) {
    const cells = board.fields.flatMap(({ name }, c) =>
      /^(model|auc|log_loss|rmse|weight|seconds|folds|state|why)$/.test(name) ? [String(cellAt(board.columns[c], row) ?? '')] : [],
    );
    console.log('   ', cells.map((cell) => cell.slice(0, 34)).join('  '));
  }
}

async function judge(set: DataSet, fold: number, seconds: number, data: string, more: ParamValues): Promise<Line> {
  const rows = Int32Array.from(set.fold.keys());
  const whole = tableWithTarget(set);
  const [train, test] = [rows.filter((row) => set.fold[row] !== fold), rows.filter((row) => set.fold[row] === fold)];
  const { model, trials, took, first } = await fit(gatherRows(whole, train), { target: TARGET, seconds, ...more });
  const answer = await predictModel(model, gatherRows(whole, test), lookups);
  const truth = Float64Array.from(test, (row) => set.y[row]);
  const k = set.classes.length;
  const kind = k === 0 ? 'regression' : k === 2 ? 'binary' : 'multiclass';
  const ours =
    k === 0 ? rmse(truth, answer.codes) : k === 2 ? auc(truth, answer.probabilities!, 2, 1) : logLoss(truth, answer.probabilities!, k);
  const peers = peersOf(data, set.name, fold, METRIC[kind]);
  const constant = peers.get('constant') ?? (k === 2 ? 0.5 : Number.NaN);
  const [peer, best] = [...peers]
    .filter(([name]) => name !== 'constant')
    .reduce((a, b) => ((kind === 'binary' ? b[1] > a[1] : b[1] < a[1]) ? b : a));
  return {
    set: set.name,
    fold,
    seconds,
    metric: METRIC[kind],
    ours,
    constant,
    best,
    peer,
    share: Math.min(1.1, Math.max(0, (ours - constant) / (best - constant))),
    took,
    first,
    members: model.members?.length ?? 1,
    trials,
  };
}

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};

const data = path.resolve(option('data') ?? '../shared/data');
if (!existsSync(data)) throw new Error(`no data sets at ${data}; give their folder with --data`);
const full = process.argv.includes('--full');
const seconds = Number(option('seconds') ?? (full ? 60 : 10));
const more = JSON.parse(option('params') ?? '{}') as ParamValues;
const out = path.resolve(option('out') ?? `.bench/automl-${seconds}s.jsonl`);
mkdirSync(path.dirname(out), { recursive: true });
const manifest = JSON.parse(readFileSync(path.join(data, 'MANIFEST.json'), 'utf8')) as { tabular: { name: string }[] };
const names = option('sets')?.split(',') ?? manifest.tabular.map(({ name }) => name);
const before = existsSync(out)
  ? readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line)
  : [];
const lines: Line[] = [];
const ablate = process.argv.includes('--ablate');
for (const name of names) {
  const set = loadSet(data, name, true);
  if (ablate && set.y.length >= ABLATE_ROWS) continue;
  const folds = full ? [...new Set(set.fold)].sort((a, b) => a - b) : [0];
  for (const fold of folds) {
    for (const [variant, taken] of Object.entries(ablate ? ABLATIONS : { all: {} })) {
      const known = before.find((line) => line.set === name && line.fold === fold && (line.variant ?? 'all') === variant);
      const line = known ?? { ...(await judge(set, fold, seconds, data, { ...more, ...taken })), variant };
      if (!known) appendFileSync(out, `${JSON.stringify(line)}\n`);
      lines.push(line);
      const { ours, best, peer, share, took, first, members, trials } = line;
      console.log(
        `${name.padEnd(16)} ${fold} ${line.metric.padEnd(8)} ${ours.toPrecision(5).padStart(9)} ${peer.padStart(7)} ${best.toPrecision(5).padStart(9)}  share ${share.toFixed(3)}  ${took.toFixed(1)} s (first model ${first?.toFixed(1)}), ${trials} trials, ${members} models${ablate ? `, ${variant}` : ''}`,
      );
    }
  }
}
for (const variant of new Set(lines.map((line) => line.variant ?? 'all'))) {
  const shares = lines.filter((line) => (line.variant ?? 'all') === variant).map(({ share }) => share);
  shares.sort((a, b) => a - b);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  console.log(
    `${ablate ? `${variant}: ` : ''}mean ${mean.toFixed(3)}, median ${shares[Math.floor(shares.length / 2)].toFixed(3)}, ${shares.filter((share) => share >= 1).length} of ${shares.length} at least the best peer`,
  );
}
