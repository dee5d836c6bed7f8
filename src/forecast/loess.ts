/** Local regression of evenly spaced values, as STL needs it (Cleveland, Cleveland, McRae & Terpenning 1990, §2–3). */

/**
 * The local fit of degree 0 or 1 at position `x` (counted from 0, may lie outside), from values `from` … `to` inclusive, with a window of
 * `span` values; NaN when all weights are 0.
 */
export function localFit(
  y: Float64Array,
  weights: Float64Array | undefined,
  x: number,
  from: number,
  to: number,
  span: number,
  degree: number,
  work: Float64Array,
): number {
  const n = y.length;
  let reach = Math.max(x - from, to - x);
  if (span > n) reach += Math.floor((span - n) / 2);
  const far = 0.999 * reach;
  const near = 0.001 * reach;
  let total = 0;
  for (let j = from; j <= to; j++) {
    const distance = Math.abs(j - x);
    let w = 0;
    if (distance <= far) {
      const share = distance / reach;
      const rest = 1 - share * share * share;
      w = distance <= near ? 1 : rest * rest * rest;
      if (weights) w *= weights[j];
    }
    work[j] = w;
    total += w;
  }
  if (!(total > 0)) return Number.NaN;
  let center = 0;
  for (let j = from; j <= to; j++) {
    work[j] /= total;
    center += work[j] * j;
  }
  let tilt = 0;
  if (degree > 0 && reach > 0) {
    let spread = 0;
    for (let j = from; j <= to; j++) spread += work[j] * (j - center) * (j - center);
    if (Math.sqrt(spread) > 0.001 * (n - 1)) tilt = (x - center) / spread;
  }
  let sum = 0;
  for (let j = from; j <= to; j++) sum += work[j] * (1 + tilt * (j - center)) * y[j];
  return sum;
}

/** Smooths `y` into `out` at every `jump`-th value and on straight lines between. `span` is odd. */
export function loess(
  y: Float64Array,
  span: number,
  degree: number,
  jump: number,
  weights: Float64Array | undefined,
  out: Float64Array,
  work: Float64Array,
): void {
  const n = y.length;
  if (n < 2) {
    out.set(y);
    return;
  }
  const step = Math.min(jump, n - 1);
  const half = (span + 1) >> 1;
  const at = (i: number) => {
    const from = span >= n ? 0 : Math.min(Math.max(0, i - half + 1), n - span);
    const value = localFit(y, weights, i, from, span >= n ? n - 1 : from + span - 1, span, degree, work);
    out[i] = Number.isNaN(value) ? y[i] : value;
  };
  let last = 0;
  at(0);
  const between = (to: number) => {
    for (let i = last + 1; i < to; i++) out[i] = out[last] + ((out[to] - out[last]) * (i - last)) / (to - last);
    last = to;
  };
  for (let i = step; i < n; i += step) {
    at(i);
    between(i);
  }
  if (last !== n - 1) {
    at(n - 1);
    between(n - 1);
  }
}
