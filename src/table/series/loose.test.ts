/** Times that stand off their steps: readings early and late, clocks that run off, days at any hour, months on any day. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import { DAY_MS } from '../datetime.ts';
import { detectGrid } from './detect.ts';
import { stepAt, timeOfStep } from './grid.ts';

const BEGIN = Date.UTC(2024, 2, 1, 6);
const MINUTE = 60_000;
const times = (count: number, of: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => BEGIN + of(i)).sort();
const steps = (own: Float64Array) => {
  const { grid } = detectGrid([own])!;
  return Array.from(own, (time) => stepAt(grid, time));
};
const inOrder = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('times off their steps', () => {
  it('readings some seconds early or late are of the minute that is nearest', () => {
    const random = stream('jitter');
    const own = times(300, (i) => i * 10 * MINUTE + Math.round(8000 * (random.uniform() - 0.5)));
    const found = detectGrid([own])!;
    expect(found).toMatchObject({ grid: { unit: 'minute', every: 10, anchor: BEGIN }, steps: 299, single: 299, holes: 0 });
    expect(steps(own)).toEqual(inOrder(300));
    expect(timeOfStep(found.grid, 6)).toBe(BEGIN + 60 * MINUTE);
  });

  it('missing ones stay missing, and series stand on the same steps', () => {
    const random = stream('holes');
    const some = (i: number) => i * 10 * MINUTE + Math.round(8000 * (random.uniform() - 0.5));
    const own = times(300, some).filter((_, i) => i % 9 !== 4);
    const other = times(80, (i) => some(i) + 40 * MINUTE);
    const found = detectGrid([own, other])!;
    expect(found.grid).toMatchObject({ unit: 'minute', every: 10, anchor: BEGIN });
    expect(found.holes).toBe(33);
    expect(stepAt(found.grid, other[0])).toBe(4);
  });

  it('a clock that runs off loses or gains a reading where it has run off half a step', () => {
    // Slow: a step has none in the end. Fast: a step has two.
    const slow = times(300, (i) => Math.round(i * 10 * MINUTE * 1.004));
    expect(detectGrid([slow])!.grid).toMatchObject({ unit: 'minute', every: 10 });
    const gaps = steps(slow).filter((step, i, all) => i > 0 && step - all[i - 1] === 2);
    expect(gaps).toHaveLength(1);
    const fast = times(300, (i) => Math.round(i * 10 * MINUTE * 0.996));
    expect(detectGrid([fast])!.grid).toMatchObject({ unit: 'minute', every: 10 });
    expect(new Set(steps(fast)).size).toBe(299);
  });

  it('readings three minutes past stand at three minutes past; other steps are told in seconds', () => {
    const random = stream('past');
    const past = times(200, (i) => i * 10 * MINUTE + 3 * MINUTE + Math.round(4000 * random.uniform()));
    const { grid } = detectGrid([past])!;
    expect(grid).toMatchObject({ unit: 'minute', every: 10 });
    expect(Math.abs(grid.anchor - BEGIN - 3 * MINUTE)).toBeLessThanOrEqual(MINUTE);
    expect(steps(past)).toEqual(inOrder(200));
    const odd = times(200, (i) => i * 13_000 + Math.round(900 * random.uniform()));
    expect(detectGrid([odd])!.grid).toMatchObject({ unit: 'second', every: 13 });
    expect(steps(odd)).toEqual(inOrder(200));
  });

  it('a few strays among exact hours count for the nearest', () => {
    const own = times(100, (i) => i * 60 * MINUTE - (i % 20 === 7 ? 2000 : 0));
    expect(detectGrid([own])!.grid).toMatchObject({ unit: 'hour', every: 1, anchor: BEGIN });
    expect(steps(own)).toEqual(inOrder(100));
  });

  it('days at any hour are days, working days too, and around midnight', () => {
    const random = stream('days');
    const own = times(60, (i) => i * DAY_MS + Math.round(random.uniform() * 0.7 * DAY_MS));
    expect(detectGrid([own])).toMatchObject({ grid: { unit: 'day', every: 1 }, steps: 59, single: 59 });
    const work = own.filter((time) => ![0, 6].includes(new Date(time).getUTCDay()));
    expect(detectGrid([work])!.grid).toMatchObject({ unit: 'weekday', every: 1 });
    const midnight = times(60, (i) => i * DAY_MS - 6 * 60 * MINUTE + Math.round(600_000 * (random.uniform() - 0.5)));
    expect(detectGrid([midnight])!.grid).toMatchObject({ unit: 'day', every: 1 });
    expect(steps(midnight)).toEqual(inOrder(60));
  });

  it('last working days of months are months by their end, other days of each month are months', () => {
    const lasts = Float64Array.from({ length: 24 }, (_, i) => {
      const end = Date.UTC(2022, i + 1, 0);
      const weekday = new Date(end).getUTCDay();
      return end - (weekday === 0 ? 2 : weekday === 6 ? 1 : 0) * DAY_MS;
    });
    expect(detectGrid([lasts])).toMatchObject({ grid: { unit: 'month', every: 1, end: true }, single: 23 });
    expect(steps(lasts)).toEqual(inOrder(24));
    const any = Float64Array.from({ length: 24 }, (_, i) => Date.UTC(2022, i, 1 + ((i * 7) % 27)));
    expect(detectGrid([any])).toMatchObject({ grid: { unit: 'month', every: 1 }, single: 23 });
  });

  it('times without any step stay irregular', () => {
    const random = stream('visits');
    let at = 0;
    const own = times(200, () => {
      at += -Math.log(1 - random.uniform()) * 10 * MINUTE;
      return Math.round(at);
    });
    expect(detectGrid([own])!.grid.early).toBeUndefined();
  });
});
