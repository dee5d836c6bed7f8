/**
 * Elementary functions with the same bits on every engine, within 1 ulp: the built-in ones of `Math` differ between engines.
 * Only + - * /, sqrt and bit views are used. Exponential and logarithm are table-driven (P. T. P. Tang, ACM TOMS 15 and 16) with
 * double-double heads; sine and cosine are Taylor series after the reduction of `reduce-angle.ts`.
 */
import { logsOfGrid, POWERS_OF_TWO, productError, rootsOfTwo, scaleByPower, sumError } from './double-double.ts';
import { reduceAngle } from './reduce-angle.ts';

const EXP_TABLE = rootsOfTwo();
const LOG_TABLE = logsOfGrid();
/** 32 / ln 2, and ln 2 / 32 as a head with 36 bits and its rest. */
const STEPS = 46.16624130844683;
const STEP_HEAD = 0.021660849392446835;
const STEP_REST = 5.145609244655338e-14;
/** ln 2 as a head with 40 bits and its rest. */
const LN2_HEAD = 0.6931471805592082;
const LN2_REST = 7.371002565167799e-13;
const LN2_TAIL = 1.94704509238075e-31;

const view = new Float64Array(1);
const words = new Uint32Array(view.buffer);
const single = new Float32Array(1);
const singleBits = new Int32Array(single.buffer);
/** Which half of a double holds sign and exponent on this machine. */
const TOP = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** Second word of the last double-double result; read at once by the caller. */
let low = 0;
/** Power of two of the last `expPair`. */
let power = 0;

/** e^x; overflows to Infinity above 709.78, underflows to 0 below -745.13. */
export function exp(x: number): number {
  if (!(x <= 709.782712893384)) return x > 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x < -745.1332191019412) return 0;
  const n = Math.round(x * STEPS);
  const r = x - n * STEP_HEAD - n * STEP_REST;
  const p = r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
  const j = n & 31;
  const t = EXP_TABLE.high[j];
  const k = n >> 5;
  const m = t + (EXP_TABLE.low[j] + t * p);
  return k > -1021 && k < 1024 ? m * POWERS_OF_TWO[k + 1074] : scaleByPower(m, k);
}

/** e^(x + rest) = (result + low) · 2^power with a relative error below 2^-64; |x| < 750. */
function expPair(x: number, rest: number): number {
  const n = Math.round(x * STEPS);
  const a = x - n * STEP_HEAD;
  const b = n * STEP_REST;
  const r = a - b;
  const rl = a - r - b + rest;
  const half = 0.5 * r;
  const square = r * half;
  const tail = r * r * r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040)))));
  const p = r + square;
  const pl = sumError(r, square, p) + (rl + r * rl + productError(r, half, square) + tail);
  const j = n & 31;
  const t = EXP_TABLE.high[j];
  const product = t * p;
  const e = productError(t, p, product) + (t * pl + EXP_TABLE.low[j] * (1 + p));
  const s = t + product;
  const sl = t - s + product + e;
  const sum = s + sl;
  power = n >> 5;
  low = s - sum + sl;
  return sum;
}

/** ln x = result + low with a relative error below 2^-66, for finite x > 0. */
function logPair(x: number): number {
  let k = 0;
  view[0] = x;
  if (words[TOP] < 0x00100000) {
    view[0] = x * 18014398509481984;
    k = -54;
  }
  k += (words[TOP] >>> 20) - 1023;
  words[TOP] = (words[TOP] & 0x000fffff) | 0x3ff00000;
  let m = view[0];
  if (m > Math.SQRT2) {
    m *= 0.5;
    k++;
  }
  const j = Math.round(m * 128);
  const c = j * 0.0078125;
  // ln(m / c) = 2 atanh(s), s = (m - c) / (m + c); the difference is exact.
  const d = m - c;
  const den = m + c;
  const denLow = sumError(m, c, den);
  const s = d / den;
  const back = s * den;
  const sl = (d - back - productError(s, den, back) - s * denLow) / den;
  const q = s * s;
  const tail = s * q * (2 / 3 + q * (2 / 5 + q * (2 / 7 + q * (2 / 9))));
  const head = k * LN2_HEAD;
  const ch = LOG_TABLE.high[j - 90];
  const a = head + ch;
  const al = sumError(head, ch, a);
  const two = 2 * s;
  const h = a + two;
  const hl = sumError(a, two, h);
  const l = hl + (al + (k * LN2_REST + (LOG_TABLE.low[j - 90] + (2 * sl + tail + k * LN2_TAIL))));
  const sum = h + l;
  low = h - sum + l;
  return sum;
}

