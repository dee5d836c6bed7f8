/**
 * Our side of the comparison with scikit-learn: fits each learner on the given folds through the product's own featuriser and writes losses per
 * fold, and for the first fold the whole ONNX file with what it must answer. Run by `run.mjs` as a Node bundle.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stream } from '../base/random.ts';
import { defaults, type ParamValues } from '../kind/params.ts';
import { learners } from '../learners/index.ts';
import { auc, logLoss } from '../metrics/probability.ts';
import { rmse } from '../metrics/regression.ts';
import { newGraph } from '../onnx/build.ts';
import { encodeModel } from '../onnx/encode.ts';
import { applyFeaturiser, featureKinds, fitFeaturiser } from '../recipe/featurise.ts';
import { lowerFeaturiser } from '../recipe/lower-featuriser.ts';
import type { LearnerCode } from '../recipe/model.ts';
import type { LoweredColumn } from '../recipe/step.ts';
import { gatherRows, type Table } from '../table/table.ts';
import { type DataSet, loadSet } from './load-set.ts';

interface Job {
  name: string;
  kind: string;
  params: ParamValues;
  /** A learner that starts from random weights is judged by its mean loss over this many seeds (1). */
  ourSeeds?: number;
  /** Sets with more rows are left out on both sides. */
  mostRows?: number;
}
interface Request {
  data: string;
  cache: string;
  version: string;
  sets: string[];
  learners: Job[];
}

const rowsWhere = (fold: readonly number[], keep: (f: number) => boolean): Int32Array =>
  Int32Array.from(fold.keys()).filter((row) => keep(fold[row]));

/** The losses that the comparison is about. */
function lossesOf(set: DataSet, truth: Float64Array, answer: Float64Array): Record<string, number> {
  const classes = set.classes.length;
  if (classes === 0) return { rmse: rmse(truth, answer) };
  return { '1-auc': 1 - auc(truth, answer, classes), log_loss: logLoss(truth, answer, classes) };
}

/** Raw columns in, probabilities or values out, as one file. */
function exportGraph(code: LearnerCode, set: DataSet, fitted: unknown, featuriser: ReturnType<typeof fitFeaturiser>['featuriser']) {
  const graph = newGraph('conformance');
  const columns = new Map<string, LoweredColumn>(
    featuriser.columns.map(({ name, type }) => [
      name,
      { type, value: graph.input(name, type === 'category' || type === 'text' ? 'string' : 'double', ['batch', 1]) },
    ]),
  );
  const out = code.lower(graph, lowerFeaturiser(graph, featuriser, columns, code.featuriser.precision), fitted, set.classes.length);
  if ('code' in out) throw new Error(out.message);
  graph.output(out, 'answer');
  return encodeModel(graph.finish());
}

async function compute(set: DataSet, job: Job, cache: string): Promise<Record<string, number[]>> {
  const entry = learners.find(({ kind }) => kind.id === job.kind);
  if (!entry) throw new Error(`no learner ${job.kind}`);
  const code = await entry.load();
  const losses: Record<string, number[]> = { seconds: [] };
  for (let f = 0; f < Math.max(...set.fold) + 1; f++) {
    const started = performance.now();
    const train: Table = gatherRows(
      set.table,
      rowsWhere(set.fold, (v) => v !== f),
    );
    const testRows = rowsWhere(set.fold, (v) => v === f);
    const trainRows = rowsWhere(set.fold, (v) => v !== f);
    const { featuriser } = fitFeaturiser(train, set.features, code.featuriser.numbers, code.featuriser.categories);
    const X = applyFeaturiser(featuriser, train, code.featuriser.precision);
    const test = applyFeaturiser(featuriser, gatherRows(set.table, testRows), code.featuriser.precision);
    const truth = Float64Array.from(testRows, (row) => set.y[row]);
    const seeds = job.ourSeeds ?? 1;
    for (let seed = 0; seed < seeds; seed++) {
      const fitted = await code.fit(
        {
          X,
          y: Float64Array.from(trainRows, (row) => set.y[row]),
          classCount: set.classes.length,
          featureNames: featuriser.features,
          ...featureKinds(featuriser),
        },
        { ...defaults(entry.kind.params), ...job.params },
        {
          // Each fold draws anew, so that one lucky start does not count in all of them.
          random: (purpose) => stream('conformance', f, seed, purpose),
          progress: () => undefined,
          stopRequested: () => false,
          backend: 'cpu',
        },
      );
      const prediction = code.predict(fitted, test, set.classes.length);
      const answer = prediction.probabilities ?? prediction.values ?? new Float64Array();
      for (const [metric, value] of Object.entries(lossesOf(set, truth, answer))) {
        losses[metric] ??= [];
        losses[metric][f] = (losses[metric][f] ?? 0) + value / seeds;
      }
      if (f > 0 || seed > 0) continue;
      const at = path.join(cache, 'onnx', `${set.name}-${job.name}`);
      writeFileSync(`${at}.onnx`, exportGraph(code, set, fitted, featuriser));
      writeFileSync(`${at}.json`, JSON.stringify({ set: set.name, rows: [...testRows], classes: set.classes.length, answer: [...answer] }));
    }
    losses.seconds.push((performance.now() - started) / 1000 / seeds);
  }
  return losses;
}

const request = JSON.parse(readFileSync(process.argv[2], 'utf8')) as Request;
mkdirSync(path.join(request.cache, 'onnx'), { recursive: true });
mkdirSync(path.join(request.cache, 'ours'), { recursive: true });
for (const name of request.sets) {
  const set = loadSet(request.data, name);
  for (const job of request.learners) {
    const entry = learners.find(({ kind }) => kind.id === job.kind);
    const tasks = (await entry?.load())?.tasks;
    if (tasks && !tasks.includes(set.classes.length > 0 ? 'classify' : 'regress')) continue;
    if (set.table.rowCount > (job.mostRows ?? Number.POSITIVE_INFINITY)) continue;
    const key = createHash('sha256')
      .update(JSON.stringify([request.version, set.digest, job]))
      .digest('hex')
      .slice(0, 16);
    const file = path.join(request.cache, 'ours', `${name}-${job.name}.json`);
    if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { key: string }).key === key) continue;
    const losses = await compute(set, job, request.cache);
    writeFileSync(file, JSON.stringify({ key, set: name, learner: job.name, losses }));
    process.stderr.write(`ours   ${name} ${job.name}\n`);
  }
}
