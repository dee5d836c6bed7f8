/**
 * Our 128-bit content digest (columns, keys) and SHA-256 (files, models).
 * MurmurHash3_x86_128 after Austin Appleby's public-domain description; SHA-256 after FIPS 180-4. Neither needs
 * `crypto.subtle`, which a plain-http page lacks.
 */
import { utf8 } from './bytes.ts';
import { canonical } from './json.ts';

/** 32 hex digits. */
export type Digest = string;

const rotl = (x: number, r: number) => (x << r) | (x >>> (32 - r));
const fmix = (h: number) => {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};
const hex8 = (x: number) => (x >>> 0).toString(16).padStart(8, '0');

/** Digest of one byte sequence. */
export function hashBytes(bytes: Uint8Array, seed = 0): Digest {
  const C1 = 0x239b961b;
  const C2 = 0xab0e9789;
  const C3 = 0x38b34ae5;
  const C4 = 0xa1e38b93;
  let h1 = seed;
  let h2 = seed;
  let h3 = seed;
  let h4 = seed;
  const blocks = bytes.length >>> 4;
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, blocks * 4);
  for (let i = 0; i < words.length; i += 4) {
    h1 ^= Math.imul(rotl(Math.imul(words[i], C1), 15), C2);
    h1 = (Math.imul(rotl(h1, 19) + h2, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotl(Math.imul(words[i + 1], C2), 16), C3);
    h2 = (Math.imul(rotl(h2, 17) + h3, 5) + 0x0bcaa747) | 0;
    h3 ^= Math.imul(rotl(Math.imul(words[i + 2], C3), 17), C4);
    h3 = (Math.imul(rotl(h3, 15) + h4, 5) + 0x96cd1c35) | 0;
    h4 ^= Math.imul(rotl(Math.imul(words[i + 3], C4), 18), C1);
    h4 = (Math.imul(rotl(h4, 13) + h1, 5) + 0x32ac3b17) | 0;
  }
  const tail = new Int32Array(4);
  const rest = bytes.length & 15;
  for (let i = 0; i < rest; i++) tail[i >> 2] |= bytes[blocks * 16 + i] << ((i & 3) * 8);
  if (rest > 12) h4 ^= Math.imul(rotl(Math.imul(tail[3], C4), 18), C1);
  if (rest > 8) h3 ^= Math.imul(rotl(Math.imul(tail[2], C3), 17), C4);
  if (rest > 4) h2 ^= Math.imul(rotl(Math.imul(tail[1], C2), 16), C3);
  if (rest > 0) h1 ^= Math.imul(rotl(Math.imul(tail[0], C1), 15), C2);
  h1 ^= bytes.length;
  h2 ^= bytes.length;
  h3 ^= bytes.length;
  h4 ^= bytes.length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  h1 = fmix(h1);
  h2 = fmix(h2);
  h3 = fmix(h3);
  h4 = fmix(h4);
  h1 = (h1 + h2 + h3 + h4) | 0;
  return hex8(h1) + hex8((h2 + h1) | 0) + hex8((h3 + h1) | 0) + hex8((h4 + h1) | 0);
}

/** Digest of any typed array or list of them, each with its length, so that boundaries count. */
export function hashArrays(...arrays: ArrayBufferView[]): Digest {
  const parts = arrays.map((a) => hashBytes(new Uint8Array(a.buffer, a.byteOffset, a.byteLength)));
  return parts.length === 1 ? parts[0] : hashText(parts.join(' '));
}

/**
 * Floats whose NaNs have one bit pattern: compilers and engines differ in the sign bit of a computed NaN. A copy where a
 * pattern had to change, else the view itself. Looks at the high words only: exponent all ones and some other bit set.
 */
