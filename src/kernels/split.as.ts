/**
 * Finds the best split of a node from its sums: for numbers by a scan of the bins, four at a time in float32, the winner judged again in double.
 * What needs more care is in `split-careful.as.ts`, categories in `split-sets.as.ts`.
 *
 * A split gains T(G)²/(H + l2) left and right over the node's own, in the whole numbers of `histogram.as.ts`; T takes the L1 penalty off. The first of
 * equals wins: lowest feature, then missing right before left, then lowest bin.
 */
import { ownScore, searchNumbers } from './split-careful.as.ts';
import { FEATURE_BYTES, Feature, Found, gradientOf, hessianOf, Search, scoreOf } from './split-parts.as.ts';
import { searchCategories } from './split-sets.as.ts';

/** Of the least hessian. */
const NEARLY: f64 = 1 - 1e-5;

/** What the next split must beat. */
let bar: f32 = 0;

/** Lane k of four scores, if it beats the bar and its bin exists. */
/* inline */ function better(score: f32, bin: i32, cuts: i32): bool {
  return score > bar && bin < cuts;
}

/**
 * One scan of `cuts` bins, with the sums `start` on the left from the beginning (those of missing values, or none).
 *
 * Without L1, a = HL + l2 and b = HR + l2 add up to S, and the gain is D² · S / (a · b) with D = GL - G / S · a, up to a part that is
 * the same for all splits of the node. D² / (a · b) is what is compared, by products: no difference of large numbers, and no division but for a
 * new best. a · b also tells whether both sides have the least hessian.
 */
/* inline */ function scan(
  f: i32,
  sums: usize,
  cuts: i32,
  start: i64,
  missingLeft: i32,
  G: v128,
  slope: v128,
  size: v128,
  least: v128,
  l2: v128,
  l1: v128,
  first: u32,
  last: u32,
  withL1: bool,
  found: Found,
): void {
  const zero = i64x2.splat(0);
  let bars = f32x4.splat(bar);
  // Bins before the left side has enough, and behind those that leave the right side enough, need no score; what float32 may round is looked at.
  let before = start;
  let bin = 0;
  for (; bin + 8 <= cuts; bin += 8, sums += 64) {
    const eight = i64x2.add(i64x2.add(v128.load(sums), v128.load(sums, 16)), i64x2.add(v128.load(sums, 32), v128.load(sums, 48)));
    const next = before + i64x2.extract_lane(eight, 0) + i64x2.extract_lane(eight, 1);
    if (<u32>next >= first) break;
    before = next;
  }
  let left = i64x2.splat(before);
  for (; bin < cuts && <u32>i64x2.extract_lane(left, 0) <= last; bin += 4, sums += 32) {
    const x = v128.load(sums);
    const y = v128.load(sums, 16);
    // Running sums of four bins in two vectors.
    const p = i64x2.add(i64x2.add(x, v128.shuffle<i64>(zero, x, 0, 2)), left);
    left = v128.shuffle<i64>(p, p, 1, 1);
    const q = i64x2.add(i64x2.add(y, v128.shuffle<i64>(zero, y, 0, 2)), left);
    left = v128.shuffle<i64>(q, q, 1, 1);
    const gl = f32x4.convert_i32x4_s(v128.shuffle<i32>(p, q, 1, 3, 5, 7));
    const a = f32x4.add(f32x4.convert_i32x4_s(v128.shuffle<i32>(p, q, 0, 2, 4, 6)), l2);
    const b = f32x4.sub(size, a);
    const product = f32x4.mul(a, b);
    let square: v128;
    if (withL1) {
      // GL² / a + GR² / b over the common denominator.
      const l = f32x4.pmax(f32x4.sub(f32x4.abs(gl), l1), f32x4.splat(0));
      const r = f32x4.pmax(f32x4.sub(f32x4.abs(f32x4.sub(G, gl)), l1), f32x4.splat(0));
      square = f32x4.add(f32x4.mul(f32x4.mul(l, l), b), f32x4.mul(f32x4.mul(r, r), a));
    } else {
      const d = f32x4.sub(gl, f32x4.mul(slope, a));
      square = f32x4.mul(d, d);
    }
    const good = v128.and(f32x4.gt(square, f32x4.mul(bars, product)), f32x4.ge(product, least));
    if (!v128.any_true(good)) continue;
    const kept = v128.and(f32x4.div(square, product), good);
    let lane = -1;
    let sum: i64 = 0;
    if (better(f32x4.extract_lane(kept, 0), bin, cuts)) {
      bar = f32x4.extract_lane(kept, 0);
      lane = 0;
      sum = i64x2.extract_lane(p, 0);
    }
    if (better(f32x4.extract_lane(kept, 1), bin + 1, cuts)) {
      bar = f32x4.extract_lane(kept, 1);
      lane = 1;
      sum = i64x2.extract_lane(p, 1);
    }
    if (better(f32x4.extract_lane(kept, 2), bin + 2, cuts)) {
      bar = f32x4.extract_lane(kept, 2);
      lane = 2;
      sum = i64x2.extract_lane(q, 0);
    }
    if (better(f32x4.extract_lane(kept, 3), bin + 3, cuts)) {
      bar = f32x4.extract_lane(kept, 3);
      lane = 3;
      sum = i64x2.extract_lane(q, 1);
    }
    if (lane < 0) continue;
    bars = f32x4.splat(bar);
    found.left = sum;
    found.feature = f;
    found.bin = bin + lane;
    found.missingLeft = missingLeft;
    found.bySet = 0;
  }
}

