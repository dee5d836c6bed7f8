/** Fits gradient boosting: rounds of trees on the gradients of the loss, with sampling, early stopping and a live curve. */
import type { Random } from '../../base/random.ts';
import { phrase } from '../../base/words.ts';
import { type BoosterNode, findEdges, type GrowSettings, MOST_EDGES, openBooster } from '../../kernels/door.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { FitRun, Training } from '../../recipe/model.ts';
import { learningRows, rowWeights } from '../class-weights.ts';
import { requireFloatTarget } from '../finite-matrix.ts';
import { type Forest, type GrownTree, joinForests, packForest } from '../forest/grown-tree.ts';
import { pacer } from '../pacer.ts';
import { classTask } from './class-task.ts';
import { directionsOf } from './directions.ts';
import { growTree } from './grow.ts';
import { growSymmetric, levelsFor } from './grow-symmetric.ts';
import type { Growth, Workshop } from './growth.ts';
import { judge } from './judge.ts';
import { isQuantile, setValues } from './leaf-values.ts';
import { numberTask } from './number-task.ts';
import { type Parts, partRows } from './parts.ts';
import { requireSameShape, scoresOf } from './resume.ts';
import { readSettings, type Settings } from './settings.ts';
import { ASKING, type BoostingTask } from './task.ts';

/** Scores = float32 sum of the trees, then base: log-odds of the second class, a score per class, or the value itself. */
export interface FittedBoosting {
  forest: Forest;
  base: Float32Array;
  /** The value is e to the score. */
  link?: 'log';
  /** Rounds kept; with early stopping the best one. */
  rounds: number;
  curve: { x: number; series: Record<string, number> }[];
  /** Least rows in a leaf, where it was chosen from the number of rows. */
  minLeaf?: { chosen: number; rows: number };
}

/** scikit-learn's floor for the hessian of a side, per unit of weight. */
const MIN_HESSIAN = 1e-3;
/** LightGBM's `cat_l2` and `cat_smooth`, per unit of weight: forty rows of two even classes. */
const CATEGORY_HESSIAN = 10;
const CURVE_POINTS = 100;
/** Of the loss before the first round: under this share, rounds that gain less than a hundredth of it no longer count as better. Classes that can be told apart would gain a little for ever. */
const NEARLY_NOTHING = { classes: 0.02, numbers: 1e-4 };
/** Few rows need no more edges than one per four rows, nor fewer than these; of many rows each feature has all that a byte can tell apart. */
const LEAST_EDGES = 100;
const ROWS_PER_EDGE = 4;
const edgesFor = (rows: number): number => Math.min(MOST_EDGES, Math.max(LEAST_EDGES, Math.floor(rows / ROWS_PER_EDGE)));

export const fit = (data: Training, params: ParamValues, run: FitRun): Promise<FittedBoosting> => fitFrom(undefined, data, params, run);

/**
 * Adds `rounds` more to a fitted model, on the same rows or on others of the same columns; its base and its trees stay as they are. Throws the Problem `boosting.other-model`
 * or `boosting.new-class`.
 */
export const resume = (fitted: unknown, data: Training, params: ParamValues, run: FitRun): Promise<FittedBoosting> =>
  fitFrom(fitted as FittedBoosting, data, params, run);