/** Natural logarithm; -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return x === 0 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
  return logPair(x);
}

/** ln(x) · (a + b) rounded once, for the other bases. */
function logTimes(x: number, a: number, b: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return x === 0 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
  const h = logPair(x);
  const l = low;
  const p = h * a;
  return p + (productError(h, a, p) + (h * b + l * a));
}
export const log2 = (x: number): number => logTimes(x, Math.LOG2E, 2.0355273740931033e-17);
export const log10 = (x: number): number => logTimes(x, Math.LOG10E, 1.098319650216765e-17);

/** ln(1 + x), exact near 0; -Infinity at -1, NaN below. */
export function log1p(x: number): number {
  if (!(x > -1 && x < Number.POSITIVE_INFINITY)) return x === -1 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
  if (Math.abs(x) < 1e-9) return x === 0 ? x : x - x * x * (0.5 - x / 3);
  const u = 1 + x;
  const rest = sumError(1, x, u) / u;
  const h = logPair(u);
  return h + (low + (rest - 0.5 * rest * rest));
}

/** e^x - 1 = result + low; for -40 < x < 709. */
function expm1Pair(x: number): number {
  const m = expPair(x, 0);
  const scale = POWERS_OF_TWO[power + 1074];
  const a = m * scale;
  const h = a - 1;
  const l = sumError(a, -1, h) + low * scale;
  const sum = h + l;
  low = h - sum + l;
  return sum;
}

/** e^x - 1, exact near 0. */
export function expm1(x: number): number {
  if (Math.abs(x) < 1e-9) return x === 0 ? x : x + x * x * (0.5 + x / 6);
  if (x < -40) return -1;
  if (!(x < 700)) return exp(x);
  return expm1Pair(x);
}

/** Hyperbolic tangent. */
export function tanh(x: number): number {
  const a = Math.abs(x);
  if (!(a < 22)) return x > 0 ? 1 : x < 0 ? -1 : x;
  if (a < 1e-9) return x;
  const h = expm1Pair(2 * a);
  const l = low;
  const den = h + 2;
  const denLow = sumError(h, 2, den) + l;
  const value = dividePairs(h, l, den, denLow);
  return x < 0 ? -value : value;
}

/** Logistic function 1 / (1 + e^-x). */
export function sigmoid(x: number): number {
  if (!(x > -708)) return x < 0 ? exp(x) : x;
  if (x > 40) return 1;
  const m = expPair(-Math.abs(x), 0);
  const scale = POWERS_OF_TWO[power + 1074];
  const e = m * scale;
  const el = low * scale;
  const den = 1 + e;
  const denLow = sumError(1, e, den) + el;
  if (x >= 0) return dividePairs(1, 0, den, denLow);
  return e < 1e-200 ? e : dividePairs(e, el, den, denLow);
}

