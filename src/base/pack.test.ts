/** Packing plain values: exact round trips, shared parts, digests that follow content only. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrayDigest } from './hash.ts';
import { pack, packDigest, packedBytes, packedDigest, packFromBytes, packToBytes, unpack, unpackAll } from './pack.ts';

const arrays = fc.oneof(
  fc.float64Array(),
  fc.float32Array(),
  fc.int32Array(),
  fc.uint8Array(),
  fc.uint8ClampedArray(),
  fc.int8Array(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.uint32Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
);
const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
    arrays,
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$', '__proto__', 'constructor', 'd')), tie('value'), { noNullPrototype: true }),
  ),
})).value;

test('every plain value survives packing, in memory and as bytes', async () => {
  await fc.assert(
    fc.asyncProperty(plain, async (value) => {
      const packed = pack(value);
      expect(unpackAll(packed)).toEqual(value);
      const again = await packFromBytes(packToBytes(packed));
      expect(again.head).toBe(packed.head);
      expect(unpackAll(again)).toEqual(value);
      expect(packDigest(unpackAll(again))).toBe(packedDigest(packed));
    }),
    { numRuns: 500 },
  );
});

test('NaN, infinities, minus zero and undefined keep their identity', () => {
  const value = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, undefined, { a: undefined, b: -0 }];
  const back = unpackAll(pack(value)) as unknown[];
  expect(back.slice(0, 6)).toEqual(value.slice(0, 6));
  expect(Object.is(back[3], -0)).toBe(true);
  expect(Object.is(back[4], 0)).toBe(true);
  expect(back[6]).toStrictEqual({ b: -0 });
});

test('equal arrays are one part, whatever object holds them; views carry only their own bytes', () => {
  const whole = Float64Array.of(1, 2, 3, 4);
  const packed = pack({ a: whole.subarray(1, 3), b: Float64Array.of(2, 3), c: whole });
  expect(packed.parts).toHaveLength(2);
  expect(packed.parts[0].array.byteLength).toBe(16);
  expect(packedBytes(packed)).toBe(packed.head.length * 2 + 48);
});

test('element type, boundaries and content all count in the digest', () => {
  expect(arrayDigest(new Float64Array(1))).not.toBe(arrayDigest(new Uint8Array(8)));
  expect(packDigest([Int8Array.of(1), Int8Array.of(2, 3)])).not.toBe(packDigest([Int8Array.of(1, 2), Int8Array.of(3)]));
  expect(packDigest({ $: 'array', d: 'x' })).not.toBe(packDigest(new Uint8Array(0)));
});

test('a NaN counts by being one, not by its bits', () => {
  const computed = new Float64Array(new Uint32Array([5, 0xfff80000, 0, 0x3ff00000]).buffer);
  expect(arrayDigest(computed)).toBe(arrayDigest(Float64Array.of(Number.NaN, 1)));
  expect(arrayDigest(Float64Array.of(Number.NEGATIVE_INFINITY))).not.toBe(arrayDigest(Float64Array.of(Number.POSITIVE_INFINITY)));
  expect(arrayDigest(Float64Array.of(Number.POSITIVE_INFINITY))).not.toBe(arrayDigest(Float64Array.of(Number.NaN)));
  const single = new Float32Array(new Uint32Array([0xffc00001]).buffer);
  expect(arrayDigest(single)).toBe(arrayDigest(Float32Array.of(Number.NaN)));
});

test('a long list of texts is a part, and comes back as one shared list', () => {
  const dictionary = Array.from({ length: 100 }, (_, i) => `label ${i} \ud800`);
  const packed = pack({ a: dictionary, b: [...dictionary], c: ['short'] });
  expect(packed.parts).toHaveLength(1);
  const back = unpackAll(packed) as { a: string[]; b: string[] };
  expect(back.a).toEqual(dictionary);
  expect(back.a).toBe(back.b);
});

test('what is not plain data is refused with its place', () => {
  expect(() => pack({ a: [new Map()] })).toThrow('Map at value.a[0]');
  expect(() => pack({ f: () => 1 })).toThrow('function at value.f');
  expect(() => pack(1n)).toThrow('bigint');
  const loop: unknown[] = [];
  loop.push(loop);
  expect(() => pack(loop)).toThrow('cycle');
});

test('parts kept elsewhere are fetched; torn or foreign bytes are refused', async () => {
  const array = Float64Array.of(1, 2, 3);
  const packed = pack({ array });
  const bytes = packToBytes(packed, () => true);
  const back = await packFromBytes(bytes, async () => new Uint8Array(array.buffer.slice(0)));
  expect(unpackAll(back)).toEqual({ array });
  await expect(packFromBytes(bytes, async () => new Uint8Array(3))).rejects.toThrow('torn');
  await expect(packFromBytes(bytes)).rejects.toThrow('missing part');
  await expect(packFromBytes(new Uint8Array(20))).rejects.toThrow('not a packed value');
  expect(() => unpack(packed.head, () => array)).not.toThrow();
});
