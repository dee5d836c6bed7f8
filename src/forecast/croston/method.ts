/**
 * Forecasts of demand that is mostly zero: Croston (1972) smooths sizes and gaps apart, Syntetos & Boylan (2005) remove its bias, and
 * Teunter, Syntetos & Babai (2011) smooth the chance of a demand, which falls while none comes.
 */
import { flat } from '../lower-parts.ts';
import type { ForecastMethod } from '../method.ts';
import { residualSize } from '../residual-size.ts';

type Variant = 'Croston' | 'SBA' | 'TSB';

interface FittedCroston {
  variant: Variant;
  /** Expected demand per step. */
  rate: number;
  /** Smoothing of sizes, and of gaps or chances. */
  alpha: number;
  beta: number;
  sigma: number;
}

const SMOOTHING = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3];

/** Expected demand before each step, and after the last as the return value. */
function rates(y: Float64Array, variant: Variant, alpha: number, beta: number, out: Float64Array): number {
  const n = y.length;
  let demands = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (y[i] === 0) continue;
    demands++;
    total += y[i];
  }
  if (demands === 0) {
    out.fill(0);
    return 0;
  }
  let size = total / demands;
  let gap = n / demands;
  let chance = demands / n;
  let since = 1;
  // Without zeros there are no gaps, and no bias.
  const bias = variant === 'SBA' && demands < n ? 1 - beta / 2 : 1;
  const rate = () => (variant === 'TSB' ? size * chance : (bias * size) / gap);
  for (let i = 0; i < n; i++) {
    out[i] = rate();
    if (y[i] === 0) {
      since++;
      chance -= beta * chance;
      continue;
    }
    size += alpha * (y[i] - size);
    gap += beta * (since - gap);
    chance += beta * (1 - chance);
    since = 1;
  }
  return rate();
}

const intermittent = (id: string, variant: Variant): ForecastMethod<FittedCroston> => ({
  id,
  least: () => 2,
  fit: (y) => {
    const expected = new Float64Array(y.length);
    let best: FittedCroston | undefined;
    let least = Number.POSITIVE_INFINITY;
    // Croston and SBA smooth both alike, as is usual; sizes and chances of TSB differ.
    for (const alpha of SMOOTHING)
      for (const beta of variant === 'TSB' ? SMOOTHING : [alpha]) {
        const rate = rates(y, variant, alpha, beta, expected);
        let error = 0;
        for (let i = 0; i < y.length; i++) error += (y[i] - expected[i]) * (y[i] - expected[i]);
        if (error < least) {
          least = error;
          best = { variant, rate, alpha, beta, sigma: residualSize((i) => y[i] - expected[i], 0, y.length, 1) };
        }
      }
    return best ?? { variant, rate: 0, alpha: 0, beta: 0, sigma: 0 };
  },
  forecast: ({ rate, sigma }, horizon) => ({
    mean: new Float64Array(horizon).fill(rate),
    deviation: new Float64Array(horizon).fill(sigma),
  }),
  form: ({ variant }) => variant,
  lower: (graph, fitted, horizon) =>
    flat(
      graph,
      fitted.map((one) => one.rate),
      horizon,
    ),
});

export const croston = intermittent('croston', 'Croston');
export const sba = intermittent('sba', 'SBA');
export const tsb = intermittent('tsb', 'TSB');

/** Whether so many values are 0, and none negative, that these methods are meant for it. */
export function isIntermittent(y: Float64Array): boolean {
  let zeros = 0;
  for (const value of y) {
    if (value < 0) return false;
    if (value === 0) zeros++;
  }
  return zeros > 0.3 * y.length && zeros < y.length;
}
