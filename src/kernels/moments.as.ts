/**
 * Weighted sums of the columns of row-major float64 blocks, in one order always; cells that are not finite are left out. Two columns at a time: a block stays in
 * the cache while every pair passes over it, and an odd last column is read together with what is behind it.
 */
export { firstFree } from './memory.as.ts';

/* inline */ function finite(x: v128): v128 {
  return f64x2.lt(f64x2.abs(x), f64x2.splat(Infinity));
}

/** Adds to each column's largest size and to its weight. */
export function reach(rows: usize, count: i32, cols: i32, weights: usize, most: usize, total: usize): void {
  const step = (<usize>cols) << 3;
  for (let j = 0; j < cols; j += 2, rows += 16, most += 16, total += 16) {
    let far = v128.load(most);
    let sum = v128.load(total);
    for (let i = 0, at = rows; i < count; i++, at += step) {
      const x = v128.load(at);
      const known = finite(x);
      far = f64x2.pmax(far, v128.and(f64x2.abs(x), known));
      sum = f64x2.add(sum, v128.and(v128.load64_splat(weights + ((<usize>i) << 3)), known));
    }
    v128.store(most, far);
    v128.store(total, sum);
  }
}

/** Adds weight · x · inverse to each column's sum. */
export function addUp(rows: usize, count: i32, cols: i32, weights: usize, inverse: usize, sums: usize): void {
  const step = (<usize>cols) << 3;
  for (let j = 0; j < cols; j += 2, rows += 16, inverse += 16, sums += 16) {
    const unit = v128.load(inverse);
    let sum = v128.load(sums);
    for (let i = 0, at = rows; i < count; i++, at += step) {
      const x = v128.load(at);
      const share = f64x2.mul(v128.load64_splat(weights + ((<usize>i) << 3)), f64x2.mul(x, unit));
      sum = f64x2.add(sum, v128.and(share, finite(x)));
    }
    v128.store(sums, sum);
  }
}

/** Adds weight, weight · d and weight · d², d = x · inverse - mean, by class; a pair of columns has six numbers per class, `size` bytes from the next pair's. */
export function byClass(
  rows: usize,
  count: i32,
  cols: i32,
  weights: usize,
  places: usize,
  inverse: usize,
  means: usize,
  sums: usize,
  size: usize,
): void {
  const step = (<usize>cols) << 3;
  for (let j = 0; j < cols; j += 2, rows += 16, inverse += 16, means += 16, sums += size) {
    const unit = v128.load(inverse);
    const mean = v128.load(means);
    for (let i = 0, at = rows; i < count; i++, at += step) {
      const x = v128.load(at);
      const known = finite(x);
      const w = v128.and(v128.load64_splat(weights + ((<usize>i) << 3)), known);
      const d = v128.and(f64x2.sub(f64x2.mul(x, unit), mean), known);
      const wd = f64x2.mul(w, d);
      const to = sums + <usize>load<u32>(places + ((<usize>i) << 2)) * 48;
      v128.store(to, f64x2.add(v128.load(to), w));
      v128.store(to, f64x2.add(v128.load(to, 16), wd), 16);
      v128.store(to, f64x2.add(v128.load(to, 32), f64x2.mul(wd, d)), 32);
    }
  }
}
