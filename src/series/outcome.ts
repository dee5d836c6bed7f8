/** What comes of fitting a panel: the model that travels on, and the results that charts and the registry read. */
import { labelWords, type Phrase, phrase, type Words } from '../base/words.ts';
import { findColumn } from '../kind/schema.ts';
import type { Frame } from '../recipe/frame.ts';
import type { ModelResult, Results } from '../recipe/results.ts';
import type { SeriesModel } from '../recipe/series-model.ts';
import { frameIds } from '../recipe/track.ts';
import { schemaOf } from '../table/table.ts';
import { aheadOf, boundName, fanOf } from './ahead.ts';
import type { FittedPanel } from './fit.ts';
import { LEVELS } from './intervals.ts';
import { METHOD_TITLES } from './methods.ts';
import type { Panel } from './panel.ts';
import { coverageOf, type Judged, scoresByStep, scoresOf } from './scores.ts';

export interface Asked {
  panel: Panel;
  time: string;
  ids: readonly string[];
  target: string;
  known: readonly string[];
  periods: readonly number[];
  horizon: number;
}

/** `notes` are kept with the model; known columns only where trees have a say. */
export function modelOf(
  { panel, time, ids, target, known, periods, horizon }: Asked,
  fitted: FittedPanel,
  frame: Frame,
  learner: SeriesModel['learner'],
  title: string,
  notes: readonly Words[],
): SeriesModel {
  const schema = schemaOf(frame.table);
  // Only trees look at what is known in advance: without a say of theirs it need not be given.
  const needed = Object.keys(fitted.shared).length > 0 ? known : [];
  return {
    shape: 'series',
    task: 'forecast',
    inputs: [
      ...ids.map((name) => ({ ...findColumn(schema, name)!, role: 'group' as const })),
      ...needed.map((name) => ({ ...findColumn(schema, name)!, role: 'feature' as const })),
    ],
    outputs: [
      { name: 'forecast', type: 'number', role: 'value' },
      ...LEVELS.flatMap((level) => [
        { name: boundName('lower', level), type: 'number' as const, role: 'quantile' as const, of: String((1 - level) / 2) },
        { name: boundName('upper', level), type: 'number' as const, role: 'quantile' as const, of: String((1 + level) / 2) },
      ]),
    ],
    target,
    title,
    learner,
    time,
    ids,
    known: needed,
    grid: panel.grid,
    periods,
    horizon,
    levels: LEVELS,
    series: needed.length > 0 ? fitted.series : fitted.series.map(({ known: _, ...one }) => one),
    ...(Object.keys(fitted.shared).length > 0 ? { shared: fitted.shared } : {}),
    about: {
      rowCount: panel.rowCount,
      notes,
      metrics: fitted.scores,
      ...(fitted.importances.length > 0 ? { importances: fitted.importances } : {}),
    },
    learned: { source: frame.rows.source, ids: frameIds(frame) },
  };
}

/** Series that charts and lists carry. */
const SHOWN = 100;

export const resultFor = (name: Words, judged: readonly Judged[], scores: Record<string, number>, notes: Words[] = []): ModelResult => {
  const join = (of: (one: Judged) => Float64Array) => Float64Array.from(judged.flatMap((one) => Array.from(of(one))));
  const truth = join((one) => one.truth);
  return {
    name,
    ids: Int32Array.from(truth.keys()),
    truth,
    predicted: join((one) => one.mean.subarray(0, one.truth.length)),
    metrics: scores,
    notes,
  };
};

/** What stands above the methods: their weighed mean, or of each series its best method alone. */
export const togetherName = (best: boolean): Phrase =>
  best ? phrase('series.best-of-each', 'Best method of each series') : phrase('series.together', 'Methods together');

/** The ensemble first, or the `best` methods of the series, then the methods, the best first; with the fan of the forecasts and errors by step and series. */
export function resultsOf(model: SeriesModel, fitted: FittedPanel, { grid, series }: Panel, best = false): Results {
  const { levels, horizon } = model;
  const single = fitted.tried.length === 1;
  const ranked = fitted.tried
    .filter(({ judged }) => judged.length > 0)
    .sort((a, b) => (a.scores.mase ?? a.scores.mae) - (b.scores.mase ?? b.scores.mae));
  const shown = [
    {
      name: single ? labelWords(METHOD_TITLES[fitted.tried[0].method] ?? '') : togetherName(best),
      judged: fitted.judged,
      scores: fitted.scores,
    },
    ...(single ? [] : ranked.map(({ method, judged, scores }) => ({ name: labelWords(METHOD_TITLES[method] ?? method), judged, scores }))),
  ].filter(({ judged }) => judged.length > 0);
  const fans = fitted.series.slice(0, SHOWN).map((one) => fanOf(aheadOf(model, one, horizon)));
  return {
    task: 'forecast',
    target: model.target,
    primary: fitted.scores.mase === undefined ? 'mae' : 'mase',
    ...(shown.length > 0 ? { chosen: 0 } : {}),
    models: shown.map(({ name, judged, scores }) => resultFor(name, judged, scores)),
    fan: { grid, levels, series: fans, total: fitted.series.length, ...coverageOf(fitted.scores, levels) },
    ...(shown.length > 0 ? { errors: errorsOf(shown, horizon, levels, (place) => series[place].key.join(' · ')) } : {}),
  };
}

/** The worst series of the first model first; `nameOf` names a series by its place. */
export function errorsOf(
  models: readonly { judged: readonly Judged[] }[],
  horizon: number,
  levels: readonly number[],
  nameOf: (place: number) => string,
): NonNullable<Results['errors']> {
  const places = [...new Set(models[0].judged.map(({ series }) => series))];
  const bySeries = models.map(({ judged }) => {
    const own = new Map<number, Judged[]>();
    for (const one of judged) own.set(one.series, [...(own.get(one.series) ?? []), one]);
    return own;
  });
  const rows = places.map((place) => ({ name: nameOf(place), metrics: bySeries.map((own) => scoresOf(own.get(place) ?? [], levels)) }));
  const worst = (metrics: Record<string, number> | undefined) => metrics?.mase ?? metrics?.smape ?? 0;
  rows.sort((a, b) => worst(b.metrics[0]) - worst(a.metrics[0]));
  return { steps: models.map(({ judged }) => scoresByStep(judged, horizon, levels)), series: rows.slice(0, SHOWN), total: rows.length };
}
