/** Has AutoML run on one fold of a shared data set as the app does, in a pool of workers, and scores what comes out beside the peers' figures. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { adoptArrayDigest, type Digest } from '../base/hash.ts';
import { pack, type TypedArray, unpack } from '../base/pack.ts';
import { inEnglish } from '../base/words.ts';
import type { Job, JobResult } from '../engine/job.ts';
import { createPool, type JobHooks } from '../engine/pool.ts';
import { nodeSpawn } from '../host/node-pool.ts';
import { defaults, type ParamValues } from '../kind/params.ts';
import type { Services } from '../kind/run.ts';
import { auc, logLoss } from '../metrics/probability.ts';
import { rmse } from '../metrics/regression.ts';
import { automl, RACE } from '../nodes/automl/kind.ts';
import { lookups } from '../nodes/lookup.ts';
import { rawFrame } from '../recipe/frame.ts';
import type { Model } from '../recipe/model.ts';
import { predictModel } from '../recipe/predict.ts';
import { categoriesOf, cellAt, numeric } from '../table/column.ts';
import { gatherRows, type Table, withColumns } from '../table/table.ts';
import type { Variant } from './automl-ablations.ts';
import { shareOf } from './automl-shares.ts';
import type { DataSet } from './load-set.ts';

const TARGET = '\u0001target';
const WORKERS = 2;
const METRIC = { binary: 'auc', multiclass: 'logloss', regression: 'rmse' } as const;

export interface Line {
  set: string;
  /** What was taken out. */
  variant: string;
  fold: number;
  seconds: number;
  metric: string;
  ours: number;
  constant: number;
  /** The best peer's value, and which. */
  best: number;
  peer: string;
  /** Of what the best peer gains on the constant; see `shareOf`. */
  share: number;
  took: number;
  /** Seconds until the first model stood; absent where nothing was raced. */
  first?: number;
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

interface Fitted {
  model: Model;
  trials: number;
  took: number;
  first?: number;
}

/** One race, and the models that other choices make of it. */
async function fit(table: Table, params: ParamValues, again: readonly ParamValues[]): Promise<Fitted[]> {
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
  const given: Job['inputs'] = { table: { head: packed.head, parts: [...parts.keys()] } };
  const answers: Fitted[] = [];
  let raced: JobResult['outputs'] | undefined;
  for (const more of [{}, ...again]) {
    const job: Job = {
      id: `bench ${answers.length}`,
      node: 'automl',
      kind: automl.id,
      version: automl.version,
      params: { ...defaults(automl.params), ...params, ...more },
      inputs: raced ? { ...given, [RACE]: { head: raced[RACE].head, parts: raced[RACE].parts } } : given,
      lists: {},
      seeds: { pipeline: 1, step: 0 },
      random: true,
      backend: 'cpu',
      width: WORKERS,
    };
    const begin = performance.now();
    const log = (line: unknown) => process.env.BENCH_LOG && console.log('   ', inEnglish(line as string));
    const seconds = () => (performance.now() - begin) / 1000;
    let first: number | undefined;
    const progress: JobHooks['progress'] = ({ text, point }) => {
      if (point) first ??= seconds();
      if (text) log(text);
    };
    const { outputs, fresh } = await pool.run(job, parts, { progress, log, services: {} as Services }).result;
    const took = seconds();
    for (const { digest, array } of fresh) {
      adoptArrayDigest(array, digest);
      parts.set(digest, array);
    }
    raced ??= outputs;
    const open = (port: string) => unpack(outputs[port].head, (digest) => parts.get(digest)!);
    const { table: board } = open('table') as { table: Table };
    if (process.env.BENCH_LOG) printBoard(board);
    answers.push({ model: open('model') as Model, trials: board.rowCount, took, ...(first === undefined ? {} : { first }) });
  }
  pool.close();
  return answers;
}

function printBoard(board: Table): void {
  for (let row = 0; row < board.rowCount; row++) {
    const cells = board.fields.flatMap(({ name }, c) =>
      /^(model|auc|log_loss|rmse|weight|seconds|folds|state|why)$/.test(name) ? [String(cellAt(board.columns[c], row) ?? '')] : [],
    );
    console.log('   ', cells.map((cell) => cell.slice(0, 34)).join('  '));
  }
}

/** A line for `variant`, and one for each of those that its race makes without being run anew. */
export async function judge(
  set: DataSet,
  fold: number,
  seconds: number,
  data: string,
  params: ParamValues,
  [variant, ...again]: readonly Variant[],
): Promise<Line[]> {
  const rows = Int32Array.from(set.fold.keys());
  const whole = tableWithTarget(set);
  const [train, test] = [rows.filter((row) => set.fold[row] !== fold), rows.filter((row) => set.fold[row] === fold)];
  const fitted = await fit(
    gatherRows(whole, train),
    { target: TARGET, seconds, ...params, ...variant.params },
    again.map((other) => other.params),
  );
  const truth = Float64Array.from(test, (row) => set.y[row]);
  const k = set.classes.length;
  const kind = k === 0 ? 'regression' : k === 2 ? 'binary' : 'multiclass';
  const peers = peersOf(data, set.name, fold, METRIC[kind]);
  const constant = peers.get('constant') ?? (k === 2 ? 0.5 : Number.NaN);
  const [peer, best] = [...peers]
    .filter(([name]) => name !== 'constant')
    .reduce((a, b) => ((kind === 'binary' ? b[1] > a[1] : b[1] < a[1]) ? b : a));
  const lines: Line[] = [];
  for (const [i, { model, trials, took, first }] of fitted.entries()) {
    const answer = await predictModel(model, gatherRows(whole, test), lookups);
    const ours =
      k === 0 ? rmse(truth, answer.codes) : k === 2 ? auc(truth, answer.probabilities!, 2, 1) : logLoss(truth, answer.probabilities!, k);
    const own = { set: set.name, fold, metric: METRIC[kind], ours, constant, best, peer };
    lines.push({
      ...own,
      variant: [variant, ...again][i].name,
      seconds,
      share: shareOf({ own, rival: best }),
      took,
      ...(first === undefined ? {} : { first }),
      members: model.members?.length ?? 1,
      trials,
    });
  }
  return lines;
}
