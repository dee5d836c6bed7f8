/** Runs AutoML forecasting: regular steps, guardrails, every allowed method at rolling origins within the time, one weighed model. */
import { guardAlert } from '../../automl/guard-words.ts';
import { guardTable } from '../../automl/report.ts';
import { seriesGuards } from '../../automl/series-guards.ts';
import { createSteering, type Steering } from '../../automl/steering.ts';
import type { Json } from '../../base/json.ts';
import { ProblemError } from '../../base/problem.ts';
import { inEnglish, labelWords, phrase } from '../../base/words.ts';
import { fillParams } from '../../kind/fill.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { NodeCode, RunContext } from '../../kind/run.ts';
import { metricWords } from '../../metrics/metric-info.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { LiveRace, Race, RaceRow } from '../../recipe/results.ts';
import { type FittedPanel, fitPanel, type Tried } from '../../series/fit.ts';
import { LEVELS } from '../../series/intervals.ts';
import type { SharedDone, SharedJob } from '../../series/lagged.ts';
import type { MethodDone, MethodJob } from '../../series/method-job.ts';
import { METHOD_TITLES, standIn } from '../../series/methods.ts';
import { modelOf, resultsOf, togetherName } from '../../series/outcome.ts';
import type { Line } from '../../series/race.ts';
import { categoriesOf, columnOf, numeric } from '../../table/column.ts';
import { movedWords } from '../../table/series/moved.ts';
import { schemaOf, type Table, table, tableDigest } from '../../table/table.ts';
import { rowGroups } from '../../table/verbs/row-keys.ts';
import { forecaster } from '../forecaster/kind.ts';
import { type NodeSeries, nodeSeries } from '../forecaster/panel.ts';
import { makeSeries } from '../make-series/kind.ts';
import { type MadeSeries, madeSeries } from '../make-series/regularise.ts';
import { allowedMethods } from '../method-flags.ts';
import { methodPart, sharedPart } from '../shared-learner.ts';
import { knownAhead, knownNotes, lookOf } from '../tree-params.ts';
import { automlForecast } from './kind.ts';
import { opensAs } from './opens.ts';

interface Prepared {
  made: MadeSeries;
  frame: Frame;
  own: NodeSeries;
  /** What Make time series was given. */
  steps: ParamValues;
}
/** The last table prepared here: every job of a run wants the same one. */
let last: { key: string; prepared: Prepared } | undefined;

function prepared({ inputs, params }: RunContext, log: RunContext['log']): Prepared {
  const t = (inputs.table as Frame).table;
  const key = JSON.stringify([tableDigest(t), params]);
  if (last?.key !== key) {
    const steps = stepsOf(t, params);
    const made = madeSeries(t, steps, log);
    const frame = rawFrame(made.table, {
      kind: makeSeries.id,
      version: makeSeries.version,
      params: steps,
      inputs: [],
      title: makeSeries.title,
    });
    last = {
      key,
      prepared: {
        made,
        steps,
        frame,
        own: nodeSeries(frame, { ...params, time: made.time, ids: { names: [...made.ids] } }),
      },
    };
  }
  return last.prepared;
}
/** As Make time series takes them: several prices or flags of one step are averaged, whatever becomes of the target. */
function stepsOf(t: Table, params: ParamValues): ParamValues {
  const each = params.each as { column: string | null; how: string }[];
  const known = knownAhead(schemaOf(t), params).map(({ name }) => name);
  const more = known.filter((name) => name !== params.target && !each.some(({ column }) => column === name));
  return {
    ...Object.fromEntries(Object.keys(makeSeries.params).map((id) => [id, params[id]])),
    each: [...each, ...more.map((column) => ({ column, how: 'mean' }))],
  };
}

export const parts: NonNullable<NodeCode['parts']> = {
  method: async (ctx, args) => methodPart(ctx, prepared(ctx, () => {}).own.panel, args as MethodJob),
  shared: async (ctx, args) => sharedPart(ctx, prepared(ctx, () => {}).own.panel, args as SharedJob),
};

const titleOf = (method: string) => labelWords(METHOD_TITLES[method] ?? method);

/** Make time series as it was done here. */
const ownSteps = ({ made, steps }: Prepared): ParamValues => ({ ...steps, time: made.time, ids: { names: [...made.ids] } });

