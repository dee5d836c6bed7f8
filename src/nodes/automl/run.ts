/** Runs AutoML: trials go to other workers, a fold each; what comes back is one model, its results and the leaderboard. */
import { type AutoMlAsk, autoMl } from '../../automl/automl.ts';
import { pickedTrials, type Ran } from '../../automl/choose.ts';
import { guardAlert, judgedBy, keptTogether } from '../../automl/guard-words.ts';
import { FAMILIES, LEARNERS, openFamilies } from '../../automl/portfolio.ts';
import { fitAnew, type RefitJob } from '../../automl/refit.ts';
import { guardTable } from '../../automl/report.ts';
import { type FoldDone, type FoldJob, frameKey, runFold } from '../../automl/trial.ts';
import type { Json } from '../../base/json.ts';
import { ProblemError } from '../../base/problem.ts';
import type { ParamValues } from '../../kind/params.ts';
import type { NodeCode, RunContext } from '../../kind/run.ts';
import { learners } from '../../learners/index.ts';
import { metricInfo } from '../../metrics/metric-info.ts';
import { shuffled } from '../../recipe/effects.ts';
import { featuresOf } from '../../recipe/fit-model.ts';
import { type Frame, rawFrame } from '../../recipe/frame.ts';
import type { Guard } from '../../recipe/guard.ts';
import type { Model } from '../../recipe/model.ts';
import type { Results } from '../../recipe/results.ts';
import { learnerParts } from '../from-learner.ts';
import { lookupsFor } from '../lookup.ts';
import { noRoleColumn } from '../role-column.ts';
import { ownColumns } from './custom.ts';
import { type Featurised, featurised } from './featurise.ts';
import { automl, RACE, TRIALS_WITHOUT_LIMIT } from './kind.ts';
import { timed } from './timed.ts';

/** For the bars of the columns, which are about as good with more. */
const EXPLAINED_ROWS = 1000;
const LEAST_EXPLAINED = 40;
const EXPLAINED_REPEATS = 3;
/** Of the budget. */
const EXPLAINED_SHARE = 0.03;

export const parts: NonNullable<NodeCode['parts']> = {
  ...learnerParts,
  /** Has a worker start, be sent the table, and prepare it. */
  warm: async (ctx) => {
    await prepared(ctx);
  },
  refit: async (ctx, args) => fitAnew((await prepared(ctx)).frame, args as RefitJob, lookupsFor(ctx.services), ctx),
  fold: async (ctx, args) => {
    const own = ctx.inputs.validation as Frame | undefined;
    return runFold((await prepared(ctx)).frame, args as FoldJob, lookupsFor(ctx.services), ctx, ctx.now, own);
  },
};

/** The last table prepared here: the folds of all trials want the same one. */
let last: { key: string; made: Promise<Featurised> } | undefined;

/** The table as trials get it: the same in every worker. */
function prepared({ params, inputs, services, random }: RunContext): Promise<Featurised> {
  const common = { target: params.target, features: params.features, task: params.task, positive: params.positive };
  const given = { frame: inputs.table as Frame, common, steps: [], words: [] };
  const made = params.featurise !== false;
  const ask = {
    dates: made && params.dates === true,
    texts: made && params.texts === true,
    categories: made && params.categories === true,
    own: ownColumns(params),
  };
  const key = JSON.stringify([frameKey(given.frame), params]);
  if (last?.key !== key) last = { key, made: featurised(given, ask, lookupsFor(services), random) };
  return last.made;
}

/** The table as it came in, and the columns of it that are learned from. */
function givenTo({ params, inputs }: RunContext): AutoMlAsk['given'] {
  const { table } = inputs.table as Frame;
  const out = new Set(ownColumns(params).flatMap(({ column, purpose }) => (purpose === 'none' ? [column] : [])));
  return { table, features: featuresOf(table, params, '').filter((name) => !out.has(name)) };
}

function timeColumn({ params, inputs }: RunContext): string | undefined {
  if (params.validation !== 'time') return undefined;
  if (typeof params.time === 'string' && params.time !== '') return params.time;
  const marked = (inputs.table as Frame).table.fields.find((field) => field.role === 'time');
  if (!marked) throw new ProblemError(noRoleColumn('folds', 'time'));
  return marked.name;
}

