/**
 * The loops of k-means over rows of float32: which centre is nearest, sums per centre, and how far rows are from centres that may be added. Centres lie in
 * panels of eight: coordinate k of the eight beside each other, then coordinate k + 1; places past the last centre have an infinite norm. Rows have room for
 * a multiple of four.
 */
export { firstFree } from './memory.as.ts';

/** What the error of a computed squared distance is at most, for each column and of |row|² + |centre|². */
const ROUNDING: f32 = 2.4e-7;

/**
 * The least of four lanes with its number, of equal ones the smaller number, as label and score of the row; as its slack how much nearer it is than the second, as far as
 * that is sure.
 */
/* inline */ function settleRow(
  best: v128,
  second: v128,
  ids: v128,
  row: usize,
  blur: f32,
  most: f32,
  squares: usize,
  labels: usize,
  scores: usize,
  slacks: usize,
): void {
  let value = f32x4.extract_lane(best, 0);
  let id = i32x4.extract_lane(ids, 0);
  let runner: f32 = Infinity;
  for (let lane = 1; lane < 4; lane++) {
    const other = lane === 1 ? f32x4.extract_lane(best, 1) : lane === 2 ? f32x4.extract_lane(best, 2) : f32x4.extract_lane(best, 3);
    const number = lane === 1 ? i32x4.extract_lane(ids, 1) : lane === 2 ? i32x4.extract_lane(ids, 2) : i32x4.extract_lane(ids, 3);
    if (other < value || (other === value && number < id)) {
      runner = value;
      value = other;
      id = number;
    } else runner = min(runner, other);
  }
  const low = f32x4.pmin(second, v128.shuffle<i32>(second, second, 2, 3, 2, 3));
  runner = min(runner, min(f32x4.extract_lane(low, 0), f32x4.extract_lane(low, 1)));
  const at = row << 2;
  store<i32>(labels + at, id);
  store<f32>(scores + at, value);
  const square = load<f32>(squares + at);
  const sure = sqrt<f32>(max<f32>(runner + square, 0)) - sqrt<f32>(max<f32>(value + square, 0));
  store<f32>(slacks + at, sure - 2 * sqrt<f32>(blur * (square + most)));
}

/**
 * For each of the `count` rows in `list` (padded to a multiple of 4) the nearest of `rooms` centres (a multiple of 4: the last panel may be half in use), and
 * |centre|² - 2 row · centre, its squared distance but for |row|²; and its slack. `most` is the greatest |centre|².
 */
