/**
 * How good drawn splits of a node are: up to sixteen features at once, a byte lane each. Sums of squares as in `forest-sums.as.ts`. Where every row weighs one,
 * whole numbers are counted, else weights are added up four lanes a pass.
 */
import { NEXT, SUMS, WIDE } from './forest-job.as.ts';
import { listOf, width } from './forest-sums.as.ts';

export const LANES: u32 = 16;
/** Under HEADS lie the lanes: their features u32, the codes up to which rows go left, those of missing values, ones where these go left, and STATE. */
export const FEATURE: usize = 0;
export const BIN: usize = 64;
export const LOST: usize = 80;
export const SIDE: usize = 96;
/** 1 where values are missing. */
export const STATE: usize = 112;
/** What came of it: rows that go left, and those of the second class among them, u32; how good that is, and weights and sums before, f64. */
export const COUNT: usize = 128;
const ONES: usize = 192;
export const VALUE: usize = 256;
const WEIGHT: usize = 384;
const SUM: usize = 512;
/** Then what is known of all columns, five rows of bytes (`forest-drawn.as.ts`), and the classes' tables: bytes by lane, then u32 by lane or f64 by four. */
export const COLUMNS: usize = 640;

/** Before a row's end stand its class u32, before that its weight f64; or its weighted target f64 and before that its weight f32. */
export const CLASS: usize = 4;
export const WEIGHT_OF: usize = 16;
export const TARGET: usize = 8;
export const SMALL_WEIGHT: usize = 12;

/** Rows that a byte can count. */
const CHUNK: usize = 255;

/** All ones in the lanes whose code goes left. */
/* inline */ function goesLeft(codes: v128, bins: v128, lost: v128, sides: v128): v128 {
  return v128.or(i8x16.eq(i8x16.min_u(codes, bins), codes), v128.and(i8x16.eq(codes, lost), sides));
}
/** The same of four lanes, from bytes, in 32 bits each. */
/* inline */ function fourLeft(codes: usize, bins: v128, lost: v128, sides: v128): v128 {
  const goes = goesLeft(v128.load32_zero(codes), bins, lost, sides);
  return i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(goes));
}
/* inline */ function firstFour(bytes: v128): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
}

/** Adds sixteen bytes to as many u32. */
function addBytes(to: usize, bytes: v128): void {
  const low = i16x8.extend_low_i8x16_u(bytes);
  const high = i16x8.extend_high_i8x16_u(bytes);
  v128.store(to, i32x4.add(v128.load(to), i32x4.extend_low_i16x8_u(low)));
  v128.store(to, i32x4.add(v128.load(to, 16), i32x4.extend_high_i16x8_u(low)), 16);
  v128.store(to, i32x4.add(v128.load(to, 32), i32x4.extend_low_i16x8_u(high)), 32);
  v128.store(to, i32x4.add(v128.load(to, 48), i32x4.extend_high_i16x8_u(high)), 48);
}

/** Two classes, rows weighing one: how many go left, and how many of them are of the second class. */
function countTwo(job: usize, lanes: usize, begin: usize, end: usize): void {
  const wide = load<usize>(job, WIDE);
  const own = wide - CLASS;
  const bins = v128.load(lanes, BIN);
  const lost = v128.load(lanes, LOST);
  const sides = v128.load(lanes, SIDE);
  for (let at = lanes + COUNT; at < lanes + VALUE; at += 16) v128.store(at, i8x16.splat(0));
  let codes = load<usize>(job, NEXT);
  for (let row = begin; row < end; ) {
    const stop = min(end, row + CHUNK * wide);
    let count = i8x16.splat(0);
    let ones = i8x16.splat(0);
    for (; row < stop; row += wide, codes += 16) {
      const goes = goesLeft(v128.load(codes), bins, lost, sides);
      count = i8x16.sub(count, goes);
      ones = i8x16.add(ones, v128.and(goes, v128.load8_splat(row + own)));
    }
    addBytes(lanes + COUNT, count);
    addBytes(lanes + ONES, ones);
  }
}
function judgeTwo(lanes: usize, total: usize, count: u32): void {
  const zeros = load<f64>(total);
  const ones = load<f64>(total, 8);
  for (let k: usize = 0; k < <usize>count; k++) {
    const s = <f64>load<u32>(lanes + ONES + (k << 2));
    const first = <f64>load<u32>(lanes + COUNT + (k << 2)) - s;
    store<f64>(lanes + VALUE + (k << 3), twoSides(first, s, zeros - first, ones - s));
  }
}
/* inline */ function twoSides(first: f64, s: f64, other: f64, rest: f64): f64 {
  return (first * first + s * s) / (first + s) + (other * other + rest * rest) / (other + rest);
}

