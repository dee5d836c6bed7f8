/** Sums of a forest node by side, and the best split so far. Classes are judged by Gini (the sum of squared weights over the weight), numbers by squared error. */
import { BEST, MIN_LEAF } from './forest-job.as.ts';

/**
 * Under SUMS lie total, left and missing, each of max(2, classes) f64: weights by class, or weight and weighted target; then a spare one. Then come Σ squares
 * and Σ weights of left and right as `restart` left them, and which of the totals are not zero in this node: their number u32, their places in bytes u32.
 */
/* inline */ export function width(classes: i32): usize {
  return (<usize>max(2, classes)) << 3;
}
/* inline */ export function missingOf(total: usize, size: usize): usize {
  return total + 3 * size;
}
/* inline */ export function tailOf(total: usize, size: usize): usize {
  return total + (size << 2);
}
/* inline */ export function listOf(total: usize, size: usize): usize {
  return total + (size << 2) + 32;
}

/** Before the first node of a tree: no class is there. */
export function forgetClasses(total: usize, size: usize): void {
  memory.fill(total, 0, size);
  store<u32>(listOf(total, size), 0);
}

/** Forgets the classes of the node before; gives the first place of the list of those to come. */
export function startClasses(total: usize, list: usize): usize {
  const old = list + 4 + ((<usize>load<u32>(list)) << 2);
  for (let place = list + 4; place < old; place += 4) store<f64>(total + <usize>load<u32>(place), 0);
  return list + 4;
}
/** Adds a weight to the class whose total is `at` bytes on, noting it when it is new; gives the list's next place. */
/* inline */ export function addClass(total: usize, place: usize, at: usize, weight: f64): usize {
  const sum = load<f64>(total + at);
  if (sum === 0) {
    store<u32>(place, <u32>at);
    place += 4;
  }
  store<f64>(total + at, sum + weight);
  return place;
}
/** Gives the number of classes. */
export function endClasses(list: usize, place: usize): i32 {
  const count = <i32>((place - list - 4) >> 2);
  store<u32>(list, count);
  return count;
}
/** Weights by class of the entries [begin, end), in the place of those of the node before; gives the number of classes. */
export function addUpClasses(total: usize, size: usize, begin: usize, end: usize): i32 {
  const list = listOf(total, size);
  let place = startClasses(total, list);
  for (let entry = begin; entry < end; entry += 16) place = addClass(total, place, (<usize>load<u32>(entry, 4)) << 3, load<f64>(entry, 8));
  return endClasses(list, place);
}

/** Weight of all classes in the node. */
export function sumOfClasses(total: usize, list: usize): f64 {
  let all: f64 = 0;
  for (let place = list + 4, end = place + ((<usize>load<u32>(list)) << 2); place < end; place += 4)
    all += load<f64>(total + <usize>load<u32>(place));
  return all;
}

/** Everything right, with what is missing left where asked. Gives the address of the sums of squares and weights. */
export function restart(classes: i32, total: usize, missingLeft: bool): usize {
  const size = width(classes);
  const left = total + size;
  const missing = missingOf(total, size);
  const tail = tailOf(total, size);
  if (classes === 0) {
    const w: f64 = missingLeft ? load<f64>(missing) : 0;
    const s: f64 = missingLeft ? load<f64>(missing, 8) : 0;
    store<f64>(left, w);
    store<f64>(left, s, 8);
    return tail;
  }
  let sqLeft: f64 = 0;
  let sqRight: f64 = 0;
  let wLeft: f64 = 0;
  let wRight: f64 = 0;
  const list = listOf(total, size);
  const end = list + 4 + ((<usize>load<u32>(list)) << 2);
  for (let place = list + 4; place < end; place += 4) {
    const at = <usize>load<u32>(place);
    const m: f64 = missingLeft ? load<f64>(missing + at) : 0;
    const r = load<f64>(total + at) - m;
    store<f64>(left + at, m);
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

/* inline */ export function addEntry(classes: i32, entry: usize, sums: usize): void {
  if (classes > 0) {
    const at = sums + ((<usize>load<u32>(entry, 4)) << 3);
    store<f64>(at, load<f64>(at) + load<f64>(entry, 8));
  } else {
    store<f64>(sums, load<f64>(sums) + <f64>load<f32>(entry, 4));
    store<f64>(sums, load<f64>(sums, 8) + load<f64>(entry, 8), 8);
  }
}

/**
 * Keeps the candidate when it is the best so far and leaves enough rows on both sides. BEST: score f64, then feature, bin, missing left. Missing values
 * go to `side`, or with the greater half where there are none to try (2).
 */
/* inline */ export function consider(job: usize, value: f64, rowsLeft: i32, rows: i32, feature: i32, bin: i32, side: i32): void {
  const least = load<i32>(job, MIN_LEAF);
  if (rowsLeft < least || rows - rowsLeft < least) return;
  if (!(value > load<f64>(job, BEST))) return;
  store<f64>(job, value, BEST);
  store<i32>(job, feature, BEST + 8);
  store<i32>(job, bin, BEST + 12);
  store<i32>(job, side === 2 ? i32(rowsLeft * 2 >= rows) : side, BEST + 16);
}
