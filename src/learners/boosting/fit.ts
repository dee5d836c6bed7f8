/** Fits gradient boosting: rounds of trees on the gradients of the loss, with sampling, early stopping and a live curve. */
import type { Random } from '../../base/random.ts';
import { phrase } from '../../base/words.ts';
import { kernels } from '../../kernels/door.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { FitRun, Training } from '../../recipe/model.ts';
import { requireFloatTarget } from '../finite-matrix.ts';
import { type Forest, type GrownTree, packForest } from '../forest/grown-tree.ts';
import { pacer } from '../pacer.ts';
import { type GrowSettings, growTree, leafOfCodes, workshop } from './grow.ts';
import { partRows } from './parts.ts';
import { readSettings, type Settings } from './settings.ts';
import { type BoostingTask, boostingTask } from './task.ts';

/** Scores = float32 sum of the trees, then base: log-odds of the second class, a score per class, or the value itself. */
export interface FittedBoosting {
  forest: Forest;
  base: Float32Array;
  /** Rounds kept; with early stopping the best one. */
  rounds: number;
  curve: { x: number; series: Record<string, number> }[];
}

/** scikit-learn's floor for the hessian of a side, per unit of weight. */
const MIN_HESSIAN = 1e-3;
const CURVE_POINTS = 100;
/** Steps of a score up to this are taken as they are. */
const FREE_STEP = 1;

export async function fit(data: Training, params: ParamValues, run: FitRun): Promise<FittedBoosting> {
  requireFloatTarget(data);
  const settings = readSettings(params);
  const { train, valid } = partRows(data, settings.validation, run.random('validation'));
  const task = boostingTask(data, train);
  const values = data.X.values instanceof Float32Array ? data.X.values : Float32Array.from(data.X.values);
  const bins = kernels.binMatrix(values, data.X.rows, data.X.cols, train);
  const trees: GrownTree[] = [];
  const curve: FittedBoosting['curve'] = [];
  if (task.learns) {
    const round = rounds(data, task, settings, { train, valid }, bins, run);
    const pace = pacer(run);
    const every = Math.max(1, Math.floor(settings.rounds / CURVE_POINTS));
    let best = { loss: Number.POSITIVE_INFINITY, round: 0 };
    let stopped = false;
    for (let x = 1; x <= settings.rounds && !stopped && x - best.round <= settings.patience; x++) {
      const { grown, work, judged, training } = round(x % every === 0 || x === settings.rounds);
      if (grown.length === 0) break;
      trees.push(...grown);
      // Without rows kept aside every round is the best so far.
      if (judged === undefined || judged < best.loss) best = { loss: judged ?? 0, round: x };
      if (training !== undefined) {
        const series: Record<string, number> = judged === undefined ? { training } : { training, validation: judged };
        curve.push({ x, series });
        run.progress({
          fraction: x / settings.rounds,
          text: phrase('progress.round', 'round {done} of {all}', { done: x, all: settings.rounds }),
          point: { x, series },
        });
      }
      stopped = await pace(work);
    }
    trees.length = best.round * task.place.length;
  }
  // onnxruntime wants at least one tree: a leaf that adds nothing.
  const count = Math.floor(trees.length / task.place.length);
  if (trees.length === 0)
    trees.push({
      nodes: [{ feature: -1, bin: 0, missingLeft: false, left: 0, right: 0, rows: train.length, gain: 0, value: [0] }],
      target: 0,
    });
  return { forest: packForest(trees, bins, 1), base: task.base, rounds: count, curve };
}

interface Round {
  /** One tree per output; none when nothing could be split. */
  grown: GrownTree[];
  work: number;
  /** Loss on the rows kept aside. */
  judged?: number;
  /** Loss on the learning rows, when asked for. */
  training?: number;
}

