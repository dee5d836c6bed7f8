/** Fits a random forest: trees from the kernel, judged by the rows that each tree did not learn from. */
import { phrase } from '../../base/words.ts';
import { type ForestSettings, kernels } from '../../kernels/door.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { FitRun, Training } from '../../recipe/model.ts';
import { rowWeights } from '../class-weights.ts';
import { requireFloatTarget } from '../finite-matrix.ts';
import { type Forest, packArrays } from '../forest/grown-tree.ts';
import { type Batch, growTrees } from './grow-trees.ts';
import { type CurvePoint, type OutOfBagAnswers, outOfBagJudge } from './out-of-bag.ts';
import { requireOutOfBagRoom, sizeLimit } from './size-limit.ts';

/**
 * Scores = float32 sum of the trees' leaves, then `base`. Leaves hold class shares, of which a row's scores are divided by their sum, or the distance from `base` over
 * the number of trees.
 */
export interface FittedRandomForest {
  forest: Forest;
  base: Float32Array;
  /** Error of the trees on rows that they did not learn from: share of wrong labels, or root of the mean squared error. */
  curve: CurvePoint[];
  /** What the trees say of the rows that they did not learn from, where rows were drawn and are not too many. */
  outOfBag?: OutOfBagAnswers;
}

/** Throws the Problem `kernel.memory`, `forest.out-of-bag`, or after the first batch of trees `forest.too-large`. */
export async function fit(data: Training, params: ParamValues, run: FitRun): Promise<FittedRandomForest> {
  requireFloatTarget(data);
  const { X, classCount } = data;
  const given = rowWeights(data, params.class_weight === 'balanced');
  const rows = Int32Array.from(data.y, (_, i) => i).filter((i) => !given || given[i] > 0);
  const weights = given ?? new Float64Array(X.rows).fill(1);
  const all = rows.reduce((sum, i) => sum + weights[i], 0);
  const centre = classCount > 0 ? 0 : Math.fround(rows.reduce((sum, i) => sum + (weights[i] / all) * data.y[i], 0));
  const targets = classCount > 0 ? data.y : data.y.map((v) => v - centre);
  const values = X.values instanceof Float32Array ? X.values : Float32Array.from(X.values);
  const settings = settingsOf(params, classCount, X.cols, rows.length);
  if (settings.draws > 0) requireOutOfBagRoom(X.rows, classCount);
  const table = kernels.codeForForest(values, X.rows, X.cols, rows, settings.extra);
  const forest = { table, rows, targets, weights, settings };
  const count = Number(params.trees);
  const judge = settings.draws > 0 ? outOfBagJudge(forest, data, centre) : undefined;
  const limit = sizeLimit(count, classCount);
  const waiting = new Map<number, Batch>();
  let next = 0;
  let done = 0;
  const trees = await growTrees(forest, count, run, (batch, place) => {
    done += batch.grown.length;
    limit(batch.grown);
    waiting.set(place, batch);
    let point: CurvePoint | undefined;
    for (let one = waiting.get(next); one; one = waiting.get(next)) {
      waiting.delete(next++);
      point = judge?.add(one);
    }
    const text = phrase('progress.tree', 'tree {done} of {all}', { done, all: count });
    run.progress({ fraction: done / count, text, ...(point ? { point } : {}) });
  });
  // Of a stopped fit batches may be missing before these.
  for (const place of [...waiting.keys()].sort((a, b) => a - b)) judge?.add(waiting.get(place)!);
  const outOfBag = judge?.answers();
  const base = new Float32Array(Math.max(1, classCount)).fill(centre);
  return {
    // Whole votes add up exactly, so that rows with as many are equal.
    forest: packArrays(trees, X.cols, Math.max(1, classCount), classCount > 0 ? 1 : trees.length),
    base,
    curve: judge?.curve ?? [],
    ...(outOfBag ? { outOfBag } : {}),
  };
}

function settingsOf(params: ParamValues, classes: number, cols: number, rows: number): ForestSettings {
  const auto = classes > 0 ? Math.sqrt(cols) : cols / 3;
  return {
    classes,
    tries: Math.max(1, Math.min(cols, Math.floor(params.features_share === null ? auto : Number(params.features_share) * cols))),
    minLeaf: Number(params.min_leaf),
    maxDepth: params.max_depth === null ? Number.POSITIVE_INFINITY : Number(params.max_depth),
    extra: params.splits === 'drawn',
    draws: params.bootstrap === true ? Math.max(1, Math.round(rows * Number(params.row_share))) : 0,
  };
}
