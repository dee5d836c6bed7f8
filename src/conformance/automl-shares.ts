/** How AutoML stands against a rival: its share of what the rival gains on the constant, per fold and over the folds of a set. */
import { meanError } from '../metrics/mean-error.ts';

/** What AutoML reached on one fold of a set: from a line of `bench:automl`. */
export interface Own {
  set: string;
  fold: number;
  /** AUC (more is better), log-loss or RMSE. */
  metric: string;
  ours: number;
  constant: number;
  /** The best library default's value, and which. */
  best: number;
  peer: string;
}

/** AutoML's line and the rival's value on that fold. */
export interface Pair {
  own: Own;
  rival: number;
}

export interface Behind {
  set: string;
  /** Of the differences of the shares to 1, not clipped. */
  mean: number;
  error: number;
  folds: number;
}

/** A share counts as no more than this. */
export const MOST = 1.1;
/** Level: nearer than this part of what the rival gains on the constant. */
export const NEAR = 0.002;
/** A set counts as behind where ours is worse by more than this share and by more than `ERRORS` standard errors of the folds' differences. */
export const BEHIND = 0.02;
export const ERRORS = 2;

const gain = ({ metric }: Own, from: number, to: number) => (metric === 'auc' ? to - from : from - to);

function wholeShare({ own, rival }: Pair): number {
  const [ours, theirs] = [gain(own, own.constant, own.ours), gain(own, own.constant, rival)];
  if (theirs > 0) return ours / theirs;
  return ours > theirs ? MOST : ours === theirs ? 1 : 0;
}

/** (ours - constant) / (rival - constant) in [0, 1.1]; where the rival is no better than the constant, all or nothing. */
export const shareOf = (pair: Pair): number => Math.min(MOST, Math.max(0, wholeShare(pair)));

/** Level where the difference is no more than `NEAR` of what the rival gains on the constant. */
export function standOf({ own, rival }: Pair): 'ahead' | 'level' | 'behind' {
  const better = gain(own, rival, own.ours);
  if (Math.abs(better) <= NEAR * Math.abs(rival - own.constant)) return 'level';
  return better > 0 ? 'ahead' : 'behind';
}

/** How many sets have several folds, and on which of those ours is behind by more than chance. */
export function behindOn(pairs: readonly Pair[]): { sets: number; behind: Behind[] } {
  const names = [...new Set(pairs.map(({ own }) => own.set))];
  const judged = names
    .map((set) => ({ set, shares: pairs.filter(({ own }) => own.set === set).map(wholeShare) }))
    .filter(({ shares }) => shares.length > 1)
    .map(({ set, shares }) => ({ set, ...meanError(shares.map((share) => share - 1)), folds: shares.length }));
  return { sets: judged.length, behind: judged.filter(({ mean, error }) => mean < -BEHIND && mean < -ERRORS * error) };
}