async function fitFrom(from: FittedBoosting | undefined, given: Training, params: ParamValues, run: FitRun): Promise<FittedBoosting> {
  requireFloatTarget(given);
  const rows = learningRows(given);
  const learned = given.weight ? given.weight.subarray(0, rows).reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0) : rows;
  const settings = readSettings(params, learned);
  const data = { ...given, weight: rowWeights(given, settings.balanced) };
  const directions = directionsOf(data, params);
  const parts = partRows(data, settings.validation, run.random('validation'));
  const task = data.classCount > 0 ? classTask(data, parts.train, from?.base) : numberTask(data, parts.train, settings, from?.base);
  if (from) requireSameShape(from, data, task);
  const { trees, rounds, curve } = task.learns
    ? await addRounds(from, data, task, settings, directions, parts, run)
    : { trees: [], rounds: 0, curve: [] };
  if (from && rounds === 0) return from;
  // onnxruntime wants at least one tree: a leaf that adds nothing.
  if (trees.length === 0) {
    const leaf = { feature: -1, threshold: 0, missingLeft: false, left: 0, right: 0, rows: parts.train.length, gain: 0, value: [0] };
    trees.push({ nodes: [leaf], target: 0 });
  }
  const forest = packForest(trees, data.X, 1);
  const log = task.loss === 'poisson' || task.loss === 'tweedie';
  return {
    forest: from ? joinForests(from.forest, forest) : forest,
    base: task.base,
    ...(log ? { link: 'log' } : {}),
    ...(params.min_leaf === null ? { minLeaf: { chosen: settings.minLeaf, rows: learned } } : {}),
    rounds: (from?.rounds ?? 0) + rounds,
    curve: [...(from?.curve ?? []), ...curve],
  };
}

type Rounds = Pick<FittedBoosting, 'rounds' | 'curve'> & { trees: GrownTree[] };

async function addRounds(
  from: FittedBoosting | undefined,
  data: Training,
  task: BoostingTask,
  settings: Settings,
  directions: number[],
  parts: Parts,
  run: FitRun,
): Promise<Rounds> {
  const { X } = data;
  const values = X.values instanceof Float32Array ? X.values : Float32Array.from(X.values);
  const { categories = [] } = data;
  // The code of a category is its bin.
  const edges = findEdges(values, X.rows, X.cols, parts.train, edgesFor(parts.train.length)).map((found, j) =>
    categories[j] > 0 ? Float32Array.from({ length: categories[j] - 1 }, (_, code) => code + 0.5) : found,
  );
  const growth = growSettings(settings, task, data, parts.train);
  const booster = openBooster({
    edges,
    categories: edges.map((_, j) => categories[j] > 0),
    directions,
    values,
    ...parts,
    targets: task.targets,
    ...(data.weight ? { weights: Float32Array.from(data.weight) } : {}),
    settings: growth,
    symmetric: settings.symmetric,
    drawn: settings.rowShare < 1,
    loss: task.loss,
    level: task.level,
    bases: task.starts,
    ...(from ? { scores: scoresOf(from.forest, from.base, data, task) } : {}),
  });
  try {
    const shop: Workshop = {
      booster,
      edges,
      directions,
      settings: growth,
      bounded: !isQuantile(task),
    };
    return await boost(shop, from?.rounds ?? 0, data, task, settings, parts, run);
  } finally {
    booster.close();
  }
}

async function boost(
  shop: Workshop,
  before: number,
  data: Training,
  task: BoostingTask,
  settings: Settings,
  parts: Parts,
  run: FitRun,
): Promise<Rounds> {
  const trees: GrownTree[] = [];
  const curve: FittedBoosting['curve'] = [];
  const round = roundOf(shop, before, task, settings, parts, run);
  const loss = judge(shop.booster, task, data, parts);
  const pace = pacer(run);
  const every = Math.max(1, Math.floor(settings.rounds / CURVE_POINTS));
  shop.booster.shareOut();
  const start = parts.aside.length > 0 ? loss('aside') : Number.POSITIVE_INFINITY;
  const nothing = start * (data.classCount > 0 ? NEARLY_NOTHING.classes : NEARLY_NOTHING.numbers);
  let best = { loss: before > 0 ? start : Number.POSITIVE_INFINITY, round: 0 };
  let gained = best;
  let stopped = false;
  for (let x = 1; x <= settings.rounds && !stopped && x - gained.round <= settings.patience; x++) {
    const { grown, work } = round();
    if (grown.length === 0) break;
    trees.push(...grown);
    const shown = x % every === 0 || x === settings.rounds;
    if (shown || parts.aside.length > 0) shop.booster.shareOut();
    // Without rows kept aside every round is the best so far.
    const validation = parts.aside.length > 0 ? loss('aside') : undefined;
    if (validation === undefined || validation < best.loss) best = { loss: validation ?? 0, round: x };
    const least = gained.loss > nothing ? 0 : 0.01 * nothing;
    if (validation === undefined || best.loss < gained.loss - least) gained = best;
    if (shown) {
      const series = { training: loss('train'), ...(validation === undefined ? {} : { validation }) };
      curve.push({ x: before + x, series });
      run.progress({
        fraction: x / settings.rounds,
        text: phrase('progress.round', 'round {done} of {all}', { done: x, all: settings.rounds }),
        point: { x: before + x, series },
      });
    }
    stopped = await pace(work);
  }
  trees.length = best.round * task.place.length;
  return { trees, rounds: best.round, curve };
}

