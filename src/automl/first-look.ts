/**
 * A look before the race: two small fits on some of the rows. They give a model to show within moments, wake two workers, and tell how fast
 * boosting is on this machine just now, which decides between folds and one part kept aside.
 */
import { spreadPlaces } from '../base/indices.ts';
import { toProblem } from '../base/problem.ts';
import { type Phrase, phrase } from '../base/words.ts';
import type { FoldPlans } from '../recipe/fold.ts';
import type { Frame } from '../recipe/frame.ts';
import { gatherRows } from '../table/table.ts';
import { type Objective, saidOf } from './objective.ts';
import { type Allowed, allows, type Candidate } from './portfolio.ts';
import type { Trial } from './race.ts';
import type { FoldDone } from './trial.ts';
import { roundSeconds, type Size } from './validation.ts';

const MOST_ROWS = 5000;
const ROUNDS = 50;
const LEAVES = 15;
/** Said of a machine on which even this small fit did not end in time. */
const TOO_SLOW = 10;

export interface FirstLook {
  /** Those that came to an end, the better one first. */
  trials: Trial[];
  /** How many times slower than expected a round of boosting is; 1 where nothing is known. */
  slowness: number;
}

/** The same plan for evenly spread rows only: the others are neither learned from nor judged. */
export function thinned({ repeats: [folds, ...rest], ...plans }: FoldPlans): FoldPlans {
  if (rest.length === 0 && folds.length <= MOST_ROWS) return { ...plans, repeats: [folds] };
  const kept = new Int32Array(folds.length).fill(LEFT_OUT);
  for (const row of spreadPlaces(folds.length, MOST_ROWS)) kept[row] = folds[row];
  return { ...plans, repeats: [kept] };
}

/** Plans for the same rows, made by dealing them alone: of a large table all of them would take longer than the look. */
export function thinlyDealt(frame: Frame, deal: (some: Frame) => FoldPlans): FoldPlans {
  const { table, rows } = frame;
  if (table.rowCount <= MOST_ROWS) return deal(frame);
  const places = spreadPlaces(table.rowCount, MOST_ROWS);
  const ids = rows.ids ? places.map((place) => rows.ids![place]) : places;
  const { repeats, ...plans } = deal({ ...frame, table: gatherRows(table, places), rows: { ...rows, ids } });
  const kept = new Int32Array(table.rowCount).fill(LEFT_OUT);
  for (const [i, place] of places.entries()) kept[place] = repeats[0][i];
  return { ...plans, repeats: [kept] };
}
/** What `foldFrames` takes for a row that is not there. */
const LEFT_OUT = -2;

/** The fits of a look that are allowed, boosting before the straight line; their ids are below 0, apart from those of trials. */
export function looks(allowed: Allowed, task: 'classify' | 'regress'): Candidate[] {
  const all: Omit<Candidate, 'id'>[] = [
    {
      family: 'boosting',
      kind: 'learn.boosting',
      variant: 'first look',
      params: { rounds: ROUNDS, learning_rate: 0.15, leaves: LEAVES, early_stopping: false },
    },
    task === 'regress'
      ? { family: 'linear', kind: 'learn.linear', variant: 'first look', params: {} }
      : { family: 'linear', kind: 'learn.logistic', variant: 'first look', params: { c: 1 } },
  ];
  return all.filter((draft) => allows(allowed, draft)).map((draft, i) => ({ ...draft, id: -1 - i }));
}

export interface LookWork {
  fold: (candidate: Candidate, plans: FoldPlans) => Promise<FoldDone>;
  now: () => number;
}

/** Fits the candidates at once on some of the rows of the plans. A fit that fails, or is ended, is left out. */
export async function firstLook(
  given: FoldPlans,
  candidates: readonly Candidate[],
  size: Omit<Size, 'rows' | 'classes'>,
  objective: Objective,
  work: LookWork,
): Promise<FirstLook> {
  const plans = thinned(given);
  const rows = plans.repeats[0].reduce((count, fold) => count + (fold === -1 ? 1 : 0), 0);
  const classes = objective.goal.classes?.length ?? 0;
  const done = await Promise.allSettled(candidates.map((candidate) => work.fold(candidate, plans)));
  let slowness = 1;
  const trials = done.flatMap((answer, i): Trial[] => {
    if (answer.status === 'rejected') {
      if (candidates[i].family === 'boosting' && toProblem(answer.reason).code === 'automl.late') slowness = TOO_SLOW;
      return [];
    }
    const { value } = answer;
    if (candidates[i].family === 'boosting') {
      if (value.roundMs !== undefined) slowness = clamp(value.roundMs / 1000 / roundSeconds({ ...size, rows, classes }, LEAVES), 0.3, 30);
      else if (value.cut) slowness = TOO_SLOW;
    }
    return value.tally.truth.length === 0 ? [] : [lookedTrial(candidates[i], value, objective, work.now())];
  });
  return { trials: trials.sort((a, b) => a.loss - b.loss), slowness };
}

/** A look's one fold as a trial that is complete; infinite loss where it judged no row. `ended`: milliseconds from the start of the race. */
export function lookedTrial(candidate: Candidate, done: FoldDone, objective: Objective, ended: number): Trial {
  const { truth } = done.tally;
  const loss = truth.length === 0 ? Number.POSITIVE_INFINITY : objective.loss(truth, saidOf(done.tally));
  return { candidate, state: 'complete', folds: [done], loss, ms: done.ms, began: 0, ended };
}

/** The usual value, or the shares of the classes. */
export const LAST_RESORT: Candidate = { id: -3, family: 'linear', kind: 'learn.baseline', variant: 'last resort', params: {} };

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

export const lookSaid = (slowness: number): Phrase =>
  phrase('automl.look', 'A first model stands; a round of boosting takes {times} times what is usual.', {
    times: Number(slowness.toPrecision(2)),
  });
