/** Looks for a forest node's split on one feature where few rows are looked at: sorted one by one, or parted by one drawn threshold. */
import { CENTRES, draw, ENTRIES, NEXT, SUMS } from './forest-job.as.ts';
import { addEntry, consider, listOf, missingOf, restart, tailOf, width } from './forest-sums.as.ts';

/** The best split of a few rows on one feature; false when the feature is constant in them. Keys are code and place; missing values have the highest code. */
export function scanSorted(job: usize, classes: i32, from: u32, to: u32, feature: i32, column: usize, step: usize, lost: u32): bool {
  const entries: usize = load<usize>(job, ENTRIES) + ((<usize>from) << 4);
  const rows = <i32>(to - from);
  const keys = load<usize>(job, NEXT);
  for (let i = 0; i < rows; i++) {
    const row = <usize>load<u32>(entries + ((<usize>i) << 4));
    const key = ((<u32>load<u8>(column + row * step)) << 16) | <u32>i;
    let at = keys + ((<usize>i) << 2);
    for (; at > keys && load<u32>(at - 4) > key; at -= 4) store<u32>(at, load<u32>(at - 4));
    store<u32>(at, key);
  }
  const last = keys + ((<usize>(rows - 1)) << 2);
  if (load<u32>(keys) >>> 16 === load<u32>(last) >>> 16) return false;
  let known = last;
  while (load<u32>(known) >>> 16 === lost) known -= 4;
  const lostRows = <i32>((last - known) >> 2);
  const total = load<usize>(job, SUMS);
  if (lostRows > 0) {
    const missing = missingOf(total, width(classes));
    memory.fill(missing, 0, width(classes));
    for (let at = known + 4; at <= last; at += 4) addEntry(classes, entries + ((<usize>(load<u32>(at) & 0xffff)) << 4), missing);
  }
  for (let pass = 0; pass <= i32(lostRows > 0); pass++) {
    restart(classes, total, pass === 1);
    // Behind the last known value only missing ones are left to be parted from.
    const end = pass === 0 && lostRows > 0 ? known + 4 : known;
    const side = lostRows > 0 ? pass : 2;
    const before = pass === 1 ? lostRows : 0;
    if (classes > 0) sortedClasses(job, total, width(classes), entries, keys, known, end, before, rows, feature, side);
    else sortedNumbers(job, total, entries, keys, known, end, before, rows, feature, side);
  }
  return true;
}

/** Moves row after row to the left, rising, and considers a split behind each code; keys at `end` and behind are not parted from. */
function sortedClasses(
  job: usize,
  total: usize,
  size: usize,
  entries: usize,
  keys: usize,
  known: usize,
  end: usize,
  before: i32,
  rows: i32,
  feature: i32,
  side: i32,
): void {
  const left = total + size;
  const tail = tailOf(total, size);
  let sqLeft = load<f64>(tail);
  let sqRight = load<f64>(tail, 8);
  let wLeft = load<f64>(tail, 16);
  let wRight = load<f64>(tail, 24);
  let rowsLeft = before;
  for (let at = keys; at < end; at += 4) {
    const key = load<u32>(at);
    const entry = entries + ((<usize>(key & 0xffff)) << 4);
    const place = (<usize>load<u32>(entry, 4)) << 3;
    const weight = load<f64>(entry, 8);
    const l = load<f64>(left + place);
    const r = load<f64>(total + place) - l;
    store<f64>(left + place, l + weight);
    sqLeft += weight * (l + l + weight);
    sqRight -= weight * (r + r - weight);
    wLeft += weight;
    wRight -= weight;
    rowsLeft++;
    if (at < known && load<u32>(at, 4) >>> 16 === key >>> 16) continue;
    consider(job, sqLeft / wLeft + sqRight / wRight, rowsLeft, rows, feature, <i32>(key >>> 16), side);
  }
}
function sortedNumbers(
  job: usize,
  total: usize,
  entries: usize,
  keys: usize,
  known: usize,
  end: usize,
  before: i32,
  rows: i32,
  feature: i32,
  side: i32,
): void {
  let wLeft = load<f64>(total, 16);
  let sLeft = load<f64>(total, 24);
  let wRight = load<f64>(total) - wLeft;
  let sRight = load<f64>(total, 8) - sLeft;
  let rowsLeft = before;
  for (let at = keys; at < end; at += 4) {
    const key = load<u32>(at);
    const entry = entries + ((<usize>(key & 0xffff)) << 4);
    const weight = <f64>load<f32>(entry, 4);
    const sum = load<f64>(entry, 8);
    wLeft += weight;
    sLeft += sum;
    wRight -= weight;
    sRight -= sum;
    rowsLeft++;
    if (at < known && load<u32>(at, 4) >>> 16 === key >>> 16) continue;
    consider(job, (sLeft * sLeft) / wLeft + (sRight * sRight) / wRight, rowsLeft, rows, feature, <i32>(key >>> 16), side);
  }
}

