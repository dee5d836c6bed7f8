/**
 * Grows the trees of extra trees: each feature is parted by one threshold, drawn evenly between its least and its greatest value in the node; missing values go
 * to a side drawn too. The rows' bins lie side by side, their targets behind them, and move from one buffer to the other and back at each split, so that all features'
 * ranges come from one pass over memory in its order, and what was drawn is judged in another.
 */
import {
  BEST,
  BINS_A,
  BINS_B,
  CENTRES,
  CLASSES,
  CODES,
  COLS,
  centreOf,
  draw,
  EDGES,
  ENTRIES,
  EVERY_16TH,
  HEADS,
  LIMIT,
  MAX_DEPTH,
  MIN_LEAF,
  NEXT,
  nextFeature,
  STACK,
  SUMS,
  TRIES,
  UNIT,
  WIDE,
} from './forest-job.as.ts';
import {
  BIN,
  CLASS,
  COLUMNS,
  COUNT,
  FEATURE,
  judgeLanes,
  LANES,
  LOST,
  SIDE,
  SMALL_WEIGHT,
  STATE,
  TARGET,
  VALUE,
  WEIGHT_OF,
} from './forest-lanes.as.ts';
import { startNode, writeLeaf, writeMean, writePure, writeSplit } from './forest-nodes.as.ts';
import { addClass, consider, endClasses, forgetClasses, listOf, startClasses, sumOfClasses, width } from './forest-sums.as.ts';

/** Of each column, WIDE bytes from COLUMNS on: its least bin in the node, … */
/* inline */ function lowOf(job: usize): usize {
  return load<usize>(job, HEADS) + COLUMNS;
}
/** … its greatest, then where values are missing, then the bin of missing values, and which lane it has among sixteen neighbours, 255 for none. */
/* inline */ function rowOf(job: usize, place: usize): usize {
  return lowOf(job) + load<usize>(job, WIDE) * place;
}
const HIGH: usize = 1;
const SOME: usize = 2;
const GONE: usize = 3;
const PICK: usize = 4;
/** Bytes of a vector. */
const BLOCK: usize = 16;

/** What the columns of a row take, in whole vectors: a target may stand in the last one. */
/* inline */ function spanOf(job: usize): usize {
  return (load<usize>(job, COLS) + BLOCK - 1) & ~(BLOCK - 1);
}

/** The sample's rows side by side in the first buffer, and the bins of missing values, which the bytes behind the last column do not have. */
function layOut(job: usize, classes: i32, unit: bool, rows: i32): void {
  const wide = load<usize>(job, WIDE);
  const codes = load<usize>(job, CODES);
  let to = load<usize>(job, BINS_A);
  for (let entry = load<usize>(job, ENTRIES), end = entry + ((<usize>rows) << 4); entry < end; entry += 16, to += wide) {
    const from = codes + <usize>load<u32>(entry) * wide;
    for (let block: usize = 0; block < wide; block += BLOCK) v128.store(to + block, v128.load(from + block));
    const tail = to + wide;
    if (classes > 0) {
      store<u32>(tail - CLASS, load<u32>(entry, 4));
      if (!unit) store<f64>(tail - WEIGHT_OF, load<f64>(entry, 8));
    } else {
      store<f64>(tail - TARGET, load<f64>(entry, 8));
      if (!unit) store<f32>(tail - SMALL_WEIGHT, load<f32>(entry, 4));
    }
  }
  const gone = rowOf(job, GONE);
  memory.fill(gone, 255, wide);
  const edges = load<usize>(job, EDGES);
  for (let j: usize = 0; j < load<usize>(job, COLS); j++) store<u8>(gone + j, <u8>(load<u32>(edges + (j << 2)) + 1));
}

