/** Runs the trials: the portfolio in order, then local search, several folds at once, within the budget; every end of a trial is a row. */
import { type Problem, toProblem } from '../base/problem.ts';
import type { ParamValues } from '../kind/params.ts';
import type { FoldPlace, FoldPlans } from '../recipe/fold.ts';
import { type FirstFold, isHopeless } from './hopeless.ts';
import { noValue } from './no-value.ts';
import { type Objective, saidOf } from './objective.ts';
import type { Candidate } from './portfolio.ts';
import { createSearch, type Known, type Search } from './search.ts';
import type { Steering } from './steering.ts';
import type { FoldDone } from './trial.ts';

export interface Trial {
  candidate: Candidate;
  /** Complete: all folds, and a loss that is a number. */
  state: 'complete' | 'dropped' | 'cut' | 'failed' | 'ended';
  /** In fold order; those that ran. */
  folds: FoldDone[];
  /** Mean over the folds that ran; infinite without any. */
  loss: number;
  ms: number;
  /** Milliseconds from the start of the race. */
  began: number;
  ended: number;
  problem?: Problem;
}
export interface RaceLimits {
  /** Milliseconds for trials; infinite = none. */
  ms: number;
  trials: number;
  /** Per trial; infinite = none. */
  trialMs: number;
  /** The time per trial was asked for: what takes twice as long is ended. */
  strict: boolean;
  /** Ends the race when reached; as a loss. */
  exitLoss: number;
  /** Ends the race after this many trials without a better one, from the end of the portfolio on. */
  patience: number;
}
export interface RaceWork {
  width: number;
  now: () => number;
  stopRequested: () => boolean;
  /** A candidate as it will be tried, after what was learned so far on what the time allows. */
  adapt: (candidate: Candidate) => Candidate;
  /** Has one fold done, in another worker; told to stop after `ms`, and ended after `mostMs`. */
  fold: (candidate: Candidate, place: FoldPlace, time: { ms: number; mostMs: number } | undefined) => Promise<FoldDone>;
  /** Settings for a second go of all folds, by what the first found; undefined = the first counts. */
  settle?: (candidate: Candidate, folds: readonly FoldDone[]) => ParamValues | undefined;
  /** After each trial. */
  told: (trial: Trial, all: readonly Trial[]) => void;
  /** When a trial begins, when a fold of it is done, and when it ends: those under way, and those that ended. */
  changed?: (open: readonly OpenTrial[], ended: readonly Trial[]) => void;
  /** A model stands already: no trial is begun that could not end in time. */
  stands?: boolean;
  /** Milliseconds that a fold of a candidate takes at least, for learners not tried yet; undefined where nothing is known. */
  leastMs?: (candidate: Candidate) => number | undefined;
  steering?: Pick<Steering, 'paused' | 'resumed' | 'extraMs' | 'isEnded'>;
}
export interface RaceSetup {
  plans: FoldPlans;
  objective: Objective;
  portfolio: readonly Candidate[];
  /** Absent: the portfolio is all. */
  search?: Readonly<Parameters<typeof createSearch>>;
  /** Of a race that this one goes on from: they are not run again. */
  earlier?: readonly Trial[];
  limits: RaceLimits;
}

/** A trial under way. */
export interface OpenTrial {
  candidate: Candidate;
  /** In fold order; those that are done. */
  folds: readonly (FoldDone | undefined)[];
  began: number;
}
interface Open extends OpenTrial {
  candidate: Candidate;
  folds: (FoldDone | undefined)[];
  next: number;
  running: number;
  began: number;
  /** Of the first go, where this is the second. */
  first?: FoldDone[];
  over?: Trial['state'];
  problem?: Problem;
}

/** Of the time left, what a fit may take: its answers take some too. */
const FITTING = 0.8;
/** Steps of the search in one batch. The batch, not the clock, decides what is tried next, so that a race limited by trials repeats. */
const BATCH = 2;
/** After so many batches of which nothing could end in the time left, the search ends. */
const MOST_IDLE = 8;

