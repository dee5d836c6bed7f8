/** The whole of AutoML for tables: goal, validation, race, ensemble, winner and report; where folds are carried out is the caller's. */

import { type Problem, ProblemError } from '../base/problem.ts';
import type { Random } from '../base/random.ts';
import { kindName, labelWords, type Phrase, phrase, type Words } from '../base/words.ts';
import { defaults, type Params, type ParamValues } from '../kind/params.ts';
import type { Ask } from '../kind/run.ts';
import { isNumeric } from '../kind/schema.ts';
import { primaryMetric } from '../metrics/metric-info.ts';
import { featuresOf } from '../recipe/fit-model.ts';
import { type FoldPlace, type FoldPlans, type Goal, goalOf } from '../recipe/fold.ts';
import type { Frame } from '../recipe/frame.ts';
import type { Guard } from '../recipe/guard.ts';
import type { Maker } from '../recipe/mean-model.ts';
import type { LearnerSpec, Lookups, Model } from '../recipe/model.ts';
import type { LiveRace } from '../recipe/results.ts';
import { columnNamed, type Table } from '../table/table.ts';
import { type Choosing, chooseModel, type Outcome, type Ran } from './choose.ts';
import { crossedSteps } from './crossed.ts';
import { type FirstLook, firstLook, LAST_RESORT, lookedTrial, lookSaid, looks, thinlyDealt, thinned } from './first-look.ts';
import { guardrails } from './guardrails.ts';
import { canBeModel } from './keep.ts';
import { judgedOnTest } from './last-judgement.ts';
import { liveRace } from './live.ts';
import { fellShort, noneSuits, stopped } from './no-model.ts';
import { type Objective, objectiveOf } from './objective.ts';
import type { OwnStep } from './own-steps.ts';
import { planAgain, planOf, wholePlan } from './plans.ts';
import { type Allowed, type Candidate, mostTrials, portfolio, usedParams, usual } from './portfolio.ts';
import { type OpenTrial, type RaceLimits, race, type Trial } from './race.ts';
import { learnedAnew, type RefitJob } from './refit.ts';
import { settledParams } from './settle.ts';
import { createSteering } from './steering.ts';
import { leastMs, lookTime, reserveOf } from './timing.ts';
import { togetherSoFar } from './together.ts';
import { type TreeLosses, treeLosses } from './tree-losses.ts';
import type { FoldDone, FoldJob } from './trial.ts';
import { eveningSteps } from './uneven.ts';
import { fitSeconds, levelsOf, type Size } from './validation.ts';

export interface AutoMlAsk extends Allowed {
  /** Target, features, task and positive class, as learners take them. */
  common: ParamValues;
  /** The table as it came in, before AutoML's own steps, and the columns of it that are learned from: what guardrails look at. */
  given?: { table: Table; features: readonly string[] };
  /** A metric's name, or null for the task's own. */
  metric: string | null;
  limits: Omit<RaceLimits, 'ms' | 'exitLoss' | 'strict'> & { seconds: number; exitScore: number | null };
  balanced: boolean;
  /** Skewed and gappy numbers are evened out for straight lines and networks. */
  evening: boolean;
  /** Products of numbers and means for categories are tried last. */
  crossed: boolean;
  /** What gives straight lines more words of the texts than all trials have. */
  words: readonly OwnStep[];
  /** Known good settings, then a search about the best; or only one of these. */
  tries: 'both' | 'known' | 'search';
  ensemble: boolean;
  /** Where that is better than to weigh. */
  stack: boolean;
  calibrate: boolean;
  /** What is chosen learns anew from all rows. */
  refit: boolean;
  /** Numbers of the trials to make the model of; none = the race decides. */
  pick: readonly number[];
  folds: number | null;
  share: number | null;
  time?: string;
  by: FoldPlans['by'];
  maker: Maker;
  seed: number;
  /** Judged when all is chosen. */
  test?: Frame;
  /** In place of folds: every trial learns from the whole table and is judged on another, which `work.fold` knows. */
  ownTable?: boolean;
}
export interface AutoMlWork {
  width: number;
  /** On the clock of `now`: when the budget began. */
  began: number;
  now: () => number;
  stopRequested: () => boolean;
  /** The race of an earlier run, of which only the model is to be made anew. */
  known: Ran | undefined;
  random: (purpose: string) => Random;
  /** When `ended` resolves, the fold need not be done. */
  fold: (job: FoldJob, ended?: Promise<void>) => Promise<FoldDone>;
  refit: (job: RefitJob) => Promise<Model>;
  kindOf: (id: string) => { version: number; title: string; params: Params };
  /** Has the handler hear what a person tells the race. */
  onAsk: (handler: (ask: Ask) => void) => void;
  /** The race as it stands. */
  live: (race: LiveRace) => void;
  /** After each trial: how far, the best value so far, and the trial in words. */
  told: (fraction: number, best: { seconds: number; value: number; metric: string } | undefined, line: Words) => void;
  log: (line: Words, problem?: Problem) => void;
  guard: (guard: Guard) => void;
}
export interface AutoMlAnswer extends Outcome {
  guards: readonly Guard[];
  /** False where all was taken from a race known before. */
  fresh: boolean;
}

