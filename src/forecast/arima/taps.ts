/** The coefficients of a polynomial that may differ from 0, with their lags: a seasonal one of degree 25 has few. */
import type { Order } from './order.ts';

export interface Taps {
  count: number;
  lags: Int32Array;
  values: Float64Array;
}

/** Those that are not 0. */
export function tapsOf(coefficients: Float64Array): Taps {
  const lags = new Int32Array(coefficients.length);
  const values = new Float64Array(coefficients.length);
  let count = 0;
  for (let i = 0; i < coefficients.length; i++) {
    if (coefficients[i] === 0) continue;
    lags[count] = i + 1;
    values[count++] = coefficients[i];
  }
  return { count, lags, values };
}

/** Room for those that an order of so many plain and seasonal lags can have, whatever their values, in the order of their lags. */
export function tapsFor(plain: number, seasonal: number, period: Order['period']): Taps {
  const all = new Set<number>();
  for (let j = 0; j <= seasonal; j++) for (let i = 0; i <= plain; i++) all.add(i + j * period);
  all.delete(0);
  const lags = Int32Array.from(all).sort();
  return { count: lags.length, lags, values: new Float64Array(lags.length) };
}

export function fillTaps({ count, lags, values }: Taps, coefficients: Float64Array): void {
  for (let k = 0; k < count; k++) values[k] = coefficients[lags[k] - 1];
}
