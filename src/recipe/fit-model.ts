/** Fits a learner on a frame's rows and ties recipe, featuriser and learner into one Model (contracts §2). */
import { ProblemError } from '../base/problem.ts';
import { phrase } from '../base/words.ts';
import type { ColumnPick } from '../kind/params.ts';
import { resolveColumns } from '../kind/pick.ts';
import type { Column } from '../table/column.ts';
import { columnIndex, columnNamed, gatherRows, schemaOf, type Table } from '../table/table.ts';
import { halfOf, withAside } from './aside.ts';
import { applyFeaturiser, featureKinds, fitFeaturiser } from './featurise.ts';
import type { Frame } from './frame.ts';
import type { FitRun, LearnerCode, LearnerSpec, Lookups, Model, ModelOutput, Training } from './model.ts';
import { modelNotes } from './model-notes.ts';
import { type ScoringPath, scoringPath } from './scoring-path.ts';
import { seenInTraining } from './seen.ts';
import { classesOf, encodeClasses, goneTarget, guessTarget, isFeature, numbersOf, taskOf } from './target.ts';
import { distinctIds, frameIds } from './track.ts';

const SAMPLE_ROWS = 256;

/** The column that a learner with these parameters predicts. */
export function targetOf(table: Table, params: LearnerSpec['params']): string {
  const schema = schemaOf(table);
  const chosen = typeof params.target === 'string' && params.target !== '' ? params.target : guessTarget(schema)?.column;
  if (chosen !== undefined && columnIndex(table, chosen) >= 0) return chosen;
  if (chosen !== undefined) throw new ProblemError(goneTarget(chosen, schema, 'target'));
  throw new ProblemError({
    code: 'model.no-target',
    at: { param: 'target' },
    args: { column: null },
    message: phrase('model.nothing-to-predict', 'There is no column to predict in this table.'),
    hint: phrase('model.choose-target', 'Choose the column to predict under Target.'),
  });
}

/** Feature columns: the learner's choice among the columns whose role does not set them aside, never the target. */
export function featuresOf(table: Table, params: LearnerSpec['params'], target: string): string[] {
  const pick = (params.features as ColumnPick | undefined) ?? { all: true };
  const schema = schemaOf(table);
  const named = 'names' in pick;
  return resolveColumns(pick, schema).filter((name) => {
    const column = schema.columns[columnIndex(table, name)];
    return name !== target && (named || isFeature(column));
  });
}

interface Goal {
  task: 'classify' | 'regress';
  classes: string[];
  /** Class codes or values; NaN = not to be learned from. */
  codes: Float64Array;
}

function goalOf(column: Column, task: Goal['task'], target: string, known: readonly string[] | undefined): Goal {
  if (task === 'regress') return { task, classes: [], codes: numbersOf(column) };
  const present = classesOf(column);
  const classes = present.length === 1 && known ? [...known] : present;
  if (classes.length < 2) {
    throw new ProblemError({
      code: 'model.one-class',
      at: { column: target },
      args: { column: target, classes },
      message:
        classes.length === 0
          ? phrase('model.all-missing', 'Every cell of the target “{target}” is missing.', { target })
          : phrase('model.always', 'The target “{target}” is “{value}” in every row.', { target, value: classes[0] }),
      hint: 'A model needs at least two different values to tell apart; check the filter or split before it.',
    });
  }
  if (classes.length > 1000) {
    throw new ProblemError({
      code: 'model.too-many-classes',
      at: { column: target },
      args: { column: target, count: classes.length },
      message: `The target “${target}” has ${classes.length} different values, too many to tell apart.`,
      hint: 'Choose another target, or change its type to number.',
    });
  }
  return { task, classes, codes: encodeClasses(column, classes) };
}

/** Column with the given role as numbers, if there is one. */
export function roleColumn(table: Table, role: 'weight' | 'group'): Column | undefined {
  const at = table.fields.findIndex((field) => field.role === role);
  return at < 0 ? undefined : table.columns[at];
}

/** Places of the rows to learn from, and how many were left out for which reason. */
export function rowsToLearn(
  codes: Float64Array,
  weight: Float64Array | undefined,
): { places: Int32Array; noTarget: number; noWeight: number } {
  const places = new Int32Array(codes.length);
  let count = 0;
  let noTarget = 0;
  let noWeight = 0;
  for (let i = 0; i < codes.length; i++) {
    if (!Number.isFinite(codes[i])) noTarget++;
    else if (weight && !(weight[i] >= 0)) noWeight++;
    else places[count++] = i;
  }
  return { places: places.slice(0, count), noTarget, noWeight };
}