function oneNaN(view: Float64Array | Float32Array): ArrayBufferView {
  const step = view.BYTES_PER_ELEMENT / 4;
  const exponent = step === 2 ? 0x7ff00000 : 0x7f800000;
  const canonical = step === 2 ? 0x7ff80000 : 0x7fc00000;
  const words = new Int32Array(view.buffer, view.byteOffset, view.length * step);
  let out: Int32Array | undefined;
  for (let i = step - 1; i < words.length; i += step) {
    const high = words[i];
    if ((high & exponent) !== exponent) continue;
    const low = step === 2 ? words[i - 1] : 0;
    const infinite = (high & ~exponent & 0x7fffffff) === 0 && low === 0;
    if (infinite || (high === canonical && low === 0)) continue;
    out ??= words.slice();
    out[i] = canonical;
    if (step === 2) out[i - 1] = 0;
  }
  return out ?? view;
}

const arrayDigests = new WeakMap<ArrayBufferView, Digest>();
/** Digest of one typed array's element type and content, computed once per array object: arrays on wires never change. */
export function arrayDigest(view: ArrayBufferView): Digest {
  let digest = arrayDigests.get(view);
  if (digest === undefined) {
    const bits = view instanceof Float64Array || view instanceof Float32Array ? oneNaN(view) : view;
    const bytes = new Uint8Array(bits.buffer, bits.byteOffset, bits.byteLength);
    digest = hashText(`${Object.prototype.toString.call(view).slice(8, -1)} ${hashBytes(bytes)}`);
    arrayDigests.set(view, digest);
  }
  return digest;
}
/** Tells the memo a digest that came along with the array (from another worker or the disk). */
export const adoptArrayDigest = (view: ArrayBufferView, digest: Digest): void => void arrayDigests.set(view, digest);

export const hashText = (text: string): Digest => hashBytes(utf8(text));

/** Digest of a JSON value by its canonical text. */
export const hashJson = (value: unknown): Digest => hashText(canonical(value));

/** The 64 round constants: fractional parts of the cube roots of the first 64 primes. Exact integer arithmetic. */
function roundConstants(): { k: Int32Array; h: Int32Array } {
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < 64; n++) if (primes.every((p) => n % p !== 0n)) primes.push(n);
  const root = (value: bigint, degree: bigint) => {
    let low = 0n;
    let high = 1n << 80n;
    while (high - low > 1n) {
      const mid = (low + high) >> 1n;
      if (mid ** degree <= value) low = mid;
      else high = mid;
    }
    return Number(BigInt.asIntN(32, low));
  };
  return {
    k: Int32Array.from(primes, (p) => root(p << 96n, 3n)),
    h: Int32Array.from(primes.slice(0, 8), (p) => root(p << 64n, 2n)),
  };
}
let constants: ReturnType<typeof roundConstants> | undefined;

/** SHA-256 as 64 hex digits. */
export function sha256(bytes: Uint8Array): string {
  constants ??= roundConstants();
  const { k } = constants;
  const h = constants.h.slice();
  const total = (((bytes.length + 8) >>> 6) + 1) << 6;
  const padded = new Uint8Array(total);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(total - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(total - 4, (bytes.length << 3) >>> 0);
  const w = new Int32Array(64);
  for (let offset = 0; offset < total; offset += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(offset + i * 4);
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15];
      const b = w[i - 2];
      const s0 = rotl(a, 25) ^ rotl(a, 14) ^ (a >>> 3);
      const s1 = rotl(b, 15) ^ rotl(b, 13) ^ (b >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, z] = h;
    for (let i = 0; i < 64; i++) {
      const s1 = rotl(e, 26) ^ rotl(e, 21) ^ rotl(e, 7);
      const t1 = (z + s1 + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
      const s0 = rotl(a, 30) ^ rotl(a, 19) ^ rotl(a, 10);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      z = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    const next = [a, b, c, d, e, f, g, z];
    for (let i = 0; i < 8; i++) h[i] = (h[i] + next[i]) | 0;
  }
  return Array.from(h, hex8).join('');
}
