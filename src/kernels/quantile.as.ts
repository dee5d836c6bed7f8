/** The quantile of a leaf's residuals: what a leaf adds where the loss is a distance, not a square. */
import { sortFloats } from './bins.as.ts';

/**
 * Quantile `level` of target - score over the listed rows: between two neighbours in proportion without weights, else the least residual with at least that share of
 * the weight at or below it. `sorted` and `spare` have room for all rows, `counts` for 4 KB.
 */
export function residualQuantile(
  scores: usize,
  targets: usize,
  weights: usize,
  rows: usize,
  count: i32,
  level: f64,
  sorted: usize,
  spare: usize,
  counts: usize,
): f64 {
  for (let i: usize = 0, size = (<usize>count) << 2; i < size; i += 4) {
    const at = (<usize>load<u32>(rows + i)) << 2;
    // Adding zero makes -0 to 0, so that equal residuals sort as equal.
    store<f32>(sorted + i, load<f32>(targets + at) - load<f32>(scores + at) + 0);
  }
  sortFloats(sorted, spare, count, counts);
  if (weights === 0) {
    const place = level * <f64>(count - 1);
    const low = <f64>load<f32>(sorted + ((<usize>floor(place)) << 2));
    const high = <f64>load<f32>(sorted + ((<usize>ceil(place)) << 2));
    return low + (high - low) * (place - floor(place));
  }
  let all: f64 = 0;
  for (let i: usize = 0, size = (<usize>count) << 2; i < size; i += 4) all += <f64>load<f32>(weights + ((<usize>load<u32>(rows + i)) << 2));
  let first = 0;
  let last = count - 1;
  while (first < last) {
    const middle = (first + last) >> 1;
    const bound = load<f32>(sorted + ((<usize>middle) << 2));
    let below: f64 = 0;
    for (let i: usize = 0, size = (<usize>count) << 2; i < size; i += 4) {
      const at = (<usize>load<u32>(rows + i)) << 2;
      if (load<f32>(targets + at) - load<f32>(scores + at) <= bound) below += <f64>load<f32>(weights + at);
    }
    if (below >= level * all) last = middle;
    else first = middle + 1;
  }
  return <f64>load<f32>(sorted + ((<usize>first) << 2));
}