/** x^y as ECMAScript defines its special cases. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const size = Math.abs(x);
  if (Math.abs(y) === Number.POSITIVE_INFINITY) {
    if (size === 1) return Number.NaN;
    return size > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  }
  const whole = Math.floor(y) === y;
  const odd = whole && Math.abs(y) <= Number.MAX_SAFE_INTEGER && y % 2 !== 0;
  const sign = odd && (x < 0 || Object.is(x, -0)) ? -1 : 1;
  if (size === 0 || size === Number.POSITIVE_INFINITY) return sign * ((size === 0) === y > 0 ? 0 : Number.POSITIVE_INFINITY);
  if (x < 0 && !whole) return Number.NaN;
  if (y === 1) return x;
  const h = logPair(size);
  const l = low;
  // Beyond this the result over- or underflows, unless the base is 1.
  if (h === 0) return sign;
  const p = y * h;
  if (p > 710) return sign * Number.POSITIVE_INFINITY;
  if (p < -746) return sign * 0;
  const rest = productError(y, h, p) + y * l;
  const m = expPair(p, rest);
  return sign * scaleByPower(m + low, power);
}

/** Cube root: a first guess by the logarithm, then one Newton step whose residual is exact. */
export function cbrt(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  let size = Math.abs(x);
  let back = 1;
  // Far from 1 the exact products would over- or underflow, so work on x · 2^±600.
  if (size < 1e-200) {
    size *= 4.149515568880993e180;
    back = 6.223015277861142e-61;
  } else if (size > 1e200) {
    size *= 2.409919865102884e-181;
    back = 1.6069380442589903e60;
  }
  const guess = exp(logPair(size) / 3);
  const square = guess * guess;
  const squareLow = productError(guess, guess, square);
  const cube = square * guess;
  const residual = size - cube - (productError(square, guess, cube) + squareLow * guess);
  const root = (guess + residual / (3 * square)) * back;
  return x < 0 ? -root : root;
}

/** sin(h + l) = result + low for |h| ≤ π/4. */
function sinKernel(h: number, l: number): number {
  const z = h * h;
  const poly =
    -1 / 6 +
    z *
      (1 / 120 +
        z * (-1 / 5040 + z * (1 / 362880 + z * (-1 / 39916800 + z * (1 / 6227020800 + z * (-1 / 1307674368000 + z / 355687428096000))))));
  const rest = l * (1 - 0.5 * z) + h * z * poly;
  const s = h + rest;
  low = h - s + rest;
  return s;
}

/** cos(h + l) = result + low for |h| ≤ π/4. */
function cosKernel(h: number, l: number): number {
  const z = h * h;
  const zl = productError(h, h, z);
  const w = 1 - 0.5 * z;
  const poly =
    1 / 24 +
    z *
      (-1 / 720 +
        z *
          (1 / 40320 +
            z * (-1 / 3628800 + z * (1 / 479001600 + z * (-1 / 87178291200 + z * (1 / 20922789888000 - z / 6402373705728000))))));
  const rest = 1 - w - 0.5 * z - 0.5 * zl - h * l + z * z * poly;
  const s = w + rest;
  low = w - s + rest;
  return s;
}

/** Sine of radians; NaN at ±Infinity. */
export function sin(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  if (x === 0) return x;
  const { quadrant, high, low: rest } = reduceAngle(x);
  const value = quadrant & 1 ? cosKernel(high, rest) : sinKernel(high, rest);
  return quadrant & 2 ? -value : value;
}

/** Cosine of radians. */
export function cos(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const { quadrant, high, low: rest } = reduceAngle(x);
  const value = quadrant & 1 ? sinKernel(high, rest) : cosKernel(high, rest);
  return quadrant === 1 || quadrant === 2 ? -value : value;
}

/** Tangent of radians. */
export function tan(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  if (x === 0) return x;
  const { quadrant, high, low: rest } = reduceAngle(x);
  const s = sinKernel(high, rest);
  const sl = low;
  const c = cosKernel(high, rest);
  const cl = low;
  return quadrant & 1 ? -dividePairs(c, cl, s, sl) : dividePairs(s, sl, c, cl);
}

/** (a + al) / (b + bl), rounded once. */
function dividePairs(a: number, al: number, b: number, bl: number): number {
  const q = a / b;
  const back = q * b;
  return q + (a - back - productError(q, b, back) + al - q * bl) / b;
}

/** Largest float32 not above x: as a threshold it splits float32 values exactly as x does (`v <= floor32(x)` iff `v <= x`). */
export function floor32(x: number): number {
  const rounded = Math.fround(x);
  if (!(rounded > x)) return rounded;
  // One float32 down: to the next smaller bit pattern for positives, the next larger for negatives; below 0 comes the least negative.
  single[0] = rounded;
  if (rounded === 0) return -1.401298464324817e-45;
  singleBits[0] += rounded > 0 ? -1 : 1;
  return single[0];
}
