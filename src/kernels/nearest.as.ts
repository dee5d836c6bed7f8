/**
 * Finds the nearest points of rows by squared Euclidean distance. Coordinates are whole numbers held as float32 (`grid.ts`), so that every distance is exact in
 * double whatever the order of its sums. A first pass in float32 keeps more points than are asked for; the second computes their distances exactly, and where
 * the error bound of the first pass does not prove that no other point is as near, it looks at all of them.
 *
 * Points lie in panels of eight: coordinate k of the eight beside each other, then coordinate k + 1. Places past the last point have an infinite norm.
 */
export { firstFree } from './memory.as.ts';

/** Half the distance from 1 to the next float32. */
const UNIT: f64 = 5.9604644775390625e-8;
/** A panel's share of memory that stays in the second-level cache while all rows pass over it. */
const BLOCK_BYTES: i32 = 131072;

/** Lays `count` row-major points of `cols` out in panels from place `from` on, with their squared lengths as float32. */
export function layPoints(points: usize, from: i32, count: i32, cols: i32, panels: usize, norms: usize): void {
  for (let i = from; i < from + count; i++) {
    let at = panels + ((<usize>((i >> 3) * cols)) << 5) + ((<usize>(i & 7)) << 2);
    let sum: f64 = 0;
    for (let k = 0; k < cols; k++, points += 4, at += 32) {
      const x = load<f32>(points);
      sum += <f64>x * <f64>x;
      store<f32>(at, x);
    }
    store<f32>(norms + ((<usize>i) << 2), <f32>sum);
  }
}

/** Puts a point into a row's list, nearest first and the earlier one first of two as near; gives the distance of the last in the list. */
function put(value: f32, id: i32, keep: i32, distances: usize, ids: usize): void {
  let at = (<usize>(keep - 1)) << 2;
  if (!(value < load<f32>(distances + at))) return;
  while (at > 0 && value < load<f32>(distances + at - 4)) {
    store<f32>(distances + at, load<f32>(distances + at - 4));
    store<i32>(ids + at, load<i32>(ids + at - 4));
    at -= 4;
  }
  store<f32>(distances + at, value);
  store<i32>(ids + at, id);
}

function putEight(a: v128, b: v128, id: i32, keep: i32, distances: usize, ids: usize): f32 {
  put(f32x4.extract_lane(a, 0), id, keep, distances, ids);
  put(f32x4.extract_lane(a, 1), id + 1, keep, distances, ids);
  put(f32x4.extract_lane(a, 2), id + 2, keep, distances, ids);
  put(f32x4.extract_lane(a, 3), id + 3, keep, distances, ids);
  put(f32x4.extract_lane(b, 0), id + 4, keep, distances, ids);
  put(f32x4.extract_lane(b, 1), id + 5, keep, distances, ids);
  put(f32x4.extract_lane(b, 2), id + 6, keep, distances, ids);
  put(f32x4.extract_lane(b, 3), id + 7, keep, distances, ids);
  return load<f32>(distances + ((<usize>(keep - 1)) << 2));
}

/* inline */ function last(keep: i32, distances: usize): v128 {
  return v128.load32_splat(distances + ((<usize>(keep - 1)) << 2));
}

