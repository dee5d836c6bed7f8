/** Means over sets and folds, and how far they may be off. */

/** 0 of nothing. */
export const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The mean, and its standard error: the sample standard deviation over √n; 0 of one value. */
export function meanError(values: readonly number[]): { mean: number; error: number } {
  const mean = meanOf(values);
  return { mean, error: Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)) / Math.max(1, values.length - 1)) };
}

/** Of an even count the mean of the two in the middle; NaN of nothing. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** A table; the first row is its head. */
export const markdown = ([head, ...rows]: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
