/**
 * Codes of two bytes: the upper one is the feature's bin, the lower one tells values of one bin apart. Forests look at bins while a node is large, and at
 * whole codes where few rows are left, so that their thresholds are as fine as the values.
 */
import { between } from './bins.as.ts';
import { COARSE, FINE, FINE_EDGES, FINE_STARTS, ROW_BYTES } from './forest-job.as.ts';

/** Values of one bin that codes tell apart. */
const MOST: i32 = 256;

/** Bins of a feature's numbers, one code of a byte being left for missing values. */
const BINS: i32 = 255;

/** Where values end that are not above `edge`, from the `from`-th on. */
function endOf(sorted: usize, from: i32, count: i32, edge: f32): i32 {
  let low = from;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<f32>(sorted + ((<usize>middle) << 2)) <= edge) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Writes at most 255 rising thresholds between the values [from, to): between all different ones, else where they cut them into equal parts; gives their number. */
function placeFine(sorted: usize, from: i32, to: i32, edges: usize): i32 {
  let found = 0;
  for (let i = from + 1; i < to && found < MOST; i++) {
    const low = load<f32>(sorted + ((<usize>(i - 1)) << 2));
    const high = load<f32>(sorted + ((<usize>i) << 2));
    if (low === high) continue;
    if (found < MOST - 1) store<f32>(edges + ((<usize>found) << 2), between(low, high));
    found++;
  }
  if (found < MOST) return found;
  found = 0;
  let next = from;
  for (let k = 1; k < MOST; k++) {
    const last = max(from + <i32>((<i64>k * <i64>(to - from)) / MOST), next + 1);
    if (last >= to) break;
    const low = load<f32>(sorted + ((<usize>(last - 1)) << 2));
    for (next = last; next < to && load<f32>(sorted + ((<usize>next) << 2)) === low; ) next++;
    if (next === to) break;
    store<f32>(edges + ((<usize>found) << 2), between(low, load<f32>(sorted + ((<usize>next) << 2))));
    found++;
  }
  return found;
}

/* inline */ function valueAt(sorted: usize, i: i32): f32 {
  return load<f32>(sorted + ((<usize>i) << 2));
}

/** The next place behind which values change, from behind the first `place` of them on; `count` when none does. */
function changeFrom(sorted: usize, place: i32, count: i32): i32 {
  if (place < 1 || place >= count) return max(1, place);
  return endOf(sorted, place, count, valueAt(sorted, place - 1));
}

/** Of the places where equal steps of the values from least to greatest end, the first behind `place`; infinite values have no say. */
function nextStep(sorted: usize, place: i32, count: i32, low: f64, step: f64): i32 {
  const value = <f64>valueAt(sorted, place);
  const k = floor((value - low) / step) + 1;
  const at = endOf(sorted, place, count, <f32>(low + k * step));
  return max(place + 1, at);
}

/**
 * Writes the edges of a feature's bins and gives their number, at most 254. They lie between all different values if those are so few. Else about half of them
 * cut the range of the values into equal steps and the others the rows into equal parts: far-off values, of which there are few, are told apart too.
 */
export function placeBins(sorted: usize, count: i32, edges: usize, spare: usize): i32 {
  let found = 0;
  for (let i = 1; i < count && found < BINS; i++) {
    if (valueAt(sorted, i - 1) === valueAt(sorted, i)) continue;
    if (found < BINS - 1) store<f32>(edges + ((<usize>found) << 2), between(valueAt(sorted, i - 1), valueAt(sorted, i)));
    found++;
  }
  if (found < BINS) return found;
  let first = 0;
  let last = count - 1;
  while (first < last && valueAt(sorted, first) === -Infinity) first++;
  while (first < last && valueAt(sorted, last) === Infinity) last--;
  const low = <f64>valueAt(sorted, first);
  const step = (<f64>valueAt(sorted, last) - low) / (BINS / 2 + 1);
  let steps = 0;
  if (step > 0) {
    for (let at = first; steps < BINS / 2; steps++) {
      at = nextStep(sorted, at, last + 1, low, step);
      if (at > last) break;
      store<i32>(spare + ((<usize>steps) << 2), at);
    }
  }
  const parts = BINS - steps;
  found = 0;
  let before = 0;
  for (let s = 0, k = 1; s < steps || k < parts; ) {
    const own = s < steps ? load<i32>(spare + ((<usize>s) << 2)) : count;
    const part = k < parts ? <i32>((<i64>k * <i64>count) / parts) : count;
    if (own <= part) s++;
    else k++;
    const place = changeFrom(sorted, min(own, part), count);
    if (place === count || place <= before) continue;
    store<f32>(edges + ((<usize>found) << 2), between(valueAt(sorted, place - 1), valueAt(sorted, place)));
    found++;
    before = place;
  }
  return found;
}

