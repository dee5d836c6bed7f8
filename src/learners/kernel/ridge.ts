/**
 * Kernel ridge: duals c with (K + alpha W⁻¹) c = y, and what each row would be answered without it in closed form, y - c / diag(inverse) (Rasmussen and
 * Williams, Gaussian Processes for Machine Learning, 5.4.2).
 */
import { exp } from '../../base/float.ts';
import { ProblemError } from '../../base/problem.ts';
import { type Factor, kernels } from '../../kernels/door.ts';
import { type KeptRows, squaredGaps } from './similarity.ts';

export interface RidgeRows {
  kept: KeptRows;
  /** One array per target, centred. */
  targets: readonly Float64Array[];
  weight?: Float64Array;
}
export interface Ridge {
  duals: Float64Array[];
  /** Answers to each row by a fit without it, per target. */
  alone: Float64Array[];
}

/** Times the heuristic 1 / median squared distance. */
const GAMMAS = [1 / 16, 1 / 4, 1, 4, 16];
const ALPHAS = [0.001, 0.01, 0.1, 1, 10];

/** Similarities below the diagonal, for one gamma. */
const similarities = (gaps: Float64Array, gamma: number): Float64Array => gaps.map((gap) => exp(-gamma * gap));

function solve(system: Factor, near: Float64Array, { targets, weight }: RidgeRows, alpha: number): Ridge {
  const found = system.factor((i, entries) => {
    const from = (i * (i - 1)) / 2;
    entries.set(near.subarray(from, from + i));
    entries[i] = 1 + alpha / (weight ? weight[i] : 1);
  });
  if (!found) {
    throw new ProblemError({
      code: 'kernel-learner.alike',
      at: { param: 'alpha' },
      message: 'Some rows are too much alike to be told apart with so small a penalty.',
      hint: 'Give a larger alpha, or leave it to be chosen.',
    });
  }
  const duals = targets.map((y) => system.solve(y));
  const diagonal = system.inverseDiagonal();
  return { duals, alone: duals.map((c, t) => c.map((v, i) => targets[t][i] - v / diagonal[i])) };
}

/** Weighted mean over rows, summed over targets, of the squared errors without the row. */
function lossOf({ targets, weight }: RidgeRows, { alone }: Ridge): number {
  let lost = 0;
  let total = 0;
  targets.forEach((y, t) => {
    y.forEach((v, i) => {
      const w = weight ? weight[i] : 1;
      lost += w * (v - alone[t][i]) * (v - alone[t][i]);
      total += w;
    });
  });
  return lost / total;
}

/** 1 / median squared distance of different rows. */
function usualGamma(gaps: Float64Array): number {
  const apart = gaps.filter((gap) => gap > 0).sort();
  return apart.length === 0 ? 1 : 1 / apart[apart.length >> 1];
}

/**
 * The gamma and alpha with the least error of leaving one row out; a given one is kept. Of one gamma alphas are tried from the middle on for as long as they help.
 * `next` is asked between tries: true = take the best so far.
 */
export async function choose(
  rows: RidgeRows,
  given: { gamma?: number; alpha?: number },
  next: (tried: number) => Promise<boolean> | boolean,
): Promise<{ gamma: number; alpha: number }> {
  const gaps = squaredGaps(rows.kept);
  const usual = usualGamma(gaps);
  const gammas = given.gamma === undefined ? GAMMAS.map((times) => times * usual) : [given.gamma];
  const alphas = given.alpha === undefined ? ALPHAS : [given.alpha];
  let best = { gamma: given.gamma ?? usual, alpha: given.alpha ?? 1, loss: Number.POSITIVE_INFINITY };
  if (gammas.length * alphas.length === 1) return best;
  const system = kernels.openFactor(rows.kept.rows);
  try {
    let tried = 0;
    for (const gamma of gammas) {
      const near = similarities(gaps, gamma);
      const losses = new Map<number, number>();
      const lossAt = (at: number): number => {
        const known = losses.get(at);
        if (known !== undefined || !(at in alphas)) return known ?? Number.POSITIVE_INFINITY;
        const loss = lossOf(rows, solve(system, near, rows, alphas[at]));
        losses.set(at, loss);
        if (loss < best.loss) best = { gamma, alpha: alphas[at], loss };
        return loss;
      };
      const middle = alphas.length >> 1;
      for (const step of [-1, 1]) for (let at = middle; lossAt(at + step) < lossAt(at); at += step);
      tried++;
      if (await next(tried / gammas.length)) return best;
    }
    return best;
  } finally {
    system.close();
  }
}

/** The fit on all rows. */
export function ridge(rows: RidgeRows, gamma: number, alpha: number): Ridge {
  const system = kernels.openFactor(rows.kept.rows);
  try {
    return solve(system, similarities(squaredGaps(rows.kept), gamma), rows, alpha);
  } finally {
    system.close();
  }
}
