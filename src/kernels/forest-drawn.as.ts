/**
 * Splits of extra trees: each feature is parted by one threshold, drawn evenly between its least and its greatest value in the node; missing values go to a
 * side drawn too. Four features are looked at in one pass over the rows, a lane for each: where an entry lies and what it weighs is the same for all.
 */
import {
  BEST,
  COLS,
  centreOf,
  codeAt,
  columnOf,
  draw,
  EDGES,
  ENTRIES,
  HEADS,
  LIMIT,
  NEXT,
  nextFeature,
  SUMS,
  stepOf,
  TRIES,
} from './forest-job.as.ts';
import { consider, listOf, width } from './forest-sums.as.ts';

const LANES: u32 = 4;
/** Under HEADS, where extra trees have no chains, lie four words each: where the codes of a lane begin, its code of missing values, its feature … */
const COLUMN: usize = 0;
const LOST: usize = 16;
const FEATURE: usize = 32;
/** … what was drawn: codes up to this one go left, and missing values where SIDE is -1; STATE is 0 for no split, 2 where values are missing, else 1 … */
const BIN: usize = 48;
const SIDE: usize = 64;
const STATE: usize = 80;
/** … and what came of it: rows that go left, and four f64 of how good that is, or of weights and sums before. */
const COUNT: usize = 96;
const VALUE: usize = 112;
const WEIGHT: usize = 144;
const SUM: usize = 176;
/** Where histograms would lie: weights that go left, by class four f64. */
const BY_CLASS: usize = 1088;

/* inline */ function wordAt(lanes: usize, field: usize, k: u32): u32 {
  return load<u32>(lanes + field + ((<usize>k) << 2));
}
/* inline */ function setWord(lanes: usize, field: usize, k: u32, value: u32): void {
  store<u32>(lanes + field + ((<usize>k) << 2), value);
}
/* inline */ function doubleAt(lanes: usize, field: usize, k: u32): f64 {
  return load<f64>(lanes + field + ((<usize>k) << 3));
}

/** The code up to which a feature's values go left, between the least code and the one before the greatest. */
function drawBin(job: usize, feature: u32, least: u32, most: u32): u32 {
  const low = centreOf(job, feature, least);
  const high = centreOf(job, feature, most);
  return codeAt(job, feature, least, most, low + (high - low) * (<f64>draw(job) / 4294967296.0));
}

/** Draws for the first `count` lanes; gives 0 where all are constant, 1 where none of the others can be parted by what was drawn, else 2. */
function drawLanes(job: usize, lanes: usize, count: u32, begin: usize, end: usize, step: usize): i32 {
  const c0 = <usize>wordAt(lanes, COLUMN, 0);
  const c1 = <usize>wordAt(lanes, COLUMN, 1);
  const c2 = <usize>wordAt(lanes, COLUMN, 2);
  const c3 = <usize>wordAt(lanes, COLUMN, 3);
  const lost = i32x4.splat(
    wordAt(lanes, LOST, 0) | (wordAt(lanes, LOST, 1) << 8) | (wordAt(lanes, LOST, 2) << 16) | (wordAt(lanes, LOST, 3) << 24),
  );
  let low = i8x16.splat(-1);
  let high = i8x16.splat(0);
  let some = i8x16.splat(0);
  let out = load<usize>(job, NEXT);
  for (let entry = begin; entry < end; entry += 16, out += 4) {
    const row = <usize>load<u32>(entry) * step;
    const codes =
      <u32>load<u8>(c0 + row) | ((<u32>load<u8>(c1 + row)) << 8) | ((<u32>load<u8>(c2 + row)) << 16) | ((<u32>load<u8>(c3 + row)) << 24);
    store<u32>(out, codes);
    const four = i32x4.splat(codes);
    const missing = i8x16.eq(four, lost);
    low = i8x16.min_u(low, four);
    high = i8x16.max_u(high, v128.andnot(four, missing));
    some = v128.or(some, missing);
  }
  const lows = <u32>i32x4.extract_lane(low, 0);
  const highs = <u32>i32x4.extract_lane(high, 0);
  const somes = <u32>i32x4.extract_lane(some, 0);
  let found = 0;
  for (let k: u32 = 0; k < count; k++) {
    const least = (lows >>> (8 * k)) & 255;
    const most = (highs >>> (8 * k)) & 255;
    const misses = (somes >>> (8 * k)) & 1;
    if (least === wordAt(lanes, LOST, k) || (least === most && misses === 0)) continue;
    found = max(found, 1);
    const side = misses !== 0 ? draw(job) & 1 : 0;
    if (least === most && side === 1) continue;
    setWord(lanes, BIN, k, least < most ? drawBin(job, wordAt(lanes, FEATURE, k), least, most) : least);
    setWord(lanes, SIDE, k, 0 - side);
    setWord(lanes, STATE, k, 1 + misses);
    found = 2;
  }
  return found;
}