/** The greedy ensemble takes no more of the budget than this share. */
const WEIGHING = 0.03;
/** To learn anew from all rows, where that is asked for, takes a share of it. */
const REFITTING = 0.2;
/** No trial gets more of the time than this share. */
const MOST_OF_BUDGET = 0.2;
/** Where nothing came to an end, a straight line has this time before it is given up for what is usual. */
const RESCUE = { ms: 1000, mostMs: 10_000 };
/** Boosted trees whose rounds did not end in time learn faster from then on, up to this. */
const FASTER = 1.8;
const FASTEST = 4;

/** Races learners on the frame and makes one model of the best; throws a `ProblemError` where no target is found, no learner suits, or nothing gave a model. */
export async function autoMl(frame: Frame, ask: AutoMlAsk, lookups: Lookups, work: AutoMlWork): Promise<AutoMlAnswer> {
  const specBy =
    (given: ParamValues) =>
    (kind: string, params: ParamValues): LearnerSpec => {
      const { version, title, params: declared } = work.kindOf(kind);
      const balanced: ParamValues = ask.balanced && 'class_weight' in declared ? { class_weight: 'balanced' } : {};
      const common = Object.fromEntries(Object.entries(given).filter(([name]) => name in declared));
      const seed: ParamValues = 'seed' in declared ? { seed: ask.seed } : {};
      return { kind, version, title, params: { ...defaults(declared), ...balanced, ...seed, ...params, ...common } };
    };
  const goal = await goalOf(frame, [specBy(ask.common)('learn.boosting', {})], lookups);
  // By its name from here on: a guess would fall on a column that a trial's own steps add.
  const specOf = specBy({ ...ask.common, target: goal.target });
  const objective = objectiveOf(goal, ask.metric ?? primaryMetric(goal.task, goal.classes?.length ?? 0));
  const names = featuresOf(frame.table, ask.common, goal.target);
  const size = { features: names.length, levels: levelsOf(frame.table, names) };
  const numbers = names.filter((name) => isNumeric(columnNamed(frame.table, name).type)).length;
  const { table, features } = ask.given ?? { table: frame.table, features: names };
  const guards = guardrails(
    table,
    features.filter((name) => name !== goal.target),
    goal,
    { balanced: ask.balanced, forward: ask.time !== undefined || ask.ownTable === true },
  );
  for (const guard of guards) work.guard(guard);
  const titleOf = ({ candidate: { id, kind, variant } }: { candidate: Candidate }): Phrase => {
    const words = { learner: kindName({ id: kind, title: work.kindOf(kind).title }), variant: labelWords(variant) };
    return id < 0
      ? phrase('automl.looked', '{learner} · {variant}', words)
      : phrase('automl.trial', '{learner} · {variant} {number}', { ...words, number: id + 1 });
  };
  const { known } = work;
  const budget = Number.isFinite(ask.limits.seconds) ? ask.limits.seconds : null;
  const same = known?.seconds === budget ? known : undefined;
  // With less time than that race had, it is run anew: the same settings give the same race.
  const before = known?.spent != null && budget !== null && budget > (known.seconds ?? 0) ? { ...known, spent: known.spent } : undefined;
  const ran =
    same ??
    (await raced(frame, ask, work, before, {
      goal,
      objective,
      size,
      numbers,
      evening: ask.evening ? eveningSteps(frame.table, names) : [],
      crossed: ask.crossed ? crossedSteps(frame.table, names, goal) : [],
      losses: treeLosses(frame.table, goal, objective.metric),
      specOf,
      titleOf,
    }));
  const { ensemble, stack, calibrate, pick, maker } = ask;
  const choosing: Choosing = {
    objective,
    ensemble,
    stack,
    calibrate,
    pick,
    maker,
    titleOf,
    specOf: ({ candidate }) => specOf(candidate.kind, usedParams(candidate)),
    time: { ms: ask.limits.seconds * 1000 * WEIGHING, now: work.now },
  };
  const raceModel = chooseModel(ran, choosing);
  const about = { rows: frame.table.rowCount, classes: goal.classes };
  const ends = work.began + ask.limits.seconds * (1 - WEIGHING) * 1000;
  const chosen = ask.refit
    ? await learnedAnew(raceModel, choosing, about, {
        width: work.width,
        left: () => (work.stopRequested() ? 0 : ends - work.now()),
        refit: work.refit,
      })
    : raceModel;
  const outcome = ask.test ? await judgedOnTest(chosen, ask.test, goal, lookups) : chosen;
  const short = fellShort(ran.trials);
  for (const note of outcome.notes) work.log(note, short(note));
  if (ran.said.some(({ code }) => code === 'automl.stopped')) work.log(stopped.message, stopped);
  return { ...outcome, guards, fresh: same === undefined };
}

