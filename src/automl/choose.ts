/** From the trials of a race to its outcome: which of them make the model, with what weights, and what is told of it. Nothing is trained here. */
import { ProblemError, problem } from '../base/problem.ts';
import { type Phrase, phrase, type Words } from '../base/words.ts';
import type { Deal } from '../recipe/deal-rows.ts';
import { type Maker, meanModel, shareOf, stackedModel } from '../recipe/mean-model.ts';
import type { LearnerSpec, Model } from '../recipe/model.ts';
import type { Race, RaceMade, Results } from '../recipe/results.ts';
import type { Table } from '../table/table.ts';
import { type Calibrated, calibrate } from './calibrate.ts';
import { blendAnswers, selectEnsemble } from './ensemble.ts';
import { LAST_RESORT } from './first-look.ts';
import { canBeModel, hasModels, keptTrials } from './keep.ts';
import { betterLook } from './look-better.ts';
import { allFailed, noModel } from './no-model.ts';
import type { Objective } from './objective.ts';
import type { Trial } from './race.ts';
import { answersOf, type Blend, leaderboard, metricsByTrial, raceOf, resultsOf } from './report.ts';
import { sameRows } from './same-rows.ts';
import { stackedNote, stackOn } from './stack-trials.ts';

/** A race that ran; plain data. */
export interface Ran {
  trials: readonly Trial[];
  /** The short first fits, for a race in which nothing was finished. */
  looked: readonly Trial[];
  /** How rows were dealt into those learned from and those judged. */
  deal: Deal;
  /** What a person did to it. */
  said: readonly Phrase[];
  /** Numbers of the trials that are to be in the ensemble. */
  pinned: readonly number[];
  /** Seconds that it was given, and of them those that it had when it ended; null without a limit. */
  seconds: number | null;
  spent: number | null;
}
export interface Choosing {
  objective: Objective;
  ensemble: boolean;
  /** Trials are stacked in place of weighed where that is better by more than noise. */
  stack: boolean;
  /** The model's class shares are calibrated where that pays. */
  calibrate: boolean;
  /** Numbers of the trials that a person wants the model made of; none = the race decides. */
  pick: readonly number[];
  maker: Maker;
  titleOf: (trial: Trial) => Words;
  specOf: (trial: Trial) => LearnerSpec;
  /** The greedy choice may take so long. */
  time: { ms: number; now: () => number };
}
export interface Outcome {
  model: Model;
  results: Results;
  race: Omit<Race, 'steps' | 'seed'>;
  leaderboard: Table;
  /** What the model is made of; weights add up to 1. */
  chosen: readonly { trial: Trial; weight: number }[];
  notes: readonly Words[];
  /** What a later run needs to choose again, bounded. */
  ran: Ran;
}

/** So many of the best may be in the ensemble; of one learner so many where rows are few: among many that differ by chance one is best by chance. */
const LIBRARY = 30;
const MOST_ALIKE = 3;
const FEW_ROWS = 1000;