export function assign(
  rows: usize,
  list: usize,
  count: i32,
  cols: i32,
  panels: usize,
  norms: usize,
  rooms: i32,
  most: f32,
  squares: usize,
  labels: usize,
  scores: usize,
  slacks: usize,
): void {
  const blur = ROUNDING * <f32>(cols + 4);
  const size = (<usize>cols) << 2;
  const two = f32x4.splat(2);
  const eight = i32x4.splat(8);
  for (let i = 0; i < count; i += 4, list += 16) {
    const rowA = <usize>load<u32>(list);
    const rowB = <usize>load<u32>(list, 4);
    const rowC = <usize>load<u32>(list, 8);
    const rowD = <usize>load<u32>(list, 12);
    const a = rows + rowA * size;
    const b = rows + rowB * size;
    const c = rows + rowC * size;
    const d = rows + rowD * size;
    let bestA = f32x4.splat(Infinity);
    let bestB = bestA;
    let bestC = bestA;
    let bestD = bestA;
    let nextA = bestA;
    let nextB = bestA;
    let nextC = bestA;
    let nextD = bestA;
    let idA = i32x4.splat(0);
    let idB = idA;
    let idC = idA;
    let idD = idA;
    let low = i32x4(0, 1, 2, 3);
    let high = i32x4(4, 5, 6, 7);
    let panel = panels;
    for (let first: usize = 0; first + 8 <= <usize>rooms; first += 8) {
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
        let x = v128.load32_splat(a + k);
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
      const n0 = v128.load(norms + (first << 2));
      const n1 = v128.load(norms + (first << 2), 16);
      a0 = f32x4.sub(n0, f32x4.mul(two, a0));
      a1 = f32x4.sub(n1, f32x4.mul(two, a1));
      b0 = f32x4.sub(n0, f32x4.mul(two, b0));
      b1 = f32x4.sub(n1, f32x4.mul(two, b1));
      c0 = f32x4.sub(n0, f32x4.mul(two, c0));
      c1 = f32x4.sub(n1, f32x4.mul(two, c1));
      d0 = f32x4.sub(n0, f32x4.mul(two, d0));
      d1 = f32x4.sub(n1, f32x4.mul(two, d1));
      nextA = f32x4.pmin(nextA, f32x4.pmax(a0, bestA));
      let less = f32x4.lt(a0, bestA);
      bestA = v128.bitselect(a0, bestA, less);
      idA = v128.bitselect(low, idA, less);
      nextA = f32x4.pmin(nextA, f32x4.pmax(a1, bestA));
      less = f32x4.lt(a1, bestA);
      bestA = v128.bitselect(a1, bestA, less);
      idA = v128.bitselect(high, idA, less);
      nextB = f32x4.pmin(nextB, f32x4.pmax(b0, bestB));
      less = f32x4.lt(b0, bestB);
      bestB = v128.bitselect(b0, bestB, less);
      idB = v128.bitselect(low, idB, less);
      nextB = f32x4.pmin(nextB, f32x4.pmax(b1, bestB));
      less = f32x4.lt(b1, bestB);
      bestB = v128.bitselect(b1, bestB, less);
      idB = v128.bitselect(high, idB, less);
      nextC = f32x4.pmin(nextC, f32x4.pmax(c0, bestC));
      less = f32x4.lt(c0, bestC);
      bestC = v128.bitselect(c0, bestC, less);
      idC = v128.bitselect(low, idC, less);
      nextC = f32x4.pmin(nextC, f32x4.pmax(c1, bestC));
      less = f32x4.lt(c1, bestC);
      bestC = v128.bitselect(c1, bestC, less);
      idC = v128.bitselect(high, idC, less);
      nextD = f32x4.pmin(nextD, f32x4.pmax(d0, bestD));
      less = f32x4.lt(d0, bestD);
      bestD = v128.bitselect(d0, bestD, less);
      idD = v128.bitselect(low, idD, less);
      nextD = f32x4.pmin(nextD, f32x4.pmax(d1, bestD));
      less = f32x4.lt(d1, bestD);
      bestD = v128.bitselect(d1, bestD, less);
      idD = v128.bitselect(high, idD, less);
      low = i32x4.add(low, eight);
      high = i32x4.add(high, eight);
    }
    if ((rooms & 4) !== 0) {
      let a0 = f32x4.splat(0);
      let b0 = a0;
      let c0 = a0;
      let d0 = a0;
      for (let k: usize = 0; k < size; k += 4, panel += 32) {
        const p0 = v128.load(panel);
        a0 = f32x4.add(a0, f32x4.mul(v128.load32_splat(a + k), p0));
        b0 = f32x4.add(b0, f32x4.mul(v128.load32_splat(b + k), p0));
        c0 = f32x4.add(c0, f32x4.mul(v128.load32_splat(c + k), p0));
        d0 = f32x4.add(d0, f32x4.mul(v128.load32_splat(d + k), p0));
      }
      const n0 = v128.load(norms + ((<usize>(rooms - 4)) << 2));
      a0 = f32x4.sub(n0, f32x4.mul(two, a0));
      b0 = f32x4.sub(n0, f32x4.mul(two, b0));
      c0 = f32x4.sub(n0, f32x4.mul(two, c0));
      d0 = f32x4.sub(n0, f32x4.mul(two, d0));
      nextA = f32x4.pmin(nextA, f32x4.pmax(a0, bestA));
      let less = f32x4.lt(a0, bestA);
      bestA = v128.bitselect(a0, bestA, less);
      idA = v128.bitselect(low, idA, less);
      nextB = f32x4.pmin(nextB, f32x4.pmax(b0, bestB));
      less = f32x4.lt(b0, bestB);
      bestB = v128.bitselect(b0, bestB, less);
      idB = v128.bitselect(low, idB, less);
      nextC = f32x4.pmin(nextC, f32x4.pmax(c0, bestC));
      less = f32x4.lt(c0, bestC);
      bestC = v128.bitselect(c0, bestC, less);
      idC = v128.bitselect(low, idC, less);
      nextD = f32x4.pmin(nextD, f32x4.pmax(d0, bestD));
      less = f32x4.lt(d0, bestD);
      bestD = v128.bitselect(d0, bestD, less);
      idD = v128.bitselect(low, idD, less);
    }
    settleRow(bestA, nextA, idA, rowA, blur, most, squares, labels, scores, slacks);
    settleRow(bestB, nextB, idB, rowB, blur, most, squares, labels, scores, slacks);
    settleRow(bestC, nextC, idC, rowC, blur, most, squares, labels, scores, slacks);
    settleRow(bestD, nextD, idD, rowD, blur, most, squares, labels, scores, slacks);
  }
}

/**
 * Takes from every row's slack what its centre and the others moved, as `moves` says by label, and lists the rows whose centre may no longer be the nearest; gives
 * how many. The list is padded to a multiple of four.
 */
export function wake(count: i32, labels: usize, slacks: usize, moves: usize, list: usize): i32 {
  const begin = list;
  for (let i = 0; i < count; i++, labels += 4, slacks += 4) {
    const left = load<f32>(slacks) - load<f32>(moves + ((<usize>load<u32>(labels)) << 2));
    store<f32>(slacks, left);
    store<i32>(list, i);
    list += left > 0 ? 0 : 4;
  }
  const woken = <i32>((list - begin) >> 2);
  if (woken > 0) for (let k = woken; (k & 3) !== 0; k++, list += 4) store<u32>(list, load<u32>(list - 4));
  return woken;
}