/** Totals of a node, and as LIMIT what the best split could reach at most; true when nothing in it is left to tell apart. */
function addUp(job: usize, classes: i32, unit: bool, begin: usize, end: usize, rows: u32): bool {
  const total = load<usize>(job, SUMS);
  const wide = load<usize>(job, WIDE);
  const list = listOf(total, width(classes));
  if (classes === 2 && unit) {
    let ones: u32 = 0;
    for (let row = begin + wide - CLASS; row < end; row += wide) ones += load<u32>(row);
    const zeros = rows - ones;
    store<f64>(total, <f64>zeros);
    store<f64>(total, <f64>ones, 8);
    store<u32>(list, u32(zeros > 0) + u32(ones > 0));
    store<u32>(list, zeros > 0 ? 0 : 8, 4);
    store<u32>(list, 8, 8);
    store<f64>(job, <f64>rows, LIMIT);
    return zeros === 0 || ones === 0;
  }
  if (classes > 0) {
    let place = startClasses(total, list);
    for (let tail = begin + wide; tail <= end; tail += wide)
      place = addClass(total, place, (<usize>load<u32>(tail - CLASS)) << 3, unit ? 1 : load<f64>(tail - WEIGHT_OF));
    const count = endClasses(list, place);
    store<f64>(job, unit ? <f64>rows : sumOfClasses(total, list), LIMIT);
    return count < 2;
  }
  let w: f64 = 0;
  let s: f64 = 0;
  let squares: f64 = 0;
  for (let tail = begin + wide; tail <= end; tail += wide) {
    const sum = load<f64>(tail - TARGET);
    const weight: f64 = unit ? 1 : <f64>load<f32>(tail - SMALL_WEIGHT);
    w += weight;
    s += sum;
    squares += unit ? sum * sum : (sum * sum) / weight;
  }
  store<f64>(total, w);
  store<f64>(total, s, 8);
  store<f64>(job, squares, LIMIT);
  return squares - (s * s) / w <= squares * 1e-12;
}

/** How good the node is as it is. */
function ownGood(job: usize, classes: i32): f64 {
  const total = load<usize>(job, SUMS);
  if (classes === 0) return (load<f64>(total, 8) * load<f64>(total, 8)) / load<f64>(total);
  const list = listOf(total, width(classes));
  let squares: f64 = 0;
  let all: f64 = 0;
  for (let place = list + 4, end = place + ((<usize>load<u32>(list)) << 2); place < end; place += 4) {
    const weight = load<f64>(total + <usize>load<u32>(place));
    squares += weight * weight;
    all += weight;
  }
  return squares / all;
}

/** The least and the greatest known bin of every column, and where some are missing. */
function findRanges(job: usize, begin: usize, end: usize): void {
  const wide = load<usize>(job, WIDE);
  const low = lowOf(job);
  for (let block: usize = 0, span = spanOf(job); block < span; block += BLOCK) {
    const gone = v128.load(low + GONE * wide + block);
    let least = i8x16.splat(-1);
    let most = i8x16.splat(0);
    let some = i8x16.splat(0);
    for (let at = begin + block; at < end; at += wide) {
      const bins = v128.load(at);
      const missing = i8x16.eq(bins, gone);
      least = i8x16.min_u(least, bins);
      most = i8x16.max_u(most, v128.andnot(bins, missing));
      some = v128.or(some, missing);
    }
    v128.store(low + block, least);
    v128.store(low + HIGH * wide + block, most);
    v128.store(low + SOME * wide + block, some);
  }
}

/** Which of sixteen rising f32 are not beyond a value, counted without a branch. */
/* inline */ function countUpTo(at: usize, value: v128): u32 {
  const low = i16x8.narrow_i32x4_s(f32x4.le(v128.load(at), value), f32x4.le(v128.load(at, 16), value));
  const high = i16x8.narrow_i32x4_s(f32x4.le(v128.load(at, 32), value), f32x4.le(v128.load(at, 48), value));
  return <u32>popcnt(i8x16.bitmask(i8x16.narrow_i16x8_s(low, high)));
}
/** The last bin whose centre is not beyond the threshold, by way of every sixteenth. */
function lastUpTo(job: usize, feature: u32, threshold: f32): u32 {
  const value = f32x4.splat(threshold);
  const sixteen = countUpTo(load<usize>(job, EVERY_16TH) + ((<usize>feature) << 6), value);
  const centres = load<usize>(job, CENTRES) + ((<usize>feature) << 10) + ((<usize>sixteen) << 6);
  return (sixteen << 4) + countUpTo(centres, value) - 1;
}

