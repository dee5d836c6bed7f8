/** Fills the gaps of one regular series: with the value before, along a line, with nought, the mean, or the season before. */

export const FILLS = ['none', 'previous', 'linear', 'zero', 'mean', 'season'] as const;
export type Fill = (typeof FILLS)[number];

/** Fills missing values in place and says how many. What comes before the first value is taken from it, except by `zero`. */
export function fillGaps(values: Float64Array, how: Fill, period = 0): number {
  if (how === 'none') return 0;
  const n = values.length;
  const known = values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  if (known === n || (known === 0 && how !== 'zero')) return 0;
  const missing = Uint8Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0));
  if (how === 'zero') for (let i = 0; i < n; i++) if (missing[i]) values[i] = 0;
  if (how === 'mean') {
    let sum = 0;
    for (let i = 0; i < n; i++) if (!missing[i]) sum += values[i];
    for (let i = 0; i < n; i++) if (missing[i]) values[i] = sum / known;
  }
  if (how === 'season' && period > 1)
    for (let i = 0; i < n; i++) {
      if (!missing[i]) continue;
      const before = i >= period ? values[i - period] : Number.NaN;
      let after = i + period;
      while (after < n && missing[after]) after += period;
      values[i] = Number.isNaN(before) && after < n ? values[after] : before;
    }
  if (how === 'previous') for (let i = 1; i < n; i++) if (Number.isNaN(values[i])) values[i] = values[i - 1];
  // What a season could not tell, and lines: between neighbours; the ends keep the nearest value.
  let last = -1;
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(values[i])) continue;
    for (let j = last + 1; j < i; j++)
      values[j] = last < 0 ? values[i] : values[last] + ((values[i] - values[last]) * (j - last)) / (i - last);
    last = i;
  }
  for (let j = last + 1; j < n; j++) values[j] = values[last];
  return n - known;
}