export const pickValues = (values: Float64Array, places: Int32Array): Float64Array => Float64Array.from(places, (place) => values[place]);

export function groupCodes(column: Column, places: Int32Array): Int32Array {
  const codes = encodeClasses(column, classesOf(column));
  return Int32Array.from(places, (place) => (Number.isNaN(codes[place]) ? -1 : codes[place]));
}

/**
 * Learns from the frame's rows. Rows whose target is missing are never learned from (counted in the notes). Classes are the
 * distinct training values; `known` classes stand in where a fold's rows are all of one;
 * the rows of `aside` are not learned from but say when to stop, where the learner can use that. Throws a Problem when there is nothing to learn from or the target cannot be turned back.
 */
export async function fitModel(
  frame: Frame,
  spec: LearnerSpec,
  lookups: Lookups,
  run: FitRun,
  more: { known?: readonly string[] | undefined; aside?: Frame } = {},
): Promise<Model> {
  const code = await lookups.learner(spec.kind, spec.version);
  const target = targetOf(frame.table, spec.params);
  const column = columnNamed(frame.table, target);
  const goal = goalOf(column, taskOf(column, code.tasks, spec.params.task), target, more.known);
  const weightColumn = roleColumn(frame.table, 'weight');
  const weight = weightColumn && numbersOf(weightColumn);
  const { places, noTarget, noWeight } = rowsToLearn(goal.codes, weight);
  const all = places.length === frame.table.rowCount;
  const table = all ? frame.table : gatherRows(frame.table, places);
  if (places.length === 0) {
    throw new ProblemError({
      code: 'model.no-rows',
      at: { column: target },
      args: { column: target, rows: frame.table.rowCount },
      message: `There are no rows with a value for “${target}” to learn from.`,
      hint: 'Check the table on the wire: a filter or a drop step before may leave nothing.',
    });
  }
  const { featuriser, notes } = fitFeaturiser(
    table,
    featuresOf(frame.table, spec.params, target),
    code.featuriser.numbers,
    code.featuriser.categories,
  );
  if (featuriser.features.length === 0) {
    throw new ProblemError({
      code: 'model.no-features',
      args: { notes },
      message: 'There are no columns to learn from.',
      hint: notes[0] ?? phrase('model.choose-feature', 'Choose at least one feature column besides the target.'),
    });
  }
  const groups = roleColumn(frame.table, 'group');
  const learned: Training = {
    X: applyFeaturiser(featuriser, table, code.featuriser.precision),
    y: pickValues(goal.codes, places),
    classCount: goal.classes.length,
    featureNames: featuriser.features,
    ...featureKinds(featuriser),
    ...(weight ? { weight: pickValues(weight, places) } : {}),
    ...(groups ? { groups: groupCodes(groups, places) } : {}),
  };
  const data =
    more.aside && code.judgesAside
      ? withAside(learned, asideRows(more.aside, goal, target), (rows) => applyFeaturiser(featuriser, rows, code.featuriser.precision))
      : learned;
  const used = featuriser.columns.filter((entry) => entry.coded || entry.levels?.length !== 0).map((entry) => entry.name);
  const path = scoringPath(frame.recipe, used, target);
  const targets = goal.task === 'regress' ? await targetPath(frame, path, numbersOf(column), lookups) : [];
  // The learner's own seed, so that Train and Cross-validate draw what the learner's node draws.
  const seed = Number(spec.params.seed ?? 0);
  const fitted = await code.fit(data, spec.params, fitRunOf(run, spec, code, seed));
  const ids = distinctIds(frame.rows.ids === null && all ? frameIds(frame) : Int32Array.from(places, (place) => frameIds(frame)[place]));
  const wanted = path.raw.schema.columns.filter((entry) => path.inputs.includes(entry.name)).map(({ from: _, ...entry }) => entry);
  const { inputs, seen } = seenInTraining(frame.sources[frame.rows.source], ids, wanted);
  const importances = code.importances?.(fitted, featuriser.features);
  const curve = code.curve?.(fitted);
  return {
    shape: 'row',
    task: goal.task,
    inputs,
    outputs: outputsOf(target, goal, column),
    ...(goal.task === 'classify' ? { classes: goal.classes, classType: column.type, positive: positiveOf(spec, goal.classes) } : {}),
    target,
    ...(path.rawTarget === undefined ? {} : { rawTarget: path.rawTarget }),
    title: spec.title,
    recipe: path.recipe,
    targets,
    learner: { kind: spec.kind, version: spec.version, params: spec.params },
    featuriser,
    fitted,
    about: {
      rowCount: places.length,
      notes: [...modelNotes(path, { target, noTarget, noWeight }, targets.length > 0), ...notes, ...(code.notes?.(fitted) ?? [])],
      ...(importances ? { importances } : {}),
      ...(curve ? { curve } : {}),
      backend: run.backend,
    },
    learned: { source: frame.rows.source, ids },
    seen,
    sample: sampleRows(
      frame,
      ids,
      inputs.map((entry) => entry.name),
    ),
  };
}

