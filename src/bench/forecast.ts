/**
 * `npm run bench:forecast -- [METHOD,METHOD…] [--full] [--fresh] [--minutes=N]`: our forecasting methods on the shared series beside R's
 * methods and M3's entrants: MASE, sMAPE, coverage and CPU seconds a series on one thread. Every tenth series of M3 unless `--full`. A JSON
 * line per series and method is kept, so that a long run can be taken up again, in pieces of `--minutes`; `--fresh` begins anew. Each
 * series is a panel of one, as the nodes have it.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stream } from '../base/random.ts';
import { coverage, mase, smape } from '../metrics/forecasting.ts';
import { runShared } from '../nodes/shared-learner.ts';
import { aheadOf } from '../series/ahead.ts';
import { fitPanel } from '../series/fit.ts';
import { LEVELS } from '../series/intervals.ts';
import { runMethod } from '../series/method-job.ts';
import { AUTO_METHODS } from '../series/methods.ts';
import type { Panel } from '../series/panel.ts';
import type { Grid } from '../table/series/grid.ts';
import { type BenchSeries, m3, namedSets, peers } from './forecast-data.ts';

const METHODS = ['seasonal-naive', 'standard-theta', 'dynamic-theta', 'theta', 'ets', 'arima', 'ensemble'];
const KEPT = path.resolve('node_modules/.cache/millrace-bench/forecast.jsonl');
const DATA = path.resolve('../shared/data');

interface Line {
  set: string;
  id: string;
  group: string;
  method: string;
  mase: number;
  smape: number;
  /** Shares of the horizon within the intervals; null where the method has none. */
  in80: number | null;
  in95: number | null;
  steps: number;
  /** Of CPU, so that what else the machine does hardly counts. */
  seconds: number;
  form: string;
}

/** What the nodes do with every method that suits the series; else the one method, not judged first. */
const ENSEMBLE = 'ensemble';
const ORIGINS = 3;

/** A step whose usual season it is, so that trees have a calendar; peers were told the season and no dates either. */
const UNITS: Readonly<Record<number, Grid['unit']>> = { 4: 'quarter', 7: 'day', 12: 'month', 24: 'hour', 52: 'week', 365: 'day' };

async function measure(method: string, { set, id, group, period, horizon, history, truth }: BenchSeries): Promise<Line> {
  const began = process.cpuUsage();
  const ctx = { random: (purpose: string) => stream('bench', purpose), stopRequested: () => false };
  const panel: Panel = {
    grid: { unit: UNITS[period] ?? 'year', every: 1, anchor: 0 },
    series: [{ key: [], first: 0, y: history, known: [], filled: 0 }],
    empty: 0,
    rowCount: history.length,
    notes: [],
  };
  const together = method === ENSEMBLE;
  const fitted = await fitPanel(
    panel,
    {
      methods: together ? AUTO_METHODS : [method],
      choose: together,
      periods: period > 1 ? [period] : [],
      horizon,
      origins: together ? ORIGINS : 0,
      levels: LEVELS,
    },
    {
      width: 1,
      now: () => performance.now(),
      stopRequested: () => false,
      run: async (job) => runMethod(panel.series, job, ctx),
      shared: (job) => runShared(panel, job, ctx),
      told: () => {},
    },
  );
  const [one] = fitted.series;
  const { mean, lower, upper } = aheadOf({ horizon, levels: LEVELS }, one, horizon);
  const { user, system } = process.cpuUsage(began);
  const within = (l: number) => {
    const [low, high] = [lower, upper].map((bound) => bound.subarray(l * horizon, (l + 1) * horizon));
    return low.every(Number.isFinite) ? coverage(truth, low, high) : null;
  };
  return {
    set,
    id,
    group,
    method,
    mase: mase(truth, mean, history, period),
    smape: smape(truth, mean),
    in80: within(0),
    in95: within(1),
    steps: horizon,
    seconds: (user + system) / 1e6,
    form: one.members
      .toSorted((a, b) => b.weight - a.weight)
      .map(({ form, weight }) => (together ? `${weight.toFixed(2)} ${form}` : form))
      .join(' + '),
  };
}

