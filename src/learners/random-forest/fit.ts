/** Fits a random forest: tree after tree from the kernel, judged by the rows that each tree did not learn from. */
import { type ForestGrower, type ForestSettings, kernels, type TreeArrays } from '../../kernels/door.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { FitRun, Training } from '../../recipe/model.ts';
import { rowWeights } from '../class-weights.ts';
import { requireFloatTarget } from '../finite-matrix.ts';
import { type Forest, packArrays } from '../forest/grown-tree.ts';
import { pacer } from '../pacer.ts';

/** Scores = float32 sum of the trees' leaves, then `base`; leaves hold class shares or the distance from `base`, over the number of trees. */
export interface FittedRandomForest {
  forest: Forest;
  base: Float32Array;
  /** Error of the trees on rows that they did not learn from: share of wrong labels, or root of the mean squared error. */
  curve: { x: number; series: Record<string, number> }[];
}

const CURVE_POINTS = 20;

export async function fit(data: Training, params: ParamValues, run: FitRun): Promise<FittedRandomForest> {
  requireFloatTarget(data);
  const { X, classCount } = data;
  const given = rowWeights(data, params.class_weight === 'balanced');
  const rows = Int32Array.from(data.y, (_, i) => i).filter((i) => !given || given[i] > 0);
  const weights = given ?? new Float64Array(X.rows).fill(1);
  const all = rows.reduce((sum, i) => sum + weights[i], 0);
  const centre = classCount > 0 ? 0 : Math.fround(rows.reduce((sum, i) => sum + (weights[i] / all) * data.y[i], 0));
  const y = classCount > 0 ? data.y : data.y.map((v) => v - centre);
  const values = X.values instanceof Float32Array ? X.values : Float32Array.from(X.values);
  const bins = kernels.binMatrix(values, X.rows, X.cols, rows);
  const settings = settingsOf(params, classCount, X.cols, rows.length);
  const grower = kernels.openForest(bins, rows, y, weights, settings);
  const trees: TreeArrays[] = [];
  const curve: FittedRandomForest['curve'] = [];
  const count = Number(params.trees);
  try {
    const pace = pacer(run);
    const every = Math.max(1, Math.floor(count / CURVE_POINTS));
    const work = rows.length * settings.tries * 40;
    let stopped = false;
    for (let t = 1; t <= count && !stopped; t++) {
      trees.push(grower.grow(run.random(`tree ${t}`)));
      if (t % every === 0 || t === count) {
        const error = outOfBagError(grower, rows, y, weights, classCount);
        const series: Record<string, number> = error === undefined ? {} : { 'out-of-bag': error };
        if (error !== undefined) curve.push({ x: t, series });
        run.progress({ fraction: t / count, text: `tree ${t} of ${count}`, ...(error === undefined ? {} : { point: { x: t, series } }) });
      }
      stopped = await pace(work);
    }
  } finally {
    grower.close();
  }
  const base = new Float32Array(Math.max(1, classCount)).fill(centre);
  return { forest: packArrays(trees, bins, Math.max(1, classCount), trees.length), base, curve };
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

/** Weighted over the rows that some tree has left out; undefined while there is none. */
function outOfBagError(
  { outOfBag: { sums, trees } }: ForestGrower,
  rows: Int32Array,
  y: Float64Array,
  weights: Float64Array,
  classes: number,
): number | undefined {
  let all = 0;
  let lost = 0;
  for (const i of rows) {
    if (trees[i] === 0) continue;
    all += weights[i];
    if (classes === 0) {
      const miss = sums[i] / trees[i] - y[i];
      lost += weights[i] * miss * miss;
      continue;
    }
    let best = 0;
    for (let k = 1; k < classes; k++) if (sums[i * classes + k] > sums[i * classes + best]) best = k;
    if (best !== y[i]) lost += weights[i];
  }
  if (all === 0) return undefined;
  return classes === 0 ? Math.sqrt(lost / all) : lost / all;
}