/** Draws a split for the `k`-th lane; gives 0 where the feature is constant, 1 where what was drawn parts nothing, else 2. */
function drawLane(job: usize, lanes: usize, k: usize, feature: u32): i32 {
  const wide = load<usize>(job, WIDE);
  const at = lowOf(job) + <usize>feature;
  const least = <u32>load<u8>(at);
  const most = <u32>load<u8>(at + HIGH * wide);
  const misses = <u32>load<u8>(at + SOME * wide) & 1;
  const gone = <u32>load<u8>(at + GONE * wide);
  if (least === gone || (least === most && misses === 0)) return 0;
  const side = misses !== 0 ? draw(job) & 1 : 0;
  if (least === most && side === 1) return 1;
  let bin = least;
  if (least < most) {
    const low = centreOf(job, feature, least);
    const high = centreOf(job, feature, most);
    bin = max(least, min(most - 1, lastUpTo(job, feature, <f32>(low + (high - low) * (<f64>draw(job) / 4294967296.0)))));
  }
  store<u32>(lanes + (k << 2), feature, FEATURE);
  store<u8>(lanes + k, <u8>bin, BIN);
  store<u8>(lanes + k, <u8>gone, LOST);
  store<u8>(lanes + k, <u8>(0 - side), SIDE);
  store<u8>(lanes + k, <u8>misses, STATE);
  const block = <usize>feature & ~(BLOCK - 1);
  // Where this lane stands in the block of its feature.
  store<u8>(rowOf(job, PICK) + block + k, <u8>(feature & 15));
  return 2;
}

/** The lanes' bins, sixteen bytes a row, under NEXT. */
function gather(job: usize, begin: usize, end: usize): void {
  const wide = load<usize>(job, WIDE);
  const span = spanOf(job);
  const pick = rowOf(job, PICK);
  const next = load<usize>(job, NEXT);
  const first = v128.load(pick);
  if (span === BLOCK) {
    for (let at = begin, to = next; at < end; at += wide, to += 16) v128.store(to, v128.swizzle(v128.load(at), first));
    return;
  }
  const second = v128.load(pick, BLOCK);
  for (let at = begin, to = next; at < end; at += wide, to += 16)
    v128.store(to, v128.or(v128.swizzle(v128.load(at), first), v128.swizzle(v128.load(at, BLOCK), second)));
  for (let block: usize = 2 * BLOCK; block < span; block += BLOCK) {
    const more = v128.load(pick + block);
    if (i8x16.bitmask(more) === 0xffff) continue;
    for (let at = begin + block, to = next; at < end; at += wide, to += 16)
      v128.store(to, v128.or(v128.load(to), v128.swizzle(v128.load(at), more)));
  }
}

/** Two rows are told apart by all that parts them, so the first such split is the best. */
function findPair(job: usize, lanes: usize): bool {
  const cols = load<u32>(job, COLS);
  const tries = load<u32>(job, TRIES);
  store<f64>(job, -1, BEST);
  let varied: bool = false;
  for (let j: u32 = 0; j < cols && (j < tries || !varied); j++) {
    const found = drawLane(job, lanes, 0, nextFeature(job, j));
    varied = varied || found > 0;
    if (found < 2) continue;
    considerLane(job, lanes, 0, load<f64>(job, LIMIT), 1, 2);
    break;
  }
  return load<f64>(job, BEST) >= 0;
}
function considerLane(job: usize, lanes: usize, k: usize, value: f64, left: i32, rows: i32): void {
  const side = load<u8>(lanes + k, STATE) === 1 ? <i32>load<u8>(lanes + k, SIDE) & 1 : 2;
  const bin = ((<i32>load<u8>(lanes + k, BIN)) << 8) | 255;
  consider(job, value, left, rows, load<i32>(lanes + (k << 2), FEATURE), bin, side);
}

/** Tries features in a drawn order until enough were looked at and one of them was not constant: the first of equals wins. */
function findDrawn(job: usize, classes: i32, unit: bool, begin: usize, end: usize, rows: u32): bool {
  const cols = load<u32>(job, COLS);
  const tries = load<u32>(job, TRIES);
  const lanes = load<usize>(job, HEADS);
  const pick = rowOf(job, PICK);
  findRanges(job, begin, end);
  if (rows === 2) return findPair(job, lanes);
  store<f64>(job, -1, BEST);
  let varied: bool = false;
  for (let j: u32 = 0; j < cols && (j < tries || !varied); ) {
    for (let block: usize = 0, span = spanOf(job); block < span; block += BLOCK) v128.store(pick + block, i8x16.splat(-1));
    let count: u32 = 0;
    while (count < LANES && j < cols && (j < tries || !varied)) {
      const found = drawLane(job, lanes, <usize>count, nextFeature(job, j++));
      varied = varied || found > 0;
      count += u32(found > 1);
    }
    if (count === 0) continue;
    gather(job, begin, end);
    judgeLanes(job, lanes, rowOf(job, PICK + 1), classes, unit, count, begin, end);
    for (let k: usize = 0; k < <usize>count; k++)
      considerLane(job, lanes, k, load<f64>(lanes + (k << 3), VALUE), load<i32>(lanes + (k << 2), COUNT), <i32>rows);
  }
  return load<f64>(job, BEST) >= 0;
}