function raceOf(ranked: readonly Tried[], fitted: FittedPanel, params: ParamValues, all: Prepared, steering: Steering): Race {
  const { isPinned } = steering;
  const said = steering.said();
  const { made, own } = all;
  const { metric, horizon, period, lags, windows, calendar, origins, seed } = params;
  const columns = { target: params.target, time: made.time, ids: { names: [...made.ids] }, known: { names: [...own.known] } };
  const common = { ...columns, horizon, period, lags, windows, calendar, origins, seed };
  // What is raced is a method as it is, also where a person who chooses it gets another.
  const bare = (method: string) => (standIn(method, own.periods).method === method ? {} : { long_seasons: false });
  return {
    metric: String(metric),
    ...(said.length > 0 ? { said } : {}),
    deal: { folds: Number(params.origins), share: 0, time: made.time },
    seed: Number(params.seed ?? 0),
    steps: [{ kind: makeSeries.id, params: ownSteps(all) }],
    ...opensAs(fitted, params.ensemble === false, isPinned),
    rows: ranked.map(
      (tried): RaceRow => ({
        id: tried.id,
        name: titleOf(tried.method),
        kind: forecaster.id,
        params: fillParams(forecaster.params, { ...common, ...bare(tried.method), method: tried.method } as ParamValues),
        state: tried.state === 'running' ? 'cut' : tried.state,
        ...(tried.scores[String(metric)] === undefined ? {} : { value: tried.scores[String(metric)] }),
        began: tried.began / 1000,
        ended: tried.ended / 1000,
        folds: tried.judged.length,
        weight: tried.weight,
        metrics: tried.scores,
        ...(isPinned(tried.id) ? { pinned: true } : {}),
        ...(tried.cut && tried.failed < tried.series ? { cut: true } : {}),
        ...(tried.problem ? { problem: tried.problem } : {}),
      }),
    ),
  };
}

/** `alone`: each series has its best method, none are weighed. */
function leaderboard(ranked: readonly Tried[], fitted: FittedPanel, alone: boolean): Table {
  const rows = [
    {
      title: alone ? 'Best of each series' : 'Ensemble',
      scores: fitted.scores,
      weight: 1,
      series: fitted.series.length,
      seconds: Number.NaN,
      failed: 0,
    },
    ...ranked.map((tried) => ({
      title: inEnglish(titleOf(tried.method)),
      scores: tried.scores,
      weight: tried.weight,
      series: tried.series,
      seconds: (tried.ended - tried.began) / 1000,
      failed: tried.failed,
    })),
  ];
  const names = [...new Set(rows.flatMap(({ scores }) => Object.keys(scores)))];
  const numbers = (of: (row: (typeof rows)[number]) => number) => numeric(Float64Array.from(rows, of));
  return table(
    ['rank', 'model', ...names, 'weight', 'series', 'failed', 'seconds'],
    [
      columnOf(
        'integer',
        Array.from(rows.keys(), (i) => i + 1),
      ),
      categoriesOf(rows.map(({ title }) => title)),
      ...names.map((name) => numbers(({ scores }) => scores[name] ?? Number.NaN)),
      numbers(({ weight }) => weight),
      columnOf(
        'integer',
        rows.map(({ series }) => series),
      ),
      columnOf(
        'integer',
        rows.map(({ failed }) => failed),
      ),
      numbers(({ seconds }) => seconds),
    ],
    rows.length,
  );
}

/** The race as it stands, for the view: methods are its trials, rolling origins its folds. */
function liveOf(
  lines: readonly Line[],
  { params, width, stopRequested }: Pick<RunContext, 'params' | 'width' | 'stopRequested'>,
  steering: Steering,
  finishing = false,
): LiveRace {
  const metric = String(params.metric);
  const spent = steering.now() / 1000;
  const origins = Math.max(1, Number(params.origins));
  return {
    type: 'race',
    metric,
    rows: lines.map((line) => ({
      id: line.id,
      name: titleOf(line.method),
      kind: forecaster.id,
      state: line.state === 'running' && steering.isEnded(line.id) ? 'ended' : line.state,
      ...(line.scores[metric] === undefined ? {} : { value: line.scores[metric] }),
      began: line.began / 1000,
      ended: line.state === 'running' ? spent : line.ended / 1000,
      folds: Math.floor(line.done * origins),
      weight: 0,
      pinned: steering.isPinned(line.id),
    })),
    folds: origins,
    spent,
    budget: params.seconds === null ? null : Number(params.seconds) + steering.extraMs() / 1000,
    trials: params.trials === null ? null : Number(params.trials),
    phase: finishing ? 'finishing' : stopRequested() ? 'stopping' : steering.paused() ? 'paused' : 'racing',
    ensemble: params.ensemble === true,
    workers: width,
  };
}

