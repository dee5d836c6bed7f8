/**
 * Error-free sums and products, from which `float.ts` builds results good to the last bit.
 * TwoSum after Knuth (TAOCP 4.2.2), the split and TwoProduct after Veltkamp and Dekker (1971). No fused multiply-add is assumed.
 */

/** What `s = a + b` lost: a + b = s + sumError(a, b, s) exactly. */
export function sumError(a: number, b: number, s: number): number {
  const t = s - a;
  return a - (s - t) + (b - t);
}

/** What `p = a * b` lost, exactly, for operands and product below 2^996 and above the subnormals. */
export function productError(a: number, b: number, p: number): number {
  const ca = 134217729 * a;
  const cb = 134217729 * b;
  const ah = ca - (ca - a);
  const bh = cb - (cb - b);
  const al = a - ah;
  const bl = b - bh;
  return al * bl - (p - ah * bh - al * bh - ah * bl);
}

/** 2^k for k from -1074 to 1023 at index k + 1074, exact. */
export const POWERS_OF_TWO = powersOfTwo();
function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2098);
  let up = 1;
  for (let k = 0; k <= 1023; k++, up *= 2) powers[k + 1074] = up;
  let down = 1;
  for (let k = 0; k >= -1074; k--, down /= 2) powers[k + 1074] = down;
  return powers;
}

/** value · 2^k, rounded once. */
export function scaleByPower(value: number, k: number): number {
  if (k > 1023) return value * 2 * POWERS_OF_TWO[Math.min(k - 1, 1023) + 1074];
  if (k >= -1000) return value * POWERS_OF_TWO[k + 1074];
  return value * POWERS_OF_TWO[Math.max(k + 600, -1074) + 1074] * 2.409919865102884e-181;
}

export interface Table {
  high: Float64Array;
  low: Float64Array;
}

/** 2^(j/32) for j = 0 … 31, to about 100 bits: the 32nd root of two by five square roots, then its powers. */
export function rootsOfTwo(): Table {
  const high = new Float64Array(32);
  const low = new Float64Array(32);
  let h = 2;
  let l = 0;
  for (let i = 0; i < 5; i++) {
    const s = Math.sqrt(h);
    const square = s * s;
    const rest = (h - square - productError(s, s, square) + l) / (2 * s);
    h = s + rest;
    l = sumError(s, rest, h);
  }
  high[0] = 1;
  for (let j = 1; j < 32; j++) {
    const p = high[j - 1] * h;
    const e = productError(high[j - 1], h, p) + (high[j - 1] * l + low[j - 1] * h);
    high[j] = p + e;
    low[j] = sumError(p, e, high[j]);
  }
  return { high, low };
}

/** ln(j / 128) for j = 90 … 182 at index j - 90, to about 100 bits, by the series 2 (s + s³/3 + s⁵/5 + …), s = (c - 1)/(c + 1). */
export function logsOfGrid(): Table {
  const high = new Float64Array(93);
  const low = new Float64Array(93);
  for (let j = 90; j <= 182; j++) {
    const num = j - 128;
    const den = j + 128;
    const sh = num / den;
    const back = sh * den;
    const sl = (num - back - productError(sh, den, back)) / den;
    const q = sh * sh;
    const ql = productError(sh, sh, q) + 2 * sh * sl;
    // Horner from the smallest term, in double-double.
    let h = 0;
    let l = 0;
    for (let n = 41; n >= 1; n -= 2) {
      const p = h * q;
      const pl = productError(h, q, p) + (h * ql + l * q);
      const c = 2 / n;
      const cBack = c * n;
      const cl = (2 - cBack - productError(c, n, cBack)) / n;
      const s = c + p;
      const e = sumError(c, p, s) + (cl + pl);
      h = s + e;
      l = sumError(s, e, h);
    }
    const p = h * sh;
    const e = productError(h, sh, p) + (h * sl + l * sh);
    high[j - 90] = p + e;
    low[j - 90] = sumError(p, e, high[j - 90]);
  }
  return { high, low };
}
