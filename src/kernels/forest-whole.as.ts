/**
 * Looks for a forest node's split on one feature of few different values, for several classes whose weights are small whole numbers: sixteen bits a class and
 * bin, and all classes' squares a bin at once. Whole numbers are exact: the same splits as by other ways.
 */
import { ENTRIES, FINE_STARTS, HEADS, LIMIT, SUMS, WHOLE } from './forest-job.as.ts';
import { consider, listOf, width } from './forest-sums.as.ts';

/** Bins of a feature, the one of missing values among them: a bit each in a word. */
const BINS: u32 = 64;
/** Sums of squares of more do not fit. */
const MOST: f64 = 32767;
/** Under HEADS stand by bin rows u16 and weight u16; behind the heads and marks of chains by bin the weights of classes, and behind all bins those of the node. */
const TABLE: usize = 1088;
/** Added to a small whole f64, it leaves the number in the low bits. */
const SHIFT: f64 = 4503599627370496;

/** Bytes of a bin: one, two, three or four vectors. */
/* inline */ function strideOf(classes: i32): usize {
  return ((<usize>classes + 7) >> 3) << 4;
}

/** Lays the node's weights by class out; false where they are too large or not whole. */
export function startWhole(job: usize, classes: i32): bool {
  if (load<u32>(job, WHOLE) === 0 || load<f64>(job, LIMIT) > MOST) return false;
  const stride = strideOf(classes);
  const all = load<usize>(job, HEADS) + TABLE + stride * <usize>BINS;
  for (let at: usize = 0; at < stride; at += 16) v128.store(all + at, i16x8.splat(0));
  const total = load<usize>(job, SUMS);
  const list = listOf(total, width(classes));
  for (let place = list + 4, end = place + ((<usize>load<u32>(list)) << 2); place < end; place += 4) {
    const at = <usize>load<u32>(place);
    store<u16>(all + (at >> 2), <u16>(<i32>load<f64>(total + at)));
  }
  return true;
}

/** Whether a feature's bins hold one value each and are few. */
export function isPlain(job: usize, feature: u32, lost: u32): bool {
  const starts = load<usize>(job, FINE_STARTS) + ((<usize>feature) << 10);
  return lost < BINS && load<u32>(starts) === load<u32>(starts, 1024);
}

/** After `startWhole`: the best split of the entries on a plain feature; false when it is constant there. */
export function scanWhole(job: usize, classes: i32, from: u32, to: u32, feature: i32, column: usize, step: usize, lost: u32): bool {
  const stride = strideOf(classes);
  const counts = load<usize>(job, HEADS);
  const table = counts + TABLE;
  for (let at = table, end = table + stride * <usize>(lost + 1); at < end; at += 16) v128.store(at, i16x8.splat(0));
  for (let at = counts, end = counts + ((<usize>lost + 1) << 2); at < end; at += 16) v128.store(at, i32x4.splat(0));
  const entries = load<usize>(job, ENTRIES);
  let seen: u64 = 0;
  for (let entry: usize = entries + ((<usize>from) << 4), end = entries + ((<usize>to) << 4); entry < end; entry += 16) {
    const bin = <usize>load<u8>(column + <usize>load<u32>(entry) * step);
    const weight = <u32>reinterpret<u64>(load<f64>(entry, 8) + SHIFT);
    const at = table + bin * stride + ((<usize>load<u32>(entry, 4)) << 1);
    store<u16>(at, <u16>(<u32>load<u16>(at) + weight));
    const count = counts + (bin << 2);
    store<u32>(count, load<u32>(count) + 1 + (weight << 16));
    seen |= u64(1) << (<u64>bin);
  }
  const known = seen & ~(u64(1) << (<u64>lost));
  const hasMissing = known !== seen;
  if (known === 0 || (!hasMissing && (known & (known - 1)) === 0)) return false;
  const rows = <i32>(to - from);
  sweep(job, table, stride, known, -1, hasMissing ? rows + 1 : rows, rows, feature, hasMissing ? 0 : 2);
  if (hasMissing) sweep(job, table, stride, known, <i32>lost, rows, rows, feature, 1);
  return true;
}

/** The `k`-th vector of eight classes, where bins have so many. */
/* inline */ function eight(at: usize, stride: usize, k: usize): v128 {
  return stride > k << 4 ? v128.load(at + (k << 4)) : i16x8.splat(0);
}
/* inline */ function squares(a: v128, b: v128, c: v128, d: v128): v128 {
  return i32x4.add(
    i32x4.add(i32x4.dot_i16x8_s(a, a), i32x4.dot_i16x8_s(b, b)),
    i32x4.add(i32x4.dot_i16x8_s(c, c), i32x4.dot_i16x8_s(d, d)),
  );
}

/** Moves bin after bin to the left, that of missing values first where it is given, and considers a split after each until `end` rows are there. */
function sweep(job: usize, table: usize, stride: usize, known: u64, lost: i32, end: i32, rows: i32, feature: i32, side: i32): void {
  const counts = load<usize>(job, HEADS);
  const all = table + stride * <usize>BINS;
  const all0 = eight(all, stride, 0);
  const all1 = eight(all, stride, 1);
  const all2 = eight(all, stride, 2);
  const all3 = eight(all, stride, 3);
  const weight = nearest<f64>(load<f64>(job, LIMIT));
  const none = i16x8.splat(0);
  const start = table + (lost < 0 ? 0 : <usize>lost * stride);
  let left0 = lost < 0 ? none : eight(start, stride, 0);
  let left1 = lost < 0 ? none : eight(start, stride, 1);
  let left2 = lost < 0 ? none : eight(start, stride, 2);
  let left3 = lost < 0 ? none : eight(start, stride, 3);
  let count: u32 = lost < 0 ? 0 : load<u32>(counts + ((<usize>lost) << 2));
  for (let word = known; word !== 0; word &= word - 1) {
    const bin = <usize>ctz<u64>(word);
    const at = table + bin * stride;
    count += load<u32>(counts + (bin << 2));
    const rowsLeft = <i32>(count & 0xffff);
    if (rowsLeft === end) return;
    left0 = i16x8.add(left0, eight(at, stride, 0));
    left1 = i16x8.add(left1, eight(at, stride, 1));
    left2 = i16x8.add(left2, eight(at, stride, 2));
    left3 = i16x8.add(left3, eight(at, stride, 3));
    const l = squares(left0, left1, left2, left3);
    const r = squares(i16x8.sub(all0, left0), i16x8.sub(all1, left1), i16x8.sub(all2, left2), i16x8.sub(all3, left3));
    const half = i32x4.add(v128.shuffle<i32>(l, r, 0, 1, 4, 5), v128.shuffle<i32>(l, r, 2, 3, 6, 7));
    const both = i32x4.add(half, v128.shuffle<i32>(half, half, 1, 0, 3, 2));
    const wLeft = <f64>(count >>> 16);
    const value = <f64>i32x4.extract_lane(both, 0) / wLeft + <f64>i32x4.extract_lane(both, 2) / (weight - wLeft);
    consider(job, value, rowsLeft, rows, feature, <i32>(bin << 8) | 255, side);
  }
}
