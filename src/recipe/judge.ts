/** Turns scored frames into Results: per model truth, predictions, probabilities and metrics, in original units. */
import { ProblemError } from '../base/problem.ts';
import { inEnglish, isPhrase, type Phrase, phrase, rowsOf, type Words } from '../base/words.ts';
import type { Task } from '../kind/kind.ts';
import {
  classificationAhead,
  classificationMetrics,
  type MetricsAhead,
  regressionAhead,
  regressionMetrics,
} from '../metrics/all-metrics.ts';
import { primaryMetric } from '../metrics/metric-info.ts';
import type { Column } from '../table/column.ts';
import { columnIndex } from '../table/table.ts';
import type { Frame, ScoredBy } from './frame.ts';
import type { ModelResult, Results } from './results.ts';
import { classesOf, encodeClasses, numbersOf, taskOf } from './target.ts';
import { frameIds } from './track.ts';

interface Judged {
  task: Task;
  target: string;
  classes?: readonly string[];
  positive?: string;
  result: ModelResult;
}

/** Rows whose truth and prediction are both known, as parallel arrays. */
function knownRows(truth: Float64Array, predicted: Float64Array): Int32Array {
  const places = new Int32Array(truth.length);
  let count = 0;
  for (let i = 0; i < truth.length; i++) if (Number.isFinite(truth[i]) && Number.isFinite(predicted[i])) places[count++] = i;
  return places.slice(0, count);
}

type Answers = readonly [
  task: Task,
  truth: Float64Array,
  predicted: Float64Array,
  probabilities: Float64Array | undefined,
  classes: readonly string[] | undefined,
  positive: string | undefined,
];

/** The metrics of one set of predictions; `positive` is a class label. */
export function metricsOf(...answers: Answers): { metrics: Record<string, number>; notes: Words[] } {
  const [task, truth, predicted] = answers;
  return task === 'classify' ? classificationMetrics(classified(answers)) : regressionMetrics(truth, predicted);
}

/** The same, each computed when it is asked for; a Problem where it has no value. */
export function metricsAhead(...answers: Answers): MetricsAhead {
  const [task, truth, predicted] = answers;
  return task === 'classify' ? classificationAhead(classified(answers)) : regressionAhead(truth, predicted);
}

function classified([, truth, predicted, probabilities, classes, positive]: Answers) {
  const classCount = classes?.length ?? 0;
  const at = positive === undefined ? -1 : (classes?.indexOf(positive) ?? -1);
  return { truth, predicted, ...(probabilities ? { probabilities } : {}), classCount, ...(at < 0 ? {} : { positive: at }) };
}

const FEWEST_FOR_DOUBT = 50;
/** Whether the predictions are better than real tables mostly allow: not one class wrong, or hardly any variance left over. */
function tooGood(truth: Float64Array, predicted: Float64Array, metrics: Readonly<Record<string, number>>): boolean {
  if (truth.length < FEWEST_FOR_DOUBT || truth.every((value) => value === truth[0])) return false;
  return metrics.r2 === undefined ? truth.every((value, i) => value === predicted[i]) : metrics.r2 > 0.9999;
}

/** Whether a column of numbers only ever rises, or only ever falls, with the truth: it says the same in other units, as a logarithm does. */
function retells(column: Column, rows: Int32Array, truth: Float64Array): boolean {
  if (column.type !== 'number' && column.type !== 'integer') return false;
  const { values } = column;
  const order = [...rows.keys()].filter((i) => !Number.isNaN(values[rows[i]])).sort((a, b) => truth[a] - truth[b] || a - b);
  if (order.length < FEWEST_FOR_DOUBT) return false;
  let [rises, falls] = [0, 0];
  for (let i = 1; i < order.length; i++) {
    const step = values[rows[order[i]]] - values[rows[order[i - 1]]];
    if (step !== 0 && truth[order[i]] === truth[order[i - 1]]) return false;
    if (step > 0) rises++;
    if (step < 0) falls++;
  }
  return (rises === 0) !== (falls === 0) && rises + falls >= order.length / 20;
}

/** The feature that has most of the importance, when one has. */
function leading(importances: readonly { name: string; value: number }[]): string | undefined {
  const sum = importances.reduce((total, { value }) => total + value, 0);
  return importances.find(({ value }) => value > sum / 2)?.name;
}