/** Throws `automl.no-trial` for a trial that was picked and is not there, and where none gave a model what the trials said. */
export function chooseModel({ trials, looked, deal, said, pinned, seconds, spent }: Ran, choosing: Choosing): Outcome {
  const { objective, pick, maker, titleOf, specOf } = choosing;
  const whole = trials.filter(({ state }) => state === 'complete');
  // Where no trial is complete, the best that there is.
  const anything = [...looked, ...trials].filter(canBeModel).sort((a, b) => a.loss - b.loss);
  const look = pick.length > 0 || pinned.length > 0 ? undefined : betterLook(looked, whole, objective);
  const raced = whole.length > 0 && !look;
  const usable = look ? [look, ...whole] : whole.length > 0 ? whole : anything.slice(0, 1);
  const ranked = usable.toSorted((a, b) => a.loss - b.loss || a.candidate.id - b.candidate.id);
  const able = ranked.filter(hasModels);
  if (able.length === 0) throw noModel(trials, looked, objective);
  const rest = trials.filter((trial) => !ranked.includes(trial));
  const must = new Set(pick.length > 0 ? pick : pinned);
  const { same: library, other } = sameRows(look ? [look] : pick.length > 0 ? pick.map((id) => wanted(id, able)) : libraryOf(able, must));
  const lost = pick.length > 0 ? [] : trials.filter((trial) => must.has(trial.candidate.id) && !able.includes(trial));
  const together = choosing.ensemble || pick.length > 1;
  const blends = library.length > 1 && together;
  const weights = blends ? weigh(library, objective, choosing.time, must) : undefined;
  const picked = weights ? library.filter((_, i) => weights[i] > 0) : [library[0]];
  // A trial that a person takes alone stays as it is: opened as nodes it says the same.
  const calibrates = choosing.calibrate && raced && pick.length !== 1;
  const weighed = blended(picked, weights ? weights.filter((weight) => weight > 0) : Float64Array.of(1), objective, calibrates);
  const stack = weights && choosing.stack && raced && must.size === 0 ? stackOn(library, weights, weighed.answers, choosing) : undefined;
  const mixed = stack?.blend ?? weighed;
  const chosen = mixed.trials;
  const weightOf = (trial: Trial) => mixed.weights[chosen.indexOf(trial)] ?? 0;
  const shares = mixed.weights;
  // One trial as it is has its own result already.
  const blend = chosen.length > 1 || mixed.calibrated ? mixed : undefined;
  const certain = blend?.calibrated;
  const first = blend ? ranked : [chosen[0], ...ranked.filter((trial) => trial !== chosen[0])];
  const metrics = metricsByTrial(objective, trials);
  const results = resultsOf(objective, first, titleOf, blend);
  const notes = [
    raced
      ? noteOf(chosen, trials.length, pick.length > 0, titleOf)
      : look
        ? lookNote(look, titleOf)
        : shortNote(chosen[0], trials, titleOf),
    ...(together && other.length > 0 ? [otherRowsNote(other, titleOf)] : []),
    ...(choosing.ensemble && lost.length > 0 ? [lostNote(lost, titleOf)] : []),
    ...(certain ? [calibratedNote(certain)] : []),
    ...(stack ? [stackedNote(stack.made, objective)] : []),
  ];
  const bounded = whole.length > 0 ? keptTrials(trials, undefined, new Set(pinned)) : trials;
  const kept = new Set(bounded.flatMap((trial) => (hasModels(trial) ? [trial.candidate.id] : [])));
  return {
    model: stack
      ? stackedModel(
          chosen.map((trial) => meanModel(membersOf([trial], [1]), maker, [])),
          shares,
          stack.made.stack,
          maker,
          notes,
        )
      : { ...meanModel(membersOf(chosen, shares), maker, notes), ...(certain ? { calibration: certain.calibration } : {}) },
    results,
    race: {
      ...raceOf(objective, [...ranked, ...rest], { titleOf, weightOf, specOf, metrics, kept, pinned: new Set(pinned), said, deal }),
      ...(raced ? { made: { ...madeOf(chosen, shares, certain), ...(stack ? { stack: stack.made.stack } : {}) } } : {}),
    },
    leaderboard: leaderboard(objective, { ranked, rest, metrics }, results, { titleOf, weightOf, together: blend !== undefined }),
    chosen: chosen.map((trial, i) => ({ trial, weight: shares[i] })),
    notes,
    ran: { trials: bounded, looked: raced ? [] : looked, deal, said, pinned, seconds, spent },
  };
}

const madeOf = (trials: readonly Trial[], shares: readonly number[], certain: Calibrated | undefined): RaceMade => ({
  members: trials.map(({ candidate: { id } }, i) => ({ id, weight: shares[i] })),
  ...(certain ? { calibration: certain.calibration } : {}),
});

/** Best first. */
function libraryOf(able: readonly Trial[], must: ReadonlySet<number>): Trial[] {
  const rows = able[0].folds.reduce((sum, { tally }) => sum + tally.truth.length, 0);
  const most = rows < FEW_ROWS ? MOST_ALIKE : LIBRARY;
  const alike = new Map<string, number>();
  let count = 0;
  return able.filter(({ candidate: { id, kind } }) => {
    const before = alike.get(kind) ?? 0;
    const fits = count < LIBRARY && before < most;
    if (fits) {
      alike.set(kind, before + 1);
      count++;
    }
    return fits || must.has(id);
  });
}

function blended(trials: readonly Trial[], weights: Float64Array, objective: Objective, calibrates: boolean): Blend {
  const answers = trials.map(answersOf);
  const [{ truth }] = answers;
  const mean = blendAnswers(
    answers.map((entry) => entry.answers),
    weights,
  );
  const made = calibrates ? calibrate(mean, truth, objective) : undefined;
  return { trials, weights: [...weights], answers: made?.answers ?? mean, ...(made ? { calibrated: made } : {}) };
}

