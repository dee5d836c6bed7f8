/** Rows by falling score, and the runs of equal score: what every ranking metric starts from. */
import { indices } from '../base/indices.ts';

const FEW = 2048;
const MOST_BUCKETS = 1 << 18;
/** Larger buckets go through `sort()`. */
const SMALL = 48;

/** Row numbers by falling score; equal scores by rising row number. Scores must be finite. Into buckets of equal width first: some five times as quick as `sort()`. */
export function descending(scores: Float64Array): Int32Array {
  const n = scores.length;
  const before = (a: number, b: number) => scores[b] - scores[a] || a - b;
  if (n < FEW) return indices(n).sort(before);
  let [least, most] = [scores[0], scores[0]];
  for (let i = 1; i < n; i++) {
    if (scores[i] < least) least = scores[i];
    else if (scores[i] > most) most = scores[i];
  }
  const buckets = Math.min(MOST_BUCKETS, n >> 2);
  const scale = least < most ? (buckets - 1) / (most - least) : 0;
  if (!Number.isFinite(scale)) return indices(n).sort(before);
  const start = new Int32Array(buckets + 1);
  for (let i = 0; i < n; i++) start[(((most - scores[i]) * scale) | 0) + 1]++;
  for (let b = 0; b < buckets; b++) start[b + 1] += start[b];
  const sorted = new Int32Array(n);
  const next = start.slice();
  for (let i = 0; i < n; i++) sorted[next[((most - scores[i]) * scale) | 0]++] = i;
  for (let b = 0; b < buckets; b++) sortBucket(sorted, start[b], start[b + 1], scores, before);
  return sorted;
}

/** Rows of a bucket come by rising number, so that moving past smaller scores only keeps equal ones in order. */
function sortBucket(rows: Int32Array, from: number, to: number, scores: Float64Array, before: (a: number, b: number) => number): void {
  if (to - from > SMALL) {
    const first = scores[rows[from]];
    // A value that most rows share has a bucket for itself.
    for (let i = from + 1; i < to; i++) if (scores[rows[i]] !== first) return void rows.subarray(from, to).sort(before);
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const row = rows[i];
    let at = i;
    for (; at > from && scores[rows[at - 1]] < scores[row]; at--) rows[at] = rows[at - 1];
    rows[at] = row;
  }
}

/** Runs [start, end) of equal score in `order`. */
export function tieGroups(order: Int32Array, scores: Float64Array): [number, number][] {
  const groups: [number, number][] = [];
  let start = 0;
  for (let i = 1; i <= order.length; i++) {
    if (i === order.length || scores[order[i]] !== scores[order[start]]) {
      groups.push([start, i]);
      start = i;
    }
  }
  return groups;
}
