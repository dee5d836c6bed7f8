/**
 * Finds the nearest points of rows by squared Euclidean distance. Coordinates are whole numbers held as float32 (`grid.ts`), so that every distance is exact in
 * double whatever the order of its sums. A first pass over coordinates rounded to 16 bits, whose products are summed eight at a time, keeps more points than
 * are asked for; the second computes the distances of those exactly, and where what was rounded off does not prove that no other point is as near, it looks
 * at all points.
 *
 * Rounded points lie in panels of eight: coordinates 2k and 2k + 1 of the eight beside each other, then the next two. Places past the last point, and points too far
 * out to be rounded, have the largest norm and are never found by the first pass.
 */
export { firstFree } from './memory.as.ts';

/** A panel's share of memory that stays in the second-level cache while all rows pass over it. */
const BLOCK_BYTES: i32 = 131072;

/** Rounds a coordinate to units. */
/* inline */ function rounded(x: f32, perUnit: f64): f64 {
  return nearest<f64>(<f64>x * perUnit);
}

/**
 * Rounds `count` row-major points at `points` to units and lays them out in panels from place `from` on, `pairs` pairs of coordinates each; norms are the squared
 * lengths in units. A point with a coordinate above `most` gets the largest norm. Gives the largest squared length of what was rounded off.
 */
export function layPoints(
  points: usize,
  from: i32,
  count: i32,
  cols: i32,
  pairs: i32,
  unit: f64,
  most: f32,
  panels: usize,
  norms: usize,
): f64 {
  let lost: f64 = 0;
  const perUnit = 1 / unit;
  for (let i = from; i < from + count; i++) {
    let to = panels + ((<usize>((i >> 3) * pairs)) << 5) + ((<usize>(i & 7)) << 2);
    let length: i32 = 0;
    let off: f64 = 0;
    let far = false;
    for (let k = 0; k < cols; k++, points += 4) {
      const x = load<f32>(points);
      if (abs(x) > most) far = true;
      const r = far ? 0 : rounded(x, perUnit);
      off += (<f64>x - r * unit) * (<f64>x - r * unit);
      length += <i32>r * <i32>r;
      store<i16>(to + ((<usize>(k & 1)) << 1), <i16>r);
      if ((k & 1) === 1) to += 32;
    }
    if ((cols & 1) === 1) store<i16>(to, 0, 2);
    store<i32>(norms + ((<usize>i) << 2), far ? i32.MAX_VALUE : length);
    if (!far && off > lost) lost = off;
  }
  return lost;
}

/** Puts a point into a row's list of scores and, below them, places: nearest first and the earlier one first of two as near. */
function put(value: i32, id: i32, keep: i32, best: usize): void {
  let at = best + ((<usize>(keep - 1)) << 3);
  if (value >= load<i32>(at, 4)) return;
  const both = ((<i64>value) << 32) | <i64>id;
  for (; at > best; at -= 8) {
    const before = load<i64>(at - 8);
    if (both >= before) break;
    store<i64>(at, before);
  }
  store<i64>(at, both);
}

function putEight(a: v128, b: v128, id: i32, keep: i32, best: usize): i32 {
  put(i32x4.extract_lane(a, 0), id, keep, best);
  put(i32x4.extract_lane(a, 1), id + 1, keep, best);
  put(i32x4.extract_lane(a, 2), id + 2, keep, best);
  put(i32x4.extract_lane(a, 3), id + 3, keep, best);
  put(i32x4.extract_lane(b, 0), id + 4, keep, best);
  put(i32x4.extract_lane(b, 1), id + 5, keep, best);
  put(i32x4.extract_lane(b, 2), id + 6, keep, best);
  put(i32x4.extract_lane(b, 3), id + 7, keep, best);
  return load<i32>(best + ((<usize>(keep - 1)) << 3), 4);
}

/* inline */ function last(keep: i32, best: usize): v128 {
  return v128.load32_splat(best + ((<usize>(keep - 1)) << 3), 4);
}

