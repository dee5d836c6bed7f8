/** The KPSS test of level stationarity (Kwiatkowski, Phillips, Schmidt & Shin 1992), and how often a series must be differenced by it. */

/** 5 % point of the statistic for a level. */
const CRITICAL = 0.463;

/** The statistic with Bartlett weights up to lag 3√n / 13; 0 for a constant series. */
export function kpss(y: Float64Array): number {
  const n = y.length;
  const lags = Math.trunc((3 * Math.sqrt(n)) / 13);
  let mean = 0;
  for (let i = 0; i < n; i++) mean += y[i] / n;
  const e = y.map((value) => value - mean);
  let long = 0;
  for (let lag = 0; lag <= lags; lag++) {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += e[i] * e[i - lag];
    long += (lag === 0 ? 1 : 2 * (1 - lag / (lags + 1))) * (sum / n);
  }
  let partial = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    partial += e[i];
    squares += partial * partial;
  }
  return long > 1e-20 ? squares / (n * n * long) : 0;
}

/** `lag`-differences: y_t - y_{t-lag}, shorter by `lag`. */
export function difference(y: Float64Array, lag: number): Float64Array {
  const out = new Float64Array(Math.max(0, y.length - lag));
  for (let i = 0; i < out.length; i++) out[i] = y[i + lag] - y[i];
  return out;
}

/** Differences, at most two, until the test no longer speaks against a constant level. */
export function differencesNeeded(y: Float64Array): number {
  let x = y;
  let d = 0;
  while (d < 2 && x.length > 4 && kpss(x) > CRITICAL) {
    x = difference(x, 1);
    d++;
  }
  return d;
}
