/** Tries methods on the series of a panel: jobs for other workers, within the time and the number of trials, each method told as it ends. */
import { type Problem, problem, toProblem } from '../base/problem.ts';
import { originsOf } from '../forecast/rolling.ts';
import { naiveScale } from '../metrics/forecasting.ts';
import type { SharedDone, SharedFit, SharedJob, SharedMember } from './lagged.ts';
import type { LagLook } from './lagged-features.ts';
import { type Ahead, historyOf, type MethodDone, type MethodFit, type MethodJob, OUT_OF_TIME, seenPeriods } from './method-job.ts';
import { priorOf } from './methods.ts';
import type { Panel, PanelSeries } from './panel.ts';
import { type Judged, scoresOf } from './scores.ts';
import { DIRECT, isShared, RECURSIVE } from './shared-ids.ts';

export interface FitAsk {
  /** Tried on every series; the ones that suit it when `choose`. */
  methods: readonly string[];
  choose: boolean;
  /** Only the best method of each series has a say. */
  single?: boolean;
  periods: readonly number[];
  horizon: number;
  /** Rolling origins per series, fewer where the history is too short. */
  origins: number;
  levels: readonly number[];
  /** What boosted trees look at; the usual when it is absent. */
  look?: LagLook;
  /** So many methods are tried at most, the first ones. */
  trials?: number;
}
/** What a person does to the race; trials are methods by their number. */
export interface FitSteering {
  paused: () => boolean;
  resumed: () => Promise<void>;
  isEnded: (trial: number) => boolean;
  ended: (trial: number) => Promise<void>;
  /** Is to have a say, whatever its scores. */
  isPinned?: (trial: number) => boolean;
}
export interface FitWork {
  width: number;
  /** Milliseconds that count, from any fixed point. */
  now: () => number;
  stopRequested: () => boolean;
  /** Milliseconds left; no limit without it. A job is told to stop when they are over, and is ended `slackMs` later. */
  left?: () => number;
  slackMs?: number;
  /** Rejects where the job crashes or is ended; when `ended` resolves it need not be done. */
  run: (job: MethodJob, ended?: Promise<void>) => Promise<MethodDone>;
  /** A fit of all series at once. */
  shared: (job: SharedJob, ended?: Promise<void>) => Promise<SharedDone>;
  told: (fraction: number, method: string) => void;
  /** When a method begins, goes on or ends: those begun, in their order. */
  changed?: (lines: readonly Line[]) => void;
  steering?: FitSteering;
}
/** A method over the series that it is tried on. */
export interface Line {
  id: number;
  method: string;
  /** `cut`: the time was over before all its series were done; those done count. `ended`: by hand, and nothing of it counts. */
  state: 'running' | 'complete' | 'failed' | 'cut' | 'ended';
  series: number;
  failed: number;
  problem?: Problem;
  /** Time was over before all of it was learned to its end: learned again without a limit it goes further. */
  cut: boolean;
  /** It stood in where nothing else could model a series. */
  standIn: boolean;
  scores: Record<string, number>;
  judged: Judged[];
  /** Of its jobs those that are done, 0 to 1. */
  done: number;
  /** Milliseconds from the start. */
  began: number;
  ended: number;
}
export interface Raced {
  /** By place in the panel, each method's fit. */
  found: Map<string, MethodFit>[];
  failures: Map<string, Problem>[];
  /** In the order in which methods were asked for, whichever ended first. */
  lines: Line[];
  shared: Record<string, SharedFit>;
  importances: ReadonlyMap<string, SharedDone['importances']>;
}

/** What every series can be forecast by, however short. */
const LAST_RESORT = 'naive';
const isFit = (done: MethodFit | { problem: Problem }): done is MethodFit => 'ahead' in done;
/** A few jobs per worker, so that none waits long for the last. */
const JOBS_PER_WORKER = 4;

interface Job {
  line: Line;
  run: (ended?: Promise<void>) => Promise<void>;
}