/** Those rows whose target is known, and was seen among the learning rows. */
function asideRows(aside: Frame, goal: Goal, target: string): { table: Table; y: Float64Array; half: Uint8Array } {
  const column = columnNamed(aside.table, target);
  const codes = goal.task === 'classify' ? encodeClasses(column, goal.classes) : numbersOf(column);
  const { places } = rowsToLearn(codes, undefined);
  const ids = frameIds(aside);
  return {
    table: gatherRows(aside.table, places),
    y: pickValues(codes, places),
    half: Uint8Array.from(places, (place) => halfOf(ids[place])),
  };
}

/** The step's part that stands for a learner's own, and its arguments. */
export const LEARNER_PART = 'learner';
export interface LearnerPart {
  kind: string;
  version: number;
  name: string;
  args: unknown;
}

export function fitRunOf({ spread, width, ...run }: FitRun, { kind, version }: LearnerSpec, { parts }: LearnerCode, seed: number): FitRun {
  const own = { ...run, random: (purpose: string) => run.random(purpose, seed) };
  if (!parts || !spread) return own;
  return { ...own, width: width ?? 1, spread: (name, args) => spread(LEARNER_PART, { kind, version, name, args } satisfies LearnerPart) };
}

const positiveOf = (spec: LearnerSpec, classes: readonly string[]): string =>
  typeof spec.params.positive === 'string' && classes.includes(spec.params.positive) ? spec.params.positive : classes[classes.length - 1];

function outputsOf(target: string, goal: Goal, column: Column): ModelOutput[] {
  if (goal.task === 'regress') return [{ name: target, type: 'number', role: 'value' }];
  return [
    { name: target, type: column.type, role: 'label' },
    ...goal.classes.map((label): ModelOutput => ({ name: `P(${label})`, type: 'number', role: 'probability', of: label })),
  ];
}

/** The target's value-changing steps, each of which must have a way back (rule 8). */
async function targetPath(frame: Frame, path: ScoringPath, values: Float64Array, lookups: Lookups): Promise<Model['targets']> {
  if (path.targetSteps.length === 0) return [];
  if (path.rawTarget !== undefined) {
    const raw = numbersOf(columnNamed(frame.sources[path.raw.digest], path.rawTarget));
    const ids = frameIds(frame);
    if (values.every((value, i) => Object.is(value, raw[ids[i]]))) return [];
  }
  const targets: Model['targets'][number][] = [];
  for (const { step, column } of path.targetSteps) {
    const code = await lookups.step(step.kind, step.version);
    if (!code.inverse || code.invertible?.(step.params) === false) {
      throw new ProblemError({
        code: 'model.target-no-inverse',
        args: { step: step.title ?? step.kind },
        message: `The target was changed by “${step.title ?? step.kind}”, which has no way back to the original units.`,
        hint: 'Set the target where the data comes in, and preparation leaves it alone; or leave it out of that step.',
      });
    }
    targets.push({ kind: step.kind, version: step.version, params: step.params, fitted: step.fitted, column });
  }
  return targets;
}

/** Raw input rows spread evenly over those learned from. */
function sampleRows(frame: Frame, ids: Int32Array, names: readonly string[]): Table {
  const raw = frame.sources[frame.rows.source];
  const count = Math.min(SAMPLE_ROWS, ids.length);
  const rows = Int32Array.from({ length: count }, (_, i) => ids[Math.floor((i * ids.length) / count)]);
  const at = names.map((name) => columnIndex(raw, name));
  return gatherRows({ rowCount: raw.rowCount, fields: at.map((i) => raw.fields[i]), columns: at.map((i) => raw.columns[i]) }, rows);
}