interface Setting {
  goal: Goal;
  objective: Objective;
  size: Pick<Size, 'features' | 'levels'>;
  /** Of them those that are numbers. */
  numbers: number;
  evening: readonly OwnStep[];
  crossed: readonly OwnStep[];
  losses: TreeLosses;
  specOf: (kind: string, params: ParamValues) => LearnerSpec;
  titleOf: (trial: { candidate: Candidate }) => Phrase;
}

type Before = Ran & { spent: number };

/** Goes on from a race `before` this one, which had less time, where there is one. */
async function raced(frame: Frame, ask: AutoMlAsk, work: AutoMlWork, before: Before | undefined, setting: Setting): Promise<Ran> {
  const { goal, objective, size, numbers, evening, crossed, losses, specOf, titleOf } = setting;
  const seconds = ask.limits.seconds - (before?.spent ?? 0);
  let state: [readonly OpenTrial[], readonly Trial[]] = [[], []];
  let [folds, most] = [1, ask.limits.trials];
  const tell = (finishing = false) => {
    const { ensemble } = ask;
    const { width: workers, stopRequested } = work;
    work.live(
      liveRace(
        { objective, titleOf, steering, folds, seconds, trials: most, ensemble, together, workers, stopRequested },
        ...state,
        finishing,
      ),
    );
  };
  const steering = createSteering(
    work.now,
    work.began,
    (what) => {
      work.log(what);
      tell();
    },
    before?.pinned,
  );
  const together = togetherSoFar(objective, steering.now);
  work.onAsk(steering.hear);
  tell();
  const look = Number.isFinite(seconds) && !before ? await lookAt() : { trials: [], slowness: 1 };
  const { plans, deal, words } = ask.ownTable
    ? wholePlan(frame, ask.by)
    : before
      ? planAgain(frame, goal, before, work, ask.by)
      : planOf(frame, goal, ask, work, size, look.slowness);
  work.log(words);
  const earlier = before ? before.trials.filter(isOver) : [];
  const sized = { rows: frame.table.rowCount, features: size.features, numbers };
  const { families, words: more, barred } = ask;
  const settings = { goal, ...sized, evening, crossed, words: more, losses, families, ...(barred ? { barred } : {}) };
  const candidates = ask.tries === 'search' ? usual(settings) : portfolio(settings);
  if (candidates.length === 0) throw noneSuits();
  const cap = Number.isFinite(seconds) ? (mostTrials(frame.table.rowCount) ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  const limits: RaceLimits = {
    ms: (ask.refit ? 1 - REFITTING : 1) * seconds * 1000 - reserveOf(seconds * 1000, look.slowness) - (work.now() - work.began),
    trials: Math.min(ask.limits.trials, cap),
    trialMs: Math.min(ask.limits.trialMs, seconds * 1000 * MOST_OF_BUDGET),
    strict: Number.isFinite(ask.limits.trialMs),
    patience: ask.limits.patience,
    exitLoss: ask.limits.exitScore === null ? Number.NEGATIVE_INFINITY : objective.sign * ask.limits.exitScore,
  };
  folds = plans.repeats[0].reduce((all, fold) => Math.max(all, fold + 1), 1);
  most = limits.trials;
  const classes = goal.classes?.length ?? 0;
  const perFold = Math.min(limits.trialMs * (work.width / Math.max(work.width, folds)), limits.ms) / 1000;
  const expected = fitSeconds({ ...size, rows: frame.table.rowCount, classes }, look.slowness);
  let pace = Number.isFinite(perFold) ? Math.min(FASTEST, Math.max(1, expected / perFold)) : 1;
  const trials = await race(
    {
      plans,
      objective,
      portfolio: candidates,
      ...(ask.tries === 'known' ? {} : { search: [(kind: string) => work.kindOf(kind).params, work.random('search')] as const }),
      earlier,
      limits,
    },
    {
      width: work.width,
      now: steering.now,
      stopRequested: work.stopRequested,
      steering,
      stands: look.trials.some(canBeModel),
      leastMs: (candidate) => leastMs(candidate, look.trials, { ...size, rows: frame.table.rowCount, classes }, look.slowness),
      settle: (candidate, done) => settledParams(candidate, done, frame.table.rowCount),
      changed: (open, ended) => {
        state = [open, ended];
        tell();
      },
      adapt: (candidate) => {
        const { learning_rate: rate } = candidate.params;
        if (candidate.family !== 'boosting' || pace === 1 || candidate.variant === 'search') return candidate;
        return {
          ...candidate,
          params: { ...candidate.params, learning_rate: Math.min(0.3, Number((Number(rate) * pace).toPrecision(3))) },
        };
      },
      fold: (candidate: Candidate, place: FoldPlace, time) =>
        work.fold(
          {
            spec: specOf(candidate.kind, usedParams(candidate)),
            ...stepsOf(candidate),
            plans,
            place,
            goal,
            ...(ask.ownTable ? { ownTable: true } : {}),
            ...time,
          },
          steering.ended(candidate.id),
        ),
      told: (trial, all) => {
        if (trial.candidate.family === 'boosting' && trial.folds.some(({ cut }) => cut)) pace = Math.min(FASTEST, pace * FASTER);
        const spent = steering.now() / 1000;
        const fraction = Math.max(
          Number.isFinite(seconds) ? spent / (seconds + steering.extraMs() / 1000) : 0,
          Number.isFinite(limits.trials) ? all.length / limits.trials : 0,
        );
        const best = bestOf(all);
        work.told(
          Math.min(0.99, fraction),
          best && { seconds: spent, value: objective.sign * best.loss, metric: objective.metric },
          phrase('automl.told', 'Trial {number}: {title}', { number: all.length, title: titleOf(trial) }),
        );
      },
    },
  );
  tell(true);
  const first = before ? before.looked : look.trials;
  const looked = [...first, ...trials].some(canBeModel) ? first : await lastResort();
  const said = [...(before?.said.filter(({ code }) => code !== 'automl.stopped') ?? []), ...steering.said()];
  const given = Number.isFinite(seconds) ? ask.limits.seconds + steering.extraMs() / 1000 : null;
  return {
    trials,
    looked,
    deal,
    said,
    pinned: trials.map(({ candidate }) => candidate.id).filter(steering.isPinned),
    seconds: given === null ? null : ask.limits.seconds,
    spent: given === null ? null : work.stopRequested() ? Math.min(given, (before?.spent ?? 0) + steering.now() / 1000) : given,
  };

  /** Where nothing else came to an end: a straight line on some of the rows, else what is usual, which takes no time; nothing where even that cannot be fitted. */
  async function lastResort(): Promise<Trial[]> {
    const patient = work.stopRequested() || !Number.isFinite(seconds) ? [] : looks(ask, goal.task).slice(-1);
    for (const candidate of [...patient, LAST_RESORT]) {
      const time = candidate === LAST_RESORT ? {} : RESCUE;
      try {
        const plans = thinned(lookPlans());
        const done = await work.fold({ spec: specOf(candidate.kind, candidate.params), plans, place: FIRST, goal, ...time });
        return [lookedTrial(candidate, done, objective, work.now() - work.began)];
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
      }
    }
    return [];
  }

  function lookPlans(): FoldPlans {
    const plan = (some: Frame) => planOf(some, goal, { ...ask, folds: 0, share: 0.2 }, work, size, 1).plans;
    // Few rows may have too few times to be parted by.
    return ask.time === undefined ? thinlyDealt(frame, plan) : plan(frame);
  }

  async function lookAt(): Promise<FirstLook> {
    const spent = work.now() - work.began;
    const found = await firstLook(lookPlans(), looks(ask, goal.task), size, objective, {
      now: () => work.now() - work.began,
      fold: (candidate, thin) =>
        work.fold({
          spec: specOf(candidate.kind, candidate.params),
          plans: thin,
          place: FIRST,
          goal,
          ...lookTime(candidate, seconds * 1000, spent),
        }),
    });
    const [best] = found.trials;
    if (best) {
      const point = { seconds: (work.now() - work.began) / 1000, value: objective.sign * best.loss, metric: objective.metric };
      work.told(0.01, point, lookSaid(found.slowness));
    }
    return found;
  }
}

const FIRST: FoldPlace = { repeat: 0, fold: 0 };

const stepsOf = ({ steps }: Candidate) => (steps ? { steps } : {});

const bestOf = (trials: readonly Trial[]): Trial | undefined =>
  trials
    .filter(({ state }) => state === 'complete')
    .reduce<Trial | undefined>((best, trial) => (best && best.loss <= trial.loss ? best : trial), undefined);

/** Whether a trial need not be run again: it came to an end that more time would not change. */
const isOver = ({ state, problem }: Trial): boolean => state !== 'cut' && problem?.code !== 'automl.late';