/** A method that fails on a series, or altogether, is kept in `failures`; where nothing fits a series, its last value stands in. */
export async function raceMethods({ series }: Panel, ask: FitAsk, work: FitWork): Promise<Raced> {
  const { periods, horizon, origins } = ask;
  const found: Map<string, MethodFit>[] = series.map(() => new Map());
  const failures: Map<string, Problem>[] = series.map(() => new Map());
  const shared: Record<string, SharedFit> = {};
  const importances = new Map<string, SharedDone['importances']>();
  const begin = work.now();
  const { steering } = work;
  const left = work.left ?? (() => Number.POSITIVE_INFINITY);
  const time = () => {
    const ms = left();
    return Number.isFinite(ms) ? { ms: Math.max(0, ms), mostMs: Math.max(0, ms) + (work.slackMs ?? 0) } : {};
  };
  const lines: Line[] = [];
  const lineOf = (method: string, places: readonly number[]): Line => {
    const line: Line = {
      id: lines.length,
      method,
      state: 'running',
      series: places.length,
      failed: 0,
      cut: false,
      standIn: false,
      scores: {},
      judged: [],
      done: 0,
      began: -1,
      ended: 0,
    };
    lines.push(line);
    return line;
  };
  const tell = () => work.changed?.(lines.filter(({ began }) => began >= 0));

  const some = (line: Line, own: readonly number[], timed = true): Job => ({
    line,
    run: async (ended) => {
      const fits = await work.run({ method: line.method, series: own, periods, horizon, origins, ...(timed ? time() : {}) }, ended);
      fits.forEach((fit, i) => {
        if (isFit(fit)) found[own[i]].set(line.method, fit);
        else failures[own[i]].set(line.method, fit.problem);
      });
    },
  });
  const together = (line: Line): Job[] => {
    const rolled = new Map<number, SharedDone>();
    return Array.from({ length: origins + 1 }, (_, origin) => ({
      line,
      run: async (ended) => {
        const fit = await work.shared(
          {
            method: line.method,
            cut: origin * horizon,
            periods,
            horizon,
            keep: origin === 0,
            ...(ask.look ? { look: ask.look } : {}),
            ...time(),
          },
          ended,
        );
        rolled.set(origin, fit);
        if (fit.shared) {
          shared[line.method] = fit.shared;
          importances.set(line.method, fit.importances);
        }
        if (rolled.size <= origins) return;
        for (const [place, own] of series.entries()) {
          const made = sharedMethodFit(own, place, rolled, ask, line.method);
          if (made) found[place].set(line.method, made);
          else failures[place].set(line.method, TOO_SHORT_FOR_TREES);
        }
      },
    }));
  };
  const close = (line: Line, places: readonly number[]) => {
    line.ended = work.now() - begin;
    const fits = places.flatMap((place) => (found[place].has(line.method) ? [{ place, fit: found[place].get(line.method)! }] : []));
    line.failed = places.length - fits.length;
    const first = places.find((place) => failures[place].has(line.method));
    if (first !== undefined) line.problem = failures[first].get(line.method);
    line.judged = fits.flatMap(({ place, fit }) => judgedOf(series[place], place, fit, ask));
    line.scores = scoresOf(line.judged, ask.levels);
    if (steering?.isEnded(line.id)) {
      line.state = 'ended';
      for (const place of places) found[place].delete(line.method);
    } else if (fits.length === 0) line.state = line.problem ? 'failed' : 'cut';
    else line.state = places.every((place) => found[place].has(line.method) || failures[place].has(line.method)) ? 'complete' : 'cut';
    const late = places.some((place) => failures[place].get(line.method)?.code === OUT_OF_TIME.code);
    line.cut = line.state === 'cut' || late || fits.some(({ fit }) => fit.cut === true);
  };

  const tried = ask.methods
    .map((method) => ({ method, places: placesFor(method, series, ask) }))
    .filter(({ places }) => places.length > 0)
    .slice(0, ask.trials ?? ask.methods.length)
    .map(({ method, places }) => {
      const line = lineOf(method, places);
      const jobs = isShared(method) ? together(line) : chunks(places, work.width).map((own) => some(line, own));
      return { line, places, jobs, open: jobs.length };
    });
  const jobs = tried.flatMap((trial) => trial.jobs.map((job) => ({ trial, job })));
  const over = () => (work.stopRequested() || left() <= 0) && (ask.choose || found.every((fits) => fits.size > 0));
  let next = 0;
  let done = 0;
  const lane = async () => {
    while (next < jobs.length && !over()) {
      if (steering?.paused()) {
        await steering.resumed();
        continue;
      }
      const { trial, job } = jobs[next++];
      const { line } = job;
      if (!steering?.isEnded(line.id)) {
        if (line.began < 0) line.began = work.now() - begin;
        tell();
        try {
          await job.run(steering?.ended(line.id));
        } catch (error) {
          const why = toProblem(error);
          for (const place of trial.places) if (!found[place].has(line.method)) failures[place].set(line.method, why);
        }
      }
      trial.open--;
      line.done = 1 - trial.open / trial.jobs.length;
      if (trial.open === 0 && line.began >= 0) close(line, trial.places);
      tell();
      work.told(++done / (jobs.length + 1), line.method);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, work.width) }, lane));
  for (const { line, places, open } of tried) if (open > 0 && line.began >= 0) close(line, places);
  const bare = Array.from(series.keys()).filter((place) => found[place].size === 0);
  if (bare.length > 0 && ask.choose) {
    const line = lines.find(({ method }) => method === LAST_RESORT) ?? lineOf(LAST_RESORT, bare);
    if (line.began < 0) line.began = work.now() - begin;
    line.standIn = true;
    await some(line, bare, false).run();
    close(line, tried.find((trial) => trial.line === line)?.places ?? bare);
  }
  return { found, failures, lines: lines.filter(({ began }) => began >= 0), shared, importances };
}

