/** Canonical JSON and bytes: one text per value, refusals, joins, sizes for people. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concatBytes, formatBytes, fromUtf8, utf8 } from './bytes.ts';
import { canonical, parseJson } from './json.ts';

test('canonical text reads back as the same value, and does not depend on member order', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = canonical(value);
      expect(canonical(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(canonical({ b: 1, a: { d: undefined, c: -0 } })).toBe('{"a":{"c":0},"b":1}');
  expect(canonical([undefined, 'é'])).toBe('[null,"é"]');
});

test('what is not JSON is refused, never dropped', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) expect(() => canonical({ value })).toThrow(RangeError);
  for (const value of [1n, () => 1, Symbol('x')]) expect(() => canonical({ value })).toThrow(TypeError);
});

test('parsing cannot pollute prototypes', () => {
  const value = parseJson('{"__proto__":{"polluted":true}}') as object;
  expect(Object.hasOwn(value, '__proto__')).toBe(true);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('UTF-8 both ways, joined bytes, sizes for people', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fromUtf8(utf8(text)) === text));
  expect(concatBytes([Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3)])).toEqual(Uint8Array.of(1, 2, 3));
  expect([0, 999, 1000, 1500, 10_000, 3_000_000_000].map(formatBytes)).toEqual(['0 B', '999 B', '1.0 KB', '1.5 KB', '10 KB', '3.0 GB']);
});
