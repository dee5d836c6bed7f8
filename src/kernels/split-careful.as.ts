/**
 * Searches for a split one candidate after another in double: numbers with monotone directions, bounds or drawn thresholds, and categories.
 *
 * Categories are sorted by G / (H + smooth), which makes the best set a run from either end (Fisher 1958); the set that goes left holds at most 32. Those
 * with too few rows to say anything are in no set and go right, as in scikit-learn and LightGBM. With four or fewer each is tried alone.
 */
import { Feature, Found, gradientOf, hessianOf, SET_OFFSET, Search, scoreAt, scoreOf, valueOfSum } from './split-parts.as.ts';

const MOST_IN_SET: i32 = 32;
const FEW: i32 = 4;
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

function keep(found: Found, gain: f64, left: i64, feature: i32, bin: i32, missingLeft: i32): void {
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

/** A category among the candidates, in order of G / (H + smooth). */
@unmanaged
class Candidate {
  order: f64 = 0;
  code: i32 = 0;
}
const CANDIDATE_BYTES: usize = 16;

/* inline */ function candidateAt(scratch: usize, i: i32): Candidate {
  return changetype<Candidate>(scratch + <usize>i * CANDIDATE_BYTES);
}

/** Fills `scratch` with the categories that have rows here (missing is one of them) and at least the hessian `support`, sorted; gives their number. */
function sortCategories(sums: usize, codes: i32, scratch: usize, smooth: f64, support: f64): i32 {
  let count = 0;
  for (let code = 0; code < codes; code++) {
    const sum = load<i64>(sums + ((<usize>code) << 3));
    if (sum === 0 || hessianOf(sum) < support) continue;
    const order = gradientOf(sum) / (hessianOf(sum) + smooth);
    let at = count++;
    for (; at > 0 && candidateAt(scratch, at - 1).order > order; at--) {
      const from = candidateAt(scratch, at - 1);
      const to = candidateAt(scratch, at);
      to.order = from.order;
      to.code = from.code;
    }
    const place = candidateAt(scratch, at);
    place.order = order;
    place.code = code;
  }
  return count;
}

/** How many categories have rows here. */
function countCategories(sums: usize, codes: i32): i32 {
  let count = 0;
  for (let code = 0; code < codes; code++) count += i32(load<i64>(sums + ((<usize>code) << 3)) !== 0);
  return count;
}

/** Keeps the set of the `size` candidates from `from` on, stepping by `step`. Missing values alone are told from the rest by a cut behind all bins. */
function keepSet(
  found: Found,
  gain: f64,
  left: i64,
  total: i64,
  f: i32,
  scratch: usize,
  from: i32,
  step: i32,
  size: i32,
  missingCode: i32,
): void {
  if (size === 1 && candidateAt(scratch, from).code === missingCode) {
    keep(found, gain, total - left, f, missingCode - 1, 0);
    return;
  }
  keep(found, gain, left, f, 0, 0);
  found.bySet = 1;
  const set = changetype<usize>(found) + SET_OFFSET;
  memory.fill(set, 0, 32);
  for (let i = 0; i < size; i++) {
    const code = candidateAt(scratch, from + i * step).code;
    if (code === missingCode) {
      found.missingLeft = 1;
      continue;
    }
    const at = set + (<usize>code >> 3);
    store<u8>(at, load<u8>(at) | <u8>((<i32>1) << (code & 7)));
  }
}

/** Looks at the sets of one feature of categories. */
export function searchCategories(f: i32, feature: Feature, sums: usize, total: i64, search: Search, own: f64, found: Found): void {
  const missingCode = feature.edges + 1;
  const scratch = <usize>search.scratch;
  const all = countCategories(sums, missingCode + 1);
  if (all < 2) return;
  if (all <= FEW) {
    sortCategories(sums, missingCode + 1, scratch, search.smooth, 0);
    const only = search.random !== 0 ? below(mix(search.seed, <u32>f), all) : -1;
    for (let i = 0; i < all; i++) {
      if (only >= 0 && only !== i) continue;
      const left = load<i64>(sums + ((<usize>candidateAt(scratch, i).code) << 3));
      const gain = gainOf(left, total, own, 0, search, search.l2);
      if (gain > found.gain) keepSet(found, gain, left, total, f, scratch, i, 1, 1, missingCode);
    }
    return;
  }
  const count = sortCategories(sums, missingCode + 1, scratch, search.smooth, search.support);
  const sets = count < all ? count : count - 1;
  if (sets < 1) return;
  const only = search.random !== 0 ? below(mix(search.seed, <u32>f), sets) : -1;
  const l2 = search.l2 + search.smooth;
  const longest = min(MOST_IN_SET, sets);
  // Where all are in one order, a run from one end leaves a run from the other.
  for (let side = 0; side < (count < all || sets > MOST_IN_SET ? 2 : 1); side++) {
    const from = side === 0 ? 0 : count - 1;
    const step = side === 0 ? 1 : -1;
    let left: i64 = 0;
    for (let i = 0; i < longest; i++) {
      left += load<i64>(sums + ((<usize>candidateAt(scratch, from + i * step).code) << 3));
      if (only >= 0 && only !== (side === 0 ? i : sets - 1 - i)) continue;
      const gain = gainOf(left, total, own, 0, search, l2);
      if (gain > found.gain) keepSet(found, gain, left, total, f, scratch, from, step, i + 1, missingCode);
    }
  }
}