/**
 * Looks through the `count` features listed at `list`, whose descriptions lie at `features`, for the best split of the node with the sums `sums`
 * and the sum of all its rows at `total`. Writes `found`; its gain is -1 where nothing gains.
 */
export function findSplit(features: usize, list: usize, count: i32, sums: usize, total: usize, search: Search, found: Found): void {
  const all = load<i64>(total);
  const l1 = search.l1;
  const l2 = search.l2;
  const own = ownScore(all, search, l2);
  const both = hessianOf(all) + 2 * l2;
  // With L1 the bar is the sum of both sides' scores; without, see `scan`.
  const offset = l1 === 0 ? (gradientOf(all) * gradientOf(all)) / both - own : -own;
  const unit = l1 === 0 ? both : 1;
  // For `scan`: what is the same for all features.
  const low = search.least + l2;
  const G4 = f32x4.splat(<f32>gradientOf(all));
  const slope = f32x4.splat(<f32>(gradientOf(all) / both));
  const size = f32x4.splat(<f32>both);
  const least = f32x4.splat(2 * low > both ? Infinity : <f32>(low * (both - low)));
  const l24 = f32x4.splat(<f32>l2);
  const l14 = f32x4.splat(<f32>l1);
  const first = <u32>(search.least * NEARLY);
  const last = <u32>all - first;
  found.feature = -1;
  // A gain must stand out of rounding.
  found.gain = own * 1e-9;
  for (let i = 0; i < count; i++) {
    const f = load<i32>(list + ((<usize>i) << 2));
    const feature = changetype<Feature>(features + <usize>f * FEATURE_BYTES);
    const at = sums + feature.sums;
    if (feature.categories !== 0) {
      searchCategories(f, feature, at, all, search, own, found);
      continue;
    }
    if (search.careful !== 0) {
      searchNumbers(f, feature, at, all, search, own, found);
      continue;
    }
    const edges = feature.edges;
    const missing = load<i64>(at + ((<usize>(edges + 1)) << 3));
    // With missing values also the cut behind the last bin: all values left, missing ones right.
    const cuts = edges + i32(missing !== 0);
    bar = <f32>max<f64>((found.gain - offset) / unit, 0);
    const before = bar;
    if (l1 === 0) {
      scan(f, at, cuts, 0, 0, G4, slope, size, least, l24, l14, first, last, false, found);
      if (missing !== 0) scan(f, at, edges, missing, 1, G4, slope, size, least, l24, l14, first, last, false, found);
    } else {
      scan(f, at, cuts, 0, 0, G4, slope, size, least, l24, l14, first, last, true, found);
      if (missing !== 0) scan(f, at, edges, missing, 1, G4, slope, size, least, l24, l14, first, last, true, found);
    }
    if (bar > before) found.gain = scoreOf(found.left, l1, l2) + scoreOf(all - found.left, l1, l2) - own;
  }
  if (found.feature < 0 || !(found.gain > 0)) {
    found.gain = -1;
    return;
  }
  // Where nothing is missing here, a missing value at scoring goes with the majority.
  const winner = changetype<Feature>(features + <usize>found.feature * FEATURE_BYTES);
  const missing = load<i64>(sums + winner.sums + ((<usize>(winner.edges + 1)) << 3));
  if (missing === 0) found.missingLeft = i32(2 * hessianOf(found.left) >= hessianOf(all));
}
