/** The forecastable region of exponential smoothing: where wrong first states are forgotten (Hyndman et al. 2008, §10.2). */
import { exp, log } from '../../base/float.ts';
import type { Form } from './form.ts';
import type { Smoothing } from './recursion.ts';

/** The matrix is squared so often: its power is that of 4096 steps. */
const SQUARINGS = 12;
/** Roots on the unit circle, as of a level that a season could hold as well, may seem this far beyond it. */
const EDGE = 1.005;

/** Whether the recursion's largest root is not beyond the unit circle; multiplicative forms are judged as their additive kin. */
export function isForecastable({ trend, season }: Form, smoothing: Smoothing, period: number): boolean {
  const m = season === 'N' ? 0 : period;
  const size = 2 + m;
  let matrix = discountMatrix(trend !== 'N', m, smoothing);
  let growth = 0;
  for (let k = 0; k < SQUARINGS; k++) {
    const next = new Float64Array(size * size);
    let most = 0;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        let sum = 0;
        for (let h = 0; h < size; h++) sum += matrix[i * size + h] * matrix[h * size + j];
        next[i * size + j] = sum;
        most = Math.max(most, Math.abs(sum));
      }
    if (most === 0) return true;
    for (let i = 0; i < next.length; i++) next[i] /= most;
    matrix = next;
    growth = 2 * growth + log(most);
  }
  return exp(growth / 2 ** SQUARINGS) <= EDGE;
}

/** One step of the recursion on a series of zeros: states are level, slope and the season, next phase first. */
function discountMatrix(hasTrend: boolean, m: number, { alpha, beta, gamma, phi }: Smoothing): Float64Array {
  const size = 2 + m;
  const matrix = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const at = (i: number) => (i === j ? 1 : 0);
    const slope = hasTrend ? phi * at(1) : 0;
    const base = at(0) + slope;
    const error = -(base + (m > 0 ? at(2) : 0));
    matrix[j] = base + alpha * error;
    matrix[size + j] = hasTrend ? slope + beta * error : 0;
    for (let k = 0; k < m - 1; k++) matrix[(2 + k) * size + j] = at(3 + k);
    if (m > 0) matrix[(1 + m) * size + j] = at(2) + gamma * error;
  }
  return matrix;
}
