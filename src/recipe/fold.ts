/** One fold of a cross-validation: everything is refitted on its learning rows and judged on its own; plain data, for any worker. */
import { ProblemError } from '../base/problem.ts';
import { type Phrase, phrase } from '../base/words.ts';
import { columnNamed } from '../table/table.ts';
import { halfOf } from './aside.ts';
import { fitModel, targetOf } from './fit-model.ts';
import type { Frame } from './frame.ts';
import { metricsOf } from './judge.ts';
import type { FitRun, LearnerSpec, Lookups, Model } from './model.ts';
import { isLeakNote } from './model-notes.ts';
import { predictModel } from './predict.ts';
import { refit } from './refit.ts';
import { rowsToScore, truthOf } from './score.ts';
import { pickRows, type SplitBy } from './split-frame.ts';
import { classesOf, taskOf } from './target.ts';
import { answerTime } from './time-answers.ts';
import { frameIds } from './track.ts';

export interface FoldPlans {
  /** One list per repeat: the fold in which each frame row is judged; -1 = learned from only. */
  repeats: readonly Int32Array[];
  /** Folds forward in time: fold f learns from the folds before it only. */
  forward?: boolean;
  by: SplitBy;
}
export interface FoldPlace {
  repeat: number;
  fold: number;
}
/** What one learner's model said of the fold's rows whose truth is known. */
export interface FoldTally {
  ids: Int32Array;
  truth: Float64Array;
  /** Class codes in the goal's order, or values. */
  predicted: Float64Array;
  /** Row-major [rows, classes]; empty when the learner gives none. */
  probabilities: Float64Array;
  /** Absent when no row could be judged. */
  metrics?: Record<string, number>;
  notes: Phrase[];
  unknown: number;
  /** Milliseconds that its answers to 1,000 rows took, where they were timed. */
  answerMs?: number;
}
export interface FoldAnswer {
  /** Ids of rows that a row step dropped inside this fold. */
  leftOut: Int32Array;
  /** One per learner. */
  tallies: FoldTally[];
}

/** Fold of each raw row; -2 = not in the frame. */
function foldById(frame: Frame, folds: Int32Array): Int32Array {
  const byId = new Int32Array(frame.sources[frame.rows.source].rowCount).fill(-2);
  const ids = frameIds(frame);
  for (let row = 0; row < ids.length; row++) if (ids[row] >= 0) byId[ids[row]] = folds[row];
  return byId;
}

function idsWhere(byId: Int32Array, wanted: (fold: number) => boolean): Int32Array {
  const ids = new Int32Array(byId.length);
  let count = 0;
  for (let id = 0; id < byId.length; id++) if (byId[id] !== -2 && wanted(byId[id])) ids[count++] = id;
  return ids.slice(0, count);
}

/** The rows learned from and those judged, everything before them refitted on the former. */
export async function foldFrames(
  frame: Frame,
  plans: FoldPlans,
  { repeat, fold }: FoldPlace,
  lookups: Lookups,
): Promise<{ training: Frame; held: Frame; judgeIds: Int32Array }> {
  const byId = foldById(frame, plans.repeats[repeat]);
  const learnIds = idsWhere(byId, (other) => (plans.forward ? other < fold : other !== fold));
  const judgeIds = idsWhere(byId, (other) => other === fold);
  const refitted = await refit(frame, learnIds, lookups.step);
  return { training: pickRows(refitted, learnIds, plans.by), held: pickRows(refitted, judgeIds, plans.by), judgeIds };
}

/** A class that the fold's learning rows lack has probability 0. `began` is told which learner is fitted, and how far it is. */
export async function judgeFold(
  frame: Frame,
  specs: readonly LearnerSpec[],
  plans: FoldPlans,
  { repeat, fold }: FoldPlace,
  lookups: Lookups,
  run: FitRun,
  began: (spec: number, fraction: number) => void = () => {},
): Promise<FoldAnswer> {
  const goal = await goalOf(frame, specs, lookups);
  const { training, held, judgeIds } = await foldFrames(frame, plans, { repeat, fold }, lookups);
  const present = new Set(held.rows.ids ?? []);
  const tallies: FoldTally[] = [];
  for (const [place, spec] of specs.entries()) {
    const inner: FitRun = { ...run, progress: ({ fraction = 0 }) => began(place, fraction) };
    const model = await fitModel(training, spec, lookups, inner, { known: goal.classes });
    tallies.push(await tallyOf(model, held, goal, lookups));
  }
  return { leftOut: judgeIds.filter((id) => !present.has(id)), tallies };
}

export interface Goal {
  task: 'classify' | 'regress';
  target: string;
  classes?: string[];
  positive?: string;
}

