/** Cross-validation (contracts §1 rule 4): per fold everything is refitted on the other folds and judged on this one. */
import { ProblemError } from '../base/problem.ts';
import type { Progress } from '../base/progress.ts';
import { type Phrase, phrase, rowsOf, type Words } from '../base/words.ts';
import { primaryMetric } from '../metrics/metric-info.ts';
import { columnNamed } from '../table/table.ts';
import { fitModel, targetOf } from './fit-model.ts';
import type { Frame } from './frame.ts';
import { distinctNames, metricsOf } from './judge.ts';
import { type FitRun, type LearnerSpec, type Lookups, learnerName, type Model } from './model.ts';
import { isLeakNote } from './model-notes.ts';
import { predictModel } from './predict.ts';
import { refit } from './refit.ts';
import type { ModelResult, Results } from './results.ts';
import { rowsToScore, truthOf } from './score.ts';
import { pickRows, type SplitBy } from './split-frame.ts';
import { classesOf, taskOf } from './target.ts';
import { distinctIds, frameIds } from './track.ts';

export interface FoldPlans {
  /** One list per repeat: the fold in which each frame row is judged; -1 = learned from only. */
  repeats: readonly Int32Array[];
  /** Folds forward in time: fold f learns from the folds before it only. */
  forward?: boolean;
  by: SplitBy;
}

/** What one learner's folds gave, in the order they ran. */
interface Tally {
  ids: number[];
  fold: number[];
  truth: number[];
  predicted: number[];
  probabilities: number[];
  foldMetrics: Record<string, number>[];
  notes: Map<string, Phrase>;
  unknown: number;
}

/** Fold of each raw row; -2 = not in the frame. */
function foldById(frame: Frame, folds: Int32Array): Int32Array {
  const byId = new Int32Array(frame.sources[frame.rows.source].rowCount).fill(-2);
  frameIds(frame).forEach((id, row) => {
    if (id >= 0) byId[id] = folds[row];
  });
  return byId;
}

const idsWhere = (byId: Int32Array, wanted: (fold: number) => boolean): Int32Array =>
  Int32Array.from(byId.keys()).filter((id) => byId[id] !== -2 && wanted(byId[id]));

/**
 * Results of each learner over all folds: metrics are means over folds with `sd` (sample standard deviation); where a fold
 * has one row (leave one out) they are pooled. A class that a fold's training rows lack has probability 0 there.
 */
export async function crossValidate(
  frame: Frame,
  specs: readonly LearnerSpec[],
  plans: FoldPlans,
  lookups: Lookups,
  run: FitRun & { progress: (report: Progress) => void },
): Promise<Results> {
  const goal = await goalOf(frame, specs, lookups);
  const tallies = specs.map(
    (): Tally => ({ ids: [], fold: [], truth: [], predicted: [], probabilities: [], foldMetrics: [], notes: new Map(), unknown: 0 }),
  );
  const counts = plans.repeats.map((folds) => folds.reduce((most, fold) => Math.max(most, fold + 1), 0));
  const total = counts.reduce((sum, count) => sum + count, 0) * specs.length;
  const leftOut = new Set<number>();
  let done = 0;
  let number = 0;
  for (const [repeat, folds] of plans.repeats.entries()) {
    const byId = foldById(frame, folds);
    for (let fold = 0; fold < counts[repeat]; fold++) {
      const learnIds = idsWhere(byId, (other) => (plans.forward ? other < fold : other !== fold));
      const judgeIds = idsWhere(byId, (other) => other === fold);
      const refitted = await refit(frame, learnIds, lookups.step);
      const training = pickRows(refitted, learnIds, plans.by);
      const held = pickRows(refitted, judgeIds, plans.by);
      const present = new Set(held.rows.ids ?? []);
      for (const id of judgeIds) if (!present.has(id)) leftOut.add(id);
      for (const [place, spec] of specs.entries()) {
        const inner: FitRun = {
          ...run,
          progress: ({ fraction = 0, text }) => run.progress({ fraction: (done + fraction) / total, ...(text ? { text } : {}) }),
        };
        const model = await fitModel(training, spec, lookups, inner, goal.classes);
        await judgeFold(tallies[place], model, held, number, goal, lookups);
        done++;
        run.progress({
          fraction: done / total,
          text: phrase('progress.fold', 'Fold {fold} of {folds}, {learner}', {
            fold: number + 1,
            folds: total / specs.length,
            learner: learnerName(spec),
          }),
        });
      }
      number++;
    }
  }
  const lost =
    leftOut.size > 0
      ? [phrase('note.fold-rows', '{rows} that a row step left out inside a fold were not judged there.', { rows: rowsOf(leftOut.size) })]
      : [];
  const models = specs.map((spec, place) => resultOf(learnerName(spec), tallies[place], goal, lost));
  return {
    task: goal.task,
    target: goal.target,
    ...(goal.classes ? { classes: goal.classes, positive: goal.positive } : {}),
    primary: primaryMetric(goal.task, goal.classes?.length ?? 0),
    models: distinctNames(models),
  };
}

