/**
 * Looks for a forest node's split on one feature: by a histogram where the node is large, by entries chained by bin where it is small, or by one drawn
 * threshold. Classes are judged by Gini (the sum of squared weights over the weight), numbers by squared error.
 */
import { BEST, CENTRES, draw, ENTRIES, HEADS, MIN_LEAF, NEXT, SUMS } from './forest-job.as.ts';

const NONE: u32 = 0xffffffff;

/**
 * Under SUMS lie total, left, right and missing, each of max(2, classes) f64: weights by class, or weight and weighted target. Then come Σ squares and Σ
 * weights of left and right as `restart` left them, and which of the sums are not zero in this node: their number u32, their places in bytes u32.
 */
/* inline */ export function width(classes: i32): usize {
  return (<usize>max(2, classes)) << 3;
}

/** Notes which sums the node has. */
export function notePresent(classes: i32, total: usize): i32 {
  const size = width(classes);
  const list = total + (size << 2) + 32;
  let count = 0;
  for (let at: usize = 0; at < size; at += 8) {
    store<u32>(list + 4 + ((<usize>count) << 2), <u32>at);
    count += i32(classes === 0 || load<f64>(total + at) > 0);
  }
  store<u32>(list, count);
  return count;
}

/** Everything right, with what is missing left where asked. Gives the address of the sums of squares and weights. */
export function restart(classes: i32, total: usize, missingLeft: bool): usize {
  const size = width(classes);
  const left = total + size;
  const right = left + size;
  const missing = right + size;
  const tail = missing + size;
  let sqLeft: f64 = 0;
  let sqRight: f64 = 0;
  let wLeft: f64 = 0;
  let wRight: f64 = 0;
  const end = tail + 36 + ((<usize>load<u32>(tail, 32)) << 2);
  for (let place = tail + 36; place < end; place += 4) {
    const at = <usize>load<u32>(place);
    const m: f64 = missingLeft ? load<f64>(missing + at) : 0;
    const r = load<f64>(total + at) - m;
    store<f64>(left + at, m);
    store<f64>(right + at, r);
    sqLeft += m * m;
    sqRight += r * r;
    wLeft += m;
    wRight += r;
  }
  store<f64>(tail, sqLeft);
  store<f64>(tail, sqRight, 8);
  store<f64>(tail, wLeft, 16);
  store<f64>(tail, wRight, 24);
  return tail;
}

/**
 * Keeps the candidate when it is the best so far and leaves enough rows on both sides. BEST: score f64, then feature, bin, missing left. Missing values
 * go to `side`, or with the greater half where there are none to try (2).
 */
/* inline */ function consider(job: usize, value: f64, rowsLeft: i32, rows: i32, feature: i32, bin: i32, side: i32): void {
  const least = load<i32>(job, MIN_LEAF);
  if (rowsLeft < least || rows - rowsLeft < least) return;
  if (!(value > load<f64>(job, BEST))) return;
  store<f64>(job, value, BEST);
  store<i32>(job, feature, BEST + 8);
  store<i32>(job, bin, BEST + 12);
  store<i32>(job, side === 2 ? i32(rowsLeft * 2 >= rows) : side, BEST + 16);
}

/** Entries chained by bin: heads by code, `next` by place. Gives the number of different bins; a bitmap of them stands behind the heads. */
function chain(job: usize, from: u32, to: u32, column: usize): i32 {
  const entries = load<usize>(job, ENTRIES);
  const next = load<usize>(job, NEXT);
  const heads = load<usize>(job, HEADS);
  const marks = heads + 1024;
  memory.fill(marks, 0, 32);
  let count = 0;
  for (let i = from; i < to; i++) {
    const code = <u32>load<u8>(column + load<u32>(entries + ((<usize>i) << 4)));
    const word = marks + ((<usize>(code >>> 6)) << 3);
    const bit = u64(1) << u64(code & 63);
    const head = heads + ((<usize>code) << 2);
    const seen = load<u64>(word);
    if ((seen & bit) === 0) {
      store<u64>(word, seen | bit);
      store<u32>(next + ((<usize>i) << 2), NONE);
      count++;
    } else {
      store<u32>(next + ((<usize>i) << 2), load<u32>(head));
    }
    store<u32>(head, i);
  }
  return count;
}

