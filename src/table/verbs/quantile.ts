/** Quantiles of sorted numbers, by linear interpolation between order statistics: numpy's default (type 7 of Hyndman and Fan). */

/** `sorted` ascending without NaN, at least one value; `q` from 0 to 1. */
export function quantile(sorted: Float64Array, q: number): number {
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}