/** All ones in the lanes whose code goes left. */
/* inline */ function goesLeft(codes: usize, bins: v128, lost: v128, sides: v128): v128 {
  const four = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(codes)));
  return v128.or(i32x4.le_s(four, bins), v128.and(i32x4.eq(four, lost), sides));
}

/** Numbers and two classes: weights and sums of what goes left, the sum being the weight of the second class. */
/* inline */ function sumLeft(job: usize, lanes: usize, begin: usize, end: usize, two: bool): void {
  const bins = v128.load(lanes, BIN);
  const lost = v128.load(lanes, LOST);
  const sides = v128.load(lanes, SIDE);
  let count = i32x4.splat(0);
  let w0 = f64x2.splat(0);
  let w1 = f64x2.splat(0);
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let codes = load<usize>(job, NEXT);
  for (let entry = begin; entry < end; entry += 16, codes += 4) {
    const goes = goesLeft(codes, bins, lost, sides);
    const g0 = v128.shuffle<i32>(goes, goes, 0, 0, 1, 1);
    const g1 = v128.shuffle<i32>(goes, goes, 2, 2, 3, 3);
    const weight: f64 = two ? load<f64>(entry, 8) : <f64>load<f32>(entry, 4);
    const sum: f64 = two ? weight * <f64>load<i32>(entry, 4) : load<f64>(entry, 8);
    const w = f64x2.splat(weight);
    const s = f64x2.splat(sum);
    count = i32x4.sub(count, goes);
    w0 = f64x2.add(w0, v128.and(w, g0));
    w1 = f64x2.add(w1, v128.and(w, g1));
    s0 = f64x2.add(s0, v128.and(s, g0));
    s1 = f64x2.add(s1, v128.and(s, g1));
  }
  v128.store(lanes, count, COUNT);
  v128.store(lanes, w0, WEIGHT);
  v128.store(lanes, w1, WEIGHT + 16);
  v128.store(lanes, s0, SUM);
  v128.store(lanes, s1, SUM + 16);
}

/** How good each lane's split is, for numbers or two classes. */
function judgeSums(lanes: usize, total: usize, two: bool): void {
  const all = load<f64>(total);
  const sum = load<f64>(total, 8);
  for (let k: u32 = 0; k < LANES; k++) {
    const w = doubleAt(lanes, WEIGHT, k);
    const s = doubleAt(lanes, SUM, k);
    const rest = sum - s;
    let value: f64 = 0;
    if (two) {
      const first = w - s;
      const other = all - first;
      value = (first * first + s * s) / w + (other * other + rest * rest) / (other + rest);
    } else value = (s * s) / w + (rest * rest) / (all - w);
    store<f64>(lanes + VALUE + ((<usize>k) << 3), value);
  }
}

