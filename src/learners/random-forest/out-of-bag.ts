/** What a forest says of its own rows by the trees that did not learn from them: an honest judgement without rows kept aside. */
import type { Training } from '../../recipe/model.ts';
import type { Batch, ForestRows } from './grow-trees.ts';

/** Shares of the classes or the value of each row learned from, row-major [rows of the table, max(1, classes)]; NaN where every tree learned from it. */
export interface OutOfBagAnswers {
  values: Float32Array;
  /** Share of wrong labels, or root of the mean squared error. */
  error: number;
}
export interface CurvePoint {
  /** Trees. */
  x: number;
  series: Record<string, number>;
}

/** More numbers than this are not kept with the model. */
const MOST_KEPT = 500_000;

/** Weighted over the rows that some tree has left out; undefined while there is none. */
function errorOf({ rows, targets, weights }: ForestRows, classes: number, sums: Float64Array, trees: Uint32Array): number | undefined {
  let all = 0;
  let lost = 0;
  for (const i of rows) {
    if (trees[i] === 0) continue;
    all += weights[i];
    if (classes === 0) {
      const miss = sums[i] / trees[i] - targets[i];
      lost += weights[i] * miss * miss;
      continue;
    }
    let best = 0;
    for (let k = 1; k < classes; k++) if (sums[i * classes + k] > sums[i * classes + best]) best = k;
    if (best !== targets[i]) lost += weights[i];
  }
  if (all === 0) return undefined;
  return classes === 0 ? Math.sqrt(lost / all) : lost / all;
}

/** Adds batches up in their order; `centre` is what targets were less of. */
export function outOfBagJudge(forest: ForestRows, { classCount, X }: Training, centre: number) {
  const width = Math.max(1, classCount);
  const sums = new Float64Array(X.rows * width);
  const trees = new Uint32Array(X.rows);
  const curve: CurvePoint[] = [];
  let x = 0;
  return {
    curve,
    /** The error of all trees so far; undefined while every row was learned from by all of them. */
    add: (batch: Batch): CurvePoint | undefined => {
      const { sums: more, trees: counted, grown } = batch;
      for (let i = 0; i < sums.length; i++) sums[i] += more[i];
      for (let i = 0; i < trees.length; i++) trees[i] += counted[i];
      x += grown.length;
      const error = errorOf(forest, classCount, sums, trees);
      if (error === undefined) return undefined;
      const point = { x, series: { 'out-of-bag': error } };
      curve.push(point);
      return point;
    },
    answers: (): OutOfBagAnswers | undefined => {
      const last = curve.at(-1);
      if (!last || sums.length > MOST_KEPT) return undefined;
      const values = Float32Array.from(sums, (sum, at) => sum / trees[Math.floor(at / width)] + centre);
      return { values, error: last.series['out-of-bag'] };
    },
  };
}
