/** Scores a frame with a model (contracts §1 rule 7): raw rows by id where the source has them, else the table as it is. */
import { hashArrays, hashJson } from '../base/hash.ts';
import { type Phrase, phrase } from '../base/words.ts';
import type { DateOrder, Role } from '../kind/schema.ts';
import { type Column, numeric } from '../table/column.ts';
import { columnIndex, type Field, gatherRows, type Table, withColumns } from '../table/table.ts';
import { type Frame, rawFrame, type ScoredBy, type Step, stepName } from './frame.ts';
import { lacking } from './match-columns.ts';
import { type Lookups, type Model, modelName, type Predicted } from './model.ts';
import { missingInputs, predictModel } from './predict.ts';
import { PLAIN, predictionName, probabilityName, type ScoredColumns, staysBeside } from './scored-columns.ts';
import { mainChain } from './scoring-path.ts';
import { decodeClasses, encodeClasses, numbersOf } from './target.ts';
import { distinctIds, frameIds, maskOf, placesIn, trackOf } from './track.ts';

/** A short name for a model that stays the same when the same thing is learned again. */
export function modelId(model: Model): string {
  const path = model.recipe.entries.map((entry) => (entry.type === 'raw' ? 'raw' : [entry.kind, entry.version, entry.params]));
  const { members, calibration, stack } = model;
  const parts = [
    ...(members ? [members.map((member) => [modelId(member.model), member.weight])] : []),
    ...(stack ? [stack] : []),
    ...(calibration ? [calibration] : []),
  ];
  const digest = hashJson([model.learner, model.target ?? null, path, model.learned.source, hashArrays(model.learned.ids), ...parts]);
  return `${model.title ?? model.learner.kind} #${digest.slice(0, 6)}`;
}

export interface RowsToScore {
  /** One row per frame row. */
  rows: Table;
  notes: Phrase[];
}

/** The rows that the model reads for this frame, and what was ignored on the way; a Problem lists what is missing. */
export function rowsToScore(model: Model, frame: Frame): RowsToScore {
  const raw = frame.sources[frame.rows.source];
  const fromRaw = raw ? lacking(raw, model.inputs) : ['raw'];
  if (fromRaw.length === 0) {
    const names = model.inputs.map((input) => columnIndex(raw, input.name));
    const needed: Table = { rowCount: raw.rowCount, fields: names.map((i) => raw.fields[i]), columns: names.map((i) => raw.columns[i]) };
    const rows = frame.rows.ids === null ? needed : gatherRows(needed, frame.rows.ids);
    return { rows, notes: [...otherDates(model, raw), ...ignoredSteps(model, frame)] };
  }
  const fromTable = lacking(frame.table, model.inputs);
  if (fromTable.length === 0) return { rows: frame.table, notes: otherDates(model, frame.table) };
  throw missingInputs(model.inputs, fromTable.length <= fromRaw.length ? fromTable : fromRaw, frame.table);
}

const ORDERS: Readonly<Record<DateOrder, Phrase>> = {
  'month-first': phrase('evidence.month-first', 'month first'),
  'day-first': phrase('evidence.day-first', 'day first'),
};
/** Dates of which this table's file was read in another order than the one that the model learned from. */
function otherDates(model: Model, table: Table): Phrase[] {
  return model.inputs.flatMap(({ name, dateOrder }) => {
    const here = table.fields[columnIndex(table, name)]?.dateOrder;
    if (!dateOrder || !here || here === dateOrder) return [];
    return [
      phrase(
        'note.date-order',
        'The dates in “{column}” were read {here}, and {there} when the model learned: 01/02/2023 is another day then. If that is wrong, set the date order where this table comes in.',
        { column: name, here: ORDERS[here], there: ORDERS[dateOrder] },
      ),
    ];
  });
}

/** How many rows of the frame are among those that the model learned from. */
export function learnedRows({ learned }: Model, frame: Frame): number {
  if (learned.source !== frame.rows.source || frame.table.rowCount === 0) return 0;
  const most = frameIds(frame).reduce((least, id) => Math.max(least, id), 0);
  return placesIn(trackOf(frame), maskOf(distinctIds(learned.ids), most + 1)).length;
}

/** Names the column steps drawn on the table that the model does not have; its own are applied instead. */
function ignoredSteps(model: Model, frame: Frame): Phrase[] {
  const name = (step: Step) => hashJson([step.kind, step.version, step.params]);
  const own = new Set(model.recipe.entries.flatMap((entry) => (entry.type === 'step' ? [name(entry)] : [])));
  const ignored = mainChain(frame.recipe).steps.filter((step) => step.rows === 'keep' && !own.has(name(step)));
  const steps = [...new Map(ignored.map((step) => [step.kind, stepName(step)])).values()];
  if (steps.length === 0) return [];
  return [
    phrase(
      'note.steps-ignored',
      'The model applies its own preparation to the raw columns; {steps} on this table {is|are} not part of it and {was|were} ignored.',
      { steps, count: steps.length },
    ),
  ];
}

