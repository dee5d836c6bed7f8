/**
 * Gradients, hessians and losses of boosting, four rows at a time in float32. A row's raw score is `base` + its trees. Which loss is a number: see
 * `LOSSES` in `boosting.ts`; formulas of Friedman (2001), scikit-learn's and LightGBM's papers for Tweedie and Poisson (log link).
 */
import { exp4, log4, sum4 } from './float.as.ts';

const SQUARED: i32 = 0;
const LOGISTIC: i32 = 1;
const ABSOLUTE: i32 = 2;
const QUANTILE: i32 = 3;
const POISSON: i32 = 4;
const TWEEDIE: i32 = 5;
/** One class of a softmax: scores are shares already. */
const SHARE: i32 = 6;

/** Rows per partial sum in float32. */
const RUN: i32 = 1024;

/** What gradient and hessian are made of: the mean, or for Tweedie the part with the target. */
/* inline */ function meanOf(loss: i32, score: v128, y: v128, base: v128, level: f32): v128 {
  const one = f32x4.splat(1);
  if (loss === LOGISTIC) return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(f32x4.add(base, score)))));
  if (loss === POISSON) return exp4(f32x4.add(base, score));
  if (loss === TWEEDIE) return f32x4.mul(y, exp4(f32x4.mul(f32x4.add(base, score), f32x4.splat(1 - level))));
  return score;
}
/** The other part of Tweedie. */
/* inline */ function restOf(loss: i32, score: v128, base: v128, level: f32): v128 {
  return loss === TWEEDIE ? exp4(f32x4.mul(f32x4.add(base, score), f32x4.splat(2 - level))) : score;
}
/** `level` is the quantile, the Tweedie power, or the class. */
/* inline */ function gradientOf(loss: i32, mean: v128, rest: v128, y: v128, level: f32): v128 {
  const one = f32x4.splat(1);
  if (loss === ABSOLUTE) return f32x4.sub(v128.and(f32x4.gt(mean, y), one), v128.and(f32x4.lt(mean, y), one));
  if (loss === QUANTILE) return v128.bitselect(f32x4.splat(1 - level), f32x4.splat(-level), f32x4.ge(mean, y));
  if (loss === TWEEDIE) return f32x4.sub(rest, mean);
  if (loss === SHARE) return f32x4.sub(mean, v128.and(f32x4.eq(y, f32x4.splat(level)), one));
  return f32x4.sub(mean, y);
}
/* inline */ function hessianOf(loss: i32, mean: v128, rest: v128, level: f32): v128 {
  const one = f32x4.splat(1);
  if (loss === LOGISTIC || loss === SHARE) return f32x4.mul(mean, f32x4.sub(one, mean));
  if (loss === POISSON) return mean;
  if (loss === TWEEDIE) return f32x4.add(f32x4.mul(mean, f32x4.splat(level - 1)), f32x4.mul(rest, f32x4.splat(2 - level)));
  return one;
}

/** Lanes of the last `count` of four rows. */
/* inline */ function lanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/* inline */ function run(
  loss: i32,
  scores: usize,
  targets: usize,
  weights: usize,
  count: i32,
  base: f32,
  level: f32,
  scaleG: f32,
  scaleH: f32,
  packed: usize,
  sums: usize,
): void {
  const start = f32x4.splat(base);
  const wholeG = f32x4.splat(scaleG);
  const wholeH = f32x4.splat(scaleH);
  let allG: f64 = 0;
  let allH: f64 = 0;
  let total = i64x2.splat(0);
  for (let from = 0; from < count; from += RUN) {
    const to = min(from + RUN, count);
    let sumG = f32x4.splat(0);
    let sumH = f32x4.splat(0);
    for (let i = from; i < to; i += 4, scores += 16, targets += 16, packed += 32) {
      const y = v128.load(targets);
      const score = v128.load(scores);
      const mean = meanOf(loss, score, y, start, level);
      const rest = restOf(loss, score, start, level);
      let g = gradientOf(loss, mean, rest, y, level);
      let h = hessianOf(loss, mean, rest, level);
      if (weights !== 0) {
        const w = v128.load(weights);
        weights += 16;
        g = f32x4.mul(g, w);
        h = f32x4.mul(h, w);
      }
      if (i + 4 > to) {
        const mask = lanes(to - i);
        g = v128.and(g, mask);
        h = v128.and(h, mask);
      }
      sumG = f32x4.add(sumG, f32x4.abs(g));
      sumH = f32x4.add(sumH, h);
      const G = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(g, wholeG)));
      const H = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(h, wholeH)));
      const low = v128.shuffle<i32>(H, G, 0, 4, 1, 5);
      const high = v128.shuffle<i32>(H, G, 2, 6, 3, 7);
      v128.store(packed, low);
      v128.store(packed, high, 16);
      total = i64x2.add(total, i64x2.add(low, high));
    }
    allG += sum4(sumG);
    allH += sum4(sumH);
  }
  store<f64>(sums, allG);
  store<f64>(sums, allH, 8);
  store<i64>(sums, i64x2.extract_lane(total, 0) + i64x2.extract_lane(total, 1), 16);
}

/**
 * Gradients and hessians of the first `count` rows, times their weights where `weights` is not 0, rounded to whole numbers by the two scales and packed
 * (`histogram.as.ts`). To `sums`: the sums of |gradient| and hessian, by which the caller sees whether the scales were right, and that of the
 * packed values. Arrays have room for whole fours.
 */
