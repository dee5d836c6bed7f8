/** Digests against published vectors and Node's own SHA-256, and what they must and must not depend on. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from './bytes.ts';
import { adoptArrayDigest, arrayDigest, hashArrays, hashBytes, hashJson, hashText, sha256 } from './hash.ts';

test('MurmurHash3 x86 128: published vectors', () => {
  expect(hashText('')).toBe('0'.repeat(32));
  expect(hashText("I will not buy this tobacconist's, it is scratched.")).toBe('9b5b7ba2ef3f7866889adeaf00f3f98e');
});

test('SHA-256 agrees with Node’s on any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    }),
  );
  expect(sha256(utf8('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('a digest depends on the bytes, not on where they lie', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), fc.integer({ min: 0, max: 7 }), (bytes, offset) => {
      const moved = new Uint8Array(bytes.length + 8);
      moved.set(bytes, offset);
      expect(hashBytes(moved.subarray(offset, offset + bytes.length))).toBe(hashBytes(bytes));
    }),
  );
});

test('one changed bit, length and boundaries change the digest', () => {
  const seen = new Set<string>();
  const bytes = new Uint8Array(40);
  for (let length = 0; length <= 40; length++) seen.add(hashBytes(bytes.subarray(0, length)));
  for (let bit = 0; bit < 320; bit++) {
    const changed = bytes.slice();
    changed[bit >> 3] ^= 1 << (bit & 7);
    seen.add(hashBytes(changed));
  }
  expect(seen.size).toBe(41 + 320);
  expect(hashArrays(Uint8Array.of(1), Uint8Array.of(2, 3))).not.toBe(hashArrays(Uint8Array.of(1, 2), Uint8Array.of(3)));
  expect(hashJson({ a: 1, b: [2] })).toBe(hashJson({ b: [2], a: 1 }));
});

test('an array’s digest is computed once, and can be told', () => {
  const array = Float64Array.of(1, 2);
  const digest = arrayDigest(array);
  expect(arrayDigest(array.slice())).toBe(digest);
  const told = Float64Array.of(9);
  adoptArrayDigest(told, digest);
  expect(arrayDigest(told)).toBe(digest);
  expect(arrayDigest(Float64Array.of(0))).not.toBe(arrayDigest(Float64Array.of(-0)));
});
