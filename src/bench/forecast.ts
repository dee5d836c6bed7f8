/**
 * `npm run bench:forecast -- [METHOD,METHOD…] [--full] [--fresh]`: our forecasting methods on the shared series beside R's methods and M3's
 * entrants: MASE, sMAPE, coverage and seconds a series on one thread. Every tenth series of M3 unless `--full`. A JSON line per series and
 * method is kept, so that a long run can be taken up again; `--fresh` begins anew.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stream } from '../base/random.ts';
import { intervalOf } from '../forecast/ensemble/intervals.ts';
import { ensemble } from '../forecast/ensemble/method.ts';
import { forecastMethod } from '../forecast/index.ts';
import type { ForecastMethod } from '../forecast/method.ts';
import { coverage, mase, smape } from '../metrics/forecasting.ts';
import { type BenchSeries, m3, namedSets, peers } from './forecast-data.ts';

const METHODS = ['seasonal-naive', 'standard-theta', 'dynamic-theta', 'theta', 'ets', 'arima', 'ensemble'];
const KEPT = path.resolve('node_modules/.cache/millrace-bench/forecast.jsonl');
const DATA = path.resolve('../shared/data');
const STRIDE = 10;

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
  seconds: number;
  form: string;
}

function measure(method: ForecastMethod, { set, id, group, period, horizon, history, truth }: BenchSeries): Line {
  const began = performance.now();
  const random = (purpose: string) => stream('bench', purpose);
  const fitted = method.fit(history, { periods: period > 1 ? [period] : [], horizon, random, stopRequested: () => false });
  const forecast = method.forecast(fitted, horizon);
  const seconds = (performance.now() - began) / 1000;
  const within = (level: number) => {
    const { low, high } = intervalOf(forecast, level);
    return low.every(Number.isFinite) ? coverage(truth, low, high) : null;
  };
  return {
    set,
    id,
    group,
    method: method.id,
    mase: mase(truth, forecast.mean, history, period),
    smape: smape(truth, forecast.mean),
    in80: within(0.8),
    in95: within(0.95),
    steps: horizon,
    seconds,
    form: method.form(fitted),
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

const series = [...namedSets(DATA), ...m3(DATA, flags.has('--full') ? 1 : STRIDE)];
const lines: Line[] = [];
for (const id of wanted) {
  const method = id === ensemble.id ? (ensemble as ForecastMethod) : forecastMethod(id);
  for (const one of series) {
    const key = keyOf({ ...one, method: id });
    const line = done.get(key) ?? measure(method, one);
    if (!done.has(key)) appendFileSync(KEPT, `${JSON.stringify(line)}\n`);
    lines.push(line);
  }
}
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
    const cells = (values: readonly string[]) => values.map((value, i) => (i === 0 ? value.padEnd(16) : value.padStart(10))).join('');
    const count = new Set(own.map(({ id }) => id)).size;
    out(`\n${set === 'M3' ? 'M3' : 'Named series, three origins each'}: ${count} series`);
    out(cells(['method', 'MASE', 'sMAPE %', ...groups, '80 %', '95 %', 'ms median', 'ms p90']));
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
    const others = peers(DATA).filter((peer) => peer.set === set);
    out(
      `peers’ MASE${set === 'M3' ? ' on all 3,003' : ''}: ${others.map(({ name, mase: value }) => `${name} ${value.toFixed(3)}`).join(', ')}`,
    );
  }
}
