/** Sorts numbers by value alone: into as many buckets of equal width as they need, then little by little; about four times `sort()`. */
const TINY = 32;
const FEW = 4096;
const MOST_BUCKETS = 1 << 16;
/** Values that crowd at one end need a finer division of their bucket, but not without end. */
const DEEPEST = 3;

/** Ascending, in place; the values must not be NaN. */
export function sortNumbers(values: Float64Array, depth = 0): Float64Array {
  const n = values.length;
  if (n <= TINY) return insert(values, 0, n);
  if (n < FEW || depth > DEEPEST) return values.sort();
  let least = values[0];
  let most = values[0];
  for (let i = 1; i < n; i++) {
    const value = values[i];
    if (value < least) least = value;
    else if (value > most) most = value;
  }
  if (least === most) return values;
  const buckets = Math.min(MOST_BUCKETS, n >> 2);
  const scale = (buckets - 1) / (most - least);
  if (!(scale > 0 && Number.isFinite(scale))) return values.sort();
  const start = new Int32Array(buckets + 1);
  for (let i = 0; i < n; i++) start[(((values[i] - least) * scale) | 0) + 1]++;
  for (let b = 0; b < buckets; b++) start[b + 1] += start[b];
  const next = start.slice();
  const from = values.slice();
  for (let i = 0; i < n; i++) values[next[((from[i] - least) * scale) | 0]++] = from[i];
  for (let b = 0; b < buckets; b++) {
    if (start[b + 1] - start[b] <= TINY) insert(values, start[b], start[b + 1]);
    else sortNumbers(values.subarray(start[b], start[b + 1]), depth + 1);
  }
  return values;
}

function insert(values: Float64Array, from: number, to: number): Float64Array {
  for (let i = from + 1; i < to; i++) {
    const value = values[i];
    let at = i;
    for (; at > from && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
  return values;
}
