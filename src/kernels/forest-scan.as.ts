/** Looks for a forest node's split on one feature: by a histogram where the node is large, else by entries chained by bin. */
import { codeOf, fineOf, insideOf } from './forest-fine.as.ts';
import { ENTRIES, HEADS, NEXT, ROW_BYTES, SUMS } from './forest-job.as.ts';
import { addEntry, consider, restart, width } from './forest-sums.as.ts';

const NONE: u32 = 0xffffffff;

/** Entries chained by bin, rising inside it: heads by bin; `next` by place, and after it the whole code. Gives the number of different codes; a bitmap of the bins stands behind the heads. */
function chain(job: usize, from: u32, to: u32, feature: i32): i32 {
  const column = fineOf(job, feature);
  const step = load<usize>(job, ROW_BYTES);
  const entries = load<usize>(job, ENTRIES);
  const next = load<usize>(job, NEXT);
  const heads = load<usize>(job, HEADS);
  const marks = heads + 1024;
  memory.fill(marks, 0, 32);
  // Fetched first, without a branch: so that the processor waits for many rows at once.
  for (let i = from; i < to; i++) {
    const row = <usize>load<u32>(entries + ((<usize>i) << 4));
    store<u32>(next + ((<usize>i) << 3), <u32>load<u16>(column + row * step), 4);
  }
  let count = 0;
  for (let i = from; i < to; i++) {
    const whole = load<u32>(next + ((<usize>i) << 3), 4);
    const code = whole >>> 8;
    const word = marks + ((<usize>(code >>> 6)) << 3);
    const bit = u64(1) << u64(code & 63);
    const head = heads + ((<usize>code) << 2);
    const own = next + ((<usize>i) << 3);
    const seen = load<u64>(word);
    if ((seen & bit) === 0) {
      store<u64>(word, seen | bit);
      store<u32>(own, NONE);
      store<u32>(head, i);
      count++;
      continue;
    }
    // Behind those that are less.
    let link = head;
    let other = load<u32>(link);
    let seenCode: u32 = 0;
    for (; other !== NONE; other = load<u32>(link)) {
      const place = next + ((<usize>other) << 3);
      seenCode = load<u32>(place, 4);
      if (seenCode >= whole) break;
      link = place;
    }
    count += i32(other === NONE || seenCode !== whole);
    store<u32>(own, other);
    store<u32>(link, i);
  }
  return count;
}

/** The best split of a small node on one feature; false when the feature is constant in it. */
export function scanChains(job: usize, classes: i32, from: u32, to: u32, feature: i32, lost: u32): bool {
  const codes = chain(job, from, to, feature);
  if (codes < 2) return false;
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
    for (let i = load<u32>(heads + ((<usize>lost) << 2)); i !== NONE; i = load<u32>(next + ((<usize>i) << 3))) {
      addEntry(classes, entries + ((<usize>i) << 4), missing);
      lostRows++;
    }
  }
  for (let pass = 0; pass <= i32(hasMissing); pass++) {
    restart(classes, total, pass === 1);
    // Where nothing more goes right, there is no split.
    const end = pass === 1 || !hasMissing ? rows : rows + 1;
    const rowsLeft = pass === 1 ? lostRows : 0;
    const side = hasMissing ? pass : 2;
    if (classes > 0) chainClasses(job, total, size, rowsLeft, end, rows, feature, side);
    else chainNumbers(job, total, rowsLeft, end, rows, feature, side);
  }
  return true;
}

