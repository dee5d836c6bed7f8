/** Coordinates of rows on a grid, and how far rows reach from its centres; rows are row-major float64. What the numbers mean is told in `grid.ts`. */
export { firstFree } from './memory.as.ts';

/** The largest distance from the centre in any coordinate, of each row. */
export function reach(rows: usize, count: i32, cols: i32, centres: usize, out: usize): void {
  const even = cols & ~1;
  for (let i = 0; i < count; i++, out += 8) {
    let most = f64x2.splat(0);
    let centre = centres;
    for (let k = 0; k < even; k += 2, rows += 16, centre += 16)
      most = f64x2.pmax(most, f64x2.abs(f64x2.sub(v128.load(rows), v128.load(centre))));
    let single = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
    if (even < cols) {
      single = max(single, abs(load<f64>(rows) - load<f64>(centre)));
      rows += 8;
    }
    store<f64>(out, single);
  }
}

/** Adding and taking off 1.5 · 2^52 rounds to whole numbers, halves to even, as ONNX rounds; and it leaves no minus zero. */
const ROUNDER: f64 = 6755399441055744;

/** round((x - centre) · scale) within ± most as float32, halves to even. */
export function cells(rows: usize, count: i32, cols: i32, centres: usize, scale: f64, most: f64, out: usize): void {
  const even = cols & ~1;
  const times = f64x2.splat(scale);
  const high = f64x2.splat(most);
  const low = f64x2.splat(-most);
  const rounder = f64x2.splat(ROUNDER);
  for (let i = 0; i < count; i++) {
    let centre = centres;
    for (let k = 0; k < even; k += 2, rows += 16, centre += 16, out += 8) {
      const x = f64x2.mul(f64x2.sub(v128.load(rows), v128.load(centre)), times);
      const held = f64x2.pmax(low, f64x2.pmin(high, x));
      v128.store64_lane(out, f32x4.demote_f64x2_zero(f64x2.sub(f64x2.add(held, rounder), rounder)), 0);
    }
    if (even < cols) {
      const x = (load<f64>(rows) - load<f64>(centre)) * scale;
      store<f32>(out, <f32>(max(-most, min(most, x)) + ROUNDER - ROUNDER));
      rows += 8;
      out += 4;
    }
  }
}
