/**
 * The loss of a linear model summed over rows, with its gradient, in one pass: a block of rows gives its scores, the scores their losses and slopes,
 * and the slopes, while the rows are still in cache, their part of the gradient. The intercept is the weight of a column of ones. Rows are float32, which
 * halves what is read; all that is computed from them is float64.
 */
import { expPair, logPair } from './float64.as.ts';
import { addFour, dotFour, mixedTile, pair } from './tile.as.ts';

export { firstFree } from './memory.as.ts';

/* inline */ function both(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** ln(1 + e^-m), m = score · y, y = ±1. Slopes replace the scores `z`; gives Σ weight · loss. So do the others. */
function logistic(z: usize, y: usize, weight: usize, count: i32): f64 {
  let sum = f64x2.splat(0);
  const one = f64x2.splat(1);
  for (const end = z + ((<usize>count) << 3); z < end; z += 16, y += 16, weight += 16) {
    const side = v128.load(y);
    const w = v128.load(weight);
    const m = f64x2.mul(v128.load(z), side);
    const e = expPair(f64x2.neg(f64x2.abs(m)));
    const all = f64x2.add(one, e);
    sum = f64x2.add(sum, f64x2.mul(w, f64x2.sub(logPair(all), f64x2.min(m, f64x2.splat(0)))));
    const wrong = f64x2.div(v128.bitselect(e, one, f64x2.ge(m, f64x2.splat(0))), all);
    v128.store(z, f64x2.neg(f64x2.mul(f64x2.mul(side, w), wrong)));
  }
  return both(sum);
}

/** e^score - y · score: a count y, less what does not depend on the score. */
function poisson(z: usize, y: usize, weight: usize, count: i32): f64 {
  let sum = f64x2.splat(0);
  for (const end = z + ((<usize>count) << 3); z < end; z += 16, y += 16, weight += 16) {
    const score = v128.load(z);
    const seen = v128.load(y);
    const w = v128.load(weight);
    const mean = expPair(score);
    sum = f64x2.add(sum, f64x2.mul(w, f64x2.sub(mean, f64x2.mul(seen, score))));
    v128.store(z, f64x2.mul(w, f64x2.sub(mean, seen)));
  }
  return both(sum);
}

/** max(0, 1 - score · y)², y = ±1. */
function hinge(z: usize, y: usize, weight: usize, count: i32): f64 {
  let sum = f64x2.splat(0);
  const zero = f64x2.splat(0);
  for (const end = z + ((<usize>count) << 3); z < end; z += 16, y += 16, weight += 16) {
    const side = v128.load(y);
    const short = f64x2.max(zero, f64x2.sub(f64x2.splat(1), f64x2.mul(v128.load(z), side)));
    const w = f64x2.mul(v128.load(weight), short);
    sum = f64x2.add(sum, f64x2.mul(w, short));
    v128.store(z, f64x2.mul(f64x2.splat(-2), f64x2.mul(w, side)));
  }
  return both(sum);
}

/** max(0, |score - y| - free)². */
function tube(z: usize, y: usize, weight: usize, count: i32, free: f64): f64 {
  let sum = f64x2.splat(0);
  const zero = f64x2.splat(0);
  for (const end = z + ((<usize>count) << 3); z < end; z += 16, y += 16, weight += 16) {
    const off = f64x2.sub(v128.load(z), v128.load(y));
    const over = f64x2.max(zero, f64x2.sub(f64x2.abs(off), f64x2.splat(free)));
    const w = f64x2.mul(v128.load(weight), over);
    sum = f64x2.add(sum, f64x2.mul(w, over));
    const slope = f64x2.mul(f64x2.splat(2), w);
    v128.store(z, v128.bitselect(slope, f64x2.neg(slope), f64x2.ge(off, zero)));
  }
  return both(sum);
}

/**
 * `loss` 0 logistic, 1 Poisson, 2 squared hinge, 3 squared tube. `x` has `rows` rows (a multiple of 4) of `width` (even) float32; y and weight one per row. Adds to
 * the `width` float64 at `gradient` and gives Σ weight · loss. `block` rows are in work at a time; `z` has room for that many float64.
 */
export function oneScore(
  loss: i32,
  free: f64,
  x: usize,
  rows: i32,
  width: i32,
  block: i32,
  w: usize,
  y: usize,
  weight: usize,
  z: usize,
  gradient: usize,
): f64 {
  const step = (<usize>width) << 2;
  let sum: f64 = 0;
  for (let from = 0; from < rows; from += block) {
    const count = min(block, rows - from);
    const start = x + <usize>from * step;
    let row = start;
    for (let i = 0; i < count; i += 4, row += step << 2) dotFour<f32>(row, step, width, w, z + ((<usize>i) << 3));
    const at = (<usize>from) << 3;
    if (loss === 0) sum += logistic(z, y + at, weight + at, count);
    else if (loss === 1) sum += poisson(z, y + at, weight + at, count);
    else if (loss === 2) sum += hinge(z, y + at, weight + at, count);
    else sum += tube(z, y + at, weight + at, count, free);
    row = start;
    for (let i = 0; i < count; i += 4, row += step << 2) addFour<f32>(row, step, width, z + ((<usize>i) << 3), gradient);
  }
  return sum;
}

/** Softmax of a row of scores less the indicator of its class, times the weight, in place; gives the sum of exponentials about the top, and the top less the class's score at `lead`. */
/* inline */ function softmaxRow(z: usize, wide: i32, right: i32, weight: f64, lead: usize): f64 {
  let top = v128.load(z);
  for (let k = 2; k < wide; k += 2) top = f64x2.max(top, v128.load(z + ((<usize>k) << 3)));
  const most = max(f64x2.extract_lane(top, 0), f64x2.extract_lane(top, 1));
  const own = z + ((<usize>right) << 3);
  store<f64>(lead, most - load<f64>(own));
  let sum = f64x2.splat(0);
  for (let k = 0; k < wide; k += 2) {
    const at = z + ((<usize>k) << 3);
    const e = expPair(f64x2.sub(v128.load(at), f64x2.splat(most)));
    v128.store(at, e);
    sum = f64x2.add(sum, e);
  }
  const all = both(sum);
  const share = f64x2.splat(weight / all);
  for (let k = 0; k < wide; k += 2) {
    const at = z + ((<usize>k) << 3);
    v128.store(at, f64x2.mul(v128.load(at), share));
  }
  store<f64>(own, load<f64>(own) - weight);
  return all;
}

/**
 * -ln of the softmax share of the right class. `w` and `gradient` are [width, wide], `wide` (a multiple of 4) classes with their filling, whose weights of ones
 * are far below zero; `y` int32. `z` has room for block × wide float64, `sums` for 2 × block. Else as `oneScore`; `width` is a multiple of 4.
 */
export function manyScores(
  x: usize,
  rows: i32,
  width: i32,
  block: i32,
  w: usize,
  wide: i32,
  y: usize,
  weight: usize,
  z: usize,
  sums: usize,
  gradient: usize,
): f64 {
  const step = (<usize>width) << 2;
  const outStep = (<usize>wide) << 3;
  let sum = f64x2.splat(0);
  for (let from = 0; from < rows; from += block) {
    const count = min(block, rows - from);
    const start = x + <usize>from * step;
    memory.fill(z, 0, <usize>count * outStep);
    for (let k = 0; k < wide; k += 4) {
      const at = (<usize>k) << 3;
      for (let i = 0; i < count; i += 4) {
        mixedTile<f32, f64>(start + <usize>i * step, step, 4, w + at, outStep, width, z + <usize>i * outStep + at, outStep, false);
      }
    }
    const leads = sums + ((<usize>block) << 3);
    const weights = weight + ((<usize>from) << 3);
    for (let i = 0; i < count; i++) {
      const at = (<usize>i) << 3;
      const right = load<i32>(y + ((<usize>(from + i)) << 2));
      store<f64>(sums + at, softmaxRow(z + <usize>i * outStep, wide, right, load<f64>(weights + at), leads + at));
    }
    for (let i = 0; i < count; i += 2) {
      const at = (<usize>i) << 3;
      sum = f64x2.add(sum, f64x2.mul(v128.load(weights + at), f64x2.add(logPair(v128.load(sums + at)), v128.load(leads + at))));
    }
    for (let j = 0; j < width; j += 4) {
      for (let k = 0; k < wide; k += 4) {
        const at = (<usize>k) << 3;
        mixedTile<f32, f64>(start + ((<usize>j) << 2), 4, step, z + at, outStep, count, gradient + <usize>j * outStep + at, outStep, false);
      }
    }
  }
  return both(sum);
}

/** Adds Σ weight · x² of each column to the `width` float64 at `out`. */
export function squares(x: usize, rows: i32, width: i32, weight: usize, out: usize): void {
  const end = out + ((<usize>width) << 3);
  for (let i = 0; i < rows; i++, weight += 8) {
    const w = v128.load64_splat(weight);
    for (let at = out; at < end; at += 16, x += 8) {
      const v = pair<f32>(x);
      v128.store(at, f64x2.add(v128.load(at), f64x2.mul(w, f64x2.mul(v, v))));
    }
  }
}

/** Lays rows of `cols` float64 as float32, `width` apart: a one after each row's values, then zeros. May read 8 bytes beyond the last row. */
export function lay(from: usize, rows: i32, cols: i32, to: usize, width: i32): void {
  const bytes = (<usize>cols) << 3;
  const step = (<usize>width) << 2;
  for (let i = 0; i < rows; i++, from += bytes, to += step) {
    let end = to;
    for (let at: usize = 0; at < bytes; at += 16, end += 8) v128.store64_lane(end, f32x4.demote_f64x2_zero(v128.load(from + at)), 0);
    end = to + (bytes >> 1);
    store<f32>(end, 1);
    for (end += 4; end < to + step; end += 4) store<f32>(end, 0);
  }
}
