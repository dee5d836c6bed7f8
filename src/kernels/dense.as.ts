/**
 * Products of dense row-major matrices in float32 and float64. Rows come in blocks that stay in cache, `step` bytes apart and filled up with zeros:
 * rows to a multiple of 4, columns to whole tiles, so that no edge needs code of its own.
 */
import { addFour, dotFour, tile, tileColumns } from './tile.as.ts';

export { firstFree } from './memory.as.ts';

/* inline */ function gram<T>(x: usize, rows: i32, step: usize, cols: i32, out: usize): void {
  const outStep = (<usize>cols) << 3;
  const wide = tileColumns<T>();
  for (let i = 0; i < cols; i += 4) {
    const row = out + <usize>i * outStep;
    for (let j = i & -wide; j < cols; j += wide) {
      tile<T>(
        x + <usize>i * sizeof<T>(),
        sizeof<T>(),
        step,
        x + <usize>j * sizeof<T>(),
        step,
        rows,
        row + ((<usize>j) << 3),
        outStep,
        true,
      );
    }
  }
}
/** Adds xᵀx to the upper triangle of `out`, float64 [cols, cols]. */
export function gram64(x: usize, rows: i32, step: usize, cols: i32, out: usize): void {
  gram<f64>(x, rows, step, cols, out);
}
/** As `gram64`; products of a block are summed in float32. */
export function gram32(x: usize, rows: i32, step: usize, cols: i32, out: usize): void {
  gram<f32>(x, rows, step, cols, out);
}

/* inline */ function product<T>(a: usize, rows: i32, aStep: usize, inner: i32, b: usize, cols: i32, out: usize): void {
  const bStep = <usize>cols * sizeof<T>();
  memory.fill(out, 0, <usize>rows * bStep);
  const wide = tileColumns<T>();
  for (let j = 0; j < cols; j += wide) {
    const at = <usize>j * sizeof<T>();
    for (let i = 0; i < rows; i += 4) {
      tile<T>(a + <usize>i * aStep, aStep, sizeof<T>(), b + at, bStep, inner, out + <usize>i * bStep + at, bStep, false);
    }
  }
}
/** out [rows, cols] = a [rows, inner] · b [inner, cols]. */
export function product64(a: usize, rows: i32, aStep: usize, inner: i32, b: usize, cols: i32, out: usize): void {
  product<f64>(a, rows, aStep, inner, b, cols, out);
}
export function product32(a: usize, rows: i32, aStep: usize, inner: i32, b: usize, cols: i32, out: usize): void {
  product<f32>(a, rows, aStep, inner, b, cols, out);
}

/** x·w of each row as float64; w float64. */
export function times64(x: usize, rows: i32, step: usize, cols: i32, w: usize, out: usize): void {
  for (let i = 0; i < rows; i += 4, x += step << 2, out += 32) dotFour<f64>(x, step, cols, w, out);
}
export function times32(x: usize, rows: i32, step: usize, cols: i32, w: usize, out: usize): void {
  for (let i = 0; i < rows; i += 4, x += step << 2, out += 32) dotFour<f32>(x, step, cols, w, out);
}

/** Adds xᵀr to the float64 at `out`; r float64, one per row. */
export function transposed64(x: usize, rows: i32, step: usize, cols: i32, r: usize, out: usize): void {
  for (let i = 0; i < rows; i += 4, x += step << 2, r += 32) addFour<f64>(x, step, cols, r, out);
}
export function transposed32(x: usize, rows: i32, step: usize, cols: i32, r: usize, out: usize): void {
  for (let i = 0; i < rows; i += 4, x += step << 2, r += 32) addFour<f32>(x, step, cols, r, out);
}

/**
 * Lays `rows` rows of `bytes` bytes that stand one after another `step` bytes apart, zeros after each. Reads and writes whole vectors: up to 15 bytes beyond the last row
 * must be there to read.
 */
export function spread(from: usize, rows: i32, bytes: usize, to: usize, step: usize): void {
  for (let i = 0; i < rows; i++, from += bytes, to += step) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(from + at));
    memory.fill(to + bytes, 0, step - bytes);
  }
}

/** x = (x - shift) · factor, in place; `shift` one float64 per column, `factor` one per row. */
export function centre64(x: usize, rows: i32, step: usize, cols: i32, shift: usize, factor: usize): void {
  for (let i = 0; i < rows; i++, x += step, factor += 8) {
    const f = v128.load64_splat(factor);
    let at = x;
    let m = shift;
    for (let j = 0; j < cols; j += 2, at += 16, m += 16) v128.store(at, f64x2.mul(f64x2.sub(v128.load(at), v128.load(m)), f));
  }
}