/** Four rows against the points `from` to `to`: |point|² - 2 row · point into the rows' lists. */
function searchFour(
  rows: usize,
  cols: i32,
  panels: usize,
  norms: usize,
  from: i32,
  to: i32,
  keep: i32,
  distances: usize,
  ids: usize,
): void {
  const size = (<usize>cols) << 2;
  const b = rows + size;
  const c = b + size;
  const d = c + size;
  const list = (<usize>keep) << 2;
  const two = f32x4.splat(2);
  let limit0 = last(keep, distances);
  let limit1 = last(keep, distances + list);
  let limit2 = last(keep, distances + 2 * list);
  let limit3 = last(keep, distances + 3 * list);
  let panel = panels + <usize>from * size;
  for (let id = from; id < to; id += 8) {
    let a0 = f32x4.splat(0);
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
      a0 = f32x4.add(a0, f32x4.mul(x, p0));
      a1 = f32x4.add(a1, f32x4.mul(x, p1));
      x = v128.load32_splat(b + k);
      b0 = f32x4.add(b0, f32x4.mul(x, p0));
      b1 = f32x4.add(b1, f32x4.mul(x, p1));
      x = v128.load32_splat(c + k);
      c0 = f32x4.add(c0, f32x4.mul(x, p0));
      c1 = f32x4.add(c1, f32x4.mul(x, p1));
      x = v128.load32_splat(d + k);
      d0 = f32x4.add(d0, f32x4.mul(x, p0));
      d1 = f32x4.add(d1, f32x4.mul(x, p1));
    }
    const n0 = v128.load(norms + ((<usize>id) << 2));
    const n1 = v128.load(norms + ((<usize>id) << 2), 16);
    a0 = f32x4.sub(n0, f32x4.mul(two, a0));
    a1 = f32x4.sub(n1, f32x4.mul(two, a1));
    if (v128.any_true(v128.or(f32x4.lt(a0, limit0), f32x4.lt(a1, limit0))))
      limit0 = f32x4.splat(putEight(a0, a1, id, keep, distances, ids));
    b0 = f32x4.sub(n0, f32x4.mul(two, b0));
    b1 = f32x4.sub(n1, f32x4.mul(two, b1));
    if (v128.any_true(v128.or(f32x4.lt(b0, limit1), f32x4.lt(b1, limit1))))
      limit1 = f32x4.splat(putEight(b0, b1, id, keep, distances + list, ids + list));
    c0 = f32x4.sub(n0, f32x4.mul(two, c0));
    c1 = f32x4.sub(n1, f32x4.mul(two, c1));
    if (v128.any_true(v128.or(f32x4.lt(c0, limit2), f32x4.lt(c1, limit2))))
      limit2 = f32x4.splat(putEight(c0, c1, id, keep, distances + 2 * list, ids + 2 * list));
    d0 = f32x4.sub(n0, f32x4.mul(two, d0));
    d1 = f32x4.sub(n1, f32x4.mul(two, d1));
    if (v128.any_true(v128.or(f32x4.lt(d0, limit3), f32x4.lt(d1, limit3))))
      limit3 = f32x4.splat(putEight(d0, d1, id, keep, distances + 3 * list, ids + 3 * list));
  }
}

/** Squared distance of a row from one point of the panels, exact. */
function exactSquare(row: usize, cols: i32, panels: usize, id: i32): f64 {
  let at = panels + ((<usize>((id >> 3) * cols)) << 5) + ((<usize>(id & 7)) << 2);
  let sum: f64 = 0;
  for (const end = row + ((<usize>cols) << 2); row < end; row += 4, at += 32) {
    const gap = <f64>load<f32>(row) - <f64>load<f32>(at);
    sum += gap * gap;
  }
  return sum;
}

function putExact(value: f64, id: i32, held: i32, squares: usize, ids: usize): void {
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
}

