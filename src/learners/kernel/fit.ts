/** Fits RBF kernel ridge: numbers as they are, classes as one score each whose sigmoid is fitted to answers without the row. */
import { ProblemError } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { FitRun, Training } from '../../recipe/model.ts';
import { requireFiniteMatrix, requireFloatTarget } from '../finite-matrix.ts';
import { fitSigmoid } from '../linear-scores/sigmoid.ts';
import { pacer } from '../pacer.ts';
import { choose, type RidgeRows, ridge } from './ridge.ts';
import type { KeptRows } from './similarity.ts';

/** Answer or score = Σ over kept rows of e^(-gamma · squared distance) · duals + intercepts. */
export interface FittedKernel {
  kept: KeptRows;
  gamma: number;
  alpha: number;
  /** Row-major [kept, classes or 1]. */
  duals: Float64Array;
  intercepts: Float64Array;
  /** 1 for classes that were seen; empty for numbers. */
  present: Float64Array;
}

/** A fit takes about rows³ steps. */
export const MOST_ROWS = 3000;
/** The choice of gamma and alpha is made on so many rows. */
const CHOICE_ROWS = 600;

function refuseMany(rows: number): void {
  if (rows <= MOST_ROWS) return;
  throw new ProblemError({
    code: 'kernel-learner.rows',
    args: { rows, most: MOST_ROWS },
    message: `This learner compares every row with every other, and ${rows} rows are too many; at most ${MOST_ROWS} are possible.`,
    hint: 'Use gradient boosting, or learn from fewer rows.',
    fix: {
      label: phrase('learner.use-boosting', 'Use gradient boosting'),
      command: 'change-kind',
      args: { kind: 'learn.boosting' },
    },
  });
}

const pickRows = ({ cols, values }: KeptRows, places: Int32Array): KeptRows => {
  const out = new Float64Array(places.length * cols);
  places.forEach((place, i) => {
    out.set(values.subarray(place * cols, (place + 1) * cols), i * cols);
  });
  return { rows: places.length, cols, values: out };
};

/** Targets about their weighted means: the numbers in units of their largest distance, or 1 for the rows of each class. */
function targetsOf(y: Float64Array, weight: Float64Array | undefined, classes: readonly number[]) {
  const total = weight ? weight.reduce((sum, w) => sum + w, 0) : y.length;
  const columns = classes.length > 0 ? classes.map((k) => y.map((c) => (c === k ? 1 : 0))) : [y];
  return columns.map((values) => {
    const mean = values.reduce((sum, v, i) => sum + (v * (weight ? weight[i] : 1)) / total, 0);
    const unit = values.reduce((most, v) => Math.max(most, Math.abs(v - mean)), 0) || 1;
    return { mean, unit, values: values.map((v) => (v - mean) / unit) };
  });
}

export async function fit(data: Training, params: ParamValues, run: FitRun): Promise<FittedKernel> {
  requireFiniteMatrix(data);
  requireFloatTarget(data);
  const { X, classCount } = data;
  const places = Int32Array.from(data.y, (_, i) => i).filter((i) => !data.weight || data.weight[i] > 0);
  refuseMany(places.length);
  const kept = pickRows({ rows: X.rows, cols: X.cols, values: Float64Array.from(X.values) }, places);
  const y = Float64Array.from(places, (i) => data.y[i]);
  const weight = data.weight && relative(Float64Array.from(places, (i) => (data.weight as Float64Array)[i]));
  const classes = classCount > 0 ? [...new Set(y)].sort((a, b) => a - b) : [];
  const width = Math.max(1, classCount);
  const fitted: FittedKernel = {
    kept,
    gamma: 1,
    alpha: 1,
    duals: new Float64Array(kept.rows * width),
    intercepts: new Float64Array(width),
    present: Float64Array.from({ length: classCount }, (_, k) => (classes.includes(k) ? 1 : 0)),
  };
  if (classes.length === 1) return fitted;
  // Of two classes the first is what the second is not.
  const scored = classes.length === 2 ? [classes[1]] : classes;
  const targets = targetsOf(y, weight, scored);
  const rows: RidgeRows = { kept, targets: targets.map((target) => target.values), weight };
  const pace = pacer(run);
  const given = {
    gamma: params.gamma === null ? undefined : Number(params.gamma),
    alpha: params.alpha === null ? undefined : Number(params.alpha),
  };
  const size = Math.min(CHOICE_ROWS, kept.rows);
  const { gamma, alpha } = await choose(size < kept.rows ? someOf(rows, size, run) : rows, given, (share) => {
    run.progress({ fraction: share * 0.8 });
    return pace(size ** 3);
  });
  const { duals, alone } = ridge(rows, gamma, alpha);
  const put = (column: number, values: Float64Array, slope: number, intercept: number) => {
    values.forEach((c, i) => {
      fitted.duals[i * width + column] = slope * c;
    });
    fitted.intercepts[column] = intercept;
  };
  if (classCount === 0) put(0, duals[0], targets[0].unit, targets[0].mean);
  scored.forEach((k, t) => {
    const inside = Uint8Array.from(y, (c) => (c === k ? 1 : 0));
    const weightOf = (i: number) => (weight ? weight[i] : 1);
    const learned = fitSigmoid(alone[t], inside, weightOf);
    // A score that misleads about rows it has not seen counts for nothing.
    const { slope, offset } = learned.slope > 0 ? learned : fitSigmoid(new Float64Array(y.length), inside, weightOf);
    put(k, duals[t], slope, offset);
    if (classes.length === 2) put(classes[0], duals[t], -slope, -offset);
  });
  return { ...fitted, gamma, alpha };
}

/** Weights of mean 1, so that alpha means the same whatever their unit. */
function relative(weight: Float64Array): Float64Array {
  const mean = weight.reduce((sum, w) => sum + w, 0) / weight.length;
  return weight.map((w) => w / mean);
}

function someOf({ kept, targets, weight }: RidgeRows, size: number, run: FitRun): RidgeRows {
  const places = run
    .random('choice')
    .shuffle(Int32Array.from({ length: kept.rows }, (_, i) => i))
    .slice(0, size)
    .sort();
  const pick = (values: Float64Array) => Float64Array.from(places, (place) => values[place]);
  return { kept: pickRows(kept, places), targets: targets.map(pick), ...(weight ? { weight: pick(weight) } : {}) };
}