/** The state of a fit between rounds, as a function that adds one round. */
function rounds(
  data: Training,
  task: BoostingTask,
  settings: Settings,
  { train, valid }: { train: Int32Array; valid: Int32Array },
  bins: ReturnType<typeof kernels.binMatrix>,
  run: FitRun,
): (withTraining: boolean) => Round {
  const { loss, y, base, place } = task;
  const { weight } = data;
  const { outputs } = loss;
  const scores = Float64Array.from({ length: bins.rows * outputs }, (_, i) => base[place[i % outputs]]);
  const means = new Float64Array(scores.length);
  const gradient = new Float64Array(bins.rows);
  const hessian = new Float64Array(bins.rows);
  const meanWeight = weight ? train.reduce((sum, i) => sum + weight[i], 0) / train.length : 1;
  const shop = workshop(bins, growSettings(settings, meanWeight), weight !== undefined || !loss.evenHessian);
  const drawRows = run.random('rows');
  const drawColumns = run.random('columns');
  const allColumns = Int32Array.from({ length: bins.cols }, (_, j) => j);
  const lossOn = (rows: Int32Array): number => {
    loss.means(scores, rows, means);
    return loss.mean(means, y, weight, rows);
  };

  return (withTraining) => {
    const sample = drawSample(train, settings.rowShare, drawRows);
    const features = drawFeatures(allColumns, settings.columnShare, drawColumns);
    const grown: GrownTree[] = [];
    let split = false;
    let work = 0;
    loss.means(scores, sample.taken, means);
    for (let k = 0; k < outputs; k++) {
      for (let r = 0; r < sample.taken.length; r++) {
        const i = sample.taken[r];
        const mean = means[i * outputs + k];
        const w = weight ? weight[i] : 1;
        gradient[i] = w * (mean - loss.target(y[i], k));
        hessian[i] = w * loss.variance(mean);
      }
      const rows = sample.taken.slice();
      const scales = kernels.packGradients(gradient, hessian, rows, rows.length, shop.packed);
      const growth = growTree(shop, rows, rows.length, features, scales);
      const { tree } = growth;
      tree.target = place[k];
      split ||= tree.nodes.length > 1;
      for (const { node, start, end } of growth.leaves) {
        let g = 0;
        let h = settings.l2;
        for (let r = start; r < end; r++) {
          g += gradient[rows[r]];
          h += hessian[rows[r]];
        }
        const step = h > 0 ? (-settings.learningRate * g) / h : 0;
        const value = Math.fround(Math.abs(step) > FREE_STEP ? within(step, task, means, k, weight, rows.subarray(start, end)) : step);
        tree.nodes[node].value = [value];
        for (let r = start; r < end; r++) scores[rows[r] * outputs + k] += value;
      }
      for (const rest of [sample.left, valid]) {
        for (let r = 0; r < rest.length; r++) scores[rest[r] * outputs + k] += tree.nodes[leafOfCodes(tree, bins, rest[r])].value[0];
      }
      work += growth.work + train.length * 60;
      grown.push(tree);
    }
    // Nothing to split in any output: more rounds on the same rows would change nothing.
    if (!split && settings.rowShare === 1) return { grown: [], work };
    return { grown, work, ...(valid.length > 0 ? { judged: lossOn(valid) } : {}), ...(withTraining ? { training: lossOn(train) } : {}) };
  };
}

/**
 * The step, but no longer than it takes to bring the leaf's mean to its rows' own (half a row towards even, so that it is finite), nor cut
 * below `FREE_STEP`: where a class is very rare the variance is near zero and a Newton step would fly past everything it has seen.
 */
function within(
  step: number,
  { loss, y }: BoostingTask,
  means: Float64Array,
  k: number,
  weight: Float64Array | undefined,
  rows: Int32Array,
): number {
  if (!loss.distance) return step;
  let mean = 0;
  let target = 0;
  let total = 0;
  for (const i of rows) {
    const w = weight ? weight[i] : 1;
    mean += w * means[i * loss.outputs + k];
    target += w * loss.target(y[i], k);
    total += w;
  }
  const one = total / rows.length;
  const most = Math.max(FREE_STEP, loss.distance(mean / total, (target + one / 2) / (total + one)));
  return Math.min(Math.max(step, -most), most);
}

const growSettings = (settings: Settings, meanWeight: number): GrowSettings => ({
  leaves: settings.leaves,
  maxDepth: settings.maxDepth,
  l2: settings.l2,
  minLeaf: settings.minLeaf,
  minHessian: MIN_HESSIAN * meanWeight,
});

/** Each row is taken with the given chance; at least one is. The order of rows stays. */
function drawSample(rows: Int32Array, share: number, random: Random): { taken: Int32Array; left: Int32Array } {
  if (share >= 1) return { taken: rows, left: new Int32Array() };
  const limit = share * 4294967296;
  const chosen = Uint8Array.from(rows, () => (random.uint32() < limit ? 1 : 0));
  if (!chosen.includes(1)) chosen[random.below(rows.length)] = 1;
  return { taken: rows.filter((_, r) => chosen[r] === 1), left: rows.filter((_, r) => chosen[r] === 0) };
}

/** The share of the columns, rounded up, in rising order. */
function drawFeatures(all: Int32Array, share: number, random: Random): Int32Array {
  if (share >= 1) return all;
  return random
    .shuffle(all.slice())
    .slice(0, Math.max(1, Math.ceil(all.length * share)))
    .sort();
}