/** One threshold, drawn evenly between the least and the greatest value in the node; missing values go to a side drawn too. */
export function scanDrawn(job: usize, classes: i32, from: u32, to: u32, feature: i32, column: usize, step: usize, lost: u32): bool {
  const entries = load<usize>(job, ENTRIES);
  const begin: usize = entries + ((<usize>from) << 4);
  const end: usize = entries + ((<usize>to) << 4);
  const rows = <i32>(to - from);
  // The codes one after another, for the second look.
  const codes = load<usize>(job, NEXT);
  let least: u32 = 256;
  let most: u32 = 0;
  let lostRows = 0;
  let out = codes;
  for (let entry = begin; entry < end; entry += 16, out++) {
    const code = <u32>load<u8>(column + <usize>load<u32>(entry) * step);
    store<u8>(out, <u8>code);
    least = min(least, code);
    if (code === lost) lostRows++;
    else most = max(most, code);
  }
  if (lostRows === rows || (least === most && lostRows === 0)) return false;
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
  const lostGoes = <i32>side;
  let rowsLeft = 0;
  let value: f64 = 0;
  // Which side is a coin toss: no branch on it.
  if (classes === 0) {
    let w: f64 = 0;
    let s: f64 = 0;
    for (let entry = begin, at = codes; entry < end; entry += 16, at++) {
      const code = <u32>load<u8>(at);
      const goes = i32(code <= bin) | (i32(code === lost) & lostGoes);
      rowsLeft += goes;
      w += <f64>load<f32>(entry, 4) * <f64>goes;
      s += load<f64>(entry, 8) * <f64>goes;
    }
    const rest = load<f64>(total, 8) - s;
    value = (s * s) / w + (rest * rest) / (load<f64>(total) - w);
  } else if (classes === 2) {
    let w: f64 = 0;
    let second: f64 = 0;
    for (let entry = begin, at = codes; entry < end; entry += 16, at++) {
      const code = <u32>load<u8>(at);
      const goes = i32(code <= bin) | (i32(code === lost) & lostGoes);
      rowsLeft += goes;
      const weight = load<f64>(entry, 8) * <f64>goes;
      w += weight;
      second += weight * <f64>load<i32>(entry, 4);
    }
    const first = w - second;
    const a = load<f64>(total) - first;
    const b = load<f64>(total, 8) - second;
    value = (first * first + second * second) / w + (a * a + b * b) / (a + b);
  } else {
    const list = listOf(total, size);
    const stop = list + 4 + ((<usize>load<u32>(list)) << 2);
    for (let place = list + 4; place < stop; place += 4) store<f64>(left + <usize>load<u32>(place), 0);
    for (let entry = begin, at = codes; entry < end; entry += 16, at++) {
      const code = <u32>load<u8>(at);
      const goes = i32(code <= bin) | (i32(code === lost) & lostGoes);
      rowsLeft += goes;
      const to = left + ((<usize>load<u32>(entry, 4)) << 3);
      store<f64>(to, load<f64>(to) + load<f64>(entry, 8) * <f64>goes);
    }
    value = purity(total, left, list);
  }
  consider(job, value, rowsLeft, rows, feature, bin, lostRows > 0 ? <i32>side : 2);
  return true;
}

/** Σ squares over the weight, left and right of a split whose left sums are known. */
function purity(total: usize, left: usize, list: usize): f64 {
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
