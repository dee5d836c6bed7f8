/**
 * Looks for a forest node's split on one feature: by a histogram where the node is large, by entries chained by bin where it is small, or by one drawn
 * threshold. Classes are judged by Gini (the sum of squared weights over the weight), numbers by squared error.
 */
import { BEST, CENTRES, draw, ENTRIES, HEADS, MIN_LEAF, NEXT, SUMS } from './forest-job.as.ts';

const NONE: u32 = 0xffffffff;

/** What the scan of a feature holds: weights by class (or weight and weighted target) left and right, their squares, rows on the left. */
// Under SUMS: total[w], left[w], right[w], missing[w], each of max(2, classes) f64; then sqLeft, sqRight, wLeft, wRight, rowsLeft, missingRows.
/* inline */ export function width(classes: i32): usize {
  return (<usize>max(2, classes)) << 3;
}

/** Score of the two sides: Σ squares over the weight for classes, (Σ wy)² / W for numbers. */
/* inline */ function score(classes: i32, left: usize, right: usize, tail: usize): f64 {
  if (classes > 0) return load<f64>(tail) / load<f64>(tail, 16) + load<f64>(tail, 8) / load<f64>(tail, 24);
  const a = load<f64>(left, 8);
  const b = load<f64>(right, 8);
  return (a * a) / load<f64>(left) + (b * b) / load<f64>(right);
}

/** Moves one entry's weight from right to left. */
/* inline */ function moveEntry(classes: i32, entry: usize, left: usize, right: usize, tail: usize): void {
  if (classes > 0) {
    moveWeight(load<u32>(entry, 4), load<f64>(entry, 8), left, right, tail);
  } else {
    moveNumbers(<f64>load<f32>(entry, 4), load<f64>(entry, 8), left, right);
  }
}
/* inline */ function moveWeight(k: u32, w: f64, left: usize, right: usize, tail: usize): void {
  const at = (<usize>k) << 3;
  const l = load<f64>(left + at);
  const r = load<f64>(right + at);
  store<f64>(tail, load<f64>(tail) + w * (l + l + w));
  store<f64>(tail, load<f64>(tail, 8) - w * (r + r - w), 8);
  store<f64>(tail, load<f64>(tail, 16) + w, 16);
  store<f64>(tail, load<f64>(tail, 24) - w, 24);
  store<f64>(left + at, l + w);
  store<f64>(right + at, r - w);
}
/* inline */ function moveNumbers(w: f64, wy: f64, left: usize, right: usize): void {
  store<f64>(left, load<f64>(left) + w);
  store<f64>(left, load<f64>(left, 8) + wy, 8);
  store<f64>(right, load<f64>(right) - w);
  store<f64>(right, load<f64>(right, 8) - wy, 8);
}

/** Everything right, with what is missing left where asked. */
export function restart(classes: i32, total: usize, missingLeft: bool): void {
  const size = width(classes);
  const left = total + size;
  const right = left + size;
  const missing = right + size;
  const tail = missing + size;
  let sqLeft: f64 = 0;
  let sqRight: f64 = 0;
  let wLeft: f64 = 0;
  let wRight: f64 = 0;
  for (let at: usize = 0; at < size; at += 8) {
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
}

/** Keeps the candidate when it is the best so far and leaves enough rows on both sides. BEST: score f64, then feature, bin, missing left. */
/* inline */ function consider(
  job: usize,
  classes: i32,
  total: usize,
  rowsLeft: i32,
  rows: i32,
  feature: i32,
  bin: i32,
  missingLeft: i32,
): void {
  const least = load<i32>(job, MIN_LEAF);
  if (rowsLeft < least || rows - rowsLeft < least) return;
  const size = width(classes);
  const value = score(classes, total + size, total + size + size, total + (size << 2));
  if (!(value > load<f64>(job, BEST))) return;
  store<f64>(job, value, BEST);
  store<i32>(job, feature, BEST + 8);
  store<i32>(job, bin, BEST + 12);
  store<i32>(job, missingLeft, BEST + 16);
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
  const left = total + size;
  const right = left + size;
  const missing = right + size;
  const tail = missing + size;
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
    let rowsLeft = pass === 1 ? lostRows : 0;
    let seen = 0;
    for (let w: usize = 0; w < 4; w++) {
      let word = load<u64>(marks + (w << 3));
      while (word !== 0) {
        const code = <i32>ctz<u64>(word) + ((<i32>w) << 6);
        word &= word - 1;
        for (let i = load<u32>(heads + ((<usize>code) << 2)); i !== NONE; i = load<u32>(next + ((<usize>i) << 2))) {
          moveEntry(classes, entries + ((<usize>i) << 4), left, right, tail);
          rowsLeft++;
        }
        seen++;
        if (seen < known || (hasMissing && pass === 0)) {
          const side = hasMissing ? pass : i32(rowsLeft * 2 >= rows);
          consider(job, classes, total, rowsLeft, rows, feature, code, side);
        }
      }
    }
  }
  return true;
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
  const left = total + size;
  const right = left + size;
  const missing = right + size;
  const tail = missing + size;
  const rows = <i32>(to - from);
  const lostAt = table + cell * <usize>lost;
  const lostRows = <i32>load<f64>(lostAt + size);
  const hasMissing = lostRows > 0;
  if (hasMissing) memory.copy(missing, lostAt, size);
  if (lostRows === rows) return false;
  let varies: bool = hasMissing;
  for (let pass = 0; pass <= i32(hasMissing); pass++) {
    restart(classes, total, pass === 1);
    let rowsLeft = pass === 1 ? lostRows : 0;
    const whole = pass === 1 ? rows : rows - lostRows;
    for (let code = 0; code < <i32>lost; code++) {
      const at = table + cell * <usize>code;
      const here = <i32>load<f64>(at + size);
      if (here === 0) continue;
      if (classes > 0) {
        for (let k = 0; k < classes; k++) {
          const w = load<f64>(at + ((<usize>k) << 3));
          if (w !== 0) moveWeight(k, w, left, right, tail);
        }
      } else moveNumbers(load<f64>(at), load<f64>(at, 8), left, right);
      rowsLeft += here;
      if (rowsLeft === whole && (pass === 1 || !hasMissing)) break;
      varies = true;
      const side = hasMissing ? pass : i32(rowsLeft * 2 >= rows);
      consider(job, classes, total, rowsLeft, rows, feature, code, side);
      if (rowsLeft === whole) break;
    }
  }
  return varies;
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
    while (bin + 1 < most && <f64>load<f32>(centres + ((<usize>(bin + 1)) << 2)) <= threshold) bin++;
  } else if (side === 1) return true;
  const total = load<usize>(job, SUMS);
  const size = width(classes);
  const left = total + size;
  const right = left + size;
  const tail = total + (size << 2);
  restart(classes, total, false);
  let rowsLeft = 0;
  for (let entry = begin; entry < end; entry += 16) {
    const code = <u32>load<u8>(column + load<u32>(entry));
    if (code <= bin || (code === lost && side === 1)) {
      moveEntry(classes, entry, left, right, tail);
      rowsLeft++;
    }
  }
  const rows = <i32>(to - from);
  consider(job, classes, total, rowsLeft, rows, feature, bin, lostRows > 0 ? <i32>side : i32(rowsLeft * 2 >= rows));
  return true;
}
