/**
 * The arithmetic of fully connected layers in float32: products of matrices, bends, batch normalisation, losses and the optimiser. All matrices are
 * row-major; widths are multiples of 8 and row counts of 4, filled up with zeros that stay zeros.
 */
import { exp4, log4, sum4 } from './float.as.ts';
import { tile } from './tile.as.ts';

export { firstFree } from './memory.as.ts';

const RELU: i32 = 0;
const ELU: i32 = 1;

/** Rows that stay in the nearest cache while a product passes over them. */
const BLOCK: i32 = 64;
/** Moments below this are zero: they have no effect, and numbers too small for full precision are slow. */
const TINY: f32 = 1e-30;

/** c [rows, width] = a [rows, inner] · b [inner, width] + bias [width]; without a bias (address 0) + 0. */
export function multiply(a: usize, b: usize, bias: usize, c: usize, rows: i32, inner: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  const aNext = (<usize>inner) << 2;
  if (bias) for (let i: usize = 0; i < <usize>rows; i++) memory.copy(c + i * stride, bias, stride);
  else memory.fill(c, 0, <usize>rows * stride);
  for (let from = 0; from < rows; from += BLOCK) {
    const to = min(from + BLOCK, rows);
    for (let j: usize = 0; j < stride; j += 32)
      for (let i = from; i < to; i += 4)
        tile<f32>(a + <usize>i * aNext, aNext, 4, b + j, stride, inner, c + <usize>i * stride + j, stride, false);
  }
}

/** g [inner, width] = aᵀ · d for a [rows, inner] and d [rows, width]. */
export function multiplyTransposed(a: usize, d: usize, g: usize, rows: i32, inner: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  const aStep = (<usize>inner) << 2;
  memory.fill(g, 0, <usize>inner * stride);
  for (let from = 0; from < rows; from += BLOCK) {
    const depth = min(BLOCK, rows - from);
    const aBlock = a + <usize>from * aStep;
    const dBlock = d + <usize>from * stride;
    for (let k = 0; k < inner; k += 4)
      for (let j: usize = 0; j < stride; j += 32)
        tile<f32>(aBlock + ((<usize>k) << 2), 4, aStep, dBlock + j, stride, depth, g + <usize>k * stride + j, stride, false);
  }
}

/**
 * Lists the cells of a [rows, inner] that are not zero: their columns and values row after row, and where each row begins (`rows` + 1 places). The lists
 * need a place more than there are cells. Answers with their number.
 */
export function compress(a: usize, rows: i32, inner: i32, starts: usize, columns: usize, values: usize): i32 {
  let count = 0;
  for (let i = 0; i < rows; i++, starts += 4) {
    store<i32>(starts, count);
    for (let k = 0; k < inner; k++, a += 4) {
      const value = load<f32>(a);
      const at = (<usize>count) << 2;
      store<i32>(columns + at, k);
      store<f32>(values + at, value);
      count += i32(value !== 0);
    }
  }
  store<i32>(starts, count);
  return count;
}

/** As `multiply`, for a given by its lists. */
export function multiplyListed(starts: usize, columns: usize, values: usize, b: usize, bias: usize, c: usize, rows: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  if (bias) for (let i: usize = 0; i < <usize>rows; i++) memory.copy(c + i * stride, bias, stride);
  else memory.fill(c, 0, <usize>rows * stride);
  for (let i = 0; i < rows; i++, starts += 4, c += stride) {
    const from = (<usize>load<i32>(starts)) << 2;
    const to = (<usize>load<i32>(starts, 4)) << 2;
    let j: usize = 0;
    for (; j + 128 <= stride; j += 128) {
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      let s4 = s0;
      let s5 = s0;
      let s6 = s0;
      let s7 = s0;
      for (let at = from; at < to; at += 4) {
        const row = b + <usize>load<i32>(columns + at) * stride + j;
        const x = v128.load32_splat(values + at);
        s0 = f32x4.add(s0, f32x4.mul(x, v128.load(row)));
        s1 = f32x4.add(s1, f32x4.mul(x, v128.load(row, 16)));
        s2 = f32x4.add(s2, f32x4.mul(x, v128.load(row, 32)));
        s3 = f32x4.add(s3, f32x4.mul(x, v128.load(row, 48)));
        s4 = f32x4.add(s4, f32x4.mul(x, v128.load(row, 64)));
        s5 = f32x4.add(s5, f32x4.mul(x, v128.load(row, 80)));
        s6 = f32x4.add(s6, f32x4.mul(x, v128.load(row, 96)));
        s7 = f32x4.add(s7, f32x4.mul(x, v128.load(row, 112)));
      }
      const out = c + j;
      v128.store(out, f32x4.add(v128.load(out), s0));
      v128.store(out, f32x4.add(v128.load(out, 16), s1), 16);
      v128.store(out, f32x4.add(v128.load(out, 32), s2), 32);
      v128.store(out, f32x4.add(v128.load(out, 48), s3), 48);
      v128.store(out, f32x4.add(v128.load(out, 64), s4), 64);
      v128.store(out, f32x4.add(v128.load(out, 80), s5), 80);
      v128.store(out, f32x4.add(v128.load(out, 96), s6), 96);
      v128.store(out, f32x4.add(v128.load(out, 112), s7), 112);
    }
    for (; j < stride; j += 16) {
      let sum = f32x4.splat(0);
      for (let at = from; at < to; at += 4)
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(values + at), v128.load(b + <usize>load<i32>(columns + at) * stride + j)));
      v128.store(c + j, f32x4.add(v128.load(c + j), sum));
    }
  }
}

