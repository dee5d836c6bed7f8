/** Runs Rolling-origin evaluation: methods and series go to other workers; every forecast is judged on values it had not seen. */
import { ProblemError, problem } from '../../base/problem.ts';
import { inEnglish, labelWords, phrase } from '../../base/words.ts';
import type { NodeCode } from '../../kind/run.ts';
import { metricWords } from '../../metrics/metric-info.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { Results } from '../../recipe/results.ts';
import { LEVELS } from '../../series/intervals.ts';
import type { SharedJob } from '../../series/lagged.ts';
import { type MethodJob, runMethod } from '../../series/method-job.ts';
import { METHOD_TITLES, standIn } from '../../series/methods.ts';
import { errorsOf, resultFor } from '../../series/outcome.ts';
import { scoresByStep, scoresOf } from '../../series/scores.ts';
import { categoriesOf, columnOf, numeric, texts } from '../../table/column.ts';
import { type Table, table } from '../../table/table.ts';
import { nodeSeries } from '../forecaster/panel.ts';
import { seriesOf } from '../series-params.ts';
import { sharedPart } from '../shared-learner.ts';
import { judgeMethod, type MethodJudged, type OriginJudged } from './judge.ts';
import { rollingOrigin } from './kind.ts';

export const parts: NonNullable<NodeCode['parts']> = {
  method: async (ctx, args) => runMethod(nodeSeries(ctx.inputs.table as Frame, ctx.params).panel.series, args as MethodJob, ctx),
  shared: async (ctx, args) => sharedPart(ctx, nodeSeries(ctx.inputs.table as Frame, ctx.params).panel, args as SharedJob),
};

const metricColumns = (rows: readonly Record<string, number>[]) => {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { names, columns: names.map((name) => numeric(Float64Array.from(rows, (row) => row[name] ?? Number.NaN))) };
};

function stepTable(methods: readonly { title: string; steps: readonly Record<string, number>[] }[]): Table {
  const rows = methods.flatMap(({ title, steps }) => steps.map((metrics, h) => ({ title, step: h + 1, metrics })));
  const { names, columns } = metricColumns(rows.map(({ metrics }) => metrics));
  const heads = [
    categoriesOf(rows.map(({ title }) => title)),
    columnOf(
      'integer',
      rows.map(({ step }) => step),
    ),
  ];
  return table(['method', 'step', ...names], [...heads, ...columns], rows.length);
}

function seriesTable(rows: readonly { series: string; title: string; metrics: Record<string, number> }[]): Table {
  const { names, columns } = metricColumns(rows.map(({ metrics }) => metrics));
  const heads = [texts(rows.map(({ series }) => series)), categoriesOf(rows.map(({ title }) => title))];
  return table(['series', 'method', ...names], [...heads, ...columns], rows.length);
}

export const run: NodeCode['run'] = async (ctx) => {
  const own = nodeSeries(ctx.inputs.table as Frame, ctx.params);
  const { panel, horizon, target } = own;
  const chosen = (ctx.params.methods as { method: string }[]).map(({ method }) => standIn(method, own.periods));
  const methods = [...new Set(chosen.map(({ method }) => method))];
  for (const { note } of chosen) if (note) ctx.log(note);
  if (methods.length === 0)
    throw new ProblemError({
      code: 'series.no-methods',
      at: { param: 'methods' },
      message: 'There is no method to judge.',
      hint: 'Add at least one under Methods.',
    });
  const all: MethodJudged[] = [];
  for (const [i, method] of methods.entries()) {
    ctx.progress({ fraction: i / methods.length, text: METHOD_TITLES[method] ?? method });
    if (ctx.stopRequested() && all.some(({ judged }) => judged.length > 0)) break;
    all.push(await judgeMethod(method, own, ctx));
  }
  const judgedAll = all.filter(({ judged }) => judged.length > 0);
  for (const { method, problem: failed } of all)
    if (failed) ctx.log(labelWords(METHOD_TITLES[method] ?? method), { ...failed, severity: 'warning', at: { param: 'methods' } });
  if (judgedAll.length === 0)
    throw new ProblemError(
      all.find(({ problem: failed }) => failed)?.problem ??
        problem({
          code: 'series.too-short-to-judge',
          at: { param: 'horizon' },
          message: 'Every series is too short to be judged so many steps ahead.',
          hint: 'Forecast fewer steps, or give a longer history.',
        }),
    );
  for (const note of panel.notes) ctx.log(note);
  if (own.known.length > 0)
    ctx.log(
      phrase('series.known-judged', 'Boosted trees were told {columns} of the steps that are judged, as if known in advance', {
        columns: [...own.known],
      }),
    );
  const models = judgedAll
    .map(({ method, judged }) => ({ method, judged, scores: scoresOf(judged, LEVELS) }))
    .sort((a, b) => (a.scores.mase ?? a.scores.mae) - (b.scores.mase ?? b.scores.mae));
  const primary = models[0].scores.mase === undefined ? 'mae' : 'mase';
  for (const { method, scores } of models)
    ctx.log(
      phrase('log.judged', '{model}: {result}', {
        model: labelWords(METHOD_TITLES[method] ?? method),
        result: metricWords(primary, scores[primary]),
      }),
    );
  ctx.log(seriesOf(new Set(models[0].judged.map(({ series }) => series)).size));
  const nameOf = (place: number) => panel.series[place].key.join(' · ');
  const results: Results = {
    task: 'forecast',
    target,
    primary,
    chosen: 0,
    models: models.map(({ method, judged, scores }) => ({
      ...resultFor(labelWords(METHOD_TITLES[method] ?? method), judged, scores),
      foldMetrics: byOrigin(judged),
    })),
    errors: errorsOf(models, horizon, LEVELS, nameOf),
  };
  const titled = models.map((model) => ({ ...model, title: inEnglish(labelWords(METHOD_TITLES[model.method] ?? model.method)) }));
  const origin = { kind: rollingOrigin.id, version: rollingOrigin.version, params: ctx.params, inputs: [], title: rollingOrigin.title };
  const bySeries = titled.flatMap(({ title, judged }) => {
    const places = [...new Set(judged.map(({ series }) => series))];
    return places.map((place) => ({
      series: nameOf(place),
      title,
      metrics: scoresOf(
        judged.filter(({ series }) => series === place),
        LEVELS,
      ),
    }));
  });
  return {
    results,
    table: rawFrame(stepTable(titled.map(({ title, judged }) => ({ title, steps: scoresByStep(judged, horizon, LEVELS) }))), origin),
    series: rawFrame(seriesTable(bySeries), origin),
  };
};

/** Scores of each origin, the latest first. */
function byOrigin(judged: readonly OriginJudged[]): Record<string, number>[] {
  const count = judged.reduce((most, { origin }) => Math.max(most, origin + 1), 0);
  return Array.from({ length: count }, (_, at) =>
    scoresOf(
      judged.filter(({ origin }) => origin === at),
      LEVELS,
    ),
  );
}