function askOf(ctx: RunContext, common: ParamValues): Omit<AutoMlAsk, 'words'> {
  const { params } = ctx;
  const limit = (value: unknown, factor = 1) => (value === null ? Number.POSITIVE_INFINITY : Number(value) * factor);
  const barred = new Set(LEARNERS.filter((learner) => params[learner] === false));
  const families = new Set(
    openFamilies(
      FAMILIES.filter((family) => params[family] === true),
      barred,
    ),
  );
  if (families.size === 0)
    throw new ProblemError({
      code: 'automl.no-learners',
      at: { param: 'boosting' },
      message: 'Every kind of learner is switched off.',
      hint: 'Switch on at least one of them, gradient boosting for example.',
    });
  const time = timeColumn(ctx);
  const made = params.featurise !== false;
  const seconds = limit(params.seconds);
  return {
    common,
    given: givenTo(ctx),
    metric: params.metric === 'auto' ? null : String(params.metric),
    limits: {
      seconds,
      trials: params.trials === null && !Number.isFinite(seconds) ? TRIALS_WITHOUT_LIMIT : limit(params.trials),
      trialMs: limit(params.trial_seconds, 1000),
      patience: limit(params.patience),
      exitScore: params.exit_score === null ? null : Number(params.exit_score),
    },
    families,
    barred,
    balanced: params.class_weight === 'balanced',
    evening: made && params.evening === true,
    crossed: made && params.crossed === true,
    tries: params.tries === 'known' || params.tries === 'search' ? params.tries : 'both',
    ensemble: params.ensemble === true,
    stack: params.stack === true,
    // Weighted classes are meant to shift what the model says.
    calibrate: params.calibrate === true && params.class_weight !== 'balanced',
    refit: params.final === 'all',
    pick: pickedTrials(String(params.pick)),
    folds: params.validation === 'part' ? 0 : params.validation === 'auto' ? null : Number(params.folds),
    share: params.validation === 'part' ? Number(params.share) : null,
    ...(time === undefined ? {} : { time }),
    by: { kind: automl.id, version: automl.version, params, title: automl.title },
    maker: { kind: automl.id, version: automl.version, params, title: automl.title },
    seed: Number(params.seed ?? 0),
    ...(ctx.inputs.test ? { test: ctx.inputs.test as Frame } : {}),
    ...(ctx.inputs.validation ? { ownTable: true } : {}),
  };
}

/** So many rows that it takes a small share of the budget, by the time that few of them take; all of them where no time is set, so that the seed settles it. */
async function explainedRows(model: Model, frame: Frame, { params, now, services, random }: RunContext): Promise<number> {
  if (params.seconds === null) return EXPLAINED_ROWS;
  const began = now();
  await shuffled(model, frame, lookupsFor(services), { rows: LEAST_EXPLAINED, repeats: 1, random: random('trial shuffles') });
  const perRow = Math.max(1e-6, (now() - began) / LEAST_EXPLAINED);
  const rows = (EXPLAINED_SHARE * 1000 * Number(params.seconds)) / (perRow * EXPLAINED_REPEATS);
  return Math.round(Math.min(EXPLAINED_ROWS, Math.max(LEAST_EXPLAINED, rows)));
}

/** With what the chosen model leans on, on rows of the table. */
async function explained(model: Model, results: Results, ctx: RunContext): Promise<Results> {
  const { inputs, services, random } = ctx;
  const [frame, lookups] = [inputs.table as Frame, lookupsFor(services)];
  const ask = { rows: await explainedRows(model, frame, ctx), repeats: EXPLAINED_REPEATS, random: random('shuffles') };
  const { list } = await shuffled(model, frame, lookups, ask);
  const [first, ...others] = results.models;
  return { ...results, models: [{ ...first, shuffled: list.map(({ name, mean }) => ({ name, value: mean })) }, ...others] };
}

export const run: NodeCode['run'] = async (ctx) => {
  const began = ctx.now();
  const known = ctx.inputs[RACE] as Ran | undefined;
  // While the table is looked at here; what goes wrong there goes wrong here too.
  if (!known) for (let i = 0; i < ctx.width; i++) void ctx.spread('warm', null).catch(() => {});
  const { frame, common, steps, words } = await prepared(ctx);
  const asked = { ...askOf(ctx, common), words };
  const guards: Guard[] = [];
  const { model, results, race, leaderboard, ran, fresh } = await autoMl(frame, asked, lookupsFor(ctx.services), {
    width: ctx.width,
    began,
    now: ctx.now,
    stopRequested: ctx.stopRequested,
    known,
    random: ctx.random,
    fold: (job, ended) => timed<FoldDone>(ctx, 'fold', job, ended),
    refit: (job) => timed<Model>(ctx, 'refit', job),
    onAsk: ctx.onAsk,
    live: (race) => ctx.progress({ live: { ...race, guards } as unknown as Json }),
    kindOf: (id) => learners.find(({ kind }) => kind.id === id)!.kind,
    told: (fraction, best, text) =>
      ctx.progress({
        fraction,
        text,
        ...(best ? { point: { x: best.seconds, series: { [metricInfo(best.metric).title]: best.value } } } : {}),
      }),
    log: ctx.log,
    guard: (guard) => {
      guards.push(guard);
      if (guard.state === 'alerted') ctx.log(guard.said, guardAlert(guard));
    },
  });
  const all = [...guards, judgedBy(race.deal, ctx.inputs.validation !== undefined), ...keptTogether(frame.table)];
  const told = ctx.params.explain === true ? await explained(model, results, ctx) : results;
  return {
    model,
    results: { ...told, race: { ...race, guards: all, steps, seed: Number(ctx.params.seed ?? 0) } },
    table: rawFrame(leaderboard),
    guardrails: rawFrame(guardTable(all)),
    ...(fresh ? { [RACE]: ran } : {}),
  };
};
