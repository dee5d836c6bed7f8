/** How trials are judged: folds where the table is small enough for the budget, else one part kept aside. */

import type { Random } from '../base/random.ts';
import { type Phrase, phrase } from '../base/words.ts';
import { makeFolds } from '../metrics/folds.ts';
import type { FoldPlans } from '../recipe/fold.ts';

export interface ValidationAsk {
  /** Folds; 0 = one part kept aside; null = choose by size and budget. */
  folds: number | null;
  /** Share kept aside; null = choose by size. */
  share: number | null;
  rows: number;
  features: number;
  classes: number;
  /** Worker-seconds; infinite without a limit. */
  seconds: number;
  /** How many times slower than expected this machine is. */
  slowness: number;
  random: Random;
  strata: Int32Array;
  groups?: Int32Array;
  time?: Float64Array;
}

type Size = Pick<ValidationAsk, 'rows' | 'features' | 'classes'>;
/** Seconds of a round of boosting: a tree for each of several classes, each with a cost of its own and one per cell; measured on a quiet machine, within a factor of three. */
export const roundSeconds = ({ rows, features, classes }: Size): number => (classes > 2 ? classes : 1) * (2e-4 + rows * features * 2e-9);

/** Seconds that a boosting fit of the portfolio takes. */
export const fitSeconds = (size: Size, slowness: number): number => 400 * roundSeconds(size) * slowness;

/** Eight folds below 1,000 rows, five up to 20,000, three beyond; fewer, or none, where such a fit over all folds would take a tenth of the budget. */
export function foldCount(ask: ValidationAsk): number {
  if (ask.folds !== null) return ask.folds;
  const wanted = ask.rows < 1000 ? 8 : ask.rows <= 20_000 ? 5 : 3;
  const most = Math.floor((ask.seconds * 0.1) / fitSeconds(ask, ask.slowness));
  const folds = Math.min(wanted, Math.max(most, ask.rows < 2000 ? 3 : 0));
  return folds < 3 ? 0 : folds;
}

/** The share kept aside: about 2,500 rows, between 5 and 20 % of the table. */
export const keptAside = ({ rows, share }: ValidationAsk): number => share ?? Math.min(0.2, Math.max(0.05, 2500 / rows));

/** Parts that rows are dealt into, of which some are kept aside. */
const PARTS = 20;

/** The plan, and a sentence on it. */
export function validationPlan(ask: ValidationAsk, by: FoldPlans['by']): { plans: FoldPlans; words: Phrase } {
  const units = ask.groups ? new Set(ask.groups).size : ask.rows;
  const deal = (k: number) =>
    makeFolds({
      n: ask.rows,
      k: Math.max(2, Math.min(k, units)),
      random: ask.random,
      strata: ask.strata,
      ...(ask.groups ? { groups: ask.groups } : {}),
      ...(ask.time ? { time: ask.time } : {}),
    });
  const folds = foldCount(ask);
  if (folds > 0) {
    const plans = { repeats: [deal(folds)], by, forward: ask.time !== undefined };
    return { plans, words: phrase('automl.by-folds', 'Judged by {folds} folds.', { folds }) };
  }
  const share = keptAside(ask);
  const dealt = deal(PARTS);
  const count = dealt.reduce((most, fold) => Math.max(most, fold + 1), 0);
  const taken = Math.min(count - 1, Math.max(1, Math.round(share * count)));
  const kept = dealt.map((fold) => ((ask.time ? fold >= count - taken : fold < taken && fold >= 0) ? 0 : -1));
  return {
    plans: { repeats: [kept], by },
    words: phrase('automl.by-part', 'Judged on {percent} % of the rows, kept aside.', { percent: Math.round(share * 100) }),
  };
}