/** A leaf of one row, which ends at `tail`; gives the next place for values. */
function writeOne(job: usize, classes: i32, node: u32, place: u32, tail: usize): u32 {
  if (classes > 0) {
    writePure(job, node, load<u32>(tail - CLASS));
    return place;
  }
  writeMean(job, node, place, load<f64>(tail - TARGET) / (load<u32>(job, UNIT) !== 0 ? 1 : <f64>load<f32>(tail - SMALL_WEIGHT)));
  return place + 1;
}

/** Moves a node's rows to the other buffer: left ones to its beginning, right ones from its end on down; gives the number of the left ones. */
function part(job: usize, begin: usize, end: usize, to: usize): u32 {
  const wide = load<usize>(job, WIDE);
  const feature = <usize>load<u32>(job, BEST + 8);
  const bin = load<u32>(job, BEST + 12) >>> 8;
  const missingLeft = load<u32>(job, BEST + 16);
  const gone = <u32>load<u8>(rowOf(job, GONE) + feature);
  let left = to;
  let right = to + (end - begin) - wide;
  for (let row = begin; row < end; row += wide) {
    const code = <u32>load<u8>(row + feature);
    const goes = <usize>(u32(code <= bin) | (u32(code === gone) & missingLeft));
    const own = v128.load(row);
    v128.store(left, own);
    v128.store(right, own);
    for (let block: usize = BLOCK; block < wide; block += BLOCK) {
      const more = v128.load(row + block);
      v128.store(left + block, more);
      v128.store(right + block, more);
    }
    left += wide & (0 - goes);
    right -= wide & (goes - 1);
  }
  return <u32>((left - to) / wide);
}

/** Grows a tree from the sample's `rows` entries; gives the number of its nodes. The stack holds first place, end, node, and twice the depth and the buffer. */
export function growDrawn(job: usize, rows: i32): i32 {
  const classes = load<i32>(job, CLASSES);
  const unit = load<u32>(job, UNIT) !== 0;
  const stack = load<usize>(job, STACK);
  const minLeaf = load<u32>(job, MIN_LEAF);
  const maxDepth = load<u32>(job, MAX_DEPTH);
  const wide = load<usize>(job, WIDE);
  const binsA = load<usize>(job, BINS_A);
  const binsB = load<usize>(job, BINS_B);
  if (classes > 0) forgetClasses(load<usize>(job, SUMS), width(classes));
  layOut(job, classes, unit, rows);
  let count: u32 = 1;
  let places: u32 = 0;
  let top: usize = stack + 16;
  store<u32>(stack, 0);
  store<u32>(stack, rows, 4);
  store<u32>(stack, 0, 8);
  store<u32>(stack, 0, 12);
  while (top > stack) {
    top -= 16;
    const from = load<u32>(top);
    const to = load<u32>(top, 4);
    const node = load<u32>(top, 8);
    const level = load<u32>(top, 12);
    const second = (level & 1) !== 0;
    const begin = (second ? binsB : binsA) + <usize>from * wide;
    const end = begin + <usize>(to - from) * wide;
    startNode(job, node, to - from);
    if (to - from === 1) {
      places = writeOne(job, classes, node, places, end);
      continue;
    }
    const pure = addUp(job, classes, unit, begin, end, to - from);
    const parts = !pure && level >>> 1 < maxDepth && to - from >= 2 * minLeaf;
    if (!parts || !findDrawn(job, classes, unit, begin, end, to - from)) {
      places = writeLeaf(job, classes, node, places);
      continue;
    }
    const middle = from + part(job, begin, end, (second ? binsA : binsB) + <usize>from * wide);
    const gain = max<f64>(0, load<f64>(job, BEST) - ownGood(job, classes));
    writeSplit(job, node, load<u32>(job, BEST + 8), load<u32>(job, BEST + 12), load<u32>(job, BEST + 16), count, gain);
    const below = (level + 2) ^ 1;
    store<u32>(top, middle);
    store<u32>(top, to, 4);
    store<u32>(top, count + 1, 8);
    store<u32>(top, below, 12);
    store<u32>(top, from, 16);
    store<u32>(top, middle, 20);
    store<u32>(top, count, 24);
    store<u32>(top, below, 28);
    top += 32;
    count += 2;
  }
  return count;
}
