/** Rows by falling score, and the runs of equal score: what every ranking metric starts from. */

/** Row numbers by falling score; equal scores by rising row number. */
export function descending(scores: Float64Array): Int32Array {
  const order = Int32Array.from(scores, (_, i) => i);
  return order.sort((a, b) => scores[b] - scores[a] || a - b);
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