/**
 * Milliseconds of the budget that are kept for weighing and handing on: a share, a part that hardly hangs on the budget, and a part by
 * series. A job that goes on after it was told to stop is ended when half of them are gone.
 */
const reserveOf = (ms: number, series: number): number => 0.04 * ms + Math.min(600, 0.1 * ms) + Math.min(2 * series, 0.06 * ms);

export const run: NodeCode['run'] = async (ctx) => {
  const began = ctx.now();
  const { params, log } = ctx;
  const all = prepared(ctx, log);
  const { made, frame, own } = all;
  const { panel, periods, horizon, target } = own;
  const { table: given } = ctx.inputs.table as Frame;
  const copies = { count: given.rowCount - rowGroups(given.columns, given.rowCount).count, columns: given.fields.map(({ name }) => name) };
  const guards = seriesGuards({
    ...made,
    moved: made.moved && movedWords(made.moved, made.grid),
    panel,
    copies,
    periods,
    horizon,
    target,
    steps: ownSteps(all),
  });
  for (const guard of guards) if (guard.state === 'alerted') log(guard.said, guardAlert(guard));
  const budgetMs = params.seconds === null ? Number.POSITIVE_INFINITY : Number(params.seconds) * 1000;
  const reserve = Number.isFinite(budgetMs) ? reserveOf(budgetMs, panel.series.length) : 0;
  let lines: readonly Line[] = [];
  const tell = (finishing = false) => ctx.progress({ live: { ...liveOf(lines, ctx, steering, finishing), guards } as unknown as Json });
  const steering = createSteering(ctx.now, began, (what) => {
    log(what);
    tell();
  });
  ctx.onAsk(steering.hear);
  tell();
  const metric = String(params.metric);
  const fitted = await fitPanel(
    panel,
    {
      methods: allowedMethods(params),
      look: lookOf(params, own.known),
      choose: true,
      single: params.ensemble === false,
      periods,
      horizon,
      origins: Number(params.origins),
      levels: LEVELS,
      ...(params.trials === null ? {} : { trials: Number(params.trials) }),
    },
    {
      width: ctx.width,
      now: steering.now,
      stopRequested: ctx.stopRequested,
      left: () => budgetMs - reserve + steering.extraMs() - steering.now(),
      slackMs: reserve / 2,
      run: (job, ended) => ctx.spread('method', job, ended) as Promise<MethodDone>,
      shared: (job, ended) => ctx.spread('shared', job, ended) as Promise<SharedDone>,
      told: (fraction, method) => ctx.progress({ fraction, text: inEnglish(titleOf(method)) }),
      changed: (now) => {
        lines = now;
        tell();
      },
      steering,
    },
  );
  tell(true);
  if (fitted.series.length === 0) throw new ProblemError(fitted.lost[0].problem);
  const value = (tried: Tried) => tried.scores[metric] ?? Number.POSITIVE_INFINITY;
  const ranked = fitted.tried.toSorted((a, b) => value(a) - value(b));
  const best = fitted.scores[metric];
  const alone = params.ensemble === false;
  if (best !== undefined)
    log(
      phrase('log.automl-series', '{together}: {result}; the best single one is {title} with {single}', {
        together: togetherName(alone),
        result: metricWords(metric, best),
        title: titleOf(ranked[0].method),
        single: metricWords(metric, value(ranked[0])),
      }),
    );
  const notes = [...panel.notes, ...knownNotes(own, fitted)];
  if (fitted.lost.length > 0)
    notes.push(phrase('series.lost-count', '{count} series could not be modelled and {was|were} left out.', { count: fitted.lost.length }));
  for (const note of notes) log(note);
  const maker = { kind: automlForecast.id, version: automlForecast.version, params };
  const model = modelOf(own, fitted, frame, maker, automlForecast.title, notes);
  const results = resultsOf(model, fitted, panel, alone);
  return {
    model,
    results: {
      ...results,
      primary: fitted.scores[metric] === undefined ? results.primary : metric,
      race: { ...raceOf(ranked, fitted, params, all, steering), guards },
    },
    table: rawFrame(leaderboard(ranked, fitted, alone)),
    guardrails: rawFrame(guardTable(guards)),
  };
};