/** One round: a tree per output, none when nothing could be split. */
function roundOf(
  shop: Workshop,
  before: number,
  task: BoostingTask,
  settings: Settings,
  parts: Parts,
  run: FitRun,
): () => { grown: GrownTree[]; work: number } {
  const { booster, edges } = shop;
  // Rounds that are added draw otherwise than those that are there.
  const draws = (purpose: string) => run.random(before === 0 ? purpose : `${purpose} ${before}`);
  const drawRows = draws('rows');
  const drawColumns = draws('columns');
  const drawThresholds = draws('thresholds');
  const allColumns = Int32Array.from(edges.keys());
  const sampling = settings.rowShare < 1;
  const grow = settings.symmetric ? growSymmetric : growTree;
  return () => {
    const seed = sampling ? drawRows.uint32() : 0;
    booster.allow(drawFeatures(allColumns, settings.columnShare, drawColumns));
    const grown: GrownTree[] = [];
    let work = 0;
    booster.shareOut();
    task.place.forEach((target, k) => {
      // A tree parts the rows' list, so that the next one needs it anew.
      const taken = booster.takeRows(settings.rowShare, seed);
      booster.differentiate(k);
      const growth = grow(shop, taken, settings.randomThresholds ? drawThresholds.uint32() : undefined);
      setValues(booster, growth, k, settings, task);
      if (taken < parts.train.length || parts.aside.length > 0) booster.addToOthers(k, forCodes(growth, task.unit));
      work += growth.work + parts.train.length * 60;
      grown.push({ nodes: growth.nodes, target });
    });
    // Nothing to split in any output: more rounds on the same rows would change nothing.
    return { grown: grown.every((tree) => tree.nodes.length === 1) && !sampling ? [] : grown, work };
  };
}

const forCodes = ({ nodes }: Growth, unit: number): BoosterNode[] =>
  nodes.map(({ feature, left, right, cut, value }) => ({ feature, left, right, cut, value: value[0] / unit }));

function growSettings(
  { leaves, symmetric, maxDepth, l1, l2, minLeaf }: Settings,
  task: BoostingTask,
  { weight }: Training,
  train: Int32Array,
): GrowSettings {
  const meanWeight = weight ? train.reduce((sum, i) => sum + weight[i], 0) / train.length : 1;
  const unit = meanWeight * Math.min(1, task.hessian);
  return {
    leaves: symmetric ? 2 ** levelsFor(leaves, maxDepth) : leaves,
    maxDepth,
    l1: l1 / task.unit,
    l2,
    minLeaf,
    asking: weight ? Math.min(task.asking, ASKING.weighted) : task.asking,
    minHessian: MIN_HESSIAN * unit,
    smooth: CATEGORY_HESSIAN * unit,
  };
}

/** The share of the columns, rounded up, in rising order. */
function drawFeatures(all: Int32Array, share: number, random: Random): Int32Array {
  if (share >= 1) return all;
  return random
    .shuffle(all.slice())
    .slice(0, Math.max(1, Math.ceil(all.length * share)))
    .sort();
}
