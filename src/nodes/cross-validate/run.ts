/** Runs Cross-validate: deals rows into folds, has every learner judged on them, and lists the metrics by fold. */
import { ProblemError, problemWords } from '../../base/problem.ts';
import { inEnglish, phrase } from '../../base/words.ts';
import type { NodeCode, RunContext } from '../../kind/run.ts';
import { makeFolds } from '../../metrics/folds.ts';
import { metricWords } from '../../metrics/metric-info.ts';
import { crossValidate as judge } from '../../recipe/cross-validate.ts';
import { targetOf } from '../../recipe/fit-model.ts';
import { type FoldAnswer, type FoldPlace, type FoldPlans, judgeFold } from '../../recipe/fold.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { LearnerSpec } from '../../recipe/model.ts';
import { repeatedRows } from '../../recipe/repeated-rows.ts';
import type { Results } from '../../recipe/results.ts';
import { frameIds } from '../../recipe/track.ts';
import { groupsOf, rowsTogether, strataOf, timesOf } from '../../recipe/units.ts';
import { type Column, categoriesOf, numeric } from '../../table/column.ts';
import { columnNamed, type Table, table } from '../../table/table.ts';
import { learnerParts } from '../from-learner.ts';
import { lookupsFor } from '../lookup.ts';
import { noRoleColumn } from '../role-column.ts';
import { crossValidate, MAX_SINGLE_ROWS, tooManyRows } from './kind.ts';

function roleColumn(source: Table, chosen: unknown, role: 'group' | 'time'): Column {
  if (typeof chosen === 'string' && chosen !== '') return columnNamed(source, chosen);
  const at = source.fields.findIndex((field) => field.role === role);
  if (at >= 0) return source.columns[at];
  throw new ProblemError(noRoleColumn('folds', role));
}

/** The fold of each row, once per repeat. */
function dealFolds(frame: Frame, target: Column, ctx: RunContext): Int32Array[] {
  const { params } = ctx;
  const n = frame.table.rowCount;
  const k = Number(params.folds);
  const random = (repeat: number) => ctx.random(`folds ${repeat}`);
  if (params.method === 'time')
    return [makeFolds({ n, k, random: random(0), time: timesOf(roleColumn(frame.table, params.time, 'time')) })];
  const marked = frame.table.fields.some((field) => field.role === 'group');
  const group = params.method === 'grouped' || marked ? groupsOf(roleColumn(frame.table, params.group, 'group')) : undefined;
  const together = rowsTogether(frameIds(frame), group);
  const groups = together.every((unit, row) => unit === row) ? undefined : together;
  if (params.method === 'single') {
    const units = new Set(together).size;
    if (units > MAX_SINGLE_ROWS) throw new ProblemError(tooManyRows(units));
    return [makeFolds({ n, k: units, random: random(0), ...(groups ? { groups } : {}) })];
  }
  const strata = params.method === 'stratified' ? strataOf(target) : undefined;
  return Array.from({ length: Number(params.repeats) }, (_, repeat) =>
    makeFolds({ n, k, random: random(repeat), ...(groups ? { groups } : {}), ...(strata ? { strata } : {}) }),
  );
}

/** One row per model and fold, one column per metric. */
function metricTable({ models }: Results): Table {
  const names = [...new Set(models.flatMap((model) => Object.keys(model.metrics)))];
  const rows = models.flatMap((model) =>
    (model.foldMetrics ?? [model.metrics]).map((metrics, fold) => ({ model: model.name, fold: fold + 1, metrics })),
  );
  return table(
    ['model', 'fold', ...names],
    [
      categoriesOf(rows.map((row) => inEnglish(row.model))),
      numeric(
        Float64Array.from(rows, (row) => row.fold),
        'integer',
      ),
      ...names.map((name) => numeric(Float64Array.from(rows, (row) => row.metrics[name] ?? Number.NaN))),
    ],
    rows.length,
  );
}

const given = (ctx: RunContext) => ({ frame: ctx.inputs.table as Frame, specs: (ctx.lists.learner ?? []) as LearnerSpec[] });

interface FoldArgs {
  plans: FoldPlans;
  place: FoldPlace;
}
export const parts: NonNullable<NodeCode['parts']> = {
  ...learnerParts,
  fold: async (ctx, args) => {
    const { plans, place } = args as FoldArgs;
    const { frame, specs } = given(ctx);
    return judgeFold(frame, specs, plans, place, lookupsFor(ctx.services), ctx);
  },
};

export const run: NodeCode['run'] = async (ctx) => {
  const { frame, specs } = given(ctx);
  const target = columnNamed(frame.table, targetOf(frame.table, specs[0].params));
  const by = { kind: crossValidate.id, version: crossValidate.version, params: ctx.params, title: crossValidate.title };
  const repeats = dealFolds(frame, target, ctx);
  const grouped = ctx.params.method === 'grouped' || frame.table.fields.some((field) => field.role === 'group');
  const repeated = grouped ? undefined : repeatedRows(frame, 'method');
  if (repeated) ctx.log(problemWords(repeated), repeated);
  const plans: FoldPlans = { repeats, by, forward: ctx.params.method === 'time' };
  const work = {
    width: ctx.width,
    judge: (place: FoldPlace) => ctx.spread('fold', { plans, place } satisfies FoldArgs) as Promise<FoldAnswer>,
  };
  const results = await judge(frame, specs, plans, lookupsFor(ctx.services), ctx, ctx.width > 1 ? work : undefined);
  for (const { name, metrics, sd, notes } of results.models) {
    const { primary } = results;
    ctx.log(phrase('log.judged', '{model}: {result}', { model: name, result: metricWords(primary, metrics[primary], sd?.[primary]) }));
    for (const note of notes) ctx.log(note);
  }
  return { results, table: rawFrame(metricTable(results)) };
};