/** Adds a row, `sign` times, to the float64 sums at `out`. */
/* inline */ function addRow(row: usize, cols: i32, sign: f64, out: usize): void {
  const times = f64x2.splat(sign);
  let k = 0;
  for (; k + 1 < cols; k += 2, row += 8, out += 16)
    v128.store(out, f64x2.add(v128.load(out), f64x2.mul(times, f64x2.promote_low_f32x4(v128.load64_zero(row)))));
  if (k < cols) store<f64>(out, load<f64>(out) + sign * <f64>load<f32>(row));
}

/**
 * Moves rows whose label is no longer their `previous` one (-1 = none yet) from one centre's sums and counts to the other's; then previous = labels. Gives how
 * many moved. Whole numbers below 2^23 are summed exactly for billions of rows, so what is taken off is what was added.
 */
export function move(rows: usize, count: i32, cols: i32, labels: usize, previous: usize, sums: usize, counts: usize): i32 {
  const size = (<usize>cols) << 2;
  let moved = 0;
  for (let i: usize = 0; i < <usize>count; i++, rows += size) {
    const label = load<i32>(labels + (i << 2));
    const before = load<i32>(previous + (i << 2));
    if (label === before) continue;
    moved++;
    store<i32>(previous + (i << 2), label);
    addRow(rows, cols, 1, sums + <usize>label * (size << 1));
    const to = counts + ((<usize>label) << 2);
    store<i32>(to, load<i32>(to) + 1);
    if (before < 0) continue;
    addRow(rows, cols, -1, sums + <usize>before * (size << 1));
    const from = counts + ((<usize>before) << 2);
    store<i32>(from, load<i32>(from) - 1);
  }
  return moved;
}

/** |row|² of each row. */
export function lengths(rows: usize, count: i32, cols: i32, out: usize): void {
  for (let i = 0; i < count; i++, out += 4) {
    let sum: f64 = 0;
    for (let k = 0; k < cols; k++, rows += 4) sum += <f64>load<f32>(rows) * <f64>load<f32>(rows);
    store<f32>(out, <f32>sum);
  }
}

/** Σ over rows of min(closest, squared distance) for each of the eight candidates of one panel, to eight float64. */
export function tryEight(
  rows: usize,
  count: i32,
  cols: i32,
  panel: usize,
  norms: usize,
  squares: usize,
  closest: usize,
  potentials: usize,
): void {
  const size = (<usize>cols) << 2;
  const two = f32x4.splat(2);
  const zero = f32x4.splat(0);
  const n0 = v128.load(norms);
  const n1 = v128.load(norms, 16);
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let i: usize = 0; i < <usize>count; i++) {
    let a0 = zero;
    let a1 = zero;
    let at = panel;
    for (const end = rows + size; rows < end; rows += 4, at += 32) {
      const x = v128.load32_splat(rows);
      a0 = f32x4.add(a0, f32x4.mul(x, v128.load(at)));
      a1 = f32x4.add(a1, f32x4.mul(x, v128.load(at, 16)));
    }
    const own = v128.load32_splat(squares + (i << 2));
    const limit = v128.load32_splat(closest + (i << 2));
    a0 = f32x4.max(zero, f32x4.pmin(limit, f32x4.add(own, f32x4.sub(n0, f32x4.mul(two, a0)))));
    a1 = f32x4.max(zero, f32x4.pmin(limit, f32x4.add(own, f32x4.sub(n1, f32x4.mul(two, a1)))));
    s0 = f64x2.add(s0, f64x2.promote_low_f32x4(a0));
    s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<i64>(a0, a0, 1, 1)));
    s2 = f64x2.add(s2, f64x2.promote_low_f32x4(a1));
    s3 = f64x2.add(s3, f64x2.promote_low_f32x4(v128.shuffle<i64>(a1, a1, 1, 1)));
  }
  v128.store(potentials, s0);
  v128.store(potentials, s1, 16);
  v128.store(potentials, s2, 32);
  v128.store(potentials, s3, 48);
}

/** closest = min(closest, squared distance from one centre); gives the sum of all. */
export function take(rows: usize, count: i32, cols: i32, centre: usize, closest: usize): f64 {
  let total: f64 = 0;
  const whole = cols & ~3;
  for (let i = 0; i < count; i++, closest += 4) {
    let gaps = f32x4.splat(0);
    let at = centre;
    let k = 0;
    for (; k < whole; k += 4, rows += 16, at += 16) {
      const gap = f32x4.sub(v128.load(rows), v128.load(at));
      gaps = f32x4.add(gaps, f32x4.mul(gap, gap));
    }
    let sum = f32x4.extract_lane(gaps, 0) + f32x4.extract_lane(gaps, 1) + (f32x4.extract_lane(gaps, 2) + f32x4.extract_lane(gaps, 3));
    for (; k < cols; k++, rows += 4, at += 4) {
      const gap = load<f32>(rows) - load<f32>(at);
      sum += gap * gap;
    }
    const least = min(load<f32>(closest), sum);
    store<f32>(closest, least);
    total += <f64>least;
  }
  return total;
}
