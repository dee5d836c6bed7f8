/** Looks for a forest node's split on one feature where few rows are looked at: sorted one by one. */
import { fineOf } from './forest-fine.as.ts';
import { ENTRIES, NEXT, ROW_BYTES, SUMS } from './forest-job.as.ts';
import { addEntry, consider, missingOf, restart, tailOf, width } from './forest-sums.as.ts';

/** The best split of a few rows on one feature; false when the feature is constant in them. Keys are code and place; missing values have the highest code. */
export function scanSorted(job: usize, classes: i32, from: u32, to: u32, feature: i32, lost: u32): bool {
  const entries: usize = load<usize>(job, ENTRIES) + ((<usize>from) << 4);
  const rows = <i32>(to - from);
  const keys = load<usize>(job, NEXT);
  const column = fineOf(job, feature);
  const step = load<usize>(job, ROW_BYTES);
  // Fetched first, without a branch: so that the processor waits for many rows at once.
  for (let i = 0; i < rows; i++) {
    const row = <usize>load<u32>(entries + ((<usize>i) << 4));
    store<u32>(keys + ((<usize>i) << 2), ((<u32>load<u16>(column + row * step)) << 16) | <u32>i);
  }
  for (let i = 1; i < rows; i++) {
    const key = load<u32>(keys + ((<usize>i) << 2));
    let at = keys + ((<usize>i) << 2);
    for (; at > keys && load<u32>(at - 4) > key; at -= 4) store<u32>(at, load<u32>(at - 4));
    store<u32>(at, key);
  }
  const last = keys + ((<usize>(rows - 1)) << 2);
  if (load<u32>(keys) >>> 16 === load<u32>(last) >>> 16) return false;
  let known = last;
  while (load<u32>(known) >>> 24 === lost) known -= 4;
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
