/** Exponential and logarithm of two float64 at once: Taylor series after the usual reductions, within 2 ulp, and the same bits on every machine. */

/** e^x for x clamped to ±700; NaN gives no NaN. */
/* inline */ export function expPair(x: v128): v128 {
  const y = f64x2.pmin(f64x2.splat(700), f64x2.pmax(f64x2.splat(-700), x));
  // Added to 1.5 · 2^52, a number is rounded to whole, and the whole stands in the low bits.
  const shifted = f64x2.add(f64x2.mul(y, f64x2.splat(Math.LOG2E)), f64x2.splat(6755399441055744));
  const k = f64x2.sub(shifted, f64x2.splat(6755399441055744));
  // ln 2 in two parts, the first short enough that its product with k is exact.
  const r = f64x2.sub(f64x2.sub(y, f64x2.mul(k, f64x2.splat(0.6931471803691238))), f64x2.mul(k, f64x2.splat(1.9082149292705877e-10)));
  // 1 / n!, n = 13 … 2.
  let p = f64x2.splat(1.6059043836821613e-10);
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.08767569878681e-9));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.505210838544172e-8));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.755731922398589e-7));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.7557319223985893e-6));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.48015873015873e-5));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.984126984126984e-4));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.3888888888888889e-3));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(8.333333333333333e-3));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(4.1666666666666664e-2));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.6666666666666666e-1));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.5));
  p = f64x2.add(f64x2.add(f64x2.mul(p, f64x2.mul(r, r)), r), f64x2.splat(1));
  // Times 2^k by adding k to the exponent.
  return i64x2.add(p, i64x2.shl(shifted, 52));
}

/** ln x for x >= 1. */
/* inline */ export function logPair(x: v128): v128 {
  // x = m · 2^k with m in [√½, √2); the whole k >= 0 becomes a float in the low bits of 2^52.
  const bits = i64x2.sub(x, i64x2.splat(0x3fe6a09e00000000));
  const k = f64x2.sub(v128.or(i64x2.shr_u(bits, 52), i64x2.splat(0x4330000000000000)), f64x2.splat(4503599627370496));
  const m = i64x2.add(v128.and(bits, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3fe6a09e00000000));
  // ln m = 2 (s + s³/3 + s⁵/5 + …).
  const s = f64x2.div(f64x2.sub(m, f64x2.splat(1)), f64x2.add(m, f64x2.splat(1)));
  const z = f64x2.mul(s, s);
  let p = f64x2.splat(2.0 / 21);
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0 / 19));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0 / 17));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0 / 15));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0 / 13));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0 / 11));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0 / 9));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0 / 7));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0 / 5));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.0 / 3));
  p = f64x2.add(f64x2.mul(f64x2.mul(p, z), s), f64x2.add(s, s));
  return f64x2.add(p, f64x2.mul(k, f64x2.splat(Math.LN2)));
}
