/**
 * Lasso and elastic net: the weights along a path of penalties from the one that leaves none down to the one wanted, each fit begun at the last. Where
 * the penalty is to be chosen, every part of the rows in turn is predicted by the fits without it, and the least error wins.
 */
import { ProblemError } from '../../base/problem.ts';
import { phrase } from '../../base/words.ts';
import { makeFolds } from '../../metrics/folds.ts';
import type { FitRun } from '../../recipe/model.ts';
import { pacer } from '../pacer.ts';
import { columnFits, type Fits, productFits } from './sparse-fits.ts';
import type { Basis } from './summary.ts';

/** Penalties of an automatic path, and the last as a share of the first; scikit-learn's. */
const STEPS = 100;
const SPAN = 1e-3;
/** The path ends early where this share of the first error is left, or where errors of the parts have been so much above the least for so many steps. */
const LEFT = 1e-3;
const WORSE = 1.02;
const WORSE_STEPS = 15;
/** Steps down to a penalty that is given. */
const WARM_STEPS = 10;
const PARTS = 5;
/** Above this many columns their products take too much room. */
const MOST_PRODUCTS = 1500;
/** Of the pull that sets a weight in motion at all, with hardly any L1 in the mix. */
const LEAST_MIX = 1e-3;

export interface SparsePath {
  alphas: number[];
  /** Mean squared errors on the rows learned from, and on the parts left out. */
  training: number[];
  validation: number[];
}
export interface SparseFit {
  /** For features about the means of the basis. */
  weights: Float64Array;
  intercept: number;
  alpha: number;
  path?: SparsePath;
}
export interface SparseSettings {
  /** Undefined: chosen. */
  alpha: number | undefined;
  /** Share of L1 in the penalty; 1 is lasso. */
  mix: number;
}

/** Parts of the rows, groups kept together; undefined where there are too few rows to part. */
function partsOf({ data, places, rows }: Basis, run: FitRun): Int32Array[] | undefined {
  const all = places ?? Int32Array.from({ length: rows }, (_, i) => i);
  const groups = data.groups && Int32Array.from(all, (i) => data.groups![i]);
  const apart = groups ? new Set(groups).size : rows;
  const k = Math.min(PARTS, apart >= 2 ? apart : rows);
  if (k < 2) return undefined;
  const fold = makeFolds({ n: rows, k, random: run.random('parts'), ...(groups && apart >= 2 ? { groups } : {}) });
  return Array.from({ length: k }, (_, f) => all.filter((_, i) => fold[i] === f));
}

/** Weights that minimise Σ weight · error² / (2 Σ weight) + alpha · (mix · Σ|w| + (1 - mix) / 2 · Σ w²). */
export async function fitSparse(basis: Basis, { alpha, mix }: SparseSettings, run: FitRun): Promise<SparseFit> {
  const parts = alpha === undefined ? partsOf(basis, run) : undefined;
  const { cols } = basis.data.X;
  const fits = cols <= MOST_PRODUCTS && basis.rows >= cols ? productFits(basis, parts) : columnFits(basis, parts);
  try {
    if (!Number.isFinite(fits.largestPull) || !Number.isFinite(fits.work)) throw overflow();
    const first = fits.largestPull / Math.max(mix, LEAST_MIX);
    return alpha === undefined ? await choose(fits, first, mix, run) : await reach(fits, first, alpha, mix, run);
  } finally {
    fits.close();
  }
}

export const overflow = (): ProblemError =>
  new ProblemError({
    code: 'linear.overflow',
    message: 'The numbers are too large to fit a line through.',
    hint: 'Scale the target and the features to smaller numbers.',
  });

async function reach(fits: Fits, first: number, alpha: number, mix: number, run: FitRun): Promise<SparseFit> {
  const pace = pacer(run);
  const steps = alpha < first && alpha > 0 ? WARM_STEPS : 1;
  let at = alpha;
  for (let step = 1; step <= steps; step++) {
    at = step === steps ? alpha : first * (alpha / first) ** (step / steps);
    fits.solve(at * mix, at * (1 - mix), step === steps ? 'exactly' : 'about');
    if (await pace(fits.work)) break;
  }
  return { ...fits.solution(), alpha: at };
}

async function choose(fits: Fits, first: number, mix: number, run: FitRun): Promise<SparseFit> {
  const pace = pacer(run);
  const path: SparsePath = { alphas: [], training: [], validation: [] };
  let best = 0;
  for (let step = 0; step < STEPS; step++) {
    const alpha = first * SPAN ** (step / (STEPS - 1));
    fits.solve(alpha * mix, alpha * (1 - mix), 'about');
    const { training, validation } = fits.errors();
    path.alphas.push(alpha);
    path.training.push(training);
    path.validation.push(validation);
    if (validation < path.validation[best]) best = step;
    run.progress({
      text: phrase('progress.penalty', 'penalty {done} of {total}', { done: step + 1, total: STEPS }),
      fraction: (step + 1) / STEPS,
      point: { x: step + 1, series: { training, validation } },
    });
    const nothingLeft = training <= LEFT * path.training[0];
    const gettingWorse = step - best >= WORSE_STEPS && validation > WORSE * path.validation[best];
    if (nothingLeft || gettingWorse || (await pace(fits.work))) break;
  }
  const alpha = path.alphas[best];
  fits.solve(alpha * mix, alpha * (1 - mix), 'exactly');
  return { ...fits.solution(), alpha, path };
}