/** Numbers, and two classes with weights: of four lanes from the `quad`-th byte on, rows, weights and sums that go left; the sum is the weight of the second class. */
/* inline */ function sumFour(job: usize, lanes: usize, quad: usize, begin: usize, end: usize, two: bool): void {
  const wide = load<usize>(job, WIDE);
  const bins = v128.load32_zero(lanes + quad, BIN);
  const lost = v128.load32_zero(lanes + quad, LOST);
  const sides = v128.load32_zero(lanes + quad, SIDE);
  let count = i32x4.splat(0);
  let w0 = f64x2.splat(0);
  let w1 = f64x2.splat(0);
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let codes = load<usize>(job, NEXT) + quad;
  for (let row = begin; row < end; row += wide, codes += 16) {
    const tail = row + wide;
    const goes = fourLeft(codes, bins, lost, sides);
    const g0 = v128.shuffle<i32>(goes, goes, 0, 0, 1, 1);
    const g1 = v128.shuffle<i32>(goes, goes, 2, 2, 3, 3);
    const weight: f64 = two ? load<f64>(tail - WEIGHT_OF) : <f64>load<f32>(tail - SMALL_WEIGHT);
    const sum: f64 = two ? weight * <f64>load<i32>(tail - CLASS) : load<f64>(tail - TARGET);
    const w = f64x2.splat(weight);
    const s = f64x2.splat(sum);
    count = i32x4.sub(count, goes);
    w0 = f64x2.add(w0, v128.and(w, g0));
    w1 = f64x2.add(w1, v128.and(w, g1));
    s0 = f64x2.add(s0, v128.and(s, g0));
    s1 = f64x2.add(s1, v128.and(s, g1));
  }
  v128.store(lanes + (quad << 2), count, COUNT);
  const at = lanes + (quad << 3);
  v128.store(at, w0, WEIGHT);
  v128.store(at, w1, WEIGHT + 16);
  v128.store(at, s0, SUM);
  v128.store(at, s1, SUM + 16);
}
function judgeSums(lanes: usize, total: usize, count: u32, two: bool): void {
  const all = load<f64>(total);
  const sum = load<f64>(total, 8);
  for (let k: usize = 0; k < <usize>count; k++) {
    const w = load<f64>(lanes + WEIGHT + (k << 3));
    const s = load<f64>(lanes + SUM + (k << 3));
    const rest = sum - s;
    const value: f64 = two ? twoSides(w - s, s, all - w + s, rest) : (s * s) / w + (rest * rest) / (all - w);
    store<f64>(lanes + VALUE + (k << 3), value);
  }
}

/** Numbers, rows weighing one: sums of eight lanes from the `half`-th byte on. */
function sumEight(job: usize, lanes: usize, half: usize, begin: usize, end: usize): void {
  const wide = load<usize>(job, WIDE);
  const own = wide - TARGET;
  const bins = v128.load64_zero(lanes + half, BIN);
  const lost = v128.load64_zero(lanes + half, LOST);
  const sides = v128.load64_zero(lanes + half, SIDE);
  let c0 = i32x4.splat(0);
  let c1 = i32x4.splat(0);
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  let codes = load<usize>(job, NEXT) + half;
  for (let row = begin; row < end; row += wide, codes += 16) {
    const goes = i16x8.extend_low_i8x16_s(goesLeft(v128.load64_zero(codes), bins, lost, sides));
    const low = i32x4.extend_low_i16x8_s(goes);
    const high = i32x4.extend_high_i16x8_s(goes);
    const s = v128.load64_splat(row + own);
    c0 = i32x4.sub(c0, low);
    c1 = i32x4.sub(c1, high);
    s0 = f64x2.add(s0, v128.and(s, v128.shuffle<i32>(low, low, 0, 0, 1, 1)));
    s1 = f64x2.add(s1, v128.and(s, v128.shuffle<i32>(low, low, 2, 2, 3, 3)));
    s2 = f64x2.add(s2, v128.and(s, v128.shuffle<i32>(high, high, 0, 0, 1, 1)));
    s3 = f64x2.add(s3, v128.and(s, v128.shuffle<i32>(high, high, 2, 2, 3, 3)));
  }
  const counts = lanes + (half << 2);
  v128.store(counts, c0, COUNT);
  v128.store(counts, c1, COUNT + 16);
  const at = lanes + (half << 3);
  v128.store(at, f64x2.convert_low_i32x4_s(c0), WEIGHT);
  v128.store(at, f64x2.convert_low_i32x4_s(v128.shuffle<i32>(c0, c0, 2, 3, 2, 3)), WEIGHT + 16);
  v128.store(at, f64x2.convert_low_i32x4_s(c1), WEIGHT + 32);
  v128.store(at, f64x2.convert_low_i32x4_s(v128.shuffle<i32>(c1, c1, 2, 3, 2, 3)), WEIGHT + 48);
  v128.store(at, s0, SUM);
  v128.store(at, s1, SUM + 16);
  v128.store(at, s2, SUM + 32);
  v128.store(at, s3, SUM + 48);
}

