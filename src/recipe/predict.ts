/** Predicts from raw rows: the model's own recipe, featuriser and learner; labels and values in original units. */
import { ProblemError } from '../base/problem.ts';
import { phrase } from '../base/words.ts';
import type { ColumnSchema } from '../kind/schema.ts';
import { numeric } from '../table/column.ts';
import { columnIndex, type Field, table as makeTable, type Table } from '../table/table.ts';
import { calibrated } from './calibration.ts';
import { applyFeaturiser } from './featurise.ts';
import type { Raw, Step } from './frame.ts';
import { conform, lacking, missingColumn } from './match-columns.ts';
import type { Lookups, Model, Predicted } from './model.ts';
import { predictForeign } from './predict-foreign.ts';
import { stacked } from './stack.ts';
import { decodeClasses } from './target.ts';

const firstNames = (names: readonly string[]): string => names.slice(0, 12).join(', ') + (names.length > 12 ? ' …' : '');

/** The Problem that names those of a model's input columns which a table does not offer. */
export function missingInputs(inputs: readonly ColumnSchema[], missing: readonly string[], have: Table): ProblemError {
  return new ProblemError({
    code: 'score.missing-columns',
    at: { column: missing[0] },
    args: { missing: [...missing] },
    message: phrase('score.lacks', 'The model needs {count} {column|columns} that this table lacks or has in another type: {missing}.', {
      count: missing.length,
      missing: missing.join(', '),
    }),
    hint: phrase('score.trained-on', 'It was trained on {inputs}; the table has {columns}.', {
      inputs: firstNames(inputs.map((input) => `${input.name} (${input.type})`)),
      columns: firstNames(have.fields.map((field) => field.name)),
    }),
  });
}

/** Passes columns on without computing: what a target step does to features. */
function passOn(table: Table, step: Step): Table {
  const columns = step.columns!.map((column) => {
    const at = column.kept ? columnIndex(table, column.from[0]) : -1;
    return at < 0 ? missingColumn(column.type, table.rowCount) : table.columns[at];
  });
  const fields = step.columns!.map((column): Field => ({ name: column.name, role: column.role }));
  return makeTable(fields, columns, table.rowCount);
}

/** The features' table from raw rows: `keep` steps with what they learned; row steps are not replayed. */
export async function replay(model: Model, raw: Table, lookups: Lookups): Promise<Table> {
  const [leaf, ...steps] = model.recipe.entries as readonly [Raw, ...Step[]];
  let table = conform(raw, leaf.schema.columns, new Set(model.inputs.map((input) => input.name)));
  for (const step of steps) {
    if (step.rows !== 'keep') continue;
    if (step.skipped) table = passOn(table, step);
    else {
      const code = await lookups.step(step.kind, step.version);
      table = await code.apply!(table, step.params, step.fitted, step.frozen ?? []);
    }
  }
  return table;
}

/** First of the largest, as ArgMax does. */
export function argMax(probabilities: Float64Array, rowCount: number, classCount: number): Float64Array {
  const codes = new Float64Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    let best = 0;
    for (let c = 1; c < classCount; c++) if (probabilities[i * classCount + c] > probabilities[i * classCount + best]) best = c;
    codes[i] = best;
  }
  return codes;
}

/** Predicts for every row of a table that has the model's raw columns; a Problem names those it lacks. */
export async function predictModel(model: Model, raw: Table, lookups: Lookups): Promise<Predicted> {
  const missing = lacking(raw, model.inputs);
  if (missing.length > 0) throw missingInputs(model.inputs, missing, raw);
  if (model.foreign) return predictForeign(model, raw);
  const answer = await predictPlain(model, raw, lookups);
  const { classes = [], calibration } = model;
  if (!calibration || !answer.probabilities) return answer;
  const probabilities = calibrated(answer.probabilities, calibration);
  const codes = argMax(probabilities, raw.rowCount, classes.length);
  return { codes, probabilities, labels: decodeClasses(codes, classes, model.classType ?? 'category') };
}

async function predictPlain(model: Model, raw: Table, lookups: Lookups): Promise<Predicted> {
  if (model.members) return predictMean(model, model.members, raw, lookups);
  const table = await replay(model, raw, lookups);
  const code = await lookups.learner(model.learner.kind, model.learner.version);
  const X = applyFeaturiser(model.featuriser, table, code.featuriser.precision);
  const classes = model.classes ?? [];
  const prediction = code.predict(model.fitted, X, classes.length);
  if (model.task === 'classify') {
    const probabilities = prediction.probabilities!;
    const codes = argMax(probabilities, X.rows, classes.length);
    return { codes, probabilities, labels: decodeClasses(codes, classes, model.classType ?? 'category') };
  }
  let values = prediction.values!;
  for (const step of model.targets.toReversed()) {
    values = (await lookups.step(step.kind, step.version)).inverse!(values, step.params, step.fitted, step.column);
  }
  return { codes: values, labels: numeric(values) };
}

/** The weighted mean of what the members say, class by class, or of their votes; or their stack. */
async function predictMean(model: Model, members: NonNullable<Model['members']>, raw: Table, lookups: Lookups): Promise<Predicted> {
  const classes = model.classes ?? [];
  const width = Math.max(1, classes.length);
  const sums = new Float64Array(raw.rowCount * width);
  const apart: Float64Array[] = [];
  for (const { model: member, weight } of members) {
    const { codes, probabilities } = await predictModel(member, raw, lookups);
    const own = member.classes ?? [];
    if (model.stack) {
      apart.push(inPlaces(probabilities ?? codes, own, classes));
      continue;
    }
    if (model.vote) for (let i = 0; i < raw.rowCount; i++) sums[i * width + classes.indexOf(own[codes[i]])] += weight;
    else if (!probabilities) for (let i = 0; i < sums.length; i++) sums[i] += weight * codes[i];
    else {
      const places = own.map((label) => classes.indexOf(label));
      for (let i = 0; i < raw.rowCount; i++)
        for (let c = 0; c < own.length; c++) sums[i * width + places[c]] += weight * probabilities[i * own.length + c];
    }
  }
  const answers = model.stack ? stacked(apart, model.stack, classes.length) : sums;
  if (model.task !== 'classify') return { codes: answers, labels: numeric(answers) };
  const codes = argMax(answers, raw.rowCount, classes.length);
  return { codes, probabilities: answers, labels: decodeClasses(codes, classes, model.classType ?? 'category') };
}

/** Class shares with those of each class at its place among `classes`; 0 for the others. Values as they are. */
function inPlaces(answers: Float64Array, own: readonly string[], classes: readonly string[]): Float64Array {
  if (classes.length === own.length) return answers;
  const rows = answers.length / own.length;
  const made = new Float64Array(rows * classes.length);
  const places = own.map((label) => classes.indexOf(label));
  for (let i = 0; i < rows; i++) for (let c = 0; c < own.length; c++) made[i * classes.length + places[c]] = answers[i * own.length + c];
  return made;
}