/** As `multiplyTransposed`, for a given by its lists. */
export function multiplyListedTransposed(
  starts: usize,
  columns: usize,
  values: usize,
  d: usize,
  g: usize,
  rows: i32,
  inner: i32,
  width: i32,
): void {
  const stride = (<usize>width) << 2;
  memory.fill(g, 0, <usize>inner * stride);
  for (let i = 0; i < rows; i++, starts += 4, d += stride) {
    const to = (<usize>load<i32>(starts, 4)) << 2;
    for (let at = (<usize>load<i32>(starts)) << 2; at < to; at += 4) {
      const row = g + <usize>load<i32>(columns + at) * stride;
      const x = v128.load32_splat(values + at);
      for (let j: usize = 0; j < stride; j += 32) {
        v128.store(row + j, f32x4.add(v128.load(row + j), f32x4.mul(x, v128.load(d + j))));
        v128.store(row + j, f32x4.add(v128.load(row + j, 16), f32x4.mul(x, v128.load(d + j, 16))), 16);
      }
    }
  }
}

/** out [width, inner] = w [inner, width] turned round. */
export function transpose(w: usize, out: usize, inner: i32, width: i32): void {
  for (let k = 0; k < inner; k++) for (let j = 0; j < width; j++, w += 4) store<f32>(out + ((<usize>(j * inner + k)) << 2), load<f32>(w));
}

/** g [width] = the sums of d's columns. */
export function sumColumns(d: usize, g: usize, rows: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  memory.fill(g, 0, stride);
  for (let i = 0; i < rows; i++, d += stride)
    for (let j: usize = 0; j < stride; j += 16) v128.store(g + j, f32x4.add(v128.load(g + j), v128.load(d + j)));
}

/** a = bend(a), `count` numbers. What is no number stays none. */
export function bend(kind: i32, a: usize, count: i32): void {
  const one = f32x4.splat(1);
  for (const end = a + ((<usize>count) << 2); a < end; a += 16) {
    const z = v128.load(a);
    if (kind === RELU) v128.store(a, f32x4.pmax(z, f32x4.splat(0)));
    else if (kind === ELU) v128.store(a, v128.bitselect(f32x4.sub(exp4(z), one), z, f32x4.lt(z, f32x4.splat(0))));
    else {
      // tanh z = 1 - 2 / (e^2z + 1); near 0 that loses digits, but z - z³/3 + 2z⁵/15 does not.
      const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(exp4(f32x4.add(z, z)), one)));
      const q = f32x4.mul(z, z);
      const near = f32x4.mul(z, f32x4.sub(one, f32x4.mul(q, f32x4.sub(f32x4.splat(1.0 / 3.0), f32x4.mul(q, f32x4.splat(2.0 / 15.0))))));
      v128.store(a, v128.bitselect(far, near, f32x4.gt(f32x4.abs(z), f32x4.splat(0.06))));
    }
  }
}

/** d = d · the bend's slope where it answered a: relu a > 0; elu min(a, 0) + 1; tanh 1 - a². */
export function unbend(kind: i32, a: usize, d: usize, count: i32): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (const end = a + ((<usize>count) << 2); a < end; a += 16, d += 16) {
    const y = v128.load(a);
    const x = v128.load(d);
    if (kind === RELU) v128.store(d, v128.and(x, f32x4.gt(y, zero)));
    else if (kind === ELU) v128.store(d, f32x4.mul(x, f32x4.add(f32x4.pmin(y, zero), one)));
    else v128.store(d, f32x4.mul(x, f32x4.sub(one, f32x4.mul(y, y))));
  }
}