const placesFor = (method: string, series: readonly PanelSeries[], { choose, periods, look }: FitAsk): number[] => {
  const all = Array.from(series.keys());
  if (!choose) return all;
  if (isShared(method)) return worthSharing(series) || (look?.known.length ?? 0) > 0 ? all : [];
  return all.filter((place) => {
    const y = historyOf(series[place]);
    return priorOf(method, y, seenPeriods(periods, y.length)) > 0;
  });
};

function chunks(places: readonly number[], width: number): number[][] {
  const size = Math.max(1, Math.ceil(places.length / (JOBS_PER_WORKER * Math.max(1, width))));
  const out: number[][] = [];
  for (let i = 0; i < places.length; i += size) out.push(places.slice(i, i + size));
  return out;
}

/** Trees need many examples: from one long series or from many. */
const LONG_SERIES = 150;
const MANY_SERIES = 10;
const worthSharing = (series: readonly PanelSeries[]): boolean =>
  series.length >= MANY_SERIES || series.some(({ y }) => y.length >= LONG_SERIES);
export const TOO_SHORT_FOR_TREES = problem({
  code: 'series.too-short-for-trees',
  message: 'The series is too short to learn trees from its past.',
  hint: 'Give it a longer history, forecast fewer steps, or choose another method.',
});

/** What a fit of all series says of one, as a method of its own would. */
function sharedMethodFit(
  one: PanelSeries,
  place: number,
  byOrigin: ReadonlyMap<number, SharedDone>,
  ask: FitAsk,
  method: string,
): MethodFit | undefined {
  const mean = byOrigin.get(0)?.means[place];
  if (!mean) return undefined;
  const length = historyOf(one).length;
  const wanted = new Set(originsOf(length, { periods: seenPeriods(ask.periods, length), horizon: ask.horizon }, ask.origins));
  const without = (values: Float64Array): Ahead => ({ mean: values, deviation: new Float64Array(values.length).fill(Number.NaN) });
  const rolled = [...byOrigin].flatMap(([at, { means }]) => {
    const origin = length - at * ask.horizon;
    const own = means[place];
    return at > 0 && own && wanted.has(origin) ? [{ origin, ahead: without(own) }] : [];
  });
  rolled.sort((a, b) => b.origin - a.origin);
  const fitted: SharedMember = { mean, code: place };
  const cut = [...byOrigin.values()].some((done) => done.cut);
  return { form: FORMS[method], fitted, ahead: without(mean), rolled, ...(cut ? { cut: true } : {}) };
}
const FORMS: Readonly<Record<string, string>> = { [DIRECT]: 'Boosted trees', [RECURSIVE]: 'Boosted trees, step by step' };

/** A fit's forecasts at each origin beside what came. */
function judgedOf(one: PanelSeries, place: number, { rolled }: MethodFit, { periods, horizon }: FitAsk): Judged[] {
  const y = historyOf(one);
  const period = seenPeriods(periods, y.length)[0] ?? 1;
  return rolled.map(({ origin, ahead }) => ({
    series: place,
    truth: y.subarray(origin, origin + horizon),
    mean: ahead.mean,
    scale: naiveScale(y.subarray(0, origin), period),
  }));
}
