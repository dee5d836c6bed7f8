/** Tells class codes from counts: whole numbers that are only two, or that run from 0 or 1 without a gap and are few. */
const MOST_CODES = 20;
const LEAST_ROWS_PER_CODE = 5;

/** Whether the present values (NaN = missing) look like codes of classes rather than amounts. A guess, shown and overridable. */
export function looksLikeClasses(values: Float64Array): boolean {
  const seen = new Set<number>();
  let rows = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) return false;
    rows++;
    seen.add(value);
    if (seen.size > MOST_CODES) return false;
  }
  if (seen.size <= 2) return true;
  const lowest = Math.min(...seen);
  const gapless = Math.max(...seen) - lowest + 1 === seen.size;
  return (lowest === 0 || lowest === 1) && gapless && rows >= seen.size * LEAST_ROWS_PER_CODE;
}