/** out = a · b, number by number. */
export function times(a: usize, b: usize, out: usize, count: i32): void {
  const size = (<usize>count) << 2;
  for (let i: usize = 0; i < size; i += 16) v128.store(out + i, f32x4.mul(v128.load(a + i), v128.load(b + i)));
}

/** Weighted mean and variance of z's columns; `share` [rows] sums to 1. */
export function momentsOf(z: usize, share: usize, mean: usize, variance: usize, rows: i32, width: i32): void {
  const stride = (<usize>width) << 2;
  memory.fill(mean, 0, stride);
  memory.fill(variance, 0, stride);
  for (let i: usize = 0; i < <usize>rows; i++) {
    const s = v128.load32_splat(share + (i << 2));
    const row = z + i * stride;
    for (let j: usize = 0; j < stride; j += 16) v128.store(mean + j, f32x4.add(v128.load(mean + j), f32x4.mul(s, v128.load(row + j))));
  }
  for (let i: usize = 0; i < <usize>rows; i++) {
    const s = v128.load32_splat(share + (i << 2));
    const row = z + i * stride;
    for (let j: usize = 0; j < stride; j += 16) {
      const u = f32x4.sub(v128.load(row + j), v128.load(mean + j));
      v128.store(variance + j, f32x4.add(v128.load(variance + j), f32x4.mul(s, f32x4.mul(u, u))));
    }
  }
}

/** out = scale · (z - mean) / √(variance + epsilon) + bias, column by column; keeps 1 / √(…) in `inverse`. */
export function normalise(
  z: usize,
  mean: usize,
  variance: usize,
  scale: usize,
  bias: usize,
  inverse: usize,
  out: usize,
  rows: i32,
  width: i32,
  epsilon: f32,
): void {
  const stride = (<usize>width) << 2;
  for (let j: usize = 0; j < stride; j += 16)
    v128.store(inverse + j, f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(v128.load(variance + j), f32x4.splat(epsilon)))));
  for (let i: usize = 0; i < <usize>rows; i++)
    for (let j: usize = 0; j < stride; j += 16) {
      const at = i * stride + j;
      const u = f32x4.mul(f32x4.sub(v128.load(z + at), v128.load(mean + j)), v128.load(inverse + j));
      v128.store(out + at, f32x4.add(f32x4.mul(u, v128.load(scale + j)), v128.load(bias + j)));
    }
}

/**
 * From the derivative d by the normalised values to the one by z, in place (Ioffe and Szegedy 2015, weighted); and the derivatives by bias
 * (Σ d) and scale (Σ d û with û = (z - mean) · inverse).
 */
export function unnormalise(
  d: usize,
  z: usize,
  share: usize,
  mean: usize,
  inverse: usize,
  scale: usize,
  gBias: usize,
  gScale: usize,
  rows: i32,
  width: i32,
): void {
  const stride = (<usize>width) << 2;
  sumColumns(d, gBias, rows, width);
  memory.fill(gScale, 0, stride);
  for (let i: usize = 0; i < <usize>rows; i++)
    for (let j: usize = 0; j < stride; j += 16) {
      const at = i * stride + j;
      const u = f32x4.mul(f32x4.sub(v128.load(z + at), v128.load(mean + j)), v128.load(inverse + j));
      v128.store(gScale + j, f32x4.add(v128.load(gScale + j), f32x4.mul(v128.load(d + at), u)));
    }
  for (let i: usize = 0; i < <usize>rows; i++) {
    const s = v128.load32_splat(share + (i << 2));
    for (let j: usize = 0; j < stride; j += 16) {
      const at = i * stride + j;
      const inv = v128.load(inverse + j);
      const u = f32x4.mul(f32x4.sub(v128.load(z + at), v128.load(mean + j)), inv);
      const common = f32x4.mul(s, f32x4.add(v128.load(gBias + j), f32x4.mul(u, v128.load(gScale + j))));
      v128.store(d + at, f32x4.mul(f32x4.mul(inv, v128.load(scale + j)), f32x4.sub(v128.load(d + at), common)));
    }
  }
}

/**
 * Half the squared error (or, `logistic`, the cross-entropy) of the first column of `scores`, weighted by `share`; d [rows, width] becomes its
 * derivative. y has a number per row.
 */
