/** Assigns rows to folds: shuffled, stratified, by group, or forward in time. One function, used by cross-validation, tuning and AutoML. */

import { indices } from '../base/indices.ts';
import { ProblemError } from '../base/problem.ts';
import type { Random } from '../base/random.ts';
import { type Phrase, phrase } from '../base/words.ts';

export interface FoldPlan {
  /** Number of rows. */
  n: number;
  /** Number of folds. */
  k: number;
  random: Random;
  /** Class code per row: every fold gets each class in proportion. */
  strata?: Int32Array | Float64Array;
  /** Group per row (any integers): a group is never split. */
  groups?: Int32Array;
  /** Time per row: folds are blocks forward in time. */
  time?: Float64Array;
}

/**
 * The fold in which each row is judged, 0 to k - 1. Fold sizes differ by at most one (without groups), and so does each class over
 * the folds. With `time` rows are cut into k + 1 blocks of equal size, equal times together; the first block gets -1 (learned from, never
 * judged), and fold f is learned from the rows whose fold is below f.
 */
export function makeFolds({ n, k, random, strata, groups, time }: FoldPlan): Int32Array {
  if (!Number.isInteger(k) || k < 2)
    throw foldProblem(
      phrase('folds.cannot', '{folds} folds cannot be made.', { folds: k }),
      phrase('folds.two', 'Choose 2 folds or more.'),
      k,
    );
  if (time) return timeFolds(n, k, time);
  if (groups) {
    const members = rowsByGroup(groups);
    if (members.length < k)
      throw foldProblem(
        phrase('folds.few-groups', '{folds} folds need {folds} groups, and there are {there}.', { folds: k, there: members.length }),
        FEWER,
        k,
      );
    if (members.length < n) return groupFolds(n, k, random, members, strata);
  }
  if (n < k)
    throw foldProblem(
      phrase('folds.few-rows', '{folds} folds need {folds} rows, and there are {there}.', { folds: k, there: n }),
      FEWER,
      k,
    );
  const order = random.shuffle(indices(n));
  // Sorting the shuffled rows by class keeps them shuffled within it; dealing them out then spreads each class evenly.
  const dealt = strata ? byStratum(order, strata) : order;
  const fold = new Int32Array(n);
  for (let i = 0; i < n; i++) fold[dealt[i]] = i % k;
  return fold;
}

/** The rows by rising stratum, in the order given within it. */
function byStratum(order: Int32Array, strata: Int32Array | Float64Array): Int32Array {
  const values = [...new Set(strata)].sort((a, b) => a - b);
  const place = new Map(values.map((value, i) => [value, i]));
  const places = new Int32Array(order.length);
  const start = new Int32Array(values.length + 1);
  for (let row = 0; row < order.length; row++) start[(places[row] = place.get(strata[row])!) + 1]++;
  for (let i = 0; i < values.length; i++) start[i + 1] += start[i];
  const sorted = new Int32Array(order.length);
  for (const row of order) sorted[start[places[row]]++] = row;
  return sorted;
}

const FEWER = phrase('folds.fewer', 'Choose fewer folds.');

function foldProblem(message: Phrase, hint: Phrase, k: number): ProblemError {
  return new ProblemError({ code: 'folds.too-many', at: { param: 'folds' }, args: { folds: k }, message, hint });
}

/** Row lists per group, in order of first appearance. */
function rowsByGroup(groups: Int32Array): number[][] {
  const index = new Map<number, number[]>();
  groups.forEach((group, row) => {
    const rows = index.get(group);
    if (rows) rows.push(row);
    else index.set(group, [row]);
  });
  return [...index.values()];
}

/**
 * Largest group first, each to the fold whose class shares it keeps most even: the one where the sum over its classes of
 * (fold's count / class total)² grows least, then the one with the fewest rows. Without strata all rows are one class.
 */
function groupFolds(n: number, k: number, random: Random, members: number[][], strata?: Int32Array | Float64Array): Int32Array {
  const order = random.shuffle(Int32Array.from(members, (_, i) => i)).sort((a, b) => members[b].length - members[a].length);
  const classOf = (row: number) => (strata ? strata[row] : 0);
  const totals = new Map<number, number>();
  for (let row = 0; row < n; row++) totals.set(classOf(row), (totals.get(classOf(row)) ?? 0) + 1);
  const counts = Array.from({ length: k }, () => new Map<number, number>());
  const sizes = new Int32Array(k);
  const fold = new Int32Array(n);
  for (const group of order) {
    const own = new Map<number, number>();
    for (const row of members[group]) own.set(classOf(row), (own.get(classOf(row)) ?? 0) + 1);
    let best = 0;
    let bestCost = Number.POSITIVE_INFINITY;
    for (let f = 0; f < k; f++) {
      let cost = 0;
      for (const [label, count] of own) {
        const total = totals.get(label) ?? 1;
        cost += ((2 * (counts[f].get(label) ?? 0) + count) * count) / (total * total);
      }
      if (cost < bestCost || (cost === bestCost && sizes[f] < sizes[best])) {
        best = f;
        bestCost = cost;
      }
    }
    for (const [label, count] of own) counts[best].set(label, (counts[best].get(label) ?? 0) + count);
    sizes[best] += members[group].length;
    for (const row of members[group]) fold[row] = best;
  }
  return fold;
}

function timeFolds(n: number, k: number, time: Float64Array): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => time[a] - time[b] || a - b);
  let timesLeft = new Set(time).size;
  if (timesLeft < k + 1) {
    throw foldProblem(
      phrase('folds.few-times', '{folds} folds in time need {times} different times, and there are {there}.', {
        folds: k,
        times: k + 1,
        there: timesLeft,
      }),
      FEWER,
      k,
    );
  }
  const fold = new Int32Array(n);
  let block = 0;
  for (let i = 0; i < n; i++) {
    if (i > 0 && time[order[i]] !== time[order[i - 1]]) {
      timesLeft--;
      // A new block starts at its share of the rows, or earlier when each time left must be a block of its own.
      if (block < k && (i * (k + 1) >= (block + 1) * n || timesLeft <= k - block)) block++;
    }
    fold[order[i]] = block - 1;
  }
  return fold;
}
