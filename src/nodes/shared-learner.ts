/** The learner that stands behind forecasts by boosted trees, for nodes that fit or renew such models. */
import { fillParams } from '../kind/fill.ts';
import type { RunContext } from '../kind/run.ts';
import { learners } from '../learners/index.ts';
import type { LearnerCode } from '../recipe/model.ts';
import { fitShared, type SharedDone, type SharedJob } from '../series/lagged.ts';
import type { Panel } from '../series/panel.ts';
import { learnerLookup } from './lookup.ts';

const BOOSTING = learners.find(({ kind }) => kind.id === 'learn.boosting')!.kind;
/** Few leaves and slow steps: what is left of a series after its season is mostly noise. */
const PARAMS = { rounds: 400, learning_rate: 0.05, leaves: 16, early_stopping: true, patience: 20 };

export const sharedLearner = (): Promise<LearnerCode> => learnerLookup(BOOSTING.id, BOOSTING.version);

export async function runShared(
  { series, grid }: Panel,
  job: SharedJob,
  ctx: Pick<RunContext, 'random' | 'stopRequested'>,
): Promise<SharedDone> {
  const code = await sharedLearner();
  return fitShared(series, grid, job, {
    code,
    params: fillParams(BOOSTING.params, PARAMS),
    run: {
      random: (purpose) => ctx.random(`${job.method} ${job.cut} ${purpose}`),
      progress: () => {},
      stopRequested: ctx.stopRequested,
      backend: 'cpu',
    },
  });
}
