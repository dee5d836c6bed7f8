/**
 * Searches for a split of categories. Sorted by G / (H + smooth) the best set is a run from either end (Fisher 1958); the set that goes left holds at
 * most 32. Those with too few rows to say anything are in no set and go right, as in scikit-learn and LightGBM. With four or fewer each is tried alone.
 */
import { below, gainOf, keep, mix } from './split-careful.as.ts';
import { Feature, Found, gradientOf, hessianOf, SET_OFFSET, Search } from './split-parts.as.ts';

const MOST_IN_SET: i32 = 32;
const FEW: i32 = 4;

/** A category among the candidates: where it stands by G / (H + smooth), and nearly so as a whole number. */
@unmanaged
class Candidate {
  order: f64 = 0;
  code: i32 = 0;
  key: i32 = 0;
}
const CANDIDATE_BYTES: usize = 16;
/** Room for one per code, as much again to sort them, then the counts of two digits. */
const SPARE: usize = 256 * CANDIDATE_BYTES;
/** The sort's keys have two digits. */
const DIGIT: u32 = 7;
const DIGITS: usize = 1 << DIGIT;
/** So few are sorted by insertion at once. */
const SHORT: i32 = 16;

/* inline */ function candidateAt(scratch: usize, i: i32): Candidate {
  return changetype<Candidate>(scratch + <usize>i * CANDIDATE_BYTES);
}

/* inline */ function countAt(counts: usize, digit: i32): usize {
  return counts + ((<usize>digit) << 2);
}

/** One pass of the sort, by the digit of the keys from `shift` on; `counts` holds where each begins. */
/* inline */ function pass(from: usize, to: usize, count: i32, shift: u32, counts: usize): void {
  for (const end = from + <usize>count * CANDIDATE_BYTES; from < end; from += CANDIDATE_BYTES) {
    const place = countAt(counts, (<u32>changetype<Candidate>(from).key >> shift) & (DIGITS - 1));
    const at = load<u32>(place);
    store<u32>(place, at + 1);
    v128.store(to + <usize>at * CANDIDATE_BYTES, v128.load(from));
  }
}

/**
 * Brings the candidates, whose orders are from `low` to `high`, into order by their keys' digits, but for those that are very near each other: so that
 * the time grows with their number, and not with its square.
 */
function sortByKeys(scratch: usize, count: i32, low: f64, high: f64): void {
  const scale = <f64>(DIGITS * DIGITS - 1) / (high - low);
  if (!(scale > 0 && scale < Infinity)) return;
  const counts = scratch + 2 * SPARE;
  const upper = counts + 4 * DIGITS;
  memory.fill(counts, 0, 8 * DIGITS);
  for (let i = 0; i < count; i++) {
    const candidate = candidateAt(scratch, i);
    const key = <i32>((candidate.order - low) * scale);
    candidate.key = key;
    const a = countAt(counts, key & <i32>(DIGITS - 1));
    const b = countAt(upper, (key >> DIGIT) & <i32>(DIGITS - 1));
    store<u32>(a, load<u32>(a) + 1);
    store<u32>(b, load<u32>(b) + 1);
  }
  let first: u32 = 0;
  let second: u32 = 0;
  for (let at = counts; at < upper; at += 4) {
    const a = load<u32>(at);
    const b = load<u32>(at, 4 * DIGITS);
    store<u32>(at, first);
    store<u32>(at, second, 4 * DIGITS);
    first += a;
    second += b;
  }
  pass(scratch, scratch + SPARE, count, 0, counts);
  pass(scratch + SPARE, scratch, count, DIGIT, upper);
}

/** Fills `scratch` with the categories that have rows here (missing is one of them) and at least the hessian `support`, sorted; gives their number. */
function sortCategories(sums: usize, codes: i32, scratch: usize, smooth: f64, support: f64): i32 {
  let count = 0;
  let low = Infinity;
  let high = -Infinity;
  for (let code = 0; code < codes; code++) {
    const sum = load<i64>(sums + ((<usize>code) << 3));
    if (sum === 0 || hessianOf(sum) < support) continue;
    const order = gradientOf(sum) / (hessianOf(sum) + smooth);
    const place = candidateAt(scratch, count++);
    place.order = order;
    place.code = code;
    low = min<f64>(low, order);
    high = max<f64>(high, order);
  }
  if (count > SHORT) sortByKeys(scratch, count, low, high);
  for (let i = 1; i < count; i++) {
    const place = candidateAt(scratch, i);
    const order = place.order;
    if (candidateAt(scratch, i - 1).order <= order) continue;
    const code = place.code;
    let at = i;
    for (; at > 0 && candidateAt(scratch, at - 1).order > order; at--)
      v128.store(changetype<usize>(candidateAt(scratch, at)), v128.load(changetype<usize>(candidateAt(scratch, at - 1))));
    candidateAt(scratch, at).order = order;
    candidateAt(scratch, at).code = code;
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
  let best = found.gain;
  let bestLeft: i64 = 0;
  let bestSide = 0;
  let size = 0;
  // Where all are in one order, a run from one end leaves a run from the other.
  for (let side = 0; side < (count < all || sets > MOST_IN_SET ? 2 : 1); side++) {
    const from = side === 0 ? 0 : count - 1;
    const step = side === 0 ? 1 : -1;
    let left: i64 = 0;
    for (let i = 0; i < longest; i++) {
      left += load<i64>(sums + ((<usize>candidateAt(scratch, from + i * step).code) << 3));
      if (only >= 0 && only !== (side === 0 ? i : sets - 1 - i)) continue;
      const gain = gainOf(left, total, own, 0, search, l2);
      if (!(gain > best)) continue;
      best = gain;
      bestLeft = left;
      bestSide = side;
      size = i + 1;
    }
  }
  if (size === 0) return;
  const from = bestSide === 0 ? 0 : count - 1;
  keepSet(found, best, bestLeft, total, f, scratch, from, 1 - 2 * bestSide, size, missingCode);
}