export function lossOfOne(logistic: i32, scores: usize, y: usize, share: usize, d: usize, rows: i32, width: i32): f64 {
  const stride = (<usize>width) << 2;
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  memory.fill(d, 0, <usize>rows * stride);
  let sum: f64 = 0;
  for (let i = 0; i < rows; i += 4, y += 16, share += 16) {
    let z = v128.load32_zero(scores);
    z = v128.load32_lane(scores + stride, z, 1);
    z = v128.load32_lane(scores + 2 * stride, z, 2);
    z = v128.load32_lane(scores + 3 * stride, z, 3);
    scores += 4 * stride;
    const target = v128.load(y);
    const s = v128.load(share);
    let difference = f32x4.sub(z, target);
    let loss = f32x4.mul(f32x4.splat(0.5), f32x4.mul(difference, difference));
    if (logistic) {
      // With u = e^-|z|: the function is 1 / (1 + u) or u / (1 + u), the loss max(z, 0) - zy + ln(1 + u).
      const u = exp4(f32x4.neg(f32x4.abs(z)));
      const p = f32x4.div(v128.bitselect(one, u, f32x4.ge(z, zero)), f32x4.add(one, u));
      difference = f32x4.sub(p, target);
      loss = f32x4.add(f32x4.sub(f32x4.pmax(z, zero), f32x4.mul(z, target)), log4(f32x4.add(one, u)));
    }
    sum += sum4(f32x4.mul(s, loss));
    const derivative = f32x4.mul(s, difference);
    v128.store32_lane(d, derivative, 0);
    v128.store32_lane(d + stride, derivative, 1);
    v128.store32_lane(d + 2 * stride, derivative, 2);
    v128.store32_lane(d + 3 * stride, derivative, 3);
    d += 4 * stride;
  }
  return sum;
}

/** Lanes of the first `count` of four columns. */
/* inline */ function lanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/** Cross-entropy of the softmax of the first `classes` columns against y [rows, width], weighted; d becomes its derivative. */
export function lossOfClasses(scores: usize, y: usize, share: usize, d: usize, rows: i32, width: i32, classes: i32): f64 {
  const lowest = f32x4.splat(-3.4e38);
  let sum: f64 = 0;
  for (let i = 0; i < rows; i++, share += 4) {
    let most = lowest;
    for (let j = 0; j < classes; j += 4)
      most = f32x4.pmax(most, v128.bitselect(v128.load(scores + ((<usize>j) << 2)), lowest, lanes(classes - j)));
    const top = max(
      max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
      max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
    );
    let all = f32x4.splat(0);
    let cross: f64 = 0;
    for (let j = 0; j < width; j += 4) {
      const at = (<usize>j) << 2;
      const less = f32x4.sub(v128.load(scores + at), f32x4.splat(top));
      const e = v128.and(exp4(less), lanes(classes - j));
      all = f32x4.add(all, e);
      const part = f32x4.mul(less, v128.load(y + at));
      cross += sum4(part);
      v128.store(d + at, e);
    }
    const total = <f32>sum4(all);
    const s = load<f32>(share);
    sum += <f64>s * (<f64>f32x4.extract_lane(log4(f32x4.splat(total)), 0) - cross);
    for (let j = 0; j < width; j += 4) {
      const at = (<usize>j) << 2;
      const p = f32x4.div(v128.load(d + at), f32x4.splat(total));
      v128.store(d + at, f32x4.mul(f32x4.splat(s), f32x4.sub(p, v128.load(y + at))));
    }
    const stride = (<usize>width) << 2;
    scores += stride;
    y += stride;
    d += stride;
  }
  return sum;
}

/**
 * One step of Adam with decoupled decay over `count` numbers: values · keep - rate · m / (√v · root + epsilon), where `rate` holds the first
 * moment's correction and `root` is the inverse root of the second's.
 */
export function adam(
  values: usize,
  gradients: usize,
  first: usize,
  second: usize,
  count: i32,
  rate: f32,
  root: f32,
  keep: f32,
  epsilon: f32,
): void {
  const size = (<usize>count) << 2;
  const tiny = f32x4.splat(TINY);
  for (let i: usize = 0; i < size; i += 16) {
    const g = v128.load(gradients + i);
    let m = f32x4.add(f32x4.mul(v128.load(first + i), f32x4.splat(0.9)), f32x4.mul(g, f32x4.splat(0.1)));
    let v = f32x4.add(f32x4.mul(v128.load(second + i), f32x4.splat(0.999)), f32x4.mul(f32x4.mul(g, g), f32x4.splat(0.001)));
    m = v128.andnot(m, f32x4.lt(f32x4.abs(m), tiny));
    v = v128.andnot(v, f32x4.lt(v, tiny));
    v128.store(first + i, m);
    v128.store(second + i, v);
    const step = f32x4.div(f32x4.mul(m, f32x4.splat(rate)), f32x4.add(f32x4.mul(f32x4.sqrt(v), f32x4.splat(root)), f32x4.splat(epsilon)));
    v128.store(values + i, f32x4.sub(f32x4.mul(v128.load(values + i), f32x4.splat(keep)), step));
  }
}
