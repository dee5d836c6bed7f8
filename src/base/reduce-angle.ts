/**
 * Argument reduction for `float.ts`: x = quadrant · π/2 + r with |r| ≤ π/4 as a double-double. Cody and Waite's split constant up to
 * a million turns; above, exact integer arithmetic with 2/π to 1280 bits (the idea of Payne and Hanek).
 */
import { sumError } from './double-double.ts';

export interface ReducedAngle {
  /** 0 to 3. */
  quadrant: number;
  high: number;
  low: number;
}

export function reduceAngle(x: number): ReducedAngle {
  const size = Math.abs(x);
  if (size <= 0.7853981633974483) return { quadrant: 0, high: x, low: 0 };
  if (size > 1e6) return reduceLarge(x);
  const n = Math.round(x * 0.6366197723675814);
  // π/2 in parts of 33 bits, so that n times each is exact.
  const a = x - n * 1.5707963267341256;
  const b = n * 6.077100506303966e-11;
  const t = a - b;
  const tl = sumError(a, -b, t);
  const c = n * 2.0222662487111665e-21;
  const h = t - c;
  const l = sumError(t, -c, h) + tl - n * 8.4784276603689e-32;
  const high = h + l;
  return { quadrant: n & 3, high, low: sumError(h, l, high) };
}

const BITS = 1280n;
let constants: { twoOverPi: bigint; halfPi: bigint } | undefined;

/** 2/π scaled by 2^1280 and π/2 scaled by 2^200, from Machin's formula π = 16 atan(1/5) - 4 atan(1/239). */
function piConstants(): { twoOverPi: bigint; halfPi: bigint } {
  const scale = BITS + 64n;
  const atanOfInverse = (m: bigint) => {
    let term = (1n << scale) / m;
    let sum = 0n;
    for (let n = 1n; term !== 0n; n += 2n) {
      sum += n % 4n === 1n ? term / n : -(term / n);
      term /= m * m;
    }
    return sum;
  };
  const pi = 16n * atanOfInverse(5n) - 4n * atanOfInverse(239n);
  return { twoOverPi: (1n << (scale + BITS + 1n)) / pi, halfPi: pi >> (scale - 199n) };
}

function reduceLarge(x: number): ReducedAngle {
  constants ??= piConstants();
  // |x| > 1e6 = m · 2^e with m below 2^53.
  let m = Math.abs(x);
  let e = 0;
  while (m >= 9007199254740992) {
    m /= 2;
    e++;
  }
  while (Math.floor(m) !== m) {
    m *= 2;
    e--;
  }
  const fractionBits = BITS - BigInt(e);
  const turns = BigInt(m) * constants.twoOverPi;
  let n = turns >> fractionBits;
  let fraction = turns - (n << fractionBits);
  if (fraction >> (fractionBits - 1n) === 1n) {
    n += 1n;
    fraction -= 1n << fractionBits;
  }
  const r = ((fraction >> (fractionBits - 200n)) * constants.halfPi) >> 200n;
  const head = Number(r);
  const unit = 6.223015277861142e-61; // 2^-200
  const sign = x < 0 ? -1 : 1;
  const quadrant = Number(n & 3n);
  return { quadrant: x < 0 ? (4 - quadrant) & 3 : quadrant, high: sign * head * unit, low: sign * Number(r - BigInt(head)) * unit };
}