/** Class codes or original values of the target per row; undefined when the frame has no such column. */
export async function truthOf(model: Model, frame: Frame, lookups: Lookups): Promise<Float64Array | undefined> {
  if (model.target === undefined) return undefined;
  const at = columnIndex(frame.table, model.target);
  const own = at < 0 ? undefined : frame.table.columns[at];
  const raw = frame.sources[frame.rows.source];
  const rawAt = raw && model.rawTarget !== undefined ? columnIndex(raw, model.rawTarget) : -1;
  const original =
    rawAt < 0
      ? undefined
      : gatherRows({ rowCount: raw.rowCount, fields: [raw.fields[rawAt]], columns: [raw.columns[rawAt]] }, frameIds(frame)).columns[0];
  if (model.task === 'classify') {
    const candidates = [own, original].flatMap((column) => (column ? [encodeClasses(column, model.classes ?? [])] : []));
    const known = (codes: Float64Array) => codes.reduce((count, code) => count + (Number.isNaN(code) ? 0 : 1), 0);
    return candidates.reduce<Float64Array | undefined>((best, codes) => (best && known(best) >= known(codes) ? best : codes), undefined);
  }
  if (original && original.type !== 'category' && original.type !== 'text') return numbersOf(original);
  if (!own) return undefined;
  let values = numbersOf(own);
  for (const step of model.targets.toReversed()) {
    values = (await lookups.step(step.kind, step.version)).inverse!(values, step.params, step.fitted, step.column);
  }
  return values;
}

/** The answers; of two classes the positive one wherever its probability reaches the threshold. */
function labelsFrom({ classes = [], classType, positive }: Model, { labels, probabilities }: Predicted, threshold: number | null): Column {
  if (threshold === null || classes.length !== 2 || !probabilities) return labels;
  const at = Math.max(0, classes.indexOf(positive ?? classes[1]));
  const codes = Float64Array.from({ length: labels.length }, (_, i) => (probabilities[i * 2 + at] >= threshold ? at : 1 - at));
  return decodeClasses(codes, classes, classType ?? 'category');
}

/** Prediction columns with their roles, under names that the table does not have yet. */
function predictionColumns(model: Model, predicted: Predicted, table: Table, id: string, wanted: ScoredColumns) {
  const taken = new Set(table.fields.map((field) => field.name));
  const free = (name: string) => {
    let candidate = name;
    for (let i = 2; taken.has(candidate); i++) candidate = `${name} (${i})`;
    taken.add(candidate);
    return candidate;
  };
  const of = model.target;
  const field = (name: string, role: Role, className?: string): Field => ({
    name: free(name),
    role,
    model: id,
    ...(of === undefined ? {} : { of }),
    ...(className === undefined ? {} : { className }),
  });
  const fields = [field(predictionName(wanted), 'prediction')];
  const columns = [labelsFrom(model, predicted, wanted.threshold)];
  const classes = model.classes ?? [];
  if (predicted.probabilities && wanted.probabilities) {
    for (const [c, label] of classes.entries()) {
      fields.push(field(probabilityName(wanted, label), 'probability', label));
      const values = new Float64Array(table.rowCount);
      for (let i = 0; i < values.length; i++) values[i] = predicted.probabilities[i * classes.length + c];
      columns.push(numeric(values));
    }
  }
  return { fields, columns };
}

/**
 * The frame's table with the prediction and a probability per class added, as a new raw table (a model trained on it would
 * need the same scores), and notes on steps that were ignored. The frame knows truth and learned rows for Evaluate.
 */
export async function scoreFrame(
  model: Model,
  frame: Frame,
  lookups: Lookups,
  wanted: ScoredColumns = PLAIN,
): Promise<{ frame: Frame; notes: Phrase[] }> {
  const { rows, notes } = rowsToScore(model, frame);
  const predicted = await predictModel(model, rows, lookups);
  const id = modelId(model);
  const stay = [...frame.table.fields.keys()].filter((i) => staysBeside(wanted, frame.table.fields[i], model.target));
  const beside = withColumns(
    frame.table,
    stay.map((i) => frame.table.fields[i]),
    stay.map((i) => frame.table.columns[i]),
  );
  const added = predictionColumns(model, predicted, beside, id, wanted);
  const table = withColumns(beside, [...beside.fields, ...added.fields], [...beside.columns, ...added.columns]);
  const ids = frameIds(frame);
  const truth = await truthOf(model, frame, lookups);
  const same = model.learned.source === frame.rows.source;
  const mask = same ? maskOf(model.learned.ids, frame.sources[frame.rows.source].rowCount) : undefined;
  const scored: ScoredBy = {
    model: id,
    title: modelName(model),
    task: model.task,
    target: model.target ?? '',
    ...(model.classes ? { classes: model.classes } : {}),
    ...(model.positive === undefined ? {} : { positive: model.positive }),
    ...(model.about.importances ? { importances: model.about.importances } : {}),
    ...(truth ? { truth } : {}),
    learned: Uint8Array.from(ids, (row) => (mask && row >= 0 ? mask[row] : 0)),
    ids,
    source: frame.rows.source,
  };
  const before = (frame.scored ?? []).map((entry) => gatherScored(entry, ids));
  const learned = scored.learned.reduce((sum, flag) => sum + flag, 0);
  if (learned > 0)
    notes.push(
      learned === ids.length
        ? phrase('note.all-learned', 'All of these rows are rows the model learned from.')
        : phrase('note.some-learned', '{learned} of these {all} rows are rows the model learned from.', { learned, all: ids.length }),
    );
  const made = rawFrame(table, { kind: 'evaluate.score', version: 1, params: {}, inputs: [], title: 'Score' });
  return { frame: { ...made, scored: [...before, scored] }, notes };
}

/** Row facts of an earlier scoring, in the coordinates of the new raw table. */
const gatherScored = (scored: ScoredBy, ids: Int32Array): ScoredBy => ({
  ...scored,
  learned: Uint8Array.from(ids, (id) => (id < 0 ? 0 : scored.learned[id])),
  ids: Int32Array.from(ids, (id) => (id < 0 ? -1 : scored.ids[id])),
  ...(scored.truth ? { truth: Float64Array.from(ids, (id) => (id < 0 ? Number.NaN : scored.truth![id])) } : {}),
});
