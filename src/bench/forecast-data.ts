/** The series of the forecasting benchmark, from the shared data: the named sets with three origins each, and M3. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface BenchSeries {
  set: 'sets' | 'M3';
  /** Unique within the set. */
  id: string;
  group: string;
  /** 1 = no season. */
  period: number;
  horizon: number;
  history: Float64Array;
  truth: Float64Array;
}

const rowsOf = (file: string): string[][] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.replaceAll('"', '').split(','));

/** Missing values are filled along straight lines, as the peers had them. */
function alongLines(cells: readonly string[]): Float64Array {
  const y = Float64Array.from(cells, (cell) => (cell === '' || cell === 'NA' ? Number.NaN : Number(cell)));
  let last = y.findIndex(Number.isFinite);
  for (let i = last + 1; i < y.length; i++) {
    if (!Number.isFinite(y[i])) continue;
    for (let k = last + 1; k < i; k++) y[k] = y[last] + ((y[i] - y[last]) * (k - last)) / (i - last);
    last = i;
  }
  return y;
}

/** Histories and horizons as the peers in R had them. */
export function namedSets(data: string): BenchSeries[] {
  const seen = new Map<string, BenchSeries>();
  for (const [name, origin, count, h, period] of rowsOf(path.join(data, 'baselines_forecast_r.csv'))) {
    const id = `${name}@${origin}`;
    const file = path.join(data, 'forecasting', `${name}.csv`);
    if (seen.has(id) || !existsSync(file)) continue;
    const y = alongLines(rowsOf(file).map((cells) => cells[cells.length - 1]));
    const known = Number(count);
    const horizon = Number(h);
    const truth = y.slice(known, known + horizon);
    seen.set(id, { set: 'sets', id, group: name, period: Number(period), horizon, history: y.slice(0, known), truth });
  }
  return [...seen.values()];
}

/** M3's kinds of series stand one after another: taken by tenths, a run that is cut short has seen some of each. */
const TENTHS = 10;

/** Every tenth series of M3, or all of them, tenth by tenth. */
export function m3(data: string, full: boolean): BenchSeries[] {
  const rows = rowsOf(path.join(data, 'forecasting_m3/m3.csv'));
  return Array.from({ length: full ? TENTHS : 1 }, (_, offset) => rows.filter((_row, i) => i % TENTHS === offset))
    .flat()
    .map(([id, period, h, , group, history, truth]) => ({
      set: 'M3',
      id,
      group: group[0] + group.slice(1).toLowerCase(),
      period: Number(period),
      horizon: Number(h),
      history: Float64Array.from(history.split(' '), Number),
      truth: Float64Array.from(truth.split(' '), Number),
    }));
}

/** Mean MASE of the peers: R's methods on the named sets, M3's entrants on all of it. */
export function peers(data: string): { set: BenchSeries['set']; name: string; mase: number }[] {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const cells of rowsOf(path.join(data, 'baselines_forecast_r.csv'))) {
    const value = Number(cells[6]);
    if (!Number.isFinite(value) || !existsSync(path.join(data, 'forecasting', `${cells[0]}.csv`))) continue;
    const held = sums.get(cells[5]) ?? { sum: 0, count: 0 };
    sums.set(cells[5], { sum: held.sum + value, count: held.count + 1 });
  }
  const most = Math.max(...[...sums.values()].map(({ count }) => count));
  const named = [...sums]
    .filter(([, { count }]) => count === most)
    .map(([name, { sum, count }]) => ({ set: 'sets' as const, name, mase: sum / count }));
  const entrants = rowsOf(path.join(data, 'forecasting_m3/m3_competitor_summary.csv')).filter((cells) => cells[11] === '3003');
  return [...named, ...entrants.map((cells) => ({ set: 'M3' as const, name: cells[0], mase: Number(cells[10]) }))];
}
