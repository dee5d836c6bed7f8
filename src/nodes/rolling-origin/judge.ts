/** One method judged at rolling origins: methods of single series by series, boosted trees by origin, since they learn from all at once. */
import { type Problem, toProblem } from '../../base/problem.ts';
import type { RunContext } from '../../kind/run.ts';
import { naiveScale } from '../../metrics/forecasting.ts';
import { halfWidths, LEVELS } from '../../series/intervals.ts';
import type { SharedDone, SharedJob } from '../../series/lagged.ts';
import { type Ahead, historyOf, type MethodDone, type MethodJob, originsFor, seenPeriods } from '../../series/method-job.ts';
import type { PanelSeries } from '../../series/panel.ts';
import { TOO_SHORT_FOR_TREES } from '../../series/race.ts';
import type { Judged } from '../../series/scores.ts';
import { isShared } from '../../series/shared-ids.ts';
import type { NodeSeries } from '../forecaster/panel.ts';
import { lookOf } from '../tree-params.ts';

/** With the number of its origin, the latest being 0. */
export interface OriginJudged extends Judged {
  origin: number;
}
export interface MethodJudged {
  method: string;
  judged: OriginJudged[];
  problem?: Problem;
}
/** A forecast made when `origin` values were known, from `gap` steps later on. */
interface Rolled {
  at: number;
  origin: number;
  ahead: Pick<Ahead, 'mean'> & Partial<Ahead>;
}

function judgedOf(one: PanelSeries, place: number, rolled: readonly Rolled[], { periods, horizon }: NodeSeries, gap: number) {
  const y = historyOf(one);
  const period = seenPeriods(periods, y.length)[0] ?? 1;
  return rolled.map(
    ({ at, origin, ahead: { mean, deviation } }): OriginJudged => ({
      origin: at,
      series: place,
      truth: y.subarray(origin + gap, origin + gap + horizon),
      mean,
      scale: naiveScale(y.subarray(0, origin), period),
      ...(deviation?.some(Number.isFinite) ? { widths: halfWidths(deviation, 1, LEVELS) } : {}),
    }),
  );
}

type Origins = Pick<MethodJob, 'periods' | 'horizon' | 'origins' | 'gap' | 'stride' | 'window'>;
const originsAsked = ({ params }: RunContext, { periods, horizon }: NodeSeries): Origins & { gap: number } => ({
  periods,
  horizon,
  origins: Number(params.origins),
  gap: Number(params.gap),
  ...(params.stride === null ? {} : { stride: Number(params.stride) }),
  window: params.history === 'sliding' ? Number(params.window) : null,
});

/** Boosted trees learn from all series at once, other methods from one at a time. */
export const judgeMethod = (method: string, own: NodeSeries, ctx: RunContext): Promise<MethodJudged> =>
  isShared(method) ? judgeTrees(method, own, ctx) : judgeAlone(method, own, ctx);

async function judgeAlone(method: string, own: NodeSeries, ctx: RunContext): Promise<MethodJudged> {
  const { panel } = own;
  const asked = originsAsked(ctx, own);
  const places = Array.from(panel.series.keys());
  const size = Math.max(1, Math.ceil(places.length / (2 * Math.max(1, ctx.width))));
  const found: MethodJudged = { method, judged: [] };
  const jobs: number[][] = [];
  for (let i = 0; i < places.length; i += size) jobs.push(places.slice(i, i + size));
  const answers = await Promise.all(
    jobs.map((series) => ctx.spread('method', { ...asked, method, series, only: true } satisfies MethodJob) as Promise<MethodDone>),
  );
  answers.forEach((done, j) => {
    done.forEach((fit, i) => {
      if ('problem' in fit) found.problem ??= fit.problem;
      else {
        const rolled = fit.rolled.map((one, at) => ({ ...one, at }));
        found.judged.push(...judgedOf(panel.series[jobs[j][i]], jobs[j][i], rolled, own, asked.gap));
      }
    });
  });
  return found;
}

/** Every origin is a fit of its own to all series, cut by as many steps; a series takes part where its history is long enough. */
async function judgeTrees(method: string, own: NodeSeries, ctx: RunContext): Promise<MethodJudged> {
  const { panel, periods, horizon, known } = own;
  const asked = originsAsked(ctx, own);
  const { gap, window } = asked;
  const wanted = panel.series.map((one) => {
    const { length } = historyOf(one);
    return originsFor(length, asked, { periods: seenPeriods(periods, length), horizon });
  });
  const count = wanted.reduce((most, origins) => Math.max(most, origins.length), 0);
  const cuts = Array.from({ length: count }, (_, at) => gap + horizon + at * (asked.stride ?? horizon));
  const common = { method, periods, horizon: gap + horizon, keep: false, look: lookOf(ctx.params, known), window };
  const found: MethodJudged = { method, judged: [] };
  let done: SharedDone[];
  try {
    done = await Promise.all(cuts.map((cut) => ctx.spread('shared', { ...common, cut } satisfies SharedJob) as Promise<SharedDone>));
  } catch (error) {
    return { ...found, problem: toProblem(error) };
  }
  for (const [place, one] of panel.series.entries()) {
    const rolled = wanted[place].flatMap((origin, at): Rolled[] => {
      const mean = done[at].means[place];
      return mean ? [{ at, origin, ahead: { mean: mean.slice(gap) } }] : [];
    });
    if (rolled.length < wanted[place].length) found.problem ??= TOO_SHORT_FOR_TREES;
    found.judged.push(...judgedOf(one, place, rolled, own, gap));
  }
  return found;
}
