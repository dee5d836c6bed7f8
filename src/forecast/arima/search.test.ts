/** The order found for long series: seasons that hardly change bring moving averages to the edge, which must not cost the model them. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { naiveScale } from '../../metrics/forecasting.ts';
import { forecastArima } from './ahead.ts';
import { fitAutomatic } from './search.ts';

const LENGTH = 204;
const HORIZON = 12;
/** A fixed season of twelve around a level that wanders a little. */
function steadySeason(seed: number): Float64Array {
  const random = stream('steady season', String(seed));
  let level = 0;
  return Float64Array.from({ length: LENGTH + HORIZON }, (_, i) => {
    level += 0.02 * random.normal();
    return 0.5 + level * 0.1 + 0.2 * Math.sin((i * Math.PI) / 6) + 0.05 * random.normal();
  });
}

describe('long series with a season that hardly changes', () => {
  it.each([1, 2, 3, 4])('keep the coefficients of the order that was found: %i', (seed) => {
    const all = steadySeason(seed);
    const y = all.slice(0, LENGTH);
    const fitted = fitAutomatic(y, 12, () => false);
    const { order, theta, weights, aicc } = fitted;
    expect(Number.isFinite(aicc)).toBe(true);
    expect(order.D).toBe(1);
    if (order.q + order.Q > 0) expect(theta.some((value) => value !== 0)).toBe(true);
    expect(weights.every(Number.isFinite)).toBe(true);
    const mean = forecastArima(fitted, HORIZON).mean;
    const error = mean.reduce((sum, value, h) => sum + Math.abs(value - all[LENGTH + h]) / HORIZON, 0);
    expect(error / naiveScale(y, 12)).toBeLessThan(1.1);
  });
});