interface Goal {
  task: 'classify' | 'regress';
  target: string;
  classes?: string[];
  positive?: string;
}

/** The one target, task and class list that all learners share. */
async function goalOf(frame: Frame, specs: readonly LearnerSpec[], lookups: Lookups): Promise<Goal> {
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

async function judgeFold(tally: Tally, model: Model, held: Frame, fold: number, goal: Goal, lookups: Lookups): Promise<void> {
  for (const note of model.about.notes) if (isLeakNote(note)) tally.notes.set(note.text, note);
  if (held.table.rowCount === 0) return;
  const answer = await predictModel(model, rowsToScore(model, held).rows, lookups);
  const truths = await truthOf({ ...model, ...(goal.classes ? { classes: goal.classes } : {}) }, held, lookups);
  if (!truths) return;
  const place = goal.classes && (model.classes ?? []).map((label) => goal.classes!.indexOf(label));
  const k = goal.classes?.length ?? 0;
  const from = tally.truth.length;
  const own = frameIds(held);
  for (let i = 0; i < own.length; i++) {
    if (!Number.isFinite(truths[i])) {
      tally.unknown++;
      continue;
    }
    tally.ids.push(own[i]);
    tally.fold.push(fold);
    tally.truth.push(truths[i]);
    tally.predicted.push(place ? place[answer.codes[i]] : answer.codes[i]);
    if (!place || !answer.probabilities) continue;
    const row = new Array<number>(k).fill(0);
    place.forEach((at, c) => {
      row[at] = answer.probabilities![i * place.length + c];
    });
    tally.probabilities.push(...row);
  }
  if (tally.truth.length === from) return;
  const part = (values: number[], width = 1) => Float64Array.from(values.slice(from * width));
  const shares = tally.probabilities.length > 0 ? part(tally.probabilities, k) : undefined;
  tally.foldMetrics.push(metricsOf(goal.task, part(tally.truth), part(tally.predicted), shares, goal.classes, goal.positive).metrics);
}

/** Mean and sample standard deviation of each metric over the folds that have it. */
function overFolds(foldMetrics: readonly Record<string, number>[]): { mean: Record<string, number>; sd: Record<string, number> } {
  const mean: Record<string, number> = {};
  const sd: Record<string, number> = {};
  for (const name of new Set(foldMetrics.flatMap((metrics) => Object.keys(metrics)))) {
    const values = foldMetrics.flatMap((metrics) => (metrics[name] === undefined ? [] : [metrics[name]]));
    mean[name] = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean[name]) * (value - mean[name]), 0);
    if (values.length > 1) sd[name] = Math.sqrt(squares / (values.length - 1));
  }
  return { mean, sd };
}

function resultOf(name: Words, tally: Tally, goal: Goal, lost: readonly Words[]): ModelResult {
  const truth = Float64Array.from(tally.truth);
  const predicted = Float64Array.from(tally.predicted);
  const probabilities = tally.probabilities.length > 0 ? Float64Array.from(tally.probabilities) : undefined;
  const single = tally.foldMetrics.length === tally.truth.length;
  const pooled = single ? metricsOf(goal.task, truth, predicted, probabilities, goal.classes, goal.positive) : undefined;
  const { mean, sd } = overFolds(tally.foldMetrics);
  const unknown =
    distinctIds(Int32Array.from(tally.ids)).length === 0 || tally.unknown > 0
      ? [phrase('note.truth-missing', '{rows} left out: “{target}” is missing.', { rows: rowsOf(tally.unknown), target: goal.target })]
      : [];
  return {
    name,
    ids: Int32Array.from(tally.ids),
    fold: Int32Array.from(tally.fold),
    truth,
    predicted,
    ...(probabilities ? { probabilities } : {}),
    metrics: pooled?.metrics ?? mean,
    ...(pooled ? {} : { sd, foldMetrics: tally.foldMetrics }),
    notes: [...tally.notes.values(), ...unknown, ...lost, ...(pooled?.notes ?? [])],
  };
}
