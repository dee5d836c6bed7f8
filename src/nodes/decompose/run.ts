/** Runs Decompose & ACF: STL of each series, and its correlations with itself. */
import { phrase } from '../../base/words.ts';
import { autocorrelation, partialAutocorrelation, whiteNoiseBand } from '../../forecast/autocorrelation.ts';
import { mstl } from '../../forecast/stl.ts';
import type { Outputs, RunContext } from '../../kind/run.ts';
import { freeName } from '../../kind/schema.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { Decomposition, Results } from '../../recipe/results.ts';
import { seenPeriods } from '../../series/method-job.ts';
import { type Column, categoriesOf, numeric } from '../../table/column.ts';
import { timeOfStep } from '../../table/series/grid.ts';
import { type Field, type Table, table } from '../../table/table.ts';
import { type NodeSeries, nodeSeries } from '../forecaster/panel.ts';
import { seriesOf } from '../series-params.ts';
import { decompose } from './kind.ts';

/** Series that the charts carry. */
const SHOWN = 100;

type Parts = Decomposition['series'][number] & { key: readonly string[] };

function partsOf({ panel, periods }: NodeSeries, robust: boolean, lags: number | null): Parts[] {
  return panel.series.map(({ key, first, y }) => {
    const own = seenPeriods(periods, y.length);
    const { trend, seasons, rest } = mstl(y, own, robust);
    const season = new Float64Array(y.length);
    for (const one of seasons) for (let i = 0; i < season.length; i++) season[i] += one[i];
    const period = own[0] ?? 1;
    const most = Math.max(1, Math.min(lags ?? Math.max(20, 3 * period), y.length - 1));
    return {
      key,
      name: key.join(' · '),
      first,
      observed: y.slice(),
      trend,
      season,
      rest,
      // Lag 0 is always 1 and tells nothing.
      acf: autocorrelation(y, most).slice(1),
      pacf: partialAutocorrelation(y, most).slice(1),
      bound: whiteNoiseBand(y.length),
      period,
    };
  });
}

/** Columns of ids, one row per entry of each series, then the given columns. */
function longTable(ids: readonly string[], parts: readonly Parts[], length: (part: Parts) => number, columns: [Field, Column][]): Table {
  const taken = new Set<string>();
  const heads = ids.map((name, i): [Field, Column] => [
    { name, role: 'group' },
    categoriesOf(parts.flatMap((part) => new Array<string>(length(part)).fill(part.key[i]))),
  ]);
  const all = [...heads, ...columns];
  return table(
    all.map(([field]) => ({ ...field, name: freeName(field.name, taken) })),
    all.map(([, column]) => column),
  );
}
const joined = (arrays: readonly ArrayLike<number>[]): Float64Array => Float64Array.from(arrays.flatMap((values) => Array.from(values)));

export async function run({ params, inputs, log }: RunContext): Promise<Outputs> {
  const own = nodeSeries(inputs.table as Frame, { ...params, horizon: 1 });
  const { panel, ids, time, target, periods } = own;
  const parts = partsOf(own, params.robust === true, params.lags === null ? null : Number(params.lags));
  log(
    periods.length === 0
      ? phrase('log.no-season', '{series}, no season', { series: seriesOf(parts.length) })
      : phrase('log.seasons', '{series}, season of {periods} steps', { series: seriesOf(parts.length), periods: periods.join(', ') }),
  );
  for (const note of panel.notes) log(note);
  const number = (name: string, of: (part: Parts) => ArrayLike<number>): [Field, Column] => [
    { name, role: 'feature' },
    numeric(joined(parts.map(of))),
  ];
  const times = joined(parts.map(({ first, observed }) => Array.from(observed, (_, i) => timeOfStep(panel.grid, first + i))));
  const table = longTable(ids, parts, ({ observed }) => observed.length, [
    [{ name: time, role: 'time' }, numeric(times, 'datetime')],
    number(target, ({ observed }) => observed),
    number('trend', ({ trend }) => trend),
    number('season', ({ season }) => season),
    number('rest', ({ rest }) => rest),
    number('adjusted', ({ observed, season }) => observed.map((value, i) => value - season[i])),
  ]);
  const lags = longTable(ids, parts, ({ acf }) => acf.length, [
    [{ name: 'lag', role: 'feature' }, numeric(joined(parts.map(({ acf }) => Array.from(acf, (_, i) => i + 1))), 'integer')],
    number('acf', ({ acf }) => acf),
    number('pacf', ({ pacf }) => pacf),
    number('bound', ({ acf, bound }) => acf.map(() => bound)),
  ]);
  const shown = parts.slice(0, SHOWN).map(({ key: _, ...part }) => part);
  const results: Results = {
    task: 'forecast',
    target,
    primary: 'mase',
    models: [],
    decomposition: { grid: panel.grid, series: shown, total: parts.length },
  };
  const origin = { kind: decompose.id, version: decompose.version, params, inputs: [], title: decompose.title };
  return { results, table: rawFrame(table, origin), lags: rawFrame(lags, origin) };
}
