/**
 * Coordinate descent for least squares with an L1 and an L2 penalty, ½ |y - X w|² + l1 Σ|w| + ½ l2 Σ w²: each weight in turn is put where the others,
 * held fixed, want it (Friedman, Hastie and Tibshirani 2010). Full rounds alternate with rounds over the weights that are not zero.
 */
export { firstFree } from './memory.as.ts';

/** Where a weight is best, from the pull `z` of what the others leave, and its curvature. */
/* inline */ function shrunk(z: f64, curvature: f64, l1: f64, l2: f64): f64 {
  if (z > l1) return (z - l1) / (curvature + l2);
  if (z < -l1) return (z + l1) / (curvature + l2);
  return 0;
}

/** at -= by · row, `bytes` long (whole vectors). */
/* inline */ function takeOff(at: usize, row: usize, bytes: usize, by: f64): void {
  const factor = f64x2.splat(by);
  for (const end = at + bytes; at < end; at += 16, row += 16) v128.store(at, f64x2.sub(v128.load(at), f64x2.mul(v128.load(row), factor)));
}

function productRound(gram: usize, step: usize, cols: i32, rest: usize, w: usize, l1: f64, l2: f64, all: bool): f64 {
  let most: f64 = 0;
  for (let j = 0; j < cols; j++, gram += step) {
    const at = (<usize>j) << 3;
    const old = load<f64>(w + at);
    if (!all && old === 0) continue;
    const curvature = load<f64>(gram + at);
    if (!(curvature > 0)) continue;
    const best = shrunk(load<f64>(rest + at) + curvature * old, curvature, l1, l2);
    if (best === old) continue;
    store<f64>(w + at, best);
    takeOff(rest, gram, step, best - old);
    most = max(most, (best - old) * (best - old) * curvature);
  }
  return most;
}

/**
 * From products: `gram` = XᵀX with rows `step` bytes apart, `rest` = Xᵀy - gram · w, both filled up with zeros to whole vectors. Done when no step changes the
 * fit by more than `enough` (squared). Gives the rounds it took, negative when `rounds` were not enough.
 */
export function byProducts(gram: usize, step: usize, cols: i32, rest: usize, w: usize, l1: f64, l2: f64, enough: f64, rounds: i32): i32 {
  let done = 0;
  while (done < rounds) {
    done++;
    if (productRound(gram, step, cols, rest, w, l1, l2, true) <= enough) return done;
    while (done < rounds) {
      done++;
      if (productRound(gram, step, cols, rest, w, l1, l2, false) <= enough) break;
    }
  }
  return -done;
}

/* inline */ function dot(a: usize, b: usize, bytes: usize): f64 {
  let s = f64x2.splat(0);
  for (const end = a + bytes; a < end; a += 16, b += 16) s = f64x2.add(s, f64x2.mul(v128.load(a), v128.load(b)));
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

function columnRound(x: usize, step: usize, cols: i32, rest: usize, w: usize, squares: usize, l1: f64, l2: f64, all: bool): f64 {
  let most: f64 = 0;
  for (let j = 0; j < cols; j++, x += step) {
    const at = (<usize>j) << 3;
    const old = load<f64>(w + at);
    if (!all && old === 0) continue;
    const curvature = load<f64>(squares + at);
    if (!(curvature > 0)) continue;
    const best = shrunk(dot(x, rest, step) + curvature * old, curvature, l1, l2);
    if (best === old) continue;
    store<f64>(w + at, best);
    takeOff(rest, x, step, best - old);
    most = max(most, (best - old) * (best - old) * curvature);
  }
  return most;
}

/** From the columns of X, `step` bytes apart; `rest` = y - X w, `squares` = each column's squared length. Else as `byProducts`. */
export function byColumns(
  x: usize,
  step: usize,
  cols: i32,
  rest: usize,
  w: usize,
  squares: usize,
  l1: f64,
  l2: f64,
  enough: f64,
  rounds: i32,
): i32 {
  let done = 0;
  while (done < rounds) {
    done++;
    if (columnRound(x, step, cols, rest, w, squares, l1, l2, true) <= enough) return done;
    while (done < rounds) {
      done++;
      if (columnRound(x, step, cols, rest, w, squares, l1, l2, false) <= enough) break;
    }
  }
  return -done;
}