export function differentiateRows(
  loss: i32,
  scores: usize,
  targets: usize,
  weights: usize,
  count: i32,
  base: f32,
  level: f32,
  scaleG: f32,
  scaleH: f32,
  packed: usize,
  sums: usize,
): void {
  if (loss === SQUARED) run(SQUARED, scores, targets, weights, count, base, level, scaleG, scaleH, packed, sums);
  else if (loss === LOGISTIC) run(LOGISTIC, scores, targets, weights, count, base, level, scaleG, scaleH, packed, sums);
  else if (loss === ABSOLUTE) run(ABSOLUTE, scores, targets, weights, count, base, level, scaleG, scaleH, packed, sums);
  else if (loss === QUANTILE) run(QUANTILE, scores, targets, weights, count, base, level, scaleG, scaleH, packed, sums);
  else if (loss === POISSON) run(POISSON, scores, targets, weights, count, base, level, scaleG, scaleH, packed, sums);
  else if (loss === TWEEDIE) run(TWEEDIE, scores, targets, weights, count, base, level, scaleG, scaleH, packed, sums);
  else run(SHARE, scores, targets, weights, count, base, level, scaleG, scaleH, packed, sums);
}

/** Softmax over `classes` columns of scores, `columnBytes` apart, from their bases; to columns of shares as far apart. */
export function softmaxRows(scores: usize, bases: usize, classes: i32, columnBytes: usize, count: i32, shares: usize): void {
  for (let i = 0; i < count; i += 4, scores += 16, shares += 16) {
    let top = f32x4.splat(-Infinity);
    for (let k = 0; k < classes; k++)
      top = f32x4.pmax(top, f32x4.add(v128.load(scores + <usize>k * columnBytes), v128.load32_splat(bases + ((<usize>k) << 2))));
    let sum = f32x4.splat(0);
    for (let k = 0; k < classes; k++) {
      const at = <usize>k * columnBytes;
      const e = exp4(f32x4.sub(f32x4.add(v128.load(scores + at), v128.load32_splat(bases + ((<usize>k) << 2))), top));
      v128.store(shares + at, e);
      sum = f32x4.add(sum, e);
    }
    for (let k = 0; k < classes; k++) {
      const at = shares + <usize>k * columnBytes;
      v128.store(at, f32x4.div(v128.load(at), sum));
    }
  }
}

/** Loss of four rows, up to a part that no score changes. For a share it is that of the true class alone. */
/* inline */ function lossOf(loss: i32, score: v128, y: v128, base: v128, level: f32): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (loss === SQUARED) {
    const d = f32x4.sub(score, y);
    return f32x4.mul(d, d);
  }
  if (loss === LOGISTIC) {
    // ln(1 + e^-z) for z = ±raw, without overflow and without losing a small e^-|z|.
    const raw = f32x4.add(base, score);
    const z = v128.bitselect(raw, f32x4.neg(raw), f32x4.gt(y, f32x4.splat(0.5)));
    const u = exp4(f32x4.neg(f32x4.abs(z)));
    const w = f32x4.add(one, u);
    const exact = f32x4.div(f32x4.mul(log4(w), u), f32x4.pmax(f32x4.sub(w, one), f32x4.splat(1e-30)));
    return f32x4.add(f32x4.pmax(f32x4.neg(z), zero), v128.bitselect(u, exact, f32x4.eq(w, one)));
  }
  if (loss === ABSOLUTE) return f32x4.abs(f32x4.sub(score, y));
  if (loss === QUANTILE) {
    const d = f32x4.sub(y, score);
    return f32x4.pmax(f32x4.mul(d, f32x4.splat(level)), f32x4.mul(d, f32x4.splat(level - 1)));
  }
  const raw = f32x4.add(base, score);
  if (loss === POISSON) return f32x4.sub(exp4(raw), f32x4.mul(y, raw));
  if (loss === TWEEDIE) {
    const low = f32x4.mul(y, exp4(f32x4.mul(raw, f32x4.splat(1 - level))));
    const high = exp4(f32x4.mul(raw, f32x4.splat(2 - level)));
    return f32x4.add(f32x4.mul(low, f32x4.splat(1 / (level - 1))), f32x4.mul(high, f32x4.splat(1 / (2 - level))));
  }
  return v128.and(f32x4.neg(log4(f32x4.pmax(score, f32x4.splat(1e-30)))), f32x4.eq(y, f32x4.splat(level)));
}

/** Weight of the listed rows whose target is `level`, and of all of them at `out`; rows count as one where `weights` is 0. */
export function weighTargets(targets: usize, weights: usize, rows: usize, count: i32, level: f32, out: usize): void {
  let hits: f64 = 0;
  let all: f64 = 0;
  for (const end = rows + ((<usize>count) << 2); rows < end; rows += 4) {
    const at = (<usize>load<u32>(rows)) << 2;
    const w: f64 = weights === 0 ? 1 : <f64>load<f32>(weights + at);
    all += w;
    if (load<f32>(targets + at) === level) hits += w;
  }
  store<f64>(out, hits);
  store<f64>(out, all, 8);
}

/** Sum of the losses of the rows from `from` on (a multiple of 4), each times its weight where `weights` is not 0. */
export function sumLosses(loss: i32, scores: usize, targets: usize, weights: usize, from: i32, to: i32, base: f32, level: f32): f64 {
  const start = f32x4.splat(base);
  let sum: f64 = 0;
  for (let i = from; i < to; i += 4) {
    const at = (<usize>i) << 2;
    let value = lossOf(loss, v128.load(scores + at), v128.load(targets + at), start, level);
    if (weights !== 0) value = f32x4.mul(value, v128.load(weights + at));
    if (i + 4 > to) value = v128.and(value, lanes(to - i));
    sum += sum4(value);
  }
  return sum;
}
