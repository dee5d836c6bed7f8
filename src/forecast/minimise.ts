/**
 * Least value of a smooth function of few variables without constraints: BFGS with difference quotients (Nocedal & Wright, Numerical
 * Optimization, ch. 6). Constraints are left to the caller, who maps each variable to its range, or answers Infinity outside.
 */

export interface Minimum {
  x: Float64Array;
  value: number;
}
export interface MinimiseOptions {
  iterations?: number;
  /** Ends when an iteration gains less than this. */
  gain?: number;
  /** The slope at `x` in place of difference quotients, written to `out`. */
  slope?: (x: Float64Array, out: Float64Array) => void;
}

const DIFFERENCE = 1e-6;
/** Longest step in any variable, so that a bad slope cannot throw the search into a far corner. */
const LONGEST = 2;

/** Begins at `start`, which stays as it is; `value` is Infinity or NaN where `f` has none there. It finds a local minimum. */
export function minimise(f: (x: Float64Array) => number, start: Float64Array, options: MinimiseOptions = {}): Minimum {
  const { iterations = 100, gain = 1e-5, slope: known } = options;
  const k = start.length;
  let x = start.slice();
  let value = f(x);
  if (k === 0 || !Number.isFinite(value)) return { x, value };
  let slope = new Float64Array(k);
  let nextSlope = new Float64Array(k);
  let next = new Float64Array(k);
  const inverse = new Float64Array(k * k);
  const direction = new Float64Array(k);
  const change = new Float64Array(k);
  const product = new Float64Array(k);
  const reset = () => {
    inverse.fill(0);
    for (let i = 0; i < k; i++) inverse[i * k + i] = 1;
  };
  const slopeAt = (point: Float64Array, here: number, out: Float64Array) => {
    if (known) {
      known(point, out);
      return;
    }
    for (let i = 0; i < k; i++) {
      const held = point[i];
      point[i] = held + DIFFERENCE;
      let there = f(point);
      let width = DIFFERENCE;
      if (!Number.isFinite(there)) {
        point[i] = held - DIFFERENCE;
        there = f(point);
        width = -DIFFERENCE;
      }
      point[i] = held;
      out[i] = Number.isFinite(there) ? (there - here) / width : 0;
    }
  };
  reset();
  slopeAt(x, value, slope);
  let fresh = true;
  for (let round = 0; round < iterations; round++) {
    let descent = 0;
    let longest = 0;
    for (let i = 0; i < k; i++) {
      let sum = 0;
      for (let j = 0; j < k; j++) sum -= inverse[i * k + j] * slope[j];
      direction[i] = sum;
      descent += sum * slope[i];
      longest = Math.max(longest, Math.abs(sum));
    }
    if (!(descent < 0)) {
      if (fresh) break;
      reset();
      fresh = true;
      continue;
    }
    let step = Math.min(1, LONGEST / longest);
    if (fresh) step = Math.min(step, 0.5 / longest);
    let found = value;
    let tries = 0;
    for (; tries < 25; tries++) {
      for (let i = 0; i < k; i++) next[i] = x[i] + step * direction[i];
      found = f(next);
      if (found <= value + 1e-4 * step * descent) break;
      // The least of the parabola through both values and the slope, within reason.
      const bend = found - value - step * descent;
      const wanted = Number.isFinite(found) && bend > 0 ? (-descent * step * step) / (2 * bend) : step * 0.3;
      step = Math.min(step * 0.5, Math.max(step * 0.1, wanted));
    }
    if (tries === 25) {
      if (fresh) break;
      reset();
      fresh = true;
      continue;
    }
    slopeAt(next, found, nextSlope);
    let curvature = 0;
    for (let i = 0; i < k; i++) {
      change[i] = next[i] - x[i];
      curvature += change[i] * (nextSlope[i] - slope[i]);
    }
    const gained = value - found;
    if (curvature > 1e-12) {
      let yHy = 0;
      if (fresh) {
        let yy = 0;
        for (let i = 0; i < k; i++) yy += (nextSlope[i] - slope[i]) * (nextSlope[i] - slope[i]);
        for (let i = 0; i < k; i++) inverse[i * k + i] = curvature / yy;
      }
      for (let i = 0; i < k; i++) {
        let sum = 0;
        for (let j = 0; j < k; j++) sum += inverse[i * k + j] * (nextSlope[j] - slope[j]);
        product[i] = sum;
        yHy += sum * (nextSlope[i] - slope[i]);
      }
      const factor = (1 + yHy / curvature) / curvature;
      for (let i = 0; i < k; i++)
        for (let j = 0; j < k; j++)
          inverse[i * k + j] += factor * change[i] * change[j] - (product[i] * change[j] + change[i] * product[j]) / curvature;
    }
    [x, next] = [next, x];
    [slope, nextSlope] = [nextSlope, slope];
    value = found;
    if (gained < gain && !fresh) break;
    fresh = false;
  }
  return { x, value };
}
