/** Parts of nodes that fit or renew models of series: jobs within their time, and the learner behind boosted trees. */
import { fillParams } from '../kind/fill.ts';
import type { RunContext } from '../kind/run.ts';
import { learners } from '../learners/index.ts';
import type { LearnerCode } from '../recipe/model.ts';
import type { SeriesModel } from '../recipe/series-model.ts';
import { fitShared, type SharedDone, type SharedJob } from '../series/lagged.ts';
import { heard, isLate, type MethodDone, type MethodJob, OUT_OF_TIME, runMethod } from '../series/method-job.ts';
import type { Panel } from '../series/panel.ts';
import { learnerLookup } from './lookup.ts';

const BOOSTING = learners.find(({ kind }) => kind.id === 'learn.boosting')!.kind;
/** Few leaves and slow steps: what is left of a series after its season is mostly noise. */
const PARAMS = { rounds: 400, learning_rate: 0.05, leaves: 16, early_stopping: true, patience: 20 };

const sharedLearner = (): Promise<LearnerCode> => learnerLookup(BOOSTING.id, BOOSTING.version);
/** The learner behind a model's boosted trees, as an option; none for a model without them. */
export const learnerOf = async ({ shared }: Pick<SeriesModel, 'shared'>): Promise<{ learner?: LearnerCode }> =>
  shared ? { learner: await sharedLearner() } : {};

/** One method on some series, ended by the engine where it goes on after it was told to stop. */
export const methodPart = (ctx: RunContext, { series }: Panel, job: MethodJob): Promise<MethodDone> =>
  timed(ctx, job, async () => runMethod(series, job, ctx));
/** Boosted trees for all series, likewise. */
export const sharedPart = (ctx: RunContext, panel: Panel, job: SharedJob): Promise<SharedDone> =>
  timed(ctx, job, () => runShared(panel, job, ctx));

const timed = <T>(ctx: RunContext, { mostMs }: { mostMs?: number }, work: () => Promise<T>): Promise<T> =>
  mostMs === undefined ? work() : ctx.within(mostMs, OUT_OF_TIME, work);

export async function runShared(
  { series, grid }: Panel,
  job: SharedJob,
  ctx: Pick<RunContext, 'random' | 'stopRequested'> & { now?: () => number },
): Promise<SharedDone> {
  const code = await sharedLearner();
  const late = isLate(job, ctx.now);
  const stopping = heard(() => ctx.stopRequested() || late());
  const done = await fitShared(series, grid, job, {
    code,
    params: fillParams(BOOSTING.params, PARAMS),
    run: {
      random: (purpose) => ctx.random(`${job.method} ${job.cut} ${purpose}`),
      progress: () => {},
      stopRequested: stopping.asked,
      backend: 'cpu',
    },
  });
  return { ...done, ...stopping.cut() };
}