/** All trials, by number; the failure of a fold is kept in its trial, not thrown. */
export async function race({ plans, objective, portfolio, search, limits, earlier = [] }: RaceSetup, work: RaceWork): Promise<Trial[]> {
  // Where every row is learned from, another table judges: one fold.
  const count = plans.repeats[0].reduce((most, fold) => Math.max(most, fold + 1), 1);
  const begin = work.now();
  const { steering } = work;
  const left = () => limits.ms + (steering?.extraMs() ?? 0) - (work.now() - begin);
  const trials: Trial[] = [...earlier];
  const since = earlier.reduce((latest, { ended }) => Math.max(latest, ended), 0);
  const clock = () => since + work.now() - begin;
  const finder: Search | undefined = search && createSearch(...search);
  const bestLoss = () =>
    trials.reduce((least, { state, loss }) => (state === 'complete' ? Math.min(least, loss) : least), Number.POSITIVE_INFINITY);
  const firstFolds = new Map<number, FirstFold>();

  const close = (open: Open) => {
    const done = open.folds.filter((fold) => fold !== undefined);
    const whole = done.length === count;
    const { settled: _, ...unsettled } = open.candidate;
    const folds = whole ? done : (open.first ?? done);
    const loss = trialLoss(objective, folds);
    const lack = whole && !open.over && !Number.isFinite(loss) ? noValue(objective, folds) : open.problem;
    const trial: Trial = {
      candidate: whole ? open.candidate : unsettled,
      state: open.over ?? (whole ? (lack ? 'failed' : 'complete') : 'cut'),
      folds,
      loss,
      ms: [...done, ...(open.first ?? [])].reduce((sum, { ms }) => sum + ms, 0),
      began: open.began,
      ended: clock(),
      ...(lack ? { problem: lack } : {}),
    };
    trials.push(trial);
    work.told(trial, trials);
  };

  const over = (begun: number): boolean => begun >= limits.trials || work.stopRequested() || left() <= 0 || bestLoss() <= limits.exitLoss;

  /** Whether the first fold says that the others are not worth their time. */
  const hopeless = ({ candidate, folds: [first] }: Open): boolean => {
    if (!Number.isFinite(limits.ms) || !first) return false;
    const own: FirstFold = { loss: foldLoss(objective, first), tally: first.tally };
    if (Number.isNaN(own.loss)) return false;
    const best = [...firstFolds.values()].reduce<FirstFold | undefined>((a, b) => (a && a.loss <= b.loss ? a : b), undefined);
    firstFolds.set(candidate.id, own);
    return best !== undefined && isHopeless(own, best);
  };

  /** Has all folds learn once more, where what they found is to settle their settings. */
  const again = (open: Open) => {
    const first = open.folds.filter((done) => done !== undefined);
    const settled = work.settle?.(open.candidate, first);
    if (settled) Object.assign(open, { candidate: { ...open.candidate, settled }, folds: new Array(count), next: 0, first });
  };

  let begun = earlier.length;
  async function runAll(candidates: readonly Candidate[]): Promise<void> {
    const queue: Open[] = [];
    const changed = () => work.changed?.(queue, trials);
    let taken = 0;
    const nextJob = (): { open: Open; fold: number } | undefined => {
      for (const open of queue) {
        if (steering?.isEnded(open.candidate.id)) open.over ??= 'ended';
        if (open.over || open.next >= count || over(0)) continue;
        return { open, fold: open.next++ };
      }
      if (taken >= candidates.length || over(begun)) return undefined;
      // A trial that could not end in the time left is not begun, once there is one to show.
      const candidate = work.adapt(candidates[taken++]);
      const like = trials.filter((trial) => trial.candidate.kind === candidate.kind && trial.state === 'complete');
      const turns = Math.ceil(count / work.width);
      const expected =
        like.length === 0
          ? (work.leastMs?.(candidate) ?? 0) * turns
          : like.reduce((sum, trial) => sum + trial.ms, 0) / like.length / Math.min(count, work.width);
      if ((work.stands || trials.length > 0) && expected > left()) return nextJob();
      begun++;
      const open: Open = { candidate, folds: new Array(count), next: 1, running: 0, began: clock() };
      queue.push(open);
      changed();
      return { open, fold: 0 };
    };
    const lane = async () => {
      const next = async () => {
        while (steering?.paused() && !work.stopRequested()) await steering.resumed();
        return nextJob();
      };
      for (let job = await next(); job; job = await next()) {
        const { open, fold } = job;
        open.running++;
        try {
          const ms = Math.min((limits.trialMs * work.width) / Math.max(work.width, count), FITTING * left());
          const patient = !limits.strict && trials.every(({ state }) => state !== 'complete');
          open.folds[fold] = await work.fold(
            open.candidate,
            { repeat: 0, fold },
            timeOf(ms, left(), limits.strict ? 0 : patient ? 1 : 0.5),
          );
          if (fold === 0 && !open.first && hopeless(open)) open.over ??= 'dropped';
        } catch (error) {
          const ended = steering?.isEnded(open.candidate.id) ?? false;
          open.over = ended ? 'ended' : 'failed';
          if (!ended) open.problem ??= toProblem(error);
        }
        open.running--;
        if (open.running === 0 && open.next >= count && !open.over && !open.first) again(open);
        if (open.running === 0 && (open.over || open.next >= count || over(0))) {
          queue.splice(queue.indexOf(open), 1);
          close(open);
        }
        changed();
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, work.width) }, lane));
    for (const open of queue.splice(0)) close(open);
  }

  const done = new Set(earlier.map(({ candidate }) => candidate.id));
  await runAll(portfolio.filter(({ id }) => !done.has(id)));
  let last = trials.length;
  let best = bestLoss();
  let idle = 0;
  let id = earlier.reduce((next, { candidate }) => Math.max(next, candidate.id + 1), portfolio.length);
  while (finder && !over(begun) && trials.length - last < limits.patience && bestLoss() > objective.perfect) {
    // Without a clock the same seed gives the same race, whatever the trials took.
    const known = trials.map(
      ({ candidate, state, loss, ms }): Known => ({
        candidate,
        loss: state === 'complete' ? loss : Number.POSITIVE_INFINITY,
        cost: Number.isFinite(limits.ms) ? ms : 1,
      }),
    );
    known.sort((a, b) => a.candidate.id - b.candidate.id);
    const proposed = Array.from({ length: BATCH }, () => finder.propose(known)).flat();
    if (proposed.length === 0) break;
    const before = begun;
    await runAll(proposed.map((draft) => ({ ...draft, id: id++ })));
    idle = begun === before ? idle + 1 : 0;
    if (idle > MOST_IDLE) break;
    if (bestLoss() < best) [best, last] = [bestLoss(), trials.length];
  }
  return trials.sort((a, b) => a.candidate.id - b.candidate.id);
}

const foldLoss = (objective: Objective, { tally }: FoldDone): number => objective.loss(tally.truth, saidOf(tally));

/** Mean over the folds that have a value; infinite without any. A fold whose rows are all of one class may have none, whatever the answers. */
export function trialLoss(objective: Objective, folds: readonly FoldDone[]): number {
  const losses = folds.map((done) => foldLoss(objective, done)).filter((value) => !Number.isNaN(value));
  return losses.length === 0 ? Number.POSITIVE_INFINITY : losses.reduce((sum, value) => sum + value, 0) / losses.length;
}

/** Milliseconds by which the race may be late at its end. */
const GRACE_MS = 200;

/** A fit that does not listen may take twice its time, or `share` of what is left, if the race is not over by then: to end a worker costs more than to wait. */
function timeOf(ms: number, left: number, share: number): { ms: number; mostMs: number } | undefined {
  if (!Number.isFinite(ms)) return undefined;
  const most = Math.max(50, ms);
  return { ms: most, mostMs: Math.max(50, Math.min(Math.max(2 * most, share * left), left)) + GRACE_MS };
}
