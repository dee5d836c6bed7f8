/** Which methods are weighed together, how their weights follow the rolling origins, and how wide intervals are. */
import { describe, expect, it } from 'vitest';
import { madeUpSeries } from '../method.contract.ts';
import type { SeriesForecast } from '../method.ts';
import { originsOf } from '../rolling.ts';
import { normalQuantile, widening } from './intervals.ts';
import { membersFor } from './members.ts';
import { mix, weigh } from './weigh.ts';

const flat = (mean: number, deviation: number): SeriesForecast => ({ mean: Float64Array.of(mean), deviation: Float64Array.of(deviation) });

describe('rolling origins', () => {
  it('leave enough history, longest first', () => {
    expect(originsOf(60, { periods: [12], horizon: 6 }, 3)).toEqual([54, 48, 42]);
    expect(originsOf(40, { periods: [12], horizon: 6 }, 3)).toEqual([34]);
    expect(originsOf(12, { periods: [], horizon: 6 }, 3)).toEqual([]);
  });
});

describe('weights', () => {
  it('are the priors without windows, and go to the better with them', () => {
    expect(weigh([1, 1, 2], [Number.NaN, Number.NaN, Number.NaN], 0, 50)).toEqual([0.25, 0.25, 0.5]);
    const [good, bad] = weigh([1, 1], [0.5, 1], 3, 50);
    expect(good).toBeGreaterThan(0.7);
    expect(good + bad).toBeCloseTo(1, 12);
    const few = weigh([1, 1], [0.5, 1], 1, 50)[0];
    expect(few).toBeGreaterThan(0.5);
    expect(few).toBeLessThan(good);
    expect(weigh([1, 1], [0.5, 1], 3, 200)[0]).toBeGreaterThan(good);
  });

  it('a mixture is as wide as its members and their disagreement', () => {
    const { mean, deviation } = mix([flat(1, 3), flat(3, 3)], [0.5, 0.5]);
    expect(mean[0]).toBe(2);
    expect(deviation[0]).toBeCloseTo(Math.sqrt(10), 12);
    expect(mix([flat(1, Number.NaN), flat(1, 2)], [0.5, 0.5]).deviation[0]).toBe(2);
  });
});

describe('members', () => {
  const ids = (y: Float64Array, periods: readonly number[]) => membersFor(y, { periods }).map(({ id }) => id);
  it('suit the series', () => {
    expect(ids(madeUpSeries(30, 1), [])).toEqual(['theta', 'dynamic-theta', 'ets']);
    expect(ids(madeUpSeries(200, 12), [12])).toContain('arima');
    expect(ids(madeUpSeries(200, 12), [52])).toContain('mstl-ets');
    expect(ids(madeUpSeries(200, 7), [7, 52])).toEqual(['mstl-ets', 'mstl-theta', 'mstl-arima', 'ets', 'arima']);
    expect(ids(madeUpSeries(2, 1), [])).toEqual(['naive']);
    expect(
      ids(
        Float64Array.from({ length: 60 }, (_, i) => (i % 4 === 0 ? 2 : 0)),
        [],
      ),
    ).toContain('tsb');
  });
});

describe('intervals', () => {
  it('widen with what was missed, within reason', () => {
    expect(normalQuantile(0.95)).toBeCloseTo(1.95996, 4);
    const calm = widening(
      Array.from({ length: 36 }, () => 0.5),
      100,
    );
    const wild = widening(
      Array.from({ length: 36 }, () => 50),
      100,
    );
    expect(calm).toBeLessThan(widening([], 100));
    expect(wild).toBeGreaterThan(widening([], 100));
    expect(wild).toBeLessThan(4);
  });
});
