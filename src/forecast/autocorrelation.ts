/** Autocorrelation and partial autocorrelation of a regular series; charts and the tests of methods read them. */

/**
 * Sample autocorrelations of lags 0 … `lags` with the divisor n (Box & Jenkins); 0 beyond the series and for a constant one,
 * except lag 0, which is 1.
 */
export function autocorrelation(y: ArrayLike<number>, lags: number): Float64Array {
  const n = y.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += y[i] / n;
  const at = (lag: number) => {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += (y[i] - mean) * (y[i - lag] - mean);
    return sum;
  };
  const total = at(0);
  const out = new Float64Array(lags + 1);
  out[0] = 1;
  if (total > 0) for (let lag = 1; lag <= lags; lag++) out[lag] = at(lag) / total;
  return out;
}

/** Partial autocorrelations of lags 0 … `lags` (lag 0 is 1) by the Durbin–Levinson recursion on the sample autocorrelations. */
export function partialAutocorrelation(y: ArrayLike<number>, lags: number): Float64Array {
  const r = autocorrelation(y, lags);
  const out = new Float64Array(lags + 1);
  const phi = new Float64Array(lags + 1);
  const before = new Float64Array(lags + 1);
  out[0] = 1;
  let left = 1;
  for (let k = 1; k <= lags; k++) {
    let value = r[k];
    for (let j = 1; j < k; j++) value -= before[j] * r[k - j];
    if (!(left > 1e-12)) break;
    value /= left;
    phi[k] = value;
    for (let j = 1; j < k; j++) phi[j] = before[j] - value * before[k - j];
    before.set(phi);
    left *= 1 - value * value;
    out[k] = value;
  }
  return out;
}

/** Half the width of the band in which 95 % of the autocorrelations of white noise fall. */
export const whiteNoiseBand = (n: number): number => 1.959963984540054 / Math.sqrt(n);

/** The series less its least-squares line. */
export function withoutLine(y: ArrayLike<number>): Float64Array {
  const n = y.length;
  const middle = (n - 1) / 2;
  let mean = 0;
  let slope = 0;
  let spread = 0;
  for (let i = 0; i < n; i++) {
    mean += y[i] / n;
    slope += (i - middle) * y[i];
    spread += (i - middle) * (i - middle);
  }
  if (spread > 0) slope /= spread;
  return Float64Array.from({ length: n }, (_, i) => y[i] - mean - slope * (i - middle));
}