/** Moves code after code to the left, rising, and considers a split after each until `end` rows are there. */
function chainClasses(job: usize, total: usize, size: usize, before: i32, end: i32, rows: i32, feature: i32, side: i32): void {
  const entries = load<usize>(job, ENTRIES);
  const next = load<usize>(job, NEXT);
  const heads = load<usize>(job, HEADS);
  const left = total + size;
  const tail = total + (size << 2);
  let sqLeft = load<f64>(tail);
  let sqRight = load<f64>(tail, 8);
  let wLeft = load<f64>(tail, 16);
  let wRight = load<f64>(tail, 24);
  let rowsLeft = before;
  for (let w: usize = 0; w < 4; w++) {
    for (let word = load<u64>(heads + 1024 + (w << 3)); word !== 0; word &= word - 1) {
      const bin = <usize>ctz<u64>(word) + (w << 6);
      let code: u32 = 0;
      for (let i = load<u32>(heads + (bin << 2)); i !== NONE; ) {
        const entry = entries + ((<usize>i) << 4);
        const at = (<usize>load<u32>(entry, 4)) << 3;
        const weight = load<f64>(entry, 8);
        const l = load<f64>(left + at);
        const r = load<f64>(total + at) - l;
        store<f64>(left + at, l + weight);
        sqLeft += weight * (l + l + weight);
        sqRight -= weight * (r + r - weight);
        wLeft += weight;
        wRight -= weight;
        rowsLeft++;
        const link = next + ((<usize>i) << 3);
        code = load<u32>(link, 4);
        i = load<u32>(link);
        if (i !== NONE && code === load<u32>(next + ((<usize>i) << 3), 4)) continue;
        if (rowsLeft === end) return;
        consider(job, sqLeft / wLeft + sqRight / wRight, rowsLeft, rows, feature, <i32>code, side);
      }
    }
  }
}
function chainNumbers(job: usize, total: usize, before: i32, end: i32, rows: i32, feature: i32, side: i32): void {
  const entries = load<usize>(job, ENTRIES);
  const next = load<usize>(job, NEXT);
  const heads = load<usize>(job, HEADS);
  let wLeft = load<f64>(total, 16);
  let sLeft = load<f64>(total, 24);
  let wRight = load<f64>(total) - wLeft;
  let sRight = load<f64>(total, 8) - sLeft;
  let rowsLeft = before;
  for (let w: usize = 0; w < 4; w++) {
    for (let word = load<u64>(heads + 1024 + (w << 3)); word !== 0; word &= word - 1) {
      const bin = <usize>ctz<u64>(word) + (w << 6);
      let code: u32 = 0;
      for (let i = load<u32>(heads + (bin << 2)); i !== NONE; ) {
        const entry = entries + ((<usize>i) << 4);
        const weight = <f64>load<f32>(entry, 4);
        const sum = load<f64>(entry, 8);
        wLeft += weight;
        sLeft += sum;
        wRight -= weight;
        sRight -= sum;
        rowsLeft++;
        const link = next + ((<usize>i) << 3);
        code = load<u32>(link, 4);
        i = load<u32>(link);
        if (i !== NONE && code === load<u32>(next + ((<usize>i) << 3), 4)) continue;
        if (rowsLeft === end) return;
        const value = (sLeft * sLeft) / wLeft + (sRight * sRight) / wRight;
        consider(job, value, rowsLeft, rows, feature, <i32>code, side);
      }
    }
  }
}

/** The best split of a large node on one feature: between bins, or where all rows lie in one, inside it; false when the feature is constant there. */
export function scanHistogram(job: usize, classes: i32, from: u32, to: u32, feature: i32, column: usize, step: usize, lost: u32): bool {
  if (scanBytes(job, classes, from, to, feature, column, step, lost, -1)) return true;
  const first = codeOf(job, feature, load<u32>(load<usize>(job, ENTRIES) + ((<usize>from) << 4))) >>> 8;
  if (first === lost || insideOf(job, feature, first) === 0) return false;
  return scanBytes(job, classes, from, to, feature, fineOf(job, feature), load<usize>(job, ROW_BYTES), 256, <i32>(first << 8));
}

/** By a histogram of bytes: per byte the weights by class, or weight and weighted target, and then the rows. It lies behind heads and marks. Bytes are bins where `base` is -1, else below that whole codes. */
function scanBytes(job: usize, classes: i32, from: u32, to: u32, feature: i32, column: usize, step: usize, lost: u32, base: i32): bool {
  const size = width(classes);
  const cell = size + 8;
  const table = load<usize>(job, HEADS) + 1088;
  memory.fill(table, 0, cell * (<usize>lost + 1));
  const entries = load<usize>(job, ENTRIES);
  for (let entry: usize = entries + ((<usize>from) << 4), end = entries + ((<usize>to) << 4); entry < end; entry += 16) {
    const at = table + cell * <usize>load<u8>(column + <usize>load<u32>(entry) * step);
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
    if (classes > 0) sweepClasses(job, classes, total, table, lost, rowsLeft, end, rows, feature, side, base);
    else sweepNumbers(job, total, table, lost, rowsLeft, end, rows, feature, side, base);
  }
  return true;
}

function countBins(table: usize, cell: usize, lost: u32): i32 {
  let n = 0;
  for (let code: u32 = 0, at = table + cell - 8; code < lost && n < 2; code++, at += cell) n += i32(load<f64>(at) > 0);
  return n;
}

/* inline */ function wholeOf(byte: i32, base: i32): i32 {
  return base < 0 ? (byte << 8) | 255 : base | byte;
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
  base: i32,
): void {
  const size = width(classes);
  const left = total + size;
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
      const r = load<f64>(total + at) - l;
      store<f64>(left + at, l + weight);
      sqLeft += weight * (l + l + weight);
      sqRight -= weight * (r + r - weight);
      wLeft += weight;
      wRight -= weight;
    }
    consider(job, sqLeft / wLeft + sqRight / wRight, rowsLeft, rows, feature, wholeOf(code, base), side);
  }
}
function sweepNumbers(
  job: usize,
  total: usize,
  table: usize,
  lost: u32,
  before: i32,
  end: i32,
  rows: i32,
  feature: i32,
  side: i32,
  base: i32,
): void {
  let wLeft = load<f64>(total, 16);
  let sLeft = load<f64>(total, 24);
  let wRight = load<f64>(total) - wLeft;
  let sRight = load<f64>(total, 8) - sLeft;
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
    consider(job, value, rowsLeft, rows, feature, wholeOf(code, base), side);
  }
}