/** The best split of a small node on one feature; false when the feature is constant in it. */
export function scanChains(job: usize, classes: i32, from: u32, to: u32, feature: i32, column: usize, lost: u32): bool {
  const bins = chain(job, from, to, column);
  if (bins < 2) return false;
  const entries = load<usize>(job, ENTRIES);
  const next = load<usize>(job, NEXT);
  const heads = load<usize>(job, HEADS);
  const marks = heads + 1024;
  const total = load<usize>(job, SUMS);
  const size = width(classes);
  const missing = total + 3 * size;
  const rows = <i32>(to - from);
  const lostWord = marks + ((<usize>(lost >>> 6)) << 3);
  const lostBit = u64(1) << u64(lost & 63);
  const hasMissing = (load<u64>(lostWord) & lostBit) !== 0;
  let lostRows = 0;
  if (hasMissing) {
    store<u64>(lostWord, load<u64>(lostWord) & ~lostBit);
    memory.fill(missing, 0, size);
    for (let i = load<u32>(heads + ((<usize>lost) << 2)); i !== NONE; i = load<u32>(next + ((<usize>i) << 2))) {
      addEntry(classes, entries + ((<usize>i) << 4), missing);
      lostRows++;
    }
  }
  const known = bins - i32(hasMissing);
  for (let pass = 0; pass <= i32(hasMissing); pass++) {
    restart(classes, total, pass === 1);
    const last = known - i32(!hasMissing || pass === 1);
    const rowsLeft = pass === 1 ? lostRows : 0;
    const side = hasMissing ? pass : 2;
    if (classes > 0) chainClasses(job, total, size, last, rowsLeft, rows, feature, side);
    else chainNumbers(job, total, last, rowsLeft, rows, feature, side);
  }
  return true;
}

/** Moves bin after bin to the left, rising, and considers a split after each of the first `last`. */
function chainClasses(job: usize, total: usize, size: usize, last: i32, before: i32, rows: i32, feature: i32, side: i32): void {
  const entries = load<usize>(job, ENTRIES);
  const next = load<usize>(job, NEXT);
  const heads = load<usize>(job, HEADS);
  const left = total + size;
  const right = left + size;
  const tail = total + (size << 2);
  let sqLeft = load<f64>(tail);
  let sqRight = load<f64>(tail, 8);
  let wLeft = load<f64>(tail, 16);
  let wRight = load<f64>(tail, 24);
  let rowsLeft = before;
  let seen = 0;
  for (let w: usize = 0; w < 4; w++) {
    let word = load<u64>(heads + 1024 + (w << 3));
    for (; word !== 0 && seen < last; seen++) {
      const code = <i32>ctz<u64>(word) + ((<i32>w) << 6);
      word &= word - 1;
      for (let i = load<u32>(heads + ((<usize>code) << 2)); i !== NONE; i = load<u32>(next + ((<usize>i) << 2))) {
        const entry = entries + ((<usize>i) << 4);
        const at = (<usize>load<u32>(entry, 4)) << 3;
        const weight = load<f64>(entry, 8);
        const l = load<f64>(left + at);
        const r = load<f64>(right + at);
        store<f64>(left + at, l + weight);
        store<f64>(right + at, r - weight);
        sqLeft += weight * (l + l + weight);
        sqRight -= weight * (r + r - weight);
        wLeft += weight;
        wRight -= weight;
        rowsLeft++;
      }
      consider(job, sqLeft / wLeft + sqRight / wRight, rowsLeft, rows, feature, code, side);
    }
  }
}
function chainNumbers(job: usize, total: usize, last: i32, before: i32, rows: i32, feature: i32, side: i32): void {
  const entries = load<usize>(job, ENTRIES);
  const next = load<usize>(job, NEXT);
  const heads = load<usize>(job, HEADS);
  let wLeft = load<f64>(total, 16);
  let sLeft = load<f64>(total, 24);
  let wRight = load<f64>(total, 32);
  let sRight = load<f64>(total, 40);
  let rowsLeft = before;
  let seen = 0;
  for (let w: usize = 0; w < 4; w++) {
    let word = load<u64>(heads + 1024 + (w << 3));
    for (; word !== 0 && seen < last; seen++) {
      const code = <i32>ctz<u64>(word) + ((<i32>w) << 6);
      word &= word - 1;
      for (let i = load<u32>(heads + ((<usize>code) << 2)); i !== NONE; i = load<u32>(next + ((<usize>i) << 2))) {
        const entry = entries + ((<usize>i) << 4);
        const weight = <f64>load<f32>(entry, 4);
        const sum = load<f64>(entry, 8);
        wLeft += weight;
        sLeft += sum;
        wRight -= weight;
        sRight -= sum;
        rowsLeft++;
      }
      const value = (sLeft * sLeft) / wLeft + (sRight * sRight) / wRight;
      consider(job, value, rowsLeft, rows, feature, code, side);
    }
  }
}

