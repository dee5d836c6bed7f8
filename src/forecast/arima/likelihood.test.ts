/** Likelihoods of ARMA models: slopes against difference quotients, and that a settled filter says what one that never settles says. */
import { expect, it } from 'vitest';
import { log } from '../../base/float.ts';
import { madeUpSeries } from '../method.contract.ts';
import { conditional } from './conditional.ts';
import { differenced } from './fit.ts';
import { exactLikelihood } from './likelihood.ts';
import { type Order, polynomials } from './order.ts';

const order: Order = { p: 2, d: 0, q: 1, P: 1, D: 1, Q: 1, period: 4, constant: true };
const w = differenced(madeUpSeries(120, 4, 'likelihood'), order);
// A new coefficient starts at 0, and must be seen to matter.
const x = Float64Array.of(0.3, 0, -0.4, -0.2, 0.5);

it.each([true, false])('slopes of the conditional likelihood are those of its values, with a constant: %s', (constant) => {
  const { deviance, slope } = conditional(w, { ...order, constant });
  const here = polynomials(order, x);
  const { ar, ma } = slope(here);
  for (const [name, taps] of [
    ['phi', ar],
    ['theta', ma],
  ] as const) {
    expect([...taps.lags]).toEqual(name === 'phi' ? [1, 2, 4, 5, 6] : [1, 4, 5]);
    taps.lags.forEach((lag, k) => {
      const moved = (by: number) => ({ ...here, [name]: here[name].map((value, i) => (i === lag - 1 ? value + by : value)) });
      const quotient = (deviance(moved(1e-6)) - deviance(moved(-1e-6))) / 2e-6;
      expect(Math.abs(taps.values[k] - quotient)).toBeLessThan(1e-4 * Math.max(1, Math.abs(quotient)));
    });
  }
});

it('the exact likelihood is that of the normal density with the model’s covariances', () => {
  const parts = polynomials(order, x);
  const n = 24;
  const some = w.slice(0, n);
  // Autocovariances from so many weights of past noise that the rest does not count.
  const far = 4000;
  const psi = new Float64Array(far);
  for (let j = 0; j < far; j++) {
    psi[j] = j === 0 ? 1 : (parts.theta[j - 1] ?? 0);
    for (let i = 1; i <= Math.min(j, parts.phi.length); i++) psi[j] += parts.phi[i - 1] * psi[j - i];
  }
  const gamma = Array.from({ length: n }, (_, k) => psi.slice(k).reduce((sum, value, j) => sum + value * psi[j], 0));
  // Cholesky; each column solved for the series and for ones.
  const L = Array.from({ length: n }, () => new Float64Array(n));
  const solved = (values: (i: number) => number) => {
    const out = new Float64Array(n);
    for (let i = 0; i < n; i++) out[i] = (values(i) - L[i].slice(0, i).reduce((sum, l, j) => sum + l * out[j], 0)) / L[i][i];
    return out;
  };
  let logs = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const rest = gamma[i - j] - L[i].slice(0, j).reduce((sum, l, k) => sum + l * L[j][k], 0);
      L[i][j] = i === j ? Math.sqrt(rest) : rest / L[j][j];
      if (i === j) logs += 2 * log(L[i][i]);
    }
  const [values, ones] = [solved((i) => some[i]), solved(() => 1)];
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const level = dot(values, ones) / dot(ones, ones);
  const squares = dot(values, values) - level * dot(values, ones);
  const found = exactLikelihood(some, parts, true);
  expect(found.level).toBeCloseTo(level, 8);
  expect(found.squares).toBeCloseTo(squares, 8);
  expect(found.deviance).toBeCloseTo(n * log(squares / n) + logs, 7);
});

it('a filter that has settled goes on as one that has not', () => {
  const long = differenced(madeUpSeries(900, 4, 'settled'), order);
  const parts = polynomials(order, x);
  for (const constant of [true, false]) {
    const [quick, whole] = [exactLikelihood(long, parts, constant), exactLikelihood(long, parts, constant, true)];
    expect(quick.deviance).toBeCloseTo(whole.deviance, 6);
    expect(quick.level).toBeCloseTo(whole.level, 7);
    expect(whole.ahead).toHaveLength(parts.theta.length);
  }
});