const calibratedNote = ({ calibration: { scale }, before, after }: Calibrated): Phrase => {
  const values = { scale: Number(scale.toPrecision(3)), before: Number(before.toPrecision(4)), after: Number(after.toPrecision(4)) };
  if (values.scale === 1)
    return phrase(
      'automl.calibrated-shift',
      'Calibrated: the model leaned to one class, its log-odds are shifted; log-loss on rows not learned from {before} before, {after} after.',
      values,
    );
  return scale < 1
    ? phrase(
        'automl.calibrated-down',
        'Calibrated: the model was too sure, its log-odds are taken times {scale}; log-loss on rows not learned from {before} before, {after} after.',
        values,
      )
    : phrase(
        'automl.calibrated-up',
        'Calibrated: the model was not sure enough, its log-odds are taken times {scale}; log-loss on rows not learned from {before} before, {after} after.',
        values,
      );
};

/** Each trial, all of whose models are there, shares its weight out among them. */
export const membersOf = (trials: readonly Trial[], weights: readonly number[]) =>
  trials.flatMap(({ folds }, t) => folds.flatMap(({ model }) => (model ? [{ model, weight: shareOf(weights[t], folds.length) }] : [])));

function noteOf(chosen: readonly Trial[], all: number, byHand: boolean, titleOf: Choosing['titleOf']): Phrase {
  const one = { all, title: titleOf(chosen[0]) };
  const some = { all, count: chosen.length };
  if (chosen.length > 1)
    return byHand
      ? phrase(
          'automl.picked-some',
          'AutoML: {count} of {all} trials chosen by hand, weighed by their answers on rows not learned from.',
          some,
        )
      : phrase('automl.from-trials', 'AutoML: {count} of {all} trials, weighed by their answers on rows not learned from.', some);
  return byHand
    ? phrase('automl.picked-one', 'AutoML: {title}, chosen by hand of {all} trials.', one)
    : phrase('automl.from-one', 'AutoML: the best of {all} trials, {title}.', one);
}

/** Of a race in which no trial was completed. */
function shortNote(only: Trial, trials: readonly Trial[], titleOf: Choosing['titleOf']): Phrase {
  const usual = only.candidate.kind === LAST_RESORT.kind;
  const title = titleOf(only);
  if (allFailed(trials))
    return usual
      ? phrase('automl.failed-usual', 'Every trial failed: this model only says what is usual, whatever the row.')
      : phrase('automl.failed-look', 'Every trial failed: the model is the first short look at some of the rows, {title}.', { title });
  return usual
    ? phrase('automl.last-resort', 'No model was finished in time: this one only says what is usual, whatever the row.')
    : phrase('automl.from-look', 'The time was over before a trial was completed: this is the best that stood, {title}.', { title });
}

const lostNote = (lost: readonly Trial[], titleOf: Choosing['titleOf']): Phrase =>
  phrase('automl.pins-lost', 'Kept by hand, and not in the ensemble as they did not come to an end: {titles}.', {
    titles: lost.map(titleOf),
  });

const otherRowsNote = (other: readonly Trial[], titleOf: Choosing['titleOf']): Phrase =>
  phrase('automl.other-rows', 'Left out, as they were judged on other rows than the best and cannot be weighed with it: {titles}.', {
    titles: other.map(titleOf),
  });

const lookNote = (look: Trial, titleOf: Choosing['titleOf']): Phrase =>
  phrase(
    'automl.look-better',
    'In this time no trial came to say as much as the first short look at some of the rows: the model is that one, {title}. More time gives a better one.',
    { title: titleOf(look) },
  );

/** Numbers of trials as people write them, from 1: "4", "4 7 9". */
export function pickedTrials(text: string): number[] {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  const odd = words.find((word) => !/^[1-9]\d{0,5}$/.test(word));
  if (odd !== undefined) throw noTrial(odd);
  return [...new Set(words.map((word) => Number(word) - 1))];
}

function wanted(id: number, able: readonly Trial[]): Trial {
  const found = able.find(({ candidate }) => candidate.id === id);
  if (!found) throw noTrial(String(id + 1));
  return found;
}
const noTrial = (trial: string) =>
  new ProblemError(
    problem({
      code: 'automl.no-trial',
      at: { param: 'pick' },
      args: { trial },
      message: `This race has no completed trial “${trial}” whose models are kept.`,
      hint: 'Choose trials on the leaderboard, or leave it empty: then the race decides.',
    }),
  );

/** Trials that answered for the same rows. */
function weigh(library: readonly Trial[], objective: Objective, time: Choosing['time'], must: ReadonlySet<number>): Float64Array {
  const answers = library.map((trial) => answersOf(trial));
  const [{ truth }] = answers;
  return selectEnsemble(
    answers.map((entry) => entry.answers),
    truth,
    objective,
    time,
    [...library.keys()].filter((place) => must.has(library[place].candidate.id)),
  ).weights;
}