/** Several classes, rows weighing one: rows that go left by class and lane, in u32 behind the `size` bytes that count some rows at a time. */
function countClasses(
  job: usize,
  lanes: usize,
  bytes: usize,
  size: usize,
  count: u32,
  first: usize,
  stop: usize,
  begin: usize,
  end: usize,
): void {
  const wide = load<usize>(job, WIDE);
  const own = wide - CLASS;
  const bins = v128.load(lanes, BIN);
  const lost = v128.load(lanes, LOST);
  const sides = v128.load(lanes, SIDE);
  for (let at = lanes + COUNT; at < lanes + ONES; at += 16) v128.store(at, i8x16.splat(0));
  let codes = load<usize>(job, NEXT);
  for (let row = begin; row < end; ) {
    for (let place = first; place < stop; place += 4) v128.store(bytes + ((<usize>load<u32>(place)) << 1), i8x16.splat(0));
    const fresh = row === begin;
    const last = min(end, row + CHUNK * wide);
    let all = i8x16.splat(0);
    for (; row < last; row += wide, codes += 16) {
      const goes = goesLeft(v128.load(codes), bins, lost, sides);
      const at = bytes + ((<usize>load<u32>(row + own)) << 4);
      v128.store(at, i8x16.sub(v128.load(at), goes));
      all = i8x16.sub(all, goes);
    }
    addBytes(lanes + COUNT, all);
    for (let place = first; place < stop; place += 4) {
      const from = bytes + ((<usize>load<u32>(place)) << 1);
      const to = bytes + size + ((<usize>load<u32>(place)) << 3);
      for (let quad: usize = 0; quad < <usize>count; quad += 4) {
        const more = firstFour(v128.load32_zero(from + quad));
        v128.store(to + (quad << 2), fresh ? more : i32x4.add(v128.load(to + (quad << 2)), more));
      }
    }
  }
}
function judgeCounts(lanes: usize, total: usize, table: usize, count: u32, first: usize, stop: usize): void {
  for (let quad: usize = 0; quad < <usize>count; quad += 4) {
    let sl0 = f64x2.splat(0);
    let sl1 = f64x2.splat(0);
    let sr0 = f64x2.splat(0);
    let sr1 = f64x2.splat(0);
    let wr0 = f64x2.splat(0);
    let wr1 = f64x2.splat(0);
    for (let place = first; place < stop; place += 4) {
      const at = <usize>load<u32>(place);
      const own = v128.load(table + (at << 3) + (quad << 2));
      const all = v128.load64_splat(total + at);
      const l0 = f64x2.convert_low_i32x4_s(own);
      const l1 = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(own, own, 2, 3, 2, 3));
      const r0 = f64x2.sub(all, l0);
      const r1 = f64x2.sub(all, l1);
      sl0 = f64x2.add(sl0, f64x2.mul(l0, l0));
      sl1 = f64x2.add(sl1, f64x2.mul(l1, l1));
      sr0 = f64x2.add(sr0, f64x2.mul(r0, r0));
      sr1 = f64x2.add(sr1, f64x2.mul(r1, r1));
      wr0 = f64x2.add(wr0, r0);
      wr1 = f64x2.add(wr1, r1);
    }
    const counts = v128.load(lanes + (quad << 2), COUNT);
    const wl0 = f64x2.convert_low_i32x4_s(counts);
    const wl1 = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(counts, counts, 2, 3, 2, 3));
    v128.store(lanes + (quad << 3), f64x2.add(f64x2.div(sl0, wl0), f64x2.div(sr0, wr0)), VALUE);
    v128.store(lanes + (quad << 3), f64x2.add(f64x2.div(sl1, wl1), f64x2.div(sr1, wr1)), VALUE + 16);
  }
}

