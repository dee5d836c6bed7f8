/** Searches for a split of numbers one candidate after another in double: with monotone directions, bounds or drawn thresholds. */
import { Feature, Found, hessianOf, Search, scoreAt, scoreOf, valueOfSum } from './split-parts.as.ts';

const REFUSED: f64 = -Infinity;

/** Gain of a split over the node's own score, or -Infinity where it is not allowed. */
export function gainOf(left: i64, total: i64, own: f64, direction: i32, search: Search, l2: f64): f64 {
  const right = total - left;
  if (hessianOf(left) < search.least || hessianOf(right) < search.least) return REFUSED;
  if (search.lower === -Infinity && search.upper === Infinity && direction === 0)
    return scoreOf(left, search.l1, l2) + scoreOf(right, search.l1, l2) - own;
  const a = valueOfSum(left, search, l2);
  const b = valueOfSum(right, search, l2);
  if (<f64>direction * (b - a) < 0) return REFUSED;
  return scoreAt(left, a, search, l2) + scoreAt(right, b, search, l2) - own;
}

/** The node's own score within its bounds. */
export function ownScore(total: i64, search: Search, l2: f64): f64 {
  return scoreAt(total, valueOfSum(total, search, l2), search, l2);
}

/** Well mixed bits of two numbers (the finaliser of MurmurHash3, A. Appleby). */
/* inline */ export function mix(a: u32, b: u32): u32 {
  let h = a ^ (b * 0x9e3779b9);
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return h ^ (h >> 16);
}

/** A number below `n` from 32 random bits. */
/* inline */ export function below(bits: u32, n: i32): i32 {
  return <i32>((<u64>bits * <u64>n) >> 32);
}

export function keep(found: Found, gain: f64, left: i64, feature: i32, bin: i32, missingLeft: i32): void {
  found.gain = gain;
  found.left = left;
  found.feature = feature;
  found.bin = bin;
  found.missingLeft = missingLeft;
  found.bySet = 0;
}

/** The one cut that is looked at when thresholds are drawn: between the lowest and the highest filled bin, or -1. */
function drawnCut(sums: usize, edges: i32, missing: i64, bits: u32): i32 {
  let low = 0;
  while (low <= edges && load<i64>(sums + ((<usize>low) << 3)) === 0) low++;
  let high = edges;
  while (high >= low && load<i64>(sums + ((<usize>high) << 3)) === 0) high--;
  const cuts = high - low + i32(missing !== 0);
  if (cuts <= 0) return -1;
  const cut = low + below(bits, cuts);
  return cut >= high ? edges : cut;
}

/** Looks at the cuts of one feature of numbers. */
export function searchNumbers(f: i32, feature: Feature, sums: usize, total: i64, search: Search, own: f64, found: Found): void {
  const edges = feature.edges;
  const missing = load<i64>(sums + ((<usize>(edges + 1)) << 3));
  const only = search.random !== 0 ? drawnCut(sums, edges, missing, mix(search.seed, <u32>f)) : -2;
  if (only === -1) return;
  let left: i64 = 0;
  for (let b = 0; b <= edges; b++) {
    const here = load<i64>(sums + ((<usize>b) << 3));
    left += here;
    // An empty bin parts the rows as the one before did.
    if (only === -2 ? here === 0 : only !== b) continue;
    if (b < edges || missing !== 0) {
      const gain = gainOf(left, total, own, feature.direction, search, search.l2);
      if (gain > found.gain) keep(found, gain, left, f, b, 0);
    }
    if (b < edges && missing !== 0) {
      const gain = gainOf(left + missing, total, own, feature.direction, search, search.l2);
      if (gain > found.gain) keep(found, gain, left + missing, f, b, 1);
    }
  }
}