/** The thresholds inside each bin of a feature, from its `count` sorted values and `bins - 1` edges; `starts` gets the place of each bin's first. Gives their number. */
export function refineBins(sorted: usize, count: i32, edges: usize, bins: i32, starts: usize, fine: usize): u32 {
  let at: u32 = 0;
  let from = 0;
  for (let bin = 0; bin < 256; bin++) {
    store<u32>(starts + ((<usize>bin) << 2), at);
    if (bin >= bins) continue;
    const to = bin + 1 < bins ? endOf(sorted, from, count, load<f32>(edges + ((<usize>bin) << 2))) : count;
    at += placeFine(sorted, from, to, fine + ((<usize>at) << 2));
    from = to;
  }
  return at;
}

/** How many of `count` rising thresholds are below a value. */
/* inline */ function countBelow(edges: usize, count: u32, value: f32): u32 {
  if (count === 0) return 0;
  let at = edges;
  // Halves what is left without a branch; `count` is then 1.
  while (count > 1) {
    const half = count >>> 1;
    at = stepOver(at, half, value);
    count -= half;
  }
  return <u32>((at - edges) >>> 2) + u32(load<f32>(at) < value);
}
/** Behind the next `half` thresholds where the last of them is below the value. */
/* inline */ function stepOver(at: usize, half: u32, value: f32): usize {
  return at + ((<usize>half & (0 - usize(load<f32>(at + ((<usize>(half - 1)) << 2)) < value))) << 2);
}

/** Bins of four values at once, whose searches do not wait for each other. */
/* inline */ function binFour(values: usize, edges: usize, count: u32, to: usize): void {
  const a = load<f32>(values);
  const b = load<f32>(values, 4);
  const c = load<f32>(values, 8);
  const d = load<f32>(values, 12);
  let atA = edges;
  let atB = edges;
  let atC = edges;
  let atD = edges;
  while (count > 1) {
    const half = count >>> 1;
    atA = stepOver(atA, half, a);
    atB = stepOver(atB, half, b);
    atC = stepOver(atC, half, c);
    atD = stepOver(atD, half, d);
    count -= half;
  }
  store<u16>(to, <u16>(<u32>((atA - edges) >>> 2) + u32(load<f32>(atA) < a)));
  store<u16>(to, <u16>(<u32>((atB - edges) >>> 2) + u32(load<f32>(atB) < b)), 2);
  store<u16>(to, <u16>(<u32>((atC - edges) >>> 2) + u32(load<f32>(atC) < c)), 4);
  store<u16>(to, <u16>(<u32>((atD - edges) >>> 2) + u32(load<f32>(atD) < d)), 6);
}

