/**
 * The inner loop of all products of matrices: a tile of 4 × 2 vectors of sums in registers, over float32 or float64 (`T`). A kernel file that needs
 * products of its own imports it.
 */

/** Columns of a tile: two vectors. */
/* inline */ export function tileColumns<T>(): i32 {
  return 32 / i32(sizeof<T>());
}

/** Adds a vector of sums to what stands at `out`; float32 sums to float64 where `wide`. */
/* inline */ function keep<T>(out: usize, sums: v128, wide: bool): void {
  if (wide && sizeof<T>() === 4) {
    v128.store(out, f64x2.add(v128.load(out), f64x2.promote_low_f32x4(sums)));
    v128.store(out, f64x2.add(v128.load(out, 16), f64x2.promote_low_f32x4(v128.shuffle<i64>(sums, sums, 1, 1))), 16);
  } else {
    v128.store(out, v128.add<T>(v128.load(out), sums));
  }
}

/** A value of float type `S` in every lane of float type `T`. */
/* inline */ function everywhere<S, T>(at: usize): v128 {
  return sizeof<S>() === sizeof<T>() ? v128.load_splat<T>(at) : f64x2.splat(<f64>load<f32>(at));
}

/**
 * out[i][j] += Σ over k < `count` of a[i][k] · b[k][j], for four i and two vectors of j. The four a's of one k are `aNext` bytes apart, those of the next k `aStep`; b's
 * rows `bStep`; the rows of `out`, float64 where `wide`, `outStep`.
 */
/* inline */ export function tile<T>(
  a: usize,
  aNext: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  count: i32,
  out: usize,
  outStep: usize,
  wide: bool,
): void {
  mixedTile<T, T>(a, aNext, aStep, b, bStep, count, out, outStep, wide);
}

/** As `tile`, with a's in `S`: both types the same, or float32 beside float64. */
/* inline */ export function mixedTile<S, T>(
  a: usize,
  aNext: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  count: i32,
  out: usize,
  outStep: usize,
  wide: bool,
): void {
  const zero = i32x4.splat(0);
  let s00 = zero;
  let s01 = zero;
  let s10 = zero;
  let s11 = zero;
  let s20 = zero;
  let s21 = zero;
  let s30 = zero;
  let s31 = zero;
  let a1 = a + aNext;
  let a2 = a1 + aNext;
  let a3 = a2 + aNext;
  for (let k = 0; k < count; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = everywhere<S, T>(a);
    s00 = v128.add<T>(s00, v128.mul<T>(x, b0));
    s01 = v128.add<T>(s01, v128.mul<T>(x, b1));
    x = everywhere<S, T>(a1);
    s10 = v128.add<T>(s10, v128.mul<T>(x, b0));
    s11 = v128.add<T>(s11, v128.mul<T>(x, b1));
    x = everywhere<S, T>(a2);
    s20 = v128.add<T>(s20, v128.mul<T>(x, b0));
    s21 = v128.add<T>(s21, v128.mul<T>(x, b1));
    x = everywhere<S, T>(a3);
    s30 = v128.add<T>(s30, v128.mul<T>(x, b0));
    s31 = v128.add<T>(s31, v128.mul<T>(x, b1));
    a += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    b += bStep;
  }
  const second: usize = wide && sizeof<T>() === 4 ? 32 : 16;
  keep<T>(out, s00, wide);
  keep<T>(out + second, s01, wide);
  out += outStep;
  keep<T>(out, s10, wide);
  keep<T>(out + second, s11, wide);
  out += outStep;
  keep<T>(out, s20, wide);
  keep<T>(out + second, s21, wide);
  out += outStep;
  keep<T>(out, s30, wide);
  keep<T>(out + second, s31, wide);
}

/** Two neighbours at `at` as float64. */
/* inline */ export function pair<T>(at: usize): v128 {
  return sizeof<T>() === 4 ? f64x2.promote_low_f32x4(v128.load64_zero(at)) : v128.load(at);
}

/** x·w of four rows that are `step` bytes apart, each with `cols` (even) values, to four float64 at `out`. */
/* inline */ export function dotFour<T>(x: usize, step: usize, cols: i32, w: usize, out: usize): void {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let x1 = x + step;
  let x2 = x1 + step;
  let x3 = x2 + step;
  const two = 2 * sizeof<T>();
  for (let j = 0; j < cols; j += 2) {
    const v = v128.load(w);
    s0 = f64x2.add(s0, f64x2.mul(pair<T>(x), v));
    s1 = f64x2.add(s1, f64x2.mul(pair<T>(x1), v));
    s2 = f64x2.add(s2, f64x2.mul(pair<T>(x2), v));
    s3 = f64x2.add(s3, f64x2.mul(pair<T>(x3), v));
    x += two;
    x1 += two;
    x2 += two;
    x3 += two;
    w += 16;
  }
  v128.store(out, f64x2.add(v128.shuffle<f64>(s0, s1, 0, 2), v128.shuffle<f64>(s0, s1, 1, 3)));
  v128.store(out, f64x2.add(v128.shuffle<f64>(s2, s3, 0, 2), v128.shuffle<f64>(s2, s3, 1, 3)), 16);
}

/** Adds Σ r·x of four rows to the `cols` (even) float64 at `out`; the four r stand at `r`. */
/* inline */ export function addFour<T>(x: usize, step: usize, cols: i32, r: usize, out: usize): void {
  const r0 = v128.load64_splat(r);
  const r1 = v128.load64_splat(r, 8);
  const r2 = v128.load64_splat(r, 16);
  const r3 = v128.load64_splat(r, 24);
  let x1 = x + step;
  let x2 = x1 + step;
  let x3 = x2 + step;
  const two = 2 * sizeof<T>();
  for (let j = 0; j < cols; j += 2) {
    const near = f64x2.add(f64x2.mul(pair<T>(x), r0), f64x2.mul(pair<T>(x1), r1));
    const far = f64x2.add(f64x2.mul(pair<T>(x2), r2), f64x2.mul(pair<T>(x3), r3));
    v128.store(out, f64x2.add(v128.load(out), f64x2.add(near, far)));
    x += two;
    x1 += two;
    x2 += two;
    x3 += two;
    out += 16;
  }
}