/* inline */ export function addEntry(classes: i32, entry: usize, sums: usize): void {
  if (classes > 0) {
    const at = sums + ((<usize>load<u32>(entry, 4)) << 3);
    store<f64>(at, load<f64>(at) + load<f64>(entry, 8));
  } else {
    store<f64>(sums, load<f64>(sums) + <f64>load<f32>(entry, 4));
    store<f64>(sums, load<f64>(sums, 8) + load<f64>(entry, 8), 8);
  }
}

/** Histogram of a large node: per bin the weights by class, or weight and weighted target, and then the rows. It lies behind heads and marks. */
export function scanHistogram(job: usize, classes: i32, from: u32, to: u32, feature: i32, column: usize, lost: u32): bool {
  const size = width(classes);
  const cell = size + 8;
  const table = load<usize>(job, HEADS) + 1088;
  memory.fill(table, 0, cell * (<usize>lost + 1));
  const entries = load<usize>(job, ENTRIES);
  for (let entry: usize = entries + ((<usize>from) << 4), end = entries + ((<usize>to) << 4); entry < end; entry += 16) {
    const at = table + cell * <usize>load<u8>(column + load<u32>(entry));
    addEntry(classes, entry, at);
    store<f64>(at + size, load<f64>(at + size) + 1);
  }
  const total = load<usize>(job, SUMS);
  const rows = <i32>(to - from);
  const lostAt = table + cell * <usize>lost;
  const lostRows = <i32>load<f64>(lostAt + size);
  const hasMissing = lostRows > 0;
  if (hasMissing) memory.copy(total + 3 * size, lostAt, size);
  if (lostRows === rows) return false;
  if (!hasMissing && countBins(table, cell, lost) < 2) return false;
  for (let pass = 0; pass <= i32(hasMissing); pass++) {
    restart(classes, total, pass === 1);
    // Where nothing more goes right, there is no split.
    const end = pass === 1 || !hasMissing ? rows : rows + 1;
    const rowsLeft = pass === 1 ? lostRows : 0;
    const side = hasMissing ? pass : 2;
    if (classes > 0) sweepClasses(job, classes, total, table, lost, rowsLeft, end, rows, feature, side);
    else sweepNumbers(job, total, table, lost, rowsLeft, end, rows, feature, side);
  }
  return true;
}

function countBins(table: usize, cell: usize, lost: u32): i32 {
  let n = 0;
  for (let code: u32 = 0, at = table + cell - 8; code < lost && n < 2; code++, at += cell) n += i32(load<f64>(at) > 0);
  return n;
}

function sweepClasses(
  job: usize,
  classes: i32,
  total: usize,
  table: usize,
  lost: u32,
  before: i32,
  end: i32,
  rows: i32,
  feature: i32,
  side: i32,
): void {
  const size = width(classes);
  const left = total + size;
  const right = left + size;
  const tail = total + (size << 2);
  let sqLeft = load<f64>(tail);
  let sqRight = load<f64>(tail, 8);
  let wLeft = load<f64>(tail, 16);
  let wRight = load<f64>(tail, 24);
  let rowsLeft = before;
  const first = tail + 36;
  const stop = first + ((<usize>load<u32>(tail, 32)) << 2);
  let bin = table;
  for (let code = 0; code < <i32>lost; code++, bin += size + 8) {
    const here = <i32>load<f64>(bin + size);
    if (here === 0) continue;
    rowsLeft += here;
    if (rowsLeft === end) return;
    for (let place = first; place < stop; place += 4) {
      const at = <usize>load<u32>(place);
      const weight = load<f64>(bin + at);
      const l = load<f64>(left + at);
      const r = load<f64>(right + at);
      store<f64>(left + at, l + weight);
      store<f64>(right + at, r - weight);
      sqLeft += weight * (l + l + weight);
      sqRight -= weight * (r + r - weight);
      wLeft += weight;
      wRight -= weight;
    }
    consider(job, sqLeft / wLeft + sqRight / wRight, rowsLeft, rows, feature, code, side);
  }
}
function sweepNumbers(job: usize, total: usize, table: usize, lost: u32, before: i32, end: i32, rows: i32, feature: i32, side: i32): void {
  let wLeft = load<f64>(total, 16);
  let sLeft = load<f64>(total, 24);
  let wRight = load<f64>(total, 32);
  let sRight = load<f64>(total, 40);
  let rowsLeft = before;
  let bin = table;
  for (let code = 0; code < <i32>lost; code++, bin += 24) {
    const here = <i32>load<f64>(bin, 16);
    if (here === 0) continue;
    rowsLeft += here;
    if (rowsLeft === end) return;
    const weight = load<f64>(bin);
    const sum = load<f64>(bin, 8);
    wLeft += weight;
    sLeft += sum;
    wRight -= weight;
    sRight -= sum;
    const value = (sLeft * sLeft) / wLeft + (sRight * sRight) / wRight;
    consider(job, value, rowsLeft, rows, feature, code, side);
  }
}