/** Four rounded rows against the points `from` to `to`: |point|² - 2 row · point into the rows' lists. */
function searchFour(rows: usize, pairs: i32, panels: usize, norms: usize, from: i32, to: i32, keep: i32, best: usize): void {
  const size = (<usize>pairs) << 2;
  const b = rows + size;
  const c = b + size;
  const d = c + size;
  const list = (<usize>keep) << 3;
  let limit0 = last(keep, best);
  let limit1 = last(keep, best + list);
  let limit2 = last(keep, best + 2 * list);
  let limit3 = last(keep, best + 3 * list);
  let panel = panels + <usize>from * size;
  for (let id = from; id < to; id += 8) {
    let a0 = i32x4.splat(0);
    let a1 = a0;
    let b0 = a0;
    let b1 = a0;
    let c0 = a0;
    let c1 = a0;
    let d0 = a0;
    let d1 = a0;
    for (let k: usize = 0; k < size; k += 4, panel += 32) {
      const p0 = v128.load(panel);
      const p1 = v128.load(panel, 16);
      let x = v128.load32_splat(rows + k);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(x, p0));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(x, p1));
      x = v128.load32_splat(b + k);
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(x, p0));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(x, p1));
      x = v128.load32_splat(c + k);
      c0 = i32x4.add(c0, i32x4.dot_i16x8_s(x, p0));
      c1 = i32x4.add(c1, i32x4.dot_i16x8_s(x, p1));
      x = v128.load32_splat(d + k);
      d0 = i32x4.add(d0, i32x4.dot_i16x8_s(x, p0));
      d1 = i32x4.add(d1, i32x4.dot_i16x8_s(x, p1));
    }
    const n0 = v128.load(norms + ((<usize>id) << 2));
    const n1 = v128.load(norms + ((<usize>id) << 2), 16);
    a0 = i32x4.sub(n0, i32x4.shl(a0, 1));
    a1 = i32x4.sub(n1, i32x4.shl(a1, 1));
    if (v128.any_true(v128.or(i32x4.lt_s(a0, limit0), i32x4.lt_s(a1, limit0)))) limit0 = i32x4.splat(putEight(a0, a1, id, keep, best));
    b0 = i32x4.sub(n0, i32x4.shl(b0, 1));
    b1 = i32x4.sub(n1, i32x4.shl(b1, 1));
    if (v128.any_true(v128.or(i32x4.lt_s(b0, limit1), i32x4.lt_s(b1, limit1))))
      limit1 = i32x4.splat(putEight(b0, b1, id, keep, best + list));
    c0 = i32x4.sub(n0, i32x4.shl(c0, 1));
    c1 = i32x4.sub(n1, i32x4.shl(c1, 1));
    if (v128.any_true(v128.or(i32x4.lt_s(c0, limit2), i32x4.lt_s(c1, limit2))))
      limit2 = i32x4.splat(putEight(c0, c1, id, keep, best + 2 * list));
    d0 = i32x4.sub(n0, i32x4.shl(d0, 1));
    d1 = i32x4.sub(n1, i32x4.shl(d1, 1));
    if (v128.any_true(v128.or(i32x4.lt_s(d0, limit3), i32x4.lt_s(d1, limit3))))
      limit3 = i32x4.splat(putEight(d0, d1, id, keep, best + 3 * list));
  }
}

/** Squared distance of a row from a point, exact. */
function exactSquare(row: usize, cols: i32, point: usize): f64 {
  let even = f64x2.splat(0);
  let odd = even;
  let k = 0;
  for (; k + 4 <= cols; k += 4, row += 16, point += 16) {
    const low = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(row)), f64x2.promote_low_f32x4(v128.load64_zero(point)));
    const high = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(row, 8)), f64x2.promote_low_f32x4(v128.load64_zero(point, 8)));
    even = f64x2.add(even, f64x2.mul(low, low));
    odd = f64x2.add(odd, f64x2.mul(high, high));
  }
  const both = f64x2.add(even, odd);
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (; k < cols; k++, row += 4, point += 4) {
    const gap = <f64>load<f32>(row) - <f64>load<f32>(point);
    sum += gap * gap;
  }
  return sum;
}

/** Puts an exact distance into a list that holds `held` of at most `keep`; one place more is behind it. Gives how many it holds then. */
function putExact(value: f64, id: i32, held: i32, keep: i32, squares: usize, ids: usize): i32 {
  let at = held;
  while (at > 0) {
    const before = load<f64>(squares + ((<usize>(at - 1)) << 3));
    if (before < value || (before === value && load<i32>(ids + ((<usize>(at - 1)) << 2)) < id)) break;
    store<f64>(squares + ((<usize>at) << 3), before);
    store<i32>(ids + ((<usize>at) << 2), load<i32>(ids + ((<usize>(at - 1)) << 2)));
    at--;
  }
  store<f64>(squares + ((<usize>at) << 3), value);
  store<i32>(ids + ((<usize>at) << 2), id);
  return min(held + 1, keep);
}