/** One model's columns in a scored table, found by role and model name. */
function judgeModel(frame: Frame, model: string, scored: ScoredBy | undefined): Judged {
  const { table } = frame;
  const at = table.fields.findIndex((field) => field.role === 'prediction' && field.model === model);
  const field = table.fields[at];
  const target = scored?.target || field.of || '';
  const own = columnIndex(table, target);
  const column: Column | undefined = own < 0 ? undefined : table.columns[own];
  const prediction = table.columns[at];
  const task = scored?.task ?? taskOf(prediction);
  const shares = table.fields.flatMap((entry, i) =>
    entry.role === 'probability' && entry.model === model ? [{ label: entry.className ?? '', values: numbersOf(table.columns[i]) }] : [],
  );
  const classes =
    task === 'classify'
      ? (scored?.classes ?? (shares.length > 1 ? shares.map((share) => share.label) : classesOf(column ?? prediction)))
      : undefined;
  const ids = frameIds(frame);
  const code = (values: Column) => (classes ? encodeClasses(values, classes) : numbersOf(values));
  const all = scored?.truth ? Float64Array.from(ids, (id) => (id < 0 ? Number.NaN : scored.truth![id])) : column && code(column);
  if (!all) {
    throw new ProblemError({
      code: 'evaluate.no-truth',
      at: { column: target },
      args: { target },
      message: `The table has predictions of “${target}” but not its true values.`,
      hint: `Score a table that still has the column “${target}”.`,
    });
  }
  const guessed = code(prediction);
  const places = knownRows(all, guessed);
  const truth = Float64Array.from(places, (i) => all[i]);
  const predicted = Float64Array.from(places, (i) => guessed[i]);
  const full =
    classes && shares.length === classes.length ? classes.map((label) => shares.find((share) => share.label === label)?.values) : [];
  let probabilities: Float64Array | undefined;
  if (classes && full.length > 0 && full.every((values) => values !== undefined)) {
    const k = classes.length;
    probabilities = new Float64Array(places.length * k);
    for (let i = 0; i < places.length; i++) for (let c = 0; c < k; c++) probabilities[i * k + c] = full[c]![places[i]];
  }
  const { metrics, notes } = metricsOf(task, truth, predicted, probabilities, classes, scored?.positive);
  const left = table.rowCount - places.length;
  if (left > 0)
    notes.unshift(
      phrase('note.truth-unknown', '{rows} left out: “{target}” is missing or not a class the model knows.', {
        rows: rowsOf(left),
        target,
      }),
    );
  const main = scored?.importances && leading(scored.importances);
  const mainAt = main === undefined ? -1 : columnIndex(table, main);
  if (task !== 'classify' && mainAt >= 0 && retells(table.columns[mainAt], places, truth)) {
    notes.push(
      phrase(
        'note.retells',
        '“{column}” rises and falls with “{target}” in every row, as if it were the same in other units. Is it known beforehand?',
        {
          column: table.fields[mainAt].name,
          target,
        },
      ),
    );
  } else if (main !== undefined && tooGood(truth, predicted, metrics))
    notes.push(
      phrase('note.too-good', 'Nearly without error. If that is a surprise, “{column}” may give the target away: is it known beforehand?', {
        column: main,
      }),
    );
  const learned = scored ? places.reduce((sum, i) => sum + (ids[i] < 0 ? 0 : scored.learned[ids[i]]), 0) : 0;
  if (learned > 0) {
    notes.unshift(
      learned === places.length
        ? phrase('note.training', 'Training score: the model learned from these rows.')
        : phrase('note.partly-training', 'Training score in part: the model learned from {learned} of {all} rows.', {
            learned,
            all: places.length,
          }),
    );
  }
  return {
    task,
    target,
    ...(classes ? { classes } : {}),
    ...(scored?.positive === undefined ? {} : { positive: scored.positive }),
    result: {
      name: scored?.title ?? model.replace(/ #[0-9a-f]{6}$/u, ''),
      ids: Int32Array.from(places, (i) => (scored && ids[i] >= 0 ? scored.ids[ids[i]] : ids[i])),
      truth,
      predicted,
      ...(probabilities ? { probabilities } : {}),
      metrics,
      ...(scored?.importances ? { importances: scored.importances } : {}),
      notes,
    },
  };
}

/** Whether a note says that the model is judged on rows that it learned from. */
export const isTrainingNote = (note: Words): note is Phrase =>
  isPhrase(note) && (note.code === 'note.training' || note.code === 'note.partly-training');

/** Names made distinct: "Decision tree", "Decision tree (2)". */
export function distinctNames<T extends { name: Words }>(models: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return models.map((model) => {
    const name = inEnglish(model.name);
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return number === 1 ? model : { ...model, name: phrase('model.numbered', '{name} ({number})', { name: model.name, number }) };
  });
}

/** Judges every model that has prediction columns in the frames; a Problem when there is none or they predict different things. */
export function judgeFrames(frames: readonly Frame[]): Results {
  const judged = frames.flatMap((frame) => {
    const models = [...new Set(frame.table.fields.flatMap((field) => (field.role === 'prediction' ? [field.model ?? ''] : [])))];
    return models.map((model) =>
      judgeModel(
        frame,
        model,
        frame.scored?.find((entry) => entry.model === model),
      ),
    );
  });
  const first = judged[0];
  if (!first) {
    throw new ProblemError({
      code: 'evaluate.not-scored',
      message: 'There are no predictions in the table to evaluate.',
      hint: 'Put a Score step before, or wire a model to this step as well.',
    });
  }
  const other = judged.find((entry) => entry.task !== first.task || entry.target !== first.target);
  if (other) {
    throw new ProblemError({
      code: 'evaluate.mixed',
      args: { targets: [first.target, other.target] },
      message:
        first.target === other.target
          ? phrase('evaluate.two-tasks', 'The models predict “{target}” once as classes and once as numbers.', { target: first.target })
          : phrase('evaluate.two-targets', 'The models predict different things: “{one}” and “{other}”.', {
              one: first.target,
              other: other.target,
            }),
      hint: phrase('evaluate.one-target', 'Compare models of one target; use an Evaluate step for each.'),
    });
  }
  return {
    task: first.task,
    target: first.target,
    ...(first.classes ? { classes: first.classes } : {}),
    ...(first.positive === undefined ? {} : { positive: first.positive }),
    primary: primaryMetric(first.task, first.classes?.length ?? 0),
    models: distinctNames(judged.map((entry) => entry.result)),
  };
}