const args = process.argv.slice(2);
const flags = new Set(args.filter((arg) => arg.startsWith('--')));
const wanted = args.find((arg) => !arg.startsWith('--'))?.split(',') ?? METHODS;
if (flags.has('--fresh')) rmSync(KEPT, { force: true });
mkdirSync(path.dirname(KEPT), { recursive: true });
const keyOf = ({ set, id, method }: { set: string; id: string; method: string }) => `${set} ${id} ${method}`;
const done = new Map<string, Line>();
if (existsSync(KEPT)) {
  for (const text of readFileSync(KEPT, 'utf8').split('\n').filter(Boolean)) {
    const line = JSON.parse(text) as Line;
    done.set(keyOf(line), line);
  }
}

const minutes = Number([...flags].find((flag) => flag.startsWith('--minutes='))?.split('=')[1] ?? Number.POSITIVE_INFINITY);
const until = performance.now() + minutes * 60_000;
const series = [...namedSets(DATA), ...m3(DATA, flags.has('--full'))];
const lines: Line[] = [];
for (const id of wanted) {
  for (const one of series) {
    const key = keyOf({ ...one, method: id });
    let line = done.get(key);
    if (!line) {
      if (performance.now() > until) continue;
      line = await measure(id, one);
      appendFileSync(KEPT, `${JSON.stringify(line)}\n`);
    }
    lines.push(line);
  }
}
const asked = series.length * wanted.length;
if (lines.length < asked)
  process.stdout.write(`${lines.length} of ${asked} done: the figures are of those. The same command goes on; leave --fresh out.\n`);
report();

function report(): void {
  const out = (text: string) => process.stdout.write(`${text}\n`);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const at = (values: readonly number[], share: number) => [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))];
  const percent = (of: readonly Line[], read: (line: Line) => number | null) => {
    const told = of.filter((line) => read(line) !== null);
    const steps = told.reduce((sum, line) => sum + line.steps, 0);
    return steps === 0 ? '–' : ((100 * told.reduce((sum, line) => sum + line.steps * (read(line) ?? 0), 0)) / steps).toFixed(1);
  };
  for (const set of ['sets', 'M3']) {
    const own = lines.filter((line) => line.set === set);
    const groups = set === 'M3' ? [...new Set(own.map(({ group }) => group))] : [];
    const cells = (values: readonly string[]) => values.map((value, i) => (i === 0 ? value.padEnd(16) : value.padStart(12))).join('');
    const count = new Set(own.map(({ id }) => id)).size;
    out(`\n${set === 'M3' ? 'M3' : 'Named series, three origins each'}: ${count} series`);
    out(cells(['method', 'MASE', 'sMAPE %', ...groups, '80 %', '95 %', 'CPU ms med.', 'CPU ms p90']));
    for (const id of wanted) {
      const rows = own.filter(({ method }) => method === id);
      const seconds = rows.map((line) => line.seconds * 1000);
      const parts = groups.map((group) => mean(rows.filter((line) => line.group === group).map((line) => line.mase)).toFixed(3));
      const figures = [mean(rows.map((line) => line.mase)).toFixed(3), (100 * mean(rows.map((line) => line.smape))).toFixed(2), ...parts];
      out(
        cells([
          id,
          ...figures,
          percent(rows, (l) => l.in80),
          percent(rows, (l) => l.in95),
          at(seconds, 0.5).toFixed(1),
          at(seconds, 0.9).toFixed(1),
        ]),
      );
    }
    const others = peers(DATA)
      .filter((peer) => peer.set === set)
      .toSorted((a, b) => a.mase - b.mase);
    out(
      `peers’ MASE${set === 'M3' ? ' on all 3,003' : ''}, best first: ${others.map(({ name, mase: value }) => `${name} ${value.toFixed(3)}`).join(', ')}`,
    );
  }
}
