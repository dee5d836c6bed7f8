/**
 * On few rows each fold, told when to stop by its own judged rows, stops where chance favours it: its answers flatter, and learners that stop early
 * win over those that do not. There all folds learn once more, and stop at one place that they found together.
 */
import type { ParamValues } from '../kind/params.ts';
import type { Candidate } from './portfolio.ts';
import type { FoldDone } from './trial.ts';

/** With more rows than this a fold has enough of its own. */
const FEW_ROWS = 2000;

/** Settings in place of early stopping; undefined where the trial's folds may stay as they are. Their median: a fold without any use of more rounds must not decide. */
export function settledParams({ params, kind }: Candidate, folds: readonly FoldDone[], rows: number): ParamValues | undefined {
  if (kind !== 'learn.boosting' || params.early_stopping !== true || folds.length < 2 || rows > FEW_ROWS) return undefined;
  const rounds: number[] = [];
  for (const { model, cut } of folds) {
    if (!model || cut) return undefined;
    rounds.push((model.fitted as { rounds: number }).rounds);
  }
  return { early_stopping: false, rounds: Math.max(1, Math.round(median(rounds))) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
