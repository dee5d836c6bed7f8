/** Numbers as settings take them: typed, stepped and dragged; what had to be changed is said. */
import { describe, expect, it } from 'vitest';
import { integer, number, seed } from '../../kind/params.ts';
import { readSetting, scrubbed, stepOf, stepped } from './read-setting.ts';

const share = number('Share', 0.3, '', { min: 0, max: 1 });
const rate = number('Rate', 0.1, '', { min: 0.001, max: 1, log: true });
const rounds = integer('Rounds', 100, '', { min: 1, max: 10_000 });

describe('readSetting', () => {
  it('takes arithmetic', () => expect(readSetting(share, '1/4')).toEqual({ value: 0.25 }));
  it('keeps what is no number out, and says so', () =>
    expect(readSetting(share, ' many ')).toEqual({ remark: { why: 'not-a-number', text: 'many' } }));
  it('says what it takes instead of a number out of range', () => {
    expect(readSetting(share, '5')).toEqual({ value: 1, remark: { why: 'too-large', typed: 5, value: 1 } });
    expect(readSetting(rounds, '-2')).toEqual({ value: 1, remark: { why: 'too-small', typed: -2, value: 1 } });
  });
  it('says that it rounds where whole numbers are wanted', () =>
    expect(readSetting(rounds, '2.6')).toEqual({ value: 3, remark: { why: 'rounded', typed: 2.6, value: 3 } }));
  it('takes any seed', () => expect(readSetting(seed(), '-7')).toEqual({ value: -7 }));
});

describe('steps', () => {
  it('are whole for whole numbers, a hundredth of the range for shares, by size for wide ranges', () => {
    expect(stepOf(rounds, 100)).toBe(1);
    expect(stepOf(share, 0.3)).toBe(0.01);
    expect(stepOf(rate, 0.02)).toBe(0.01);
    expect(stepOf(number('Any', 25, ''), 25)).toBe(1);
    expect(stepOf(number('Stepped', 1, '', { step: 0.5 }), 1)).toBe(0.5);
  });
  it('stay inside the range and off the dust of binary fractions', () => {
    expect(stepped(share, 0.3, 3)).toBe(0.33);
    expect(stepped(share, 0.99, 10)).toBe(1);
    expect(stepped(rounds, 1, -5)).toBe(1);
  });
});

describe('a drag', () => {
  it('moves whole numbers by one in four pixels, ten with Shift, slower with Alt', () => {
    expect(scrubbed(rounds, 100, 20, 1)).toBe(105);
    expect(scrubbed(rounds, 100, 20, 10)).toBe(150);
    expect(scrubbed(rounds, 100, 80, 0.1)).toBe(102);
    expect(scrubbed(rounds, 100, -4000, 1)).toBe(1);
  });
  it('multiplies on a log scale', () => {
    expect(scrubbed(rate, 0.01, 160, 1)).toBe(0.1);
    expect(scrubbed(rate, 0.1, -160, 1)).toBe(0.01);
    expect(scrubbed(rate, 0.1, 10_000, 1)).toBe(1);
  });
});
