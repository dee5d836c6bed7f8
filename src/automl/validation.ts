/** How trials are judged: folds where the table is small enough for the budget, else one part kept aside. */

import { type Phrase, phrase } from '../base/words.ts';
import type { Deal } from '../recipe/deal-rows.ts';
import { classesOf } from '../recipe/target.ts';
import { columnNamed, type Table } from '../table/table.ts';

export interface ValidationAsk {
  /** Folds; 0 = one part kept aside; null = choose by size and budget. */
  folds: number | null;
  /** Share kept aside; null = choose by size. */
  share: number | null;
  rows: number;
  features: number;
  classes: number;
  /** How many levels each category has that boosting parts by its levels. */
  levels?: readonly number[];
  /** Worker-seconds; infinite without a limit. */
  seconds: number;
  /** How many times slower than expected this machine is. */
  slowness: number;
}

export type Size = Pick<ValidationAsk, 'rows' | 'features' | 'classes' | 'levels'>;
/**
 * Seconds of a round of boosting: a tree for each of several classes, each with a cost of its own, one per cell, and one for sorting the levels of
 * categories in each leaf; measured on a quiet machine, within a factor of three.
 */
export const roundSeconds = ({ rows, features, classes, levels = [] }: Size, leaves = LEAVES): number =>
  (classes > 2 ? classes : 1) * (2e-4 + rows * features * 2e-9 + levels.reduce((sum, count) => sum + count * count, 0) * leaves * 1.1e-9);
/** Of the plain trial. */
const LEAVES = 31;

/** How many levels each category among the columns has, as many as boosting tells apart. */
export const levelsOf = (table: Table, names: readonly string[]): number[] =>
  names.flatMap((name) => {
    const column = columnNamed(table, name);
    return column.type === 'category' ? [Math.min(MOST_LEVELS, classesOf(column).length)] : [];
  });
const MOST_LEVELS = 254;

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
const keptAside = ({ rows, share }: ValidationAsk): number => share ?? Math.min(0.2, Math.max(0.05, 2500 / rows));

/** How rows are dealt, and a sentence on it. */
export function validationOf(ask: ValidationAsk): { deal: Pick<Deal, 'folds' | 'share'>; words: Phrase } {
  const folds = foldCount(ask);
  const share = keptAside(ask);
  return {
    deal: { folds, share },
    words:
      folds > 0
        ? phrase('automl.by-folds', 'Judged by {folds} folds.', { folds })
        : phrase('automl.by-part', 'Judged on {percent} % of the rows, kept aside.', { percent: Math.round(share * 100) }),
  };
}
