/** What is chosen for the user where he leaves it open: seasons, how far ahead. */
import { detectPeriod } from '../forecast/period.ts';
import { originLeast } from '../forecast/rolling.ts';
import { usualPeriods } from '../table/series/grid.ts';
import type { Panel } from './panel.ts';

const longestOf = ({ series }: Panel): number => series.reduce((most, { y }) => Math.max(most, y.length), 0);

/** So many of the latest values tell a season. */
const TELLING = 2500;

/**
 * Seasons in steps: as given, 1 being none, else the usual ones that the longest history shows twice. Steps by the clock without a usual
 * season may have one of their own, as machines do: the longest history is asked.
 */
export function periodsFor(panel: Panel, given: number | null): number[] {
  if (given !== null) return given > 1 ? [given] : [];
  const longest = longestOf(panel);
  const usual = usualPeriods(panel.grid, longest);
  const { unit } = panel.grid;
  if (usual.length > 0 || (unit !== 'second' && unit !== 'minute' && unit !== 'hour')) return usual;
  const shown = panel.series.find(({ y }) => y.length === longest);
  const own = shown ? detectPeriod(shown.y.slice(-TELLING)) : 1;
  return own > 1 ? [own] : [];
}

const LEAST_AHEAD = 6;
const MOST_AHEAD = 48;

/**
 * One season, at least 6 and at most 48 steps, but no more than a fifth of the longest history, nor more than leaves two seasons before one
 * origin, so that forecasts can be judged.
 */
export function horizonFor(panel: Panel, periods: readonly number[], given: number | null): number {
  if (given !== null) return given;
  const period = periods[0] ?? 0;
  const judged = longestOf(panel) - originLeast(period);
  const most = judged >= LEAST_AHEAD ? Math.min(MOST_AHEAD, judged) : MOST_AHEAD;
  const wanted = Math.min(most, Math.max(LEAST_AHEAD, period));
  return Math.max(1, Math.min(wanted, Math.floor(longestOf(panel) / 5)));
}
