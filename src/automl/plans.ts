/** Which rows the trials of a race learn from and which judge them: dealt anew, as an earlier race had them, or judged by another table. */
import type { Random } from '../base/random.ts';
import { type Phrase, phrase } from '../base/words.ts';
import { type Deal, dealRows } from '../recipe/deal-rows.ts';
import type { FoldPlans, Goal } from '../recipe/fold.ts';
import type { Frame } from '../recipe/frame.ts';
import { type Size, validationOf } from './validation.ts';

type Draws = (purpose: string) => Random;
export interface PlanAsk {
  /** See `ValidationAsk`. */
  folds: number | null;
  share: number | null;
  limits: { seconds: number };
  /** The column that rows are ordered by. */
  time?: string;
  by: FoldPlans['by'];
}
export interface Planned {
  plans: FoldPlans;
  deal: Deal;
  words: Phrase;
}

/** All rows are learned from, as one fold that is judged elsewhere. */
export const wholePlan = ({ table }: Frame, by: FoldPlans['by']): Planned => ({
  plans: { repeats: [new Int32Array(table.rowCount).fill(-1)], by },
  deal: { folds: 0, share: 0 },
  words: phrase('automl.by-table', 'Judged on the validation table.'),
});

/** The folds that an earlier race had, which had `spent` seconds. */
export const planAgain = (
  frame: Frame,
  goal: Goal,
  { deal, spent }: { deal: Deal; spent: number },
  work: { random: Draws },
  by: FoldPlans['by'],
): Planned => ({
  plans: dealRows(frame, goal.target, deal, work.random('folds'), by),
  deal,
  words: phrase('automl.goes-on', 'Goes on from the race of {seconds} s, by the same folds.', { seconds: Math.round(spent) }),
});

/** Folds or one part kept aside, as asked or by size and budget; `slowness`: how many times slower than expected this machine is. */
export function planOf(
  frame: Frame,
  goal: Goal,
  ask: PlanAsk,
  work: { width: number; random: Draws },
  size: Pick<Size, 'features' | 'levels'>,
  slowness: number,
): Planned {
  const { deal, words } = validationOf({
    folds: ask.folds,
    share: ask.share,
    rows: frame.table.rowCount,
    ...size,
    classes: goal.classes?.length ?? 0,
    seconds: ask.limits.seconds * work.width,
    slowness,
  });
  const whole = { ...deal, ...(ask.time === undefined ? {} : { time: ask.time }) };
  return { plans: dealRows(frame, goal.target, whole, work.random('folds'), ask.by), deal: whole, words };
}
