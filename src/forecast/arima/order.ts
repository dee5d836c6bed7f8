/** The order of a seasonal ARIMA model, and its polynomials from a search vector that can hold only stationary and invertible ones. */
import { log1p, tanh } from '../../base/float.ts';

/** ARIMA(p,d,q)(P,D,Q)[m], with a constant or not. */
export interface Order {
  p: number;
  d: number;
  q: number;
  P: number;
  D: number;
  Q: number;
  period: number;
  constant: boolean;
}

export const coefficientCount = ({ p, q, P, Q }: Order): number => p + q + P + Q;

/** As people write it: "ARIMA(0,1,1)(0,1,1)[12] with drift". */
export function orderName({ p, d, q, P, D, Q, period, constant }: Order): string {
  const seasonal = P + D + Q > 0 ? `(${P},${D},${Q})[${period}]` : '';
  const with_ = constant ? (d + D > 0 ? ' with drift' : ' with mean') : '';
  return `ARIMA(${p},${d},${q})${seasonal}${with_}`;
}

/** Coefficients of lags 1 … count from partial autocorrelations in (-1, 1) (Durbin–Levinson; Monahan 1984). */
function fromPartial(partial: Float64Array): Float64Array {
  const count = partial.length;
  const out = new Float64Array(count);
  const held = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    out[k] = partial[k];
    for (let j = 0; j < k; j++) out[j] = held[j] - partial[k] * held[k - j - 1];
    held.set(out);
  }
  return out;
}

/** Whether 1 - Σ c_i z^i has all its roots outside the circle of radius `beyond` (step-down recursion). */
function rootsBeyond(coefficients: ArrayLike<number>, beyond: number): boolean {
  const c = Float64Array.from(coefficients);
  let scale = 1;
  for (let i = 0; i < c.length; i++) {
    scale *= beyond;
    c[i] *= scale;
  }
  for (let k = c.length - 1; k >= 0; k--) {
    const last = c[k];
    if (!(Math.abs(last) < 1)) return false;
    const before = c.slice(0, k);
    for (let j = 0; j < k; j++) c[j] = (before[j] + last * before[k - j - 1]) / (1 - last * last);
  }
  return true;
}

/** (1 - Σ a_i B^i)(1 - Σ b_j B^jm) = 1 - Σ out_k B^k. */
function product(a: Float64Array, b: Float64Array, period: number): Float64Array {
  const out = new Float64Array(a.length + b.length * period);
  for (let i = 0; i < a.length; i++) out[i] += a[i];
  for (let j = 0; j < b.length; j++) {
    const at = (j + 1) * period;
    out[at - 1] += b[j];
    for (let i = 0; i < a.length; i++) out[at + i] -= a[i] * b[j];
  }
  return out;
}

export interface Polynomials {
  /** w_t = Σ phi_i w_{t-i} + e_t + Σ theta_j e_{t-j}; seasonal parts multiplied in. */
  phi: Float64Array;
  theta: Float64Array;
}

/** The four parts of a search vector. Every entry of `x` is any number: a tanh makes it a partial autocorrelation. Laid out as AR, seasonal AR, MA, seasonal MA. */
function partsOf({ p, q, P, Q }: Order, x: Float64Array) {
  let at = 0;
  const take = (count: number) => {
    const partial = new Float64Array(count);
    for (let k = 0; k < count; k++) partial[k] = tanh(x[at++]);
    return fromPartial(partial);
  };
  return { ar: take(p), seasonalAr: take(P), ma: take(q), seasonalMa: take(Q) };
}

/** Of a search vector with `coefficientCount` entries, any numbers. */
export function polynomials(order: Order, x: Float64Array): Polynomials {
  const { ar, seasonalAr, ma, seasonalMa } = partsOf(order, x);
  const theta = product(ma, seasonalMa, order.period);
  for (let i = 0; i < theta.length; i++) theta[i] = -theta[i];
  return { phi: product(ar, seasonalAr, order.period), theta };
}

/** Whether no root is within 1 % of the unit circle, as R's auto.arima asks. */
export function isSafe(order: Order, x: Float64Array): boolean {
  const { ar, seasonalAr, ma, seasonalMa } = partsOf(order, x);
  // 1.01^m, the circle's image under z^m.
  let far = 1;
  for (let k = 0; k < order.period; k++) far *= 1.01;
  return rootsBeyond(ar, 1.01) && rootsBeyond(ma, 1.01) && rootsBeyond(seasonalAr, far) && rootsBeyond(seasonalMa, far);
}

/** The search vector of a model taken over by one of another order: parts that both have stay, new ones are 0. */
export function carryOver(from: Order, x: Float64Array, to: Order): Float64Array {
  const out = new Float64Array(coefficientCount(to));
  const counts = (order: Order) => [order.p, order.P, order.q, order.Q];
  let read = 0;
  let write = 0;
  counts(from).forEach((count, part) => {
    const wanted = counts(to)[part];
    // Vectors that ended near the edge start a little inside.
    for (let k = 0; k < Math.min(count, wanted); k++) out[write + k] = Math.max(-2, Math.min(2, x[read + k]));
    read += count;
    write += wanted;
  });
  return out;
}

/** Inverse of the tanh, for starting values. */
export const fromCorrelation = (r: number): number => {
  const bounded = Math.max(-0.9, Math.min(0.9, r));
  return 0.5 * (log1p(bounded) - log1p(-bounded));
};
