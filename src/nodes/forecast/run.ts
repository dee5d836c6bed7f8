/** Runs Forecast: from the model's own history, or from newer rows of its series. */
import { problem } from '../../base/problem.ts';
import { phrase, type Words } from '../../base/words.ts';
import type { Outputs, RunContext } from '../../kind/run.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { LearnerCode } from '../../recipe/model.ts';
import type { Results } from '../../recipe/results.ts';
import { type AnyModel, type FittedSeries, type SeriesModel, seriesModel } from '../../recipe/series-model.ts';
import { aheadOf, fanOf, forecastTable } from '../../series/ahead.ts';
import { knownIn, withFuture } from '../../series/future.ts';
import { panelOf } from '../../series/panel.ts';
import { renewed } from '../../series/renew.ts';
import { coverageOf } from '../../series/scores.ts';
import type { Table } from '../../table/table.ts';
import { seriesColumns, seriesOf } from '../series-params.ts';
import { learnerOf } from '../shared-learner.ts';
import { forecast } from './kind.ts';

/** Series that the chart carries. */
const SHOWN = 100;

async function seriesIn(
  model: SeriesModel,
  t: Table,
  ctx: RunContext,
  learner: LearnerCode | undefined,
): Promise<{ series: readonly FittedSeries[]; notes: Words[] }> {
  const { moments } = seriesColumns(t, { time: model.time, ids: { names: [...model.ids] } });
  const panel = panelOf(t, { time: model.time, ids: model.ids, moments, target: model.target, known: [], grid: model.grid });
  const { series, notes } = renewed(model, panel, {
    ...(learner ? { learner } : {}),
    random: ctx.random,
    stopRequested: ctx.stopRequested,
    told: (fraction) => ctx.progress({ fraction }),
  });
  return { series, notes: [...panel.notes, ...notes] };
}

export async function run(ctx: RunContext): Promise<Outputs> {
  const model = seriesModel(ctx.inputs.model as AnyModel);
  const newer = ctx.inputs.table as Frame | undefined;
  const horizon = ctx.params.horizon === null ? model.horizon : Number(ctx.params.horizon);
  const future = ctx.inputs.future as Frame | undefined;
  const { learner } = await learnerOf(model);
  const { series: known, notes } = newer ? await seriesIn(model, newer.table, ctx, learner) : { series: model.series, notes: [] };
  const told = {
    ...(newer ? { newer: knownIn(model, newer.table, 'table') } : {}),
    ...(future ? { future: knownIn(model, future.table, 'future') } : {}),
  };
  const series = withFuture(model, known, told, horizon, learner);
  notes.push(...(told.future?.notes ?? []));
  if (future && model.known.length === 0)
    notes.push(phrase('series.future-unused', 'The model looks at no column known in advance; the future rows were not needed.'));
  if (horizon > model.horizon)
    notes.push(
      phrase('series.beyond', 'The model was judged {count} {step|steps} ahead; beyond that its intervals are a guess.', {
        count: model.horizon,
      }),
    );
  const aheads = series.map((one) => aheadOf(model, one, horizon));
  const table = forecastTable(model, aheads);
  ctx.log(phrase('log.forecast', '{series}, {count} {step|steps} ahead', { series: seriesOf(series.length), count: horizon }));
  for (const note of notes)
    ctx.log(
      note,
      problem({
        code: 'forecast.note',
        severity: 'note',
        at: { port: 'table' },
        message: note,
        hint: 'Nothing to do if that is what you meant.',
      }),
    );
  const results: Results = {
    task: 'forecast',
    target: model.target,
    primary: 'mase',
    models: [],
    fan: {
      grid: model.grid,
      levels: model.levels,
      series: aheads.slice(0, SHOWN).map(fanOf),
      total: aheads.length,
      ...coverageOf(model.about.metrics, model.levels),
    },
  };
  const origin = { kind: forecast.id, version: forecast.version, params: ctx.params, inputs: [], title: forecast.title };
  return { table: rawFrame(table, origin), results };
}