/** One threshold, drawn evenly between the least and the greatest value in the node; missing values go to a side drawn too. */
export function scanDrawn(job: usize, classes: i32, from: u32, to: u32, feature: i32, column: usize, lost: u32): bool {
  const entries = load<usize>(job, ENTRIES);
  const begin: usize = entries + ((<usize>from) << 4);
  const end: usize = entries + ((<usize>to) << 4);
  let least: u32 = 256;
  let most: u32 = 0;
  let lostRows = 0;
  for (let entry = begin; entry < end; entry += 16) {
    const code = <u32>load<u8>(column + load<u32>(entry));
    if (code === lost) {
      lostRows++;
      continue;
    }
    least = min(least, code);
    most = max(most, code);
  }
  if (least === 256 || (least === most && lostRows === 0)) return false;
  const centres = load<usize>(job, CENTRES) + ((<usize>feature) << 10);
  let bin = least;
  const side = lostRows > 0 ? draw(job) & 1 : 0;
  if (least < most) {
    const low = <f64>load<f32>(centres + ((<usize>least) << 2));
    const high = <f64>load<f32>(centres + ((<usize>most) << 2));
    const threshold = low + (high - low) * (<f64>draw(job) / 4294967296.0);
    // The last bin below `most` whose centre is not beyond the threshold.
    let beyond = most;
    while (bin + 1 < beyond) {
      const middle = (bin + beyond) >>> 1;
      if (<f64>load<f32>(centres + ((<usize>middle) << 2)) <= threshold) bin = middle;
      else beyond = middle;
    }
  } else if (side === 1) return true;
  const total = load<usize>(job, SUMS);
  const size = width(classes);
  const left = total + size;
  memory.fill(left, 0, size);
  let rowsLeft = 0;
  for (let entry = begin; entry < end; entry += 16) {
    const code = <u32>load<u8>(column + load<u32>(entry));
    // Which side is a coin toss: no branch on it.
    const goes = i32(code <= bin) | (i32(code === lost) & <i32>side);
    rowsLeft += goes;
    if (classes > 0) {
      const at = left + ((<usize>load<u32>(entry, 4)) << 3);
      store<f64>(at, load<f64>(at) + load<f64>(entry, 8) * <f64>goes);
    } else {
      store<f64>(left, load<f64>(left) + <f64>load<f32>(entry, 4) * <f64>goes);
      store<f64>(left, load<f64>(left, 8) + load<f64>(entry, 8) * <f64>goes, 8);
    }
  }
  const rows = <i32>(to - from);
  const value = classes > 0 ? purityOfClasses(total, left, size) : purityOfNumbers(total, left);
  consider(job, value, rowsLeft, rows, feature, bin, lostRows > 0 ? <i32>side : 2);
  return true;
}

/** Σ squares over the weight, left and right of a split whose left sums are known. */
function purityOfClasses(total: usize, left: usize, size: usize): f64 {
  const list = total + (size << 2) + 32;
  const stop = list + 4 + ((<usize>load<u32>(list)) << 2);
  let sqLeft: f64 = 0;
  let sqRight: f64 = 0;
  let wLeft: f64 = 0;
  let wRight: f64 = 0;
  for (let place = list + 4; place < stop; place += 4) {
    const at = <usize>load<u32>(place);
    const l = load<f64>(left + at);
    const r = load<f64>(total + at) - l;
    sqLeft += l * l;
    sqRight += r * r;
    wLeft += l;
    wRight += r;
  }
  return sqLeft / wLeft + sqRight / wRight;
}
/** (Σ wy)² / W of both sides. */
/* inline */ function purityOfNumbers(total: usize, left: usize): f64 {
  const a = load<f64>(left, 8);
  const b = load<f64>(total, 8) - a;
  return (a * a) / load<f64>(left) + (b * b) / (load<f64>(total) - load<f64>(left));
}
