/** One method on some of the series: its forecasts at rolling origins and its fit to the whole; the work that goes to another worker. */
import { type Problem, ProblemError, problem, toProblem } from '../base/problem.ts';
import type { Random } from '../base/random.ts';
import { forecastMethod } from '../forecast/index.ts';
import type { ForecastMethod, SeriesAsk } from '../forecast/method.ts';
import { originsOf } from '../forecast/rolling.ts';
import { keyText } from '../table/series/rows.ts';
import type { PanelSeries } from './panel.ts';

/** Of longer histories only the end is learned from. */
export const MOST_HISTORY = 2500;

export interface MethodJob {
  method: string;
  /** Places of the series in the panel. */
  series: readonly number[];
  periods: readonly number[];
  horizon: number;
  origins: number;
  /** Steps between the end of a history and the first one judged. */
  gap?: number;
  /** Steps from one origin to the next; the horizon without one. */
  stride?: number;
  /** Histories keep this length, instead of all that there is. */
  window?: number | null;
  /** Only judged: nothing is fitted to the whole history. */
  only?: boolean;
  /** Milliseconds until it is to stop, and until it is ended. */
  ms?: number;
  mostMs?: number;
}
/** Forecasts of one length: mean and standard error per step. */
export interface Ahead {
  mean: Float64Array;
  deviation: Float64Array;
}
export interface MethodFit {
  form: string;
  fitted: unknown;
  ahead: Ahead;
  /** Per origin, by how many values were known. */
  rolled: { origin: number; ahead: Ahead }[];
  /** It was told to stop: fitted again without a limit of time it may find something else. */
  cut?: true;
}
export type MethodDone = readonly (MethodFit | { problem: Problem })[];

/** The values that are learned from, oldest first. */
export const historyOf = ({ y }: Pick<PanelSeries, 'y'>): Float64Array => (y.length > MOST_HISTORY ? y.slice(y.length - MOST_HISTORY) : y);

/** The seasons that a history of this length shows twice. */
export const seenPeriods = (periods: readonly number[], length: number): number[] => periods.filter((period) => length >= 2 * period);

/** Of its own each time: what is handed to another worker is gone here. */
const nothing = (): Ahead => ({ mean: new Float64Array(0), deviation: new Float64Array(0) });

/** Lengths of the histories: what is judged begins `gap` steps after their end. */
export function originsFor(
  length: number,
  { origins, gap = 0, stride }: Pick<MethodJob, 'origins' | 'gap' | 'stride'>,
  ask: Pick<SeriesAsk, 'periods' | 'horizon'>,
): number[] {
  return originsOf(length - gap, ask, origins, stride ?? ask.horizon);
}

function aheadAt(method: ForecastMethod, y: Float64Array, origin: number, { gap = 0, window }: MethodJob, ask: SeriesAsk): Ahead {
  const history = y.slice(window ? Math.max(0, origin - window) : 0, origin);
  const { mean, deviation } = method.forecast(method.fit(history, { ...ask, horizon: gap + ask.horizon }), gap + ask.horizon);
  return { mean: mean.slice(gap), deviation: deviation.slice(gap) };
}

/** Whether the time that a job was given is over; never without a limit. */
export function isLate({ ms }: Pick<MethodJob, 'ms'>, now: (() => number) | undefined): () => boolean {
  if (ms === undefined || !now) return () => false;
  const until = now() + ms;
  return () => now() > until;
}
export const OUT_OF_TIME = problem({
  code: 'series.out-of-time',
  message: 'The time was over before this method was done.',
  hint: 'Give the race more time, or allow fewer methods.',
});

/** Asked whether to stop it remembers a yes. */
export function heard(stopRequested: () => boolean): { asked: () => boolean; cut: () => { cut?: true } } {
  let yes = false;
  return {
    asked: () => {
      yes = stopRequested() || yes;
      return yes;
    },
    cut: () => (yes ? { cut: true } : {}),
  };
}

/** A series that the method cannot model is a problem of its own; the others go on. */
export function runMethod(
  series: readonly PanelSeries[],
  job: MethodJob,
  run: { random: (purpose: string) => Random; stopRequested: () => boolean; now?: () => number },
): MethodDone {
  const { method: id, series: places, periods, horizon } = job;
  const method = forecastMethod(id);
  const late = isLate(job, run.now);
  return places.map((place) => {
    if (late()) return { problem: OUT_OF_TIME };
    const one = series[place];
    const y = historyOf(one);
    const stopping = heard(() => run.stopRequested() || late());
    const ask: SeriesAsk = {
      periods: seenPeriods(periods, y.length),
      horizon,
      random: (purpose) => run.random(`${id} ${keyText(one.key)} ${purpose}`),
      stopRequested: stopping.asked,
    };
    try {
      const rolled = originsFor(y.length, job, ask)
        .filter((origin) => origin >= method.least(ask))
        .map((origin) => {
          // Judged at some origins only it could not be compared with the others.
          if (late()) throw new ProblemError(OUT_OF_TIME);
          return { origin, ahead: aheadAt(method, y, origin, job, ask) };
        });
      if (job.only) return { form: '', fitted: undefined, ahead: nothing(), rolled };
      const fitted = method.fit(y, ask);
      const ahead = method.forecast(fitted, horizon);
      return { form: method.form(fitted), fitted, ahead, rolled, ...stopping.cut() };
    } catch (error) {
      return { problem: toProblem(error) };
    }
  });
}
