/** Fits the linear support vector machine by L-BFGS on squared hinges: one score per class, or one tube around numbers. */
import { kernels } from '../../kernels/door.ts';
import type { ParamValues } from '../../kind/params.ts';
import { makeFolds } from '../../metrics/folds.ts';
import type { FitRun, Training } from '../../recipe/model.ts';
import { classTotals, rowWeights } from '../class-weights.ts';
import { requireFloatTarget } from '../finite-matrix.ts';
import { fitScores, lossRows } from '../linear-scores/objective.ts';
import { type Scores, scoresOf } from '../linear-scores/scores.ts';
import { fitSigmoid } from '../linear-scores/sigmoid.ts';

/**
 * Numbers: X · weights + intercepts. Classes: each one's probability is a sigmoid of its score, whose slope and offset are in weights and intercepts, times
 * `present`, over their sum.
 */
export interface FittedSvm extends Scores {
  /** 1 for classes that were seen; empty for numbers. */
  present: Float64Array;
}

/** Parts whose scores come from a fit without them. */
const PARTS = 5;
/** From `start` where it is given: the fit of nearly the same rows. */
type Fit = (y: Float64Array, weight: Float64Array | undefined, start?: Float64Array) => Promise<Float64Array>;

const sumOf = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0);

/** ½ |w|² + C Σ weight · loss. */
async function withRows(data: Training, params: ParamValues, run: FitRun, free: number, work: (fit: Fit) => Promise<void>): Promise<void> {
  const none = new Float64Array(data.y.length);
  const loss = kernels.openScoreLoss(lossRows(data, data.weight), none, data.classCount > 0 ? 'hinge' : 'tube', free);
  const settings = { tolerance: Number(params.tolerance), maxIterations: Number(params.max_iterations) };
  try {
    await work(async (y, weight, start) => {
      loss.use(y, weight);
      const total = weight ? sumOf(weight) : data.X.rows;
      const { x } = await fitScores(
        { data, loss, scores: 1, total, l1: 0, l2: 1 / Number(params.c), bend: 2 },
        { ...settings, start },
        run,
      );
      return x;
    });
  } finally {
    loss.close();
  }
}

export const fit = (data: Training, params: ParamValues, run: FitRun): Promise<FittedSvm> =>
  data.classCount > 0 ? fitClasses(data, params, run) : fitNumbers(data, params, run);

async function fitNumbers(data: Training, params: ParamValues, run: FitRun): Promise<FittedSvm> {
  requireFloatTarget(data);
  const { X, y, weight } = data;
  const total = weight ? sumOf(weight) : X.rows;
  const shareOf = (i: number) => (weight ? weight[i] : 1) / total;
  const mean = y.reduce((sum, v, i) => sum + shareOf(i) * v, 0);
  // In units of the largest distance first, whose squares are in range; then of the standard deviation.
  const most = y.reduce((far, v, i) => (shareOf(i) > 0 ? Math.max(far, Math.abs(v - mean)) : far), 0) || 1;
  const deviation = most * Math.sqrt(y.reduce((sum, v, i) => sum + (shareOf(i) > 0 ? shareOf(i) * ((v - mean) / most) ** 2 : 0), 0)) || 1;
  const weights = new Float64Array(X.cols);
  const intercepts = Float64Array.of(mean);
  await withRows(data, params, run, Number(params.epsilon), async (fitRows) => {
    const x = await fitRows(
      y.map((v) => (v - mean) / deviation),
      weight,
    );
    weights.set(x.subarray(0, X.cols).map((w) => w * deviation));
    intercepts[0] += x[X.cols] * deviation;
  });
  return { weights, intercepts, present: new Float64Array() };
}

async function fitClasses(data: Training, params: ParamValues, run: FitRun): Promise<FittedSvm> {
  const { X, y, classCount } = data;
  const present = classTotals(data).map((total) => (total > 0 ? 1 : 0));
  const fitted: FittedSvm = { weights: new Float64Array(X.cols * classCount), intercepts: new Float64Array(classCount), present };
  const seen = [...present.keys()].filter((k) => present[k] > 0);
  if (seen.length < 2) return fitted;
  const weight = rowWeights(data, params.class_weight === 'balanced');
  const parts = partsOf(data, run);
  const put = (k: number, x: Float64Array, slope: number, offset: number) => {
    for (let j = 0; j < X.cols; j++) fitted.weights[j * classCount + k] = slope * x[j];
    fitted.intercepts[k] = slope * x[X.cols] + offset;
  };
  await withRows(data, params, run, 0, async (fitRows) => {
    for (const k of seen.length === 2 ? [seen[1]] : seen) {
      const sides = y.map((c) => (c === k ? 1 : -1));
      const x = await fitRows(sides, weight);
      const { slope, offset } = await calibrate(data, sides, weight, parts, fitRows, x);
      put(k, x, slope, offset);
      // Of two classes the first is what the second is not.
      if (seen.length === 2) put(seen[0], x, -slope, -offset);
    }
  });
  return fitted;
}

/** The part of each row, -1 for rows of no weight; undefined where there are too few rows to part. */
function partsOf({ y, weight, groups }: Training, run: FitRun): Int32Array | undefined {
  const rows = Int32Array.from(y, (_, i) => i).filter((i) => !weight || weight[i] > 0);
  const apart = groups ? new Set(rows.map((i) => groups[i])).size : rows.length;
  if (rows.length < 2 * PARTS) return undefined;
  const own = {
    n: rows.length,
    k: PARTS,
    random: run.random('parts'),
    strata: y.length === rows.length ? y : Float64Array.from(rows, (i) => y[i]),
  };
  const fold = makeFolds(groups && apart >= PARTS ? { ...own, groups: Int32Array.from(rows, (i) => groups[i]) } : own);
  const parts = new Int32Array(y.length).fill(-1);
  rows.forEach((i, at) => {
    parts[i] = fold[at];
  });
  return parts;
}

/** The sigmoid for scores of rows that the fit has not seen; with hardly any rows, for those that it has. */
async function calibrate(
  { X }: Training,
  sides: Float64Array,
  weight: Float64Array | undefined,
  parts: Int32Array | undefined,
  fitRows: Fit,
  start: Float64Array,
): Promise<{ slope: number; offset: number }> {
  const weightOf = (i: number) => (weight ? weight[i] : 1);
  const scores = new Float64Array(X.rows);
  for (let part = 0; part < (parts ? PARTS : 1); part++) {
    const x = await fitRows(sides, parts ? sides.map((_, i) => (parts[i] === part ? 0 : weightOf(i))) : weight, start);
    const own = scoresOf({ weights: x.subarray(0, X.cols), intercepts: x.subarray(X.cols) }, X);
    for (let i = 0; i < X.rows; i++) if (!parts || parts[i] === part) scores[i] = own[i];
  }
  return fitSigmoid(
    scores,
    Uint8Array.from(sides, (side) => (side > 0 ? 1 : 0)),
    weightOf,
  );
}