/** The same for several classes: weights by class in four lanes, then Σ squares over the weight, left and right. */
function judgeClasses(job: usize, lanes: usize, begin: usize, end: usize, classes: i32): void {
  const total = load<usize>(job, SUMS);
  const left = lanes + BY_CLASS;
  const list = listOf(total, width(classes));
  const first = list + 4;
  const stop = first + ((<usize>load<u32>(list)) << 2);
  for (let place = first; place < stop; place += 4) memory.fill(left + ((<usize>load<u32>(place)) << 2), 0, 32);
  const bins = v128.load(lanes, BIN);
  const lost = v128.load(lanes, LOST);
  const sides = v128.load(lanes, SIDE);
  let count = i32x4.splat(0);
  let codes = load<usize>(job, NEXT);
  for (let entry = begin; entry < end; entry += 16, codes += 4) {
    const goes = goesLeft(codes, bins, lost, sides);
    count = i32x4.sub(count, goes);
    const w = f64x2.splat(load<f64>(entry, 8));
    const to = left + ((<usize>load<u32>(entry, 4)) << 5);
    v128.store(to, f64x2.add(v128.load(to), v128.and(w, v128.shuffle<i32>(goes, goes, 0, 0, 1, 1))));
    v128.store(to, f64x2.add(v128.load(to, 16), v128.and(w, v128.shuffle<i32>(goes, goes, 2, 2, 3, 3))), 16);
  }
  v128.store(lanes, count, COUNT);
  for (let half: usize = 0; half < 32; half += 16) {
    let sqLeft = f64x2.splat(0);
    let sqRight = f64x2.splat(0);
    let wLeft = f64x2.splat(0);
    let wRight = f64x2.splat(0);
    for (let place = first; place < stop; place += 4) {
      const at = <usize>load<u32>(place);
      const l = v128.load(left + half + (at << 2));
      const r = f64x2.sub(f64x2.splat(load<f64>(total + at)), l);
      sqLeft = f64x2.add(sqLeft, f64x2.mul(l, l));
      sqRight = f64x2.add(sqRight, f64x2.mul(r, r));
      wLeft = f64x2.add(wLeft, l);
      wRight = f64x2.add(wRight, r);
    }
    v128.store(lanes + half, f64x2.add(f64x2.div(sqLeft, wLeft), f64x2.div(sqRight, wRight)), VALUE);
  }
}

/** Tries features in a drawn order until enough were looked at and one of them was not constant, or nothing better can come: the first of equals wins. */
export function findDrawn(job: usize, classes: i32, from: u32, to: u32): bool {
  const cols = load<u32>(job, COLS);
  const tries = load<u32>(job, TRIES);
  const limit = load<f64>(job, LIMIT);
  const step = stepOf(job, to - from);
  const lanes = load<usize>(job, HEADS);
  const total = load<usize>(job, SUMS);
  const edges = load<usize>(job, EDGES);
  const entries = load<usize>(job, ENTRIES);
  const begin: usize = entries + ((<usize>from) << 4);
  const end: usize = entries + ((<usize>to) << 4);
  store<f64>(job, -1, BEST);
  let varied: bool = false;
  for (let j: u32 = 0; j < cols && (j < tries || !varied) && load<f64>(job, BEST) < limit; ) {
    const count = j < tries ? min(LANES, tries - j) : 1;
    for (let k: u32 = 0; k < LANES; k++) {
      const feature = k < count ? nextFeature(job, j + k) : wordAt(lanes, FEATURE, 0);
      setWord(lanes, FEATURE, k, feature);
      setWord(lanes, COLUMN, k, <u32>columnOf(job, feature, step));
      setWord(lanes, LOST, k, load<u32>(edges + ((<usize>feature) << 2)) + 1);
      setWord(lanes, STATE, k, 0);
    }
    j += count;
    const found = drawLanes(job, lanes, count, begin, end, step);
    varied = varied || found > 0;
    if (found < 2) continue;
    if (classes > 2) judgeClasses(job, lanes, begin, end, classes);
    else if (classes > 0) sumLeft(job, lanes, begin, end, true);
    else sumLeft(job, lanes, begin, end, false);
    if (classes <= 2) judgeSums(lanes, total, classes > 0);
    for (let k: u32 = 0; k < count; k++) {
      const state = wordAt(lanes, STATE, k);
      if (state === 0) continue;
      const side = state === 2 ? <i32>(wordAt(lanes, SIDE, k) & 1) : 2;
      const feature = <i32>wordAt(lanes, FEATURE, k);
      consider(
        job,
        doubleAt(lanes, VALUE, k),
        <i32>wordAt(lanes, COUNT, k),
        <i32>(to - from),
        feature,
        <i32>((wordAt(lanes, BIN, k) << 8) | 255),
        side,
      );
    }
  }
  return load<f64>(job, BEST) >= 0;
}