/** Several classes with weights, four lanes from the `quad`-th byte on: weights by class, then Σ squares over the weight, left and right. */
function weighFour(job: usize, lanes: usize, quad: usize, left: usize, first: usize, stop: usize, begin: usize, end: usize): void {
  const wide = load<usize>(job, WIDE);
  for (let place = first; place < stop; place += 4) {
    const at = left + ((<usize>load<u32>(place)) << 2);
    v128.store(at, i8x16.splat(0));
    v128.store(at, i8x16.splat(0), 16);
  }
  const bins = v128.load32_zero(lanes + quad, BIN);
  const lost = v128.load32_zero(lanes + quad, LOST);
  const sides = v128.load32_zero(lanes + quad, SIDE);
  let count = i32x4.splat(0);
  let codes = load<usize>(job, NEXT) + quad;
  for (let row = begin; row < end; row += wide, codes += 16) {
    const goes = fourLeft(codes, bins, lost, sides);
    count = i32x4.sub(count, goes);
    const w = v128.load64_splat(row + wide - WEIGHT_OF);
    const to = left + ((<usize>load<u32>(row + wide - CLASS)) << 5);
    v128.store(to, f64x2.add(v128.load(to), v128.and(w, v128.shuffle<i32>(goes, goes, 0, 0, 1, 1))));
    v128.store(to, f64x2.add(v128.load(to, 16), v128.and(w, v128.shuffle<i32>(goes, goes, 2, 2, 3, 3))), 16);
  }
  v128.store(lanes + (quad << 2), count, COUNT);
  const total = load<usize>(job, SUMS);
  for (let half: usize = 0; half < 32; half += 16) {
    let sqLeft = f64x2.splat(0);
    let sqRight = f64x2.splat(0);
    let wLeft = f64x2.splat(0);
    let wRight = f64x2.splat(0);
    for (let place = first; place < stop; place += 4) {
      const at = <usize>load<u32>(place);
      const l = v128.load(left + half + (at << 2));
      const r = f64x2.sub(v128.load64_splat(total + at), l);
      sqLeft = f64x2.add(sqLeft, f64x2.mul(l, l));
      sqRight = f64x2.add(sqRight, f64x2.mul(r, r));
      wLeft = f64x2.add(wLeft, l);
      wRight = f64x2.add(wRight, r);
    }
    v128.store(lanes + (quad << 3) + half, f64x2.add(f64x2.div(sqLeft, wLeft), f64x2.div(sqRight, wRight)), VALUE);
  }
}

/** COUNT and VALUE of the first `count` lanes over the rows [begin, end); their codes by row and lane lie under NEXT. `tables` is where the classes' tables begin. */
export function judgeLanes(job: usize, lanes: usize, tables: usize, classes: i32, unit: bool, count: u32, begin: usize, end: usize): void {
  const total = load<usize>(job, SUMS);
  if (classes > 2) {
    const list = listOf(total, width(classes));
    const first = list + 4;
    const stop = first + ((<usize>load<u32>(list)) << 2);
    if (unit) {
      const size = (<usize>classes) << 4;
      countClasses(job, lanes, tables, size, count, first, stop, begin, end);
      judgeCounts(lanes, total, tables + size, count, first, stop);
    } else for (let quad: usize = 0; quad < <usize>count; quad += 4) weighFour(job, lanes, quad, tables, first, stop, begin, end);
    return;
  }
  if (unit && classes === 2) {
    countTwo(job, lanes, begin, end);
    judgeTwo(lanes, total, count);
    return;
  }
  if (unit) for (let half: usize = 0; half < <usize>count; half += 8) sumEight(job, lanes, half, begin, end);
  else if (classes > 0) for (let quad: usize = 0; quad < <usize>count; quad += 4) sumFour(job, lanes, quad, begin, end, true);
  else for (let quad: usize = 0; quad < <usize>count; quad += 4) sumFour(job, lanes, quad, begin, end, false);
  judgeSums(lanes, total, count, classes > 0);
}