/** All points, exactly, into a list of `keep` with one place more behind it. */
function searchExactly(row: usize, cols: i32, panels: usize, count: i32, keep: i32, squares: usize, ids: usize): void {
  let held = 0;
  let limit: f64 = Infinity;
  const end = row + ((<usize>cols) << 2);
  for (let id = 0, panel = panels; id < count; id += 8) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let at = row; at < end; at += 4, panel += 32) {
      const x = f64x2.splat(<f64>load<f32>(at));
      const g0 = f64x2.sub(x, f64x2.promote_low_f32x4(v128.load64_zero(panel)));
      const g1 = f64x2.sub(x, f64x2.promote_low_f32x4(v128.load64_zero(panel, 8)));
      const g2 = f64x2.sub(x, f64x2.promote_low_f32x4(v128.load64_zero(panel, 16)));
      const g3 = f64x2.sub(x, f64x2.promote_low_f32x4(v128.load64_zero(panel, 24)));
      s0 = f64x2.add(s0, f64x2.mul(g0, g0));
      s1 = f64x2.add(s1, f64x2.mul(g1, g1));
      s2 = f64x2.add(s2, f64x2.mul(g2, g2));
      s3 = f64x2.add(s3, f64x2.mul(g3, g3));
    }
    const most = min(8, count - id);
    for (let lane = 0; lane < most; lane++) {
      const pair = lane < 2 ? s0 : lane < 4 ? s1 : lane < 6 ? s2 : s3;
      const value = (lane & 1) === 0 ? f64x2.extract_lane(pair, 0) : f64x2.extract_lane(pair, 1);
      if (held === keep && !(value < limit)) continue;
      putExact(value, id + lane, held, squares, ids);
      if (held < keep) held++;
      if (held === keep) limit = load<f64>(squares + ((<usize>(keep - 1)) << 3));
    }
  }
}

/**
 * For each of `count` rows (room for a multiple of 4) the `wanted` nearest of `points` points, nearest first and of two as near the earlier: their places in `ids`
 * and their squared distances in `squares`, each row with `keep` + 1 places. `keep` >= wanted is how many the first pass holds on to; `exact` says that
 * its numbers are exact too. Gives how many rows had to look at all points.
 */
export function findNearest(
  rows: usize,
  count: i32,
  cols: i32,
  panels: usize,
  norms: usize,
  points: i32,
  wanted: i32,
  keep: i32,
  exact: bool,
  distances: usize,
  places: usize,
  squares: usize,
  ids: usize,
): i32 {
  const rooms = (points + 7) & ~7;
  const size = (<usize>cols) << 2;
  const list = (<usize>keep) << 2;
  const wide = (<usize>(keep + 1)) << 2;
  const padded = (count + 3) & ~3;
  for (let i: usize = 0, end = <usize>padded * list; i < end; i += 4) store<f32>(distances + i, Infinity);
  const step = max<i32>(8, (BLOCK_BYTES / max(1, cols * 4)) & ~7);
  for (let from = 0; from < rooms; from += step) {
    const to = min(rooms, from + step);
    for (let i = 0; i < padded; i += 4)
      searchFour(rows + <usize>i * size, cols, panels, norms, from, to, keep, distances + <usize>i * list, places + <usize>i * list);
  }
  let searched = 0;
  const held = min(points, keep);
  for (let i = 0; i < count; i++) {
    const row = rows + <usize>i * size;
    const near = distances + <usize>i * list;
    const found = places + <usize>i * list;
    const outSquares = squares + ((<usize>i * wide) << 1);
    const outIds = ids + <usize>i * wide;
    for (let j = 0; j < held; j++) {
      const id = load<i32>(found + ((<usize>j) << 2));
      putExact(exactSquare(row, cols, panels, id), id, j, outSquares, outIds);
    }
    if (points <= keep) continue;
    let length: f64 = 0;
    for (let k: usize = 0; k < size; k += 4) length += <f64>load<f32>(row + k) * <f64>load<f32>(row + k);
    const farthest = load<f64>(outSquares + ((<usize>(wanted - 1)) << 3));
    const bound = <f64>load<f32>(near + list - 4) + length;
    if (exact) {
      if (bound >= farthest) continue;
    } else {
      // A point left out that is longer than |row| + the farthest distance is farther by the triangle inequality; of the others the first pass is wrong by
      // at most the rounding of |point|², of the products' sum (cols + 1 roundings) and of the difference.
      const radius = sqrt(length) + sqrt(farthest);
      const error = 1.01 * UNIT * (2 * radius * radius + 2 * <f64>(cols + 2) * sqrt(length) * radius);
      if (bound - error > farthest) continue;
    }
    searchExactly(row, cols, panels, points, wanted, outSquares, outIds);
    searched++;
  }
  return searched;
}
