/**
 * Smoothed means of the target per level (Micci-Barreca 2001, "A preprocessing scheme for high-cardinality categorical attributes"), and those of
 * the other parts of the rows for rows that are learned from.
 */

/** What is averaged: one list for an amount or the second of two classes, else one for each class. Not a number = not to be learned from. */
export type Answers = readonly Float64Array[];

/** Rows of one id are in one part. */
export const PARTS = 5;

/** Which part a row is in: a fixed scrambling of its id (Wellons 2018, "Prospecting for hash functions": lowbias32). */
export function partOf(id: number): number {
  let x = id | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) >>> 0) % PARTS;
}

export interface Totals {
  /** Per level and part: rows and their sum. */
  counts: Float64Array;
  sums: Float64Array;
}

/** `places` are the rows' levels; rows without one (below 0) belong to the level after the last. */
export function totals(places: Int32Array, levels: number, answers: Float64Array, parts: Int32Array | undefined): Totals {
  const width = parts ? PARTS : 1;
  const counts = new Float64Array((levels + 1) * width);
  const sums = new Float64Array((levels + 1) * width);
  for (let i = 0; i < places.length; i++) {
    if (Number.isNaN(answers[i])) continue;
    const at = (places[i] < 0 ? levels : places[i]) * width + (parts ? parts[i] : 0);
    counts[at]++;
    sums[at] += answers[i];
  }
  return { counts, sums };
}

export const smoothed = (sum: number, count: number, prior: number, smoothing: number): number =>
  count + smoothing > 0 ? (sum + smoothing * prior) / (count + smoothing) : prior;