/** The one target, task and class list that all learners share. */
export async function goalOf(frame: Frame, specs: readonly LearnerSpec[], lookups: Lookups): Promise<Goal> {
  const goals: { task: Goal['task']; target: string; positive: unknown }[] = [];
  for (const spec of specs) {
    const target = targetOf(frame.table, spec.params);
    const code = await lookups.learner(spec.kind, spec.version);
    goals.push({ target, task: taskOf(columnNamed(frame.table, target), code.tasks, spec.params.task), positive: spec.params.positive });
  }
  const [first] = goals;
  const other = goals.find((goal) => goal.target !== first.target || goal.task !== first.task);
  if (other) {
    throw new ProblemError({
      code: 'evaluate.mixed',
      at: { port: 'learner' },
      args: { targets: [first.target, other.target] },
      message:
        first.target === other.target
          ? phrase('folds.two-tasks', 'The learners predict “{target}” once as classes and once as numbers.', { target: first.target })
          : phrase('folds.two-targets', 'The learners predict different things: “{one}” and “{other}”.', {
              one: first.target,
              other: other.target,
            }),
      hint: phrase('folds.one-target', 'Compare learners of one target; choose it in each learner.'),
    });
  }
  if (first.task === 'regress') return { task: 'regress', target: first.target };
  const classes = classesOf(columnNamed(frame.table, first.target));
  const positive = typeof first.positive === 'string' && classes.includes(first.positive) ? first.positive : classes[classes.length - 1];
  return { task: 'classify', target: first.target, classes, positive };
}

const byHalvesOf = async ({ learner: { kind, version }, fitted }: Model, lookups: Lookups) =>
  (await lookups.learner(kind, version)).stoppedByHalves?.(fitted) ?? { fitted, halves: undefined };

/** Without what only `fairTallyOf` asks for. */
export const keptOf = async (model: Model, lookups: Lookups): Promise<Model> => ({
  ...model,
  fitted: (await byHalvesOf(model, lookups)).fitted,
});

/**
 * As `tallyOf`, of a fit that the rows held out told when to stop, whose answers to them would flatter: what each half of the rows chose answers for the other.
 * The model is that of all rows.
 */
export async function fairTallyOf(
  model: Model,
  held: Frame,
  goal: Goal,
  lookups: Lookups,
  now?: () => number,
): Promise<{ model: Model; tally: FoldTally }> {
  const { fitted, halves } = await byHalvesOf(model, lookups);
  const kept: Model = { ...model, fitted };
  const whole = await tallyOf(kept, held, goal, lookups, now);
  if (!halves) return { model: kept, tally: whole };
  const byFirst = await tallyOf({ ...model, fitted: halves[0] }, held, goal, lookups);
  const bySecond = await tallyOf({ ...model, fitted: halves[1] }, held, goal, lookups);
  const k = goal.classes?.length ?? 0;
  const fair = (row: number) => (halfOf(whole.ids[row]) === 0 ? bySecond : byFirst);
  const predicted = whole.predicted.map((_, row) => fair(row).predicted[row]);
  const probabilities = whole.probabilities.map((_, at) => fair(Math.floor(at / k)).probabilities[at]);
  const shares = probabilities.length > 0 ? probabilities : undefined;
  const { metrics } = metricsOf(goal.task, whole.truth, predicted, shares, goal.classes, goal.positive);
  return { model: kept, tally: { ...whole, predicted, probabilities, ...(whole.metrics ? { metrics } : {}) } };
}

/** What the model says of the rows held out, against what is true; timed by `now`, where that is given. */
export async function tallyOf(model: Model, held: Frame, goal: Goal, lookups: Lookups, now?: () => number): Promise<FoldTally> {
  const notes = model.about.notes.filter(isLeakNote);
  const nothing = new Float64Array(0);
  const none: FoldTally = { ids: new Int32Array(0), truth: nothing, predicted: nothing, probabilities: nothing, notes, unknown: 0 };
  if (held.table.rowCount === 0) return none;
  const { rows } = rowsToScore(model, held);
  const began = now?.() ?? 0;
  const answer = await predictModel(model, rows, lookups);
  const timed = now ? { answerMs: await answerTime(rows, now() - began, (more) => predictModel(model, more, lookups), now) } : {};
  const truths = await truthOf({ ...model, ...(goal.classes ? { classes: goal.classes } : {}) }, held, lookups);
  if (!truths) return none;
  const known = Int32Array.from(truths.keys()).filter((i) => Number.isFinite(truths[i]));
  const unknown = truths.length - known.length;
  if (known.length === 0) return { ...none, unknown };
  const place = goal.classes && (model.classes ?? []).map((label) => goal.classes!.indexOf(label));
  const k = goal.classes?.length ?? 0;
  const own = frameIds(held);
  const truth = Float64Array.from(known, (i) => truths[i]);
  const predicted = Float64Array.from(known, (i) => (place ? place[answer.codes[i]] : answer.codes[i]));
  const shares = place && answer.probabilities;
  const probabilities = shares ? new Float64Array(known.length * k) : nothing;
  if (place && shares)
    known.forEach((row, i) => {
      for (let c = 0; c < place.length; c++) probabilities[i * k + place[c]] = shares[row * place.length + c];
    });
  const { metrics } = metricsOf(goal.task, truth, predicted, shares ? probabilities : undefined, goal.classes, goal.positive);
  return { ids: Int32Array.from(known, (i) => own[i]), truth, predicted, probabilities, metrics, notes, unknown, ...timed };
}
