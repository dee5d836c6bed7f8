/** Runs Forecast model: methods and series go to other workers; what comes back is weighed into one model of all series. */
import { ProblemError, problem } from '../../base/problem.ts';
import { phrase, rowsOf } from '../../base/words.ts';
import type { NodeCode } from '../../kind/run.ts';
import { metricWords } from '../../metrics/metric-info.ts';
import type { Frame } from '../../recipe/frame.ts';
import { fitPanel } from '../../series/fit.ts';
import { LEVELS } from '../../series/intervals.ts';
import type { SharedDone, SharedJob } from '../../series/lagged.ts';
import type { MethodDone, MethodJob } from '../../series/method-job.ts';
import { AUTO_METHODS, METHOD_TITLES, standIn } from '../../series/methods.ts';
import { modelOf, resultsOf } from '../../series/outcome.ts';
import { gridWords } from '../../table/series/grid.ts';
import { allowedMethods } from '../method-flags.ts';
import { seriesOf } from '../series-params.ts';
import { methodPart, sharedPart } from '../shared-learner.ts';
import { knownNotes, lookOf } from '../tree-params.ts';
import { forecaster } from './kind.ts';
import { nodeSeries } from './panel.ts';

export const parts: NonNullable<NodeCode['parts']> = {
  method: async (ctx, args) => methodPart(ctx, nodeSeries(ctx.inputs.table as Frame, ctx.params).panel, args as MethodJob),
  shared: async (ctx, args) => sharedPart(ctx, nodeSeries(ctx.inputs.table as Frame, ctx.params).panel, args as SharedJob),
};

/** With more series than this, the automatic choice leaves the slowest methods out; AutoML has a time limit instead. */
const MANY_SERIES = 200;
const SLOW: ReadonlySet<string> = new Set(['arima', 'mstl-arima']);

export const run: NodeCode['run'] = async (ctx) => {
  const { params, log } = ctx;
  const frame = ctx.inputs.table as Frame;
  const own = nodeSeries(frame, params);
  const { panel, periods, horizon, target } = own;
  const choose = params.method === 'auto';
  const method = String(params.method);
  const chosen: ReturnType<typeof standIn> = params.long_seasons === false ? { method } : standIn(method, periods);
  const many = choose && panel.series.length > MANY_SERIES;
  const fitted = await fitPanel(
    panel,
    {
      methods: choose
        ? allowedMethods(params).filter((method) => AUTO_METHODS.includes(method) && !(many && SLOW.has(method)))
        : [chosen.method],
      choose,
      look: lookOf(params, own.known),
      periods,
      horizon,
      origins: Number(params.origins),
      levels: LEVELS,
    },
    {
      width: ctx.width,
      now: ctx.now,
      stopRequested: ctx.stopRequested,
      run: (job, ended) => ctx.spread('method', job, ended) as Promise<MethodDone>,
      shared: (job, ended) => ctx.spread('shared', job, ended) as Promise<SharedDone>,
      told: (fraction, method) => ctx.progress({ fraction, text: METHOD_TITLES[method] ?? method }),
    },
  );
  if (fitted.series.length === 0) throw new ProblemError({ ...fitted.lost[0].problem, at: { param: 'method' } });
  log(
    phrase('log.forecaster', 'Learned “{target}” of {series}, {step}, from {rows}; forecasts {count} {step|steps} ahead', {
      target,
      series: seriesOf(fitted.series.length),
      step: gridWords(panel.grid),
      rows: rowsOf(panel.rowCount),
      count: horizon,
    }),
  );
  const notes = [...panel.notes];
  if (chosen.note) notes.push(chosen.note);
  if (chosen.note) log(chosen.note);
  if (many) {
    const note = phrase(
      'series.too-many',
      'There are {count} series, so the automatic choice left ARIMA out; choose it as the method to have it.',
      {
        count: panel.series.length,
      },
    );
    notes.push(note);
    log(note);
  }
  if (fitted.lost.length > 0) {
    const note = phrase('series.lost', '{count} series could not be modelled and {was|were} left out: {why}', {
      count: fitted.lost.length,
      why: fitted.lost[0].problem.said?.message ?? fitted.lost[0].problem.message,
    });
    notes.push(note);
    log(
      note,
      problem({
        code: 'series.lost',
        severity: 'warning',
        at: { param: 'method' },
        message: note,
        hint: 'Choose the automatic method, or a simpler one.',
      }),
    );
  }
  const told = knownNotes(own, fitted);
  notes.push(...told);
  for (const note of [...panel.notes, ...told]) log(note);
  const { mase } = fitted.scores;
  if (mase !== undefined) log(metricWords('mase', mase));
  const maker = { kind: forecaster.id, version: forecaster.version, params };
  const model = modelOf(own, fitted, frame, maker, choose ? forecaster.title : (METHOD_TITLES[chosen.method] ?? forecaster.title), notes);
  return { model, results: resultsOf(model, fitted, panel) };
};
