import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { LEADING_ZERO, NOT_NUMBER, NUMBER, OVERFLOW, parsedNumber, parseNumber, TOO_BIG } from './number.ts';

const read = (text: string, decimal = '.') => {
  const out = parsedNumber();
  const bytes = utf8(text);
  return [parseNumber(bytes, 0, bytes.length, decimal.charCodeAt(0), out), out.value] as const;
};

test('every double, written in JavaScript’s ways, reads back to the bit', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 20 }), (x, digits) => {
      for (const text of [String(x), x.toExponential(), x.toPrecision(Math.max(1, digits)), x.toExponential(digits)]) {
        const [is, value] = read(text);
        const whole = /^-?\d+$/.test(text);
        if (!Number.isFinite(Number(text))) expect(is).toBe(OVERFLOW);
        else if (whole && Math.abs(x) >= 2 ** 53) expect([is, value]).toEqual([TOO_BIG, Number(text)]);
        else expect([is, value]).toEqual([NUMBER, Number(text)]);
      }
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ['007', LEADING_ZERO],
  ['-01', LEADING_ZERO],
  ['00.5', LEADING_ZERO],
  ['0', NUMBER],
  ['0.5', NUMBER],
  ['.5', NUMBER],
  ['5.', NUMBER],
  ['+3', NUMBER],
  ['1e5', NUMBER],
  ['1e', NOT_NUMBER],
  ['', NOT_NUMBER],
  ['-', NOT_NUMBER],
  ['1.2.3', NOT_NUMBER],
  ['1,234.5', NUMBER],
  ['1,23', NOT_NUMBER],
  ['1234,567', NOT_NUMBER],
  ['1 234 567.25', NUMBER],
  ['1\u00a0234', NUMBER],
  ['12\u202f345,5', NOT_NUMBER],
  ["1'234.50", NUMBER],
  ['1’234’567', NUMBER],
  ["1'234,567", NOT_NUMBER],
  ['1,23,456', NUMBER],
  ['12,34,567.5', NUMBER],
  ['123,45,678', NOT_NUMBER],
  ['1,2,345', NOT_NUMBER],
  ['1,,234', NOT_NUMBER],
  [',234', NOT_NUMBER],
  ['1 23', NOT_NUMBER],
  ['+49 170 123', NOT_NUMBER],
  ['030 123 456', LEADING_ZERO],
  ['192.168.001.100', NOT_NUMBER],
  ['−6.5', NUMBER],
  ['−', NOT_NUMBER],
  ['0x10', NOT_NUMBER],
  ['1_000', NOT_NUMBER],
  ['Infinity', OVERFLOW],
  ['-inf', OVERFLOW],
  ['1e999', OVERFLOW],
  ['9007199254740993', TOO_BIG],
])('%s', (text, is) => {
  expect(read(text)[0]).toBe(is);
});

test('groups and signs of many countries', () => {
  expect(read('1 234 567.25')).toEqual([NUMBER, 1234567.25]);
  expect(read('−12\u202f345,5', ',')).toEqual([NUMBER, -12345.5]);
  expect(read('1’234’567')).toEqual([NUMBER, 1234567]);
  expect(read('12,34,567.5')).toEqual([NUMBER, 1234567.5]);
  expect(read("123'456'789'012'345'678.25")).toEqual([NUMBER, Number('123456789012345678.25')]);
});

test('decimal comma with points between thousands', () => {
  expect(read('1.234.567,25', ',')).toEqual([NUMBER, 1234567.25]);
  expect(read('-0,5', ',')).toEqual([NUMBER, -0.5]);
  expect(read('1.5', ',')[0]).toBe(NOT_NUMBER);
});