/** Whole codes of a feature's `count` values; a missing one has the bin behind the last, and nothing below it. Without `starts` they end with their bins. */
export function codeFine(values: usize, count: i32, edges: usize, bins: u32, starts: usize, fine: usize, to: usize): void {
  let i = 0;
  if (bins > 1) for (; i + 4 <= count; i += 4) binFour(values + ((<usize>i) << 2), edges, bins - 1, to + ((<usize>i) << 1));
  for (; i < count; i++) store<u16>(to + ((<usize>i) << 1), <u16>countBelow(edges, bins - 1, load<f32>(values + ((<usize>i) << 2))));
  for (i = 0; i < count; i++, to += 2, values += 4) {
    const value = load<f32>(values);
    if (value !== value) {
      store<u16>(to, <u16>(bins << 8));
      continue;
    }
    const bin = <u32>load<u16>(to);
    if (starts === 0) {
      store<u16>(to, <u16>(bin << 8));
      continue;
    }
    const place = starts + ((<usize>bin) << 2);
    const first = load<u32>(place);
    // Where values are few, bins hold one each.
    const inside = load<u32>(place, 4) - first;
    store<u16>(to, <u16>((bin << 8) | countBelow(fine + ((<usize>first) << 2), inside, value)));
  }
}

/** Where a feature's whole codes begin; the next row's are ROW_BYTES further. */
/* inline */ export function fineOf(job: usize, feature: u32): usize {
  return load<usize>(job, FINE) + ((<usize>feature) << 1);
}

/* inline */ function startOf(job: usize, feature: u32, bin: u32): usize {
  return load<usize>(job, FINE_STARTS) + ((((<usize>feature) << 8) + <usize>bin) << 2);
}

/** How many thresholds lie inside a bin. */
/* inline */ export function insideOf(job: usize, feature: u32, bin: u32): u32 {
  const at = startOf(job, feature, bin);
  return load<u32>(at, 4) - load<u32>(at);
}

/** What values up to a whole code are not above; infinite for the last. Behind a bin's last code comes its edge. */
export function edgeOf(job: usize, feature: u32, code: u32): f32 {
  const at = startOf(job, feature, code >>> 8);
  const place = load<u32>(at) + (code & 255);
  if (place < load<u32>(at, 4)) return load<f32>(load<usize>(job, FINE_EDGES) + ((<usize>place) << 2));
  return load<f32>(load<usize>(job, COARSE) + ((((<usize>feature) << 8) + <usize>(code >>> 8)) << 2));
}

/**
 * The first code from `left` on whose edge is half-way between it and the last code before `right`, or beyond; to the nearest bin where whole bins lie between. Where
 * `right` is that of missing values, all numbers go left.
 */
export function halfWay(job: usize, feature: u32, left: u32, right: u32, lost: u32): u32 {
  if (right >>> 8 === lost) return ((lost - 1) << 8) | 255;
  const before = right - 1;
  if (left === before) return left;
  const coarse = load<usize>(job, COARSE) + ((<usize>feature) << 10);
  const far = (right >>> 8) - (left >>> 8) > 2;
  const low = far ? load<f32>(coarse + ((<usize>(left >>> 8)) << 2)) : edgeOf(job, feature, left);
  const high = far ? load<f32>(coarse + ((<usize>((right >>> 8) - 1)) << 2)) : edgeOf(job, feature, before);
  if (!(low < high)) return left;
  const middle = <f32>((<f64>low + <f64>high) / 2);
  let bin = left >>> 8;
  for (let top = right >>> 8; bin < top; ) {
    const at = (bin + top) >>> 1;
    if (load<f32>(coarse + ((<usize>at) << 2)) >= middle) top = at;
    else bin = at + 1;
  }
  if (far) return (bin << 8) | 255;
  const inside = insideOf(job, feature, bin);
  const edges = load<usize>(job, FINE_EDGES) + ((<usize>load<u32>(startOf(job, feature, bin))) << 2);
  let fine: u32 = 0;
  for (let top = inside; fine < top; ) {
    const at = (fine + top) >>> 1;
    if (load<f32>(edges + ((<usize>at) << 2)) >= middle) top = at;
    else fine = at + 1;
  }
  const code = (bin << 8) | (fine < inside ? fine : 255);
  return max(left, min(code, before));
}

/** A row's whole code of a feature. */
/* inline */ export function codeOf(job: usize, feature: u32, row: u32): u32 {
  return <u32>load<u16>(fineOf(job, feature) + <usize>row * load<usize>(job, ROW_BYTES));
}
