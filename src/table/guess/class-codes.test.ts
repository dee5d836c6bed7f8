/** Class codes and counts. */
import { describe, expect, it } from 'vitest';
import { looksLikeClasses } from './class-codes.ts';

const repeat = (values: number[], times: number) =>
  Float64Array.from({ length: values.length * times }, (_, i) => values[i % values.length]);

describe('looksLikeClasses', () => {
  it('takes two whole numbers, and gapless codes from 0 or 1', () => {
    expect(looksLikeClasses(Float64Array.of(3, 7, 3, Number.NaN))).toBe(true);
    expect(looksLikeClasses(repeat([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 8))).toBe(true);
    expect(looksLikeClasses(repeat([1, 2, 3], 5))).toBe(true);
  });
  it('leaves amounts alone: gaps, a start elsewhere, many values, fractions, few rows each', () => {
    expect(looksLikeClasses(repeat([0, 1, 2, 5], 20))).toBe(false);
    expect(looksLikeClasses(repeat([3, 4, 5, 6], 20))).toBe(false);
    expect(
      looksLikeClasses(
        repeat(
          Array.from({ length: 21 }, (_, i) => i),
          20,
        ),
      ),
    ).toBe(false);
    expect(looksLikeClasses(Float64Array.of(0, 1, 0.5))).toBe(false);
    expect(looksLikeClasses(Float64Array.of(0, 1, 2))).toBe(false);
  });
});
