/** Runs Forecast: from the model's own history, or from newer rows of its series. */
import { problem } from '../../base/problem.ts';
import { phrase, type Words } from '../../base/words.ts';
import type { Outputs, RunContext } from '../../kind/run.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { Results } from '../../recipe/results.ts';
import { type AnyModel, type FittedSeries, type SeriesModel, seriesModel } from '../../recipe/series-model.ts';
import { aheadOf, fanOf, forecastTable } from '../../series/ahead.ts';
import { panelOf } from '../../series/panel.ts';
import { renewed } from '../../series/renew.ts';
import type { Table } from '../../table/table.ts';
import { seriesColumns, seriesOf } from '../series-params.ts';
import { sharedLearner } from '../shared-learner.ts';
import { forecast } from './kind.ts';

/** Series that the chart carries. */
const SHOWN = 100;

async function seriesIn(model: SeriesModel, t: Table, ctx: RunContext): Promise<{ series: readonly FittedSeries[]; notes: Words[] }> {
  const { moments } = seriesColumns(t, { time: model.time, ids: { names: [...model.ids] } });
  const panel = panelOf(t, { time: model.time, ids: model.ids, moments, target: model.target, known: [], grid: model.grid });
  const learner = model.shared ? { learner: await sharedLearner() } : {};
  const { series, notes } = renewed(model, panel, {
    ...learner,
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
  const { series, notes } = newer ? await seriesIn(model, newer.table, ctx) : { series: model.series, notes: [] };
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
    fan: { grid: model.grid, levels: model.levels, series: aheads.slice(0, SHOWN).map(fanOf), total: aheads.length },
  };
  const origin = { kind: forecast.id, version: forecast.version, params: ctx.params, inputs: [], title: forecast.title };
  return { table: rawFrame(table, origin), results };
}