/** All points, exactly. */
function searchExactly(row: usize, cols: i32, points: usize, count: i32, wanted: i32, squares: usize, ids: usize): void {
  let held = 0;
  const size = (<usize>cols) << 2;
  const farthest = squares + ((<usize>(wanted - 1)) << 3);
  for (let id = 0; id < count; id++, points += size) {
    const value = exactSquare(row, cols, points);
    if (held === wanted && value >= load<f64>(farthest)) continue;
    held = putExact(value, id, held, wanted, squares, ids);
  }
}

/** Rounds a row to units, at most `limit` of them, pairs of coordinates at `to`; gives its squared length in units, and at `off` the squared length of what was rounded off. */
function roundRow(row: usize, cols: i32, pairs: i32, unit: f64, limit: f64, to: usize, off: usize): f64 {
  let length: f64 = 0;
  let lost: f64 = 0;
  const perUnit = 1 / unit;
  for (let k = 0; k < 2 * pairs; k++, row += 4, to += 2) {
    const x: f64 = k < cols ? <f64>load<f32>(row) : 0;
    const r = max(-limit, min(limit, nearest<f64>(x * perUnit)));
    length += r * r;
    lost += (x - r * unit) * (x - r * unit);
    store<i16>(to, <i16>r);
  }
  store<f64>(off, lost);
  return length;
}

/**
 * For each of `count` rows (room for a multiple of 4) the `wanted` nearest of `total` points, nearest first and of two as near the earlier: their places in `ids` and
 * their squared distances in `squares`, each row with `keep` + 1 places. `keep` >= wanted is how many the first pass holds on to; the `farCount` points listed at
 * `far` are looked at for every row. `lost` is the length of what was rounded off points. Gives how many rows had to look at all points.
 */
export function findNearest(
  rows: usize,
  count: i32,
  cols: i32,
  pairs: i32,
  unit: f64,
  limit: f64,
  lost: f64,
  points: usize,
  panels: usize,
  norms: usize,
  total: i32,
  far: usize,
  farCount: i32,
  wanted: i32,
  keep: i32,
  small: usize,
  lengths: usize,
  best: usize,
  squares: usize,
  ids: usize,
): i32 {
  const rooms = (total + 7) & ~7;
  const size = (<usize>cols) << 2;
  const smallSize = (<usize>pairs) << 2;
  const list = (<usize>keep) << 3;
  const wide = (<usize>(keep + 1)) << 2;
  const padded = (count + 3) & ~3;
  for (let i: usize = 0, end = <usize>padded * list; i < end; i += 8) store<i64>(best + i, (<i64>i32.MAX_VALUE) << 32);
  for (let i = 0; i < padded; i++) {
    const at = lengths + ((<usize>i) << 4);
    store<f64>(at, roundRow(rows + <usize>i * size, cols, pairs, unit, limit, small + <usize>i * smallSize, at + 8));
  }
  const step = max<i32>(8, (BLOCK_BYTES / max(1, pairs * 4)) & ~7);
  for (let from = 0; from < rooms; from += step) {
    const to = min(rooms, from + step);
    for (let i = 0; i < padded; i += 4)
      searchFour(small + <usize>i * smallSize, pairs, panels, norms, from, to, keep, best + <usize>i * list);
  }
  let searched = 0;
  for (let i = 0; i < count; i++) {
    const row = rows + <usize>i * size;
    const near = best + <usize>i * list;
    const outSquares = squares + ((<usize>i * wide) << 1);
    const outIds = ids + <usize>i * wide;
    let held = 0;
    for (let j: usize = 0; j < list; j += 8) {
      if (load<i32>(near + j, 4) === i32.MAX_VALUE) break;
      const id = load<i32>(near + j);
      held = putExact(exactSquare(row, cols, points + <usize>id * size), id, held, keep, outSquares, outIds);
    }
    for (let j = 0; j < farCount; j++) {
      const id = load<i32>(far + ((<usize>j) << 2));
      held = putExact(exactSquare(row, cols, points + <usize>id * size), id, held, keep, outSquares, outIds);
    }
    const worst = load<i32>(near + list - 4);
    // Nothing was left out.
    if (worst === i32.MAX_VALUE) continue;
    const farthest = load<f64>(outSquares + ((<usize>(wanted - 1)) << 3));
    const at = lengths + ((<usize>i) << 4);
    const bound = <f64>worst + load<f64>(at);
    const off = sqrt(load<f64>(at + 8));
    if (lost === 0 && off === 0) {
      if (bound * unit * unit >= farthest) continue;
    } else if ((unit * sqrt(bound) - off - lost) * (1 - 1e-9) > sqrt(farthest)) {
      // By the triangle inequality a point left out is at least so far.
      continue;
    }
    searchExactly(row, cols, points, total, wanted, outSquares, outIds);
    searched++;
  }
  return searched;
}
