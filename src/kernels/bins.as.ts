/** Float32 features to codes of one byte: sorts a sample of each, places the edges, then codes blocks of rows. What codes mean: `bins.ts`. */
export { firstFree } from './memory.as.ts';

/** Edges of one feature: a full table, so that the search needs no bounds; the rest is infinite. */
const TABLE: usize = 256 * 4;
/** 8 bits per pass of the sort: as many streams of writes as the first cache holds. */
const DIGITS: i32 = 256;

/** Whole numbers in the order of float32 values, and back. */
/* inline */ function orderOf(bits: u32): u32 {
  return bits ^ (<u32>(<i32>bits >> 31) | 0x80000000);
}
/* inline */ function bitsOf(order: u32): u32 {
  return order ^ (((order >> 31) - 1) | 0x80000000);
}

/** One pass of the sort by the 8 bits from `shift` on; `counts` holds where each digit begins. */
/* inline */ function pass(from: usize, to: usize, count: i32, shift: u32, counts: usize): void {
  for (const end = from + ((<usize>count) << 2); from < end; from += 4) {
    const x = load<u32>(from);
    const place = counts + ((<usize>((x >> shift) & (DIGITS - 1))) << 2);
    const at = load<u32>(place);
    store<u32>(place, at + 1);
    store<u32>(to + ((<usize>at) << 2), x);
  }
}

/* inline */ function countDigit(counts: usize, digit: u32): void {
  const at = counts + ((<usize>digit) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** Sorts `count` float32 without NaN in `a`, using `b` of the same size and 4 KB at `counts`. */
export function sortFloats(a: usize, b: usize, count: i32, counts: usize): void {
  const table: usize = <usize>DIGITS * 4;
  memory.fill(counts, 0, 4 * table);
  for (let p = a, end = a + ((<usize>count) << 2); p < end; p += 4) {
    const x = orderOf(load<u32>(p));
    store<u32>(p, x);
    countDigit(counts, x & 255);
    countDigit(counts + table, (x >> 8) & 255);
    countDigit(counts + 2 * table, (x >> 16) & 255);
    countDigit(counts + 3 * table, x >> 24);
  }
  for (let k: usize = 0; k < 4; k++) {
    let sum: u32 = 0;
    for (let at = counts + k * table, end = at + table; at < end; at += 4) {
      const here = load<u32>(at);
      store<u32>(at, sum);
      sum += here;
    }
  }
  pass(a, b, count, 0, counts);
  pass(b, a, count, 8, counts + table);
  pass(a, b, count, 16, counts + 2 * table);
  pass(b, a, count, 24, counts + 3 * table);
  for (let p = a, end = a + ((<usize>count) << 2); p < end; p += 4) store<u32>(p, bitsOf(load<u32>(p)));
}

/** Largest float32 <= x. */
function floor32(x: f64): f32 {
  const r = <f32>x;
  if (!(<f64>r > x)) return r;
  if (r === 0) return reinterpret<f32>(0x80000001);
  const bits = reinterpret<u32>(r);
  return reinterpret<f32>(r > 0 ? bits - 1 : bits + 1);
}

/** A float32 threshold t with a <= t < b. */
export function between(a: f32, b: f32): f32 {
  const middle = floor32(<f64>a + (<f64>b - <f64>a) / 2);
  return middle >= a && middle < b ? middle : a;
}

/**
 * Writes at most `most` edges of `count` sorted values to the table `edges`; gives their number. They lie between all distinct values if those are so few, else
 * where they cut the rows into equal parts, behind the same values as those of scikit-learn's `_BinMapper` (the inverse of the distribution function).
 */
export function placeEdges(sorted: usize, count: i32, edges: usize, most: i32): i32 {
  let found = 0;
  for (let i = 1; i < count && found <= most; i++) {
    const at = sorted + ((<usize>i) << 2);
    const low = load<f32>(at - 4);
    const high = load<f32>(at);
    if (low === high) continue;
    if (found < most) store<f32>(edges + ((<usize>found) << 2), between(low, high));
    found++;
  }
  if (found > most) {
    found = 0;
    let next = 1;
    for (let k = 1; k <= most; k++) {
      const last = max(<i32>ceil((<f64>k * <f64>count) / <f64>(most + 1)) - 1, next - 1);
      const low = load<f32>(sorted + ((<usize>last) << 2));
      for (next = last + 1; next < count && load<f32>(sorted + ((<usize>next) << 2)) === low; ) next++;
      if (next === count) break;
      const edge = between(low, load<f32>(sorted + ((<usize>next) << 2)));
      const at = edges + ((<usize>found) << 2);
      if (found > 0 && edge === load<f32>(at - 4)) continue;
      store<f32>(at, edge);
      found++;
    }
  }
  fillEdges(edges, found);
  return found;
}

/** Makes the rest of a table of `count` edges infinite. */
export function fillEdges(edges: usize, count: i32): void {
  for (let at = edges + ((<usize>count) << 2), end = edges + TABLE; at < end; at += 4) store<f32>(at, Infinity);
}

/** How many of 16 rising float32 at `at` are below x. */
/* inline */ export function countBelow(at: usize, x: v128): i32 {
  const a = f32x4.lt(v128.load(at), x);
  const b = f32x4.lt(v128.load(at, 16), x);
  const c = f32x4.lt(v128.load(at, 32), x);
  const d = f32x4.lt(v128.load(at, 48), x);
  return popcnt<i32>(i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d))));
}

/**
 * Codes a block of rows: row-major float32 with `cols` each, to bytes `places[f]` of code rows `rowBytes` apart and to the columns, `columnBytes` apart, where they are not 0. `tables`
 * holds a table of edges per feature, `counts` their numbers. `coarse` has room for every 16th of a feature's edges: two counts among 16 find
 * the code.
 */
export function codeRows(
  rows: usize,
  count: i32,
  cols: i32,
  tables: usize,
  counts: usize,
  places: usize,
  codes: usize,
  rowBytes: usize,
  columns: usize,
  columnBytes: usize,
  coarse: usize,
): void {
  const stride = (<usize>cols) << 2;
  for (let f = 0; f < cols; f++) {
    const at = (<usize>f) << 2;
    const missing = load<i32>(counts + at) + 1;
    const table = tables + <usize>f * TABLE;
    for (let k: usize = 0; k < 16; k++) store<f32>(coarse + (k << 2), load<f32>(table + (k << 6), 60));
    let to = codes + <usize>load<u32>(places + at);
    // Without columns the same byte is written once more.
    let column = columns === 0 ? to : columns + <usize>f * columnBytes;
    const next = columns === 0 ? rowBytes : 1;
    let from = rows + at;
    for (let i = 0; i < count; i++, from += stride, to += rowBytes, column += next) {
      const value = load<f32>(from);
      const x = f32x4.splat(value);
      const sixteen = countBelow(coarse, x);
      const code = (sixteen << 4) + countBelow(table + ((<usize>sixteen) << 6), x);
      const known = select<i32>(code, missing, value === value);
      store<u8>(to, known);
      store<u8>(column, known);
    }
  }
}
