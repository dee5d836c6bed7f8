/** Goes on training a fitted model: more rounds on the rows of a frame, which may be new ones, behind the model's own preparation. */
import { ProblemError } from '../base/problem.ts';
import { phrase, rowsOf } from '../base/words.ts';
import { columnIndex, columnNamed, gatherRows, schemaOf } from '../table/table.ts';
import { applyFeaturiser, featureKinds } from './featurise.ts';
import { fitRunOf, groupCodes, pickValues, roleColumn, rowsToLearn } from './fit-model.ts';
import type { Frame } from './frame.ts';
import { type FitRun, type LearnerSpec, type Lookups, learnerName, type Model, modelName, type SeenInput, type Training } from './model.ts';
import { replay } from './predict.ts';
import { rowsToScore } from './score.ts';
import { seenInTraining } from './seen.ts';
import { classesOf, encodeClasses, goneTarget, numbersOf } from './target.ts';
import { distinctIds, frameIds } from './track.ts';

/** Class codes or values of the model's target on the frame's rows. */
function codesOf(model: Model, frame: Frame): Float64Array {
  const { target = '', classes } = model;
  if (columnIndex(frame.table, target) < 0) throw new ProblemError(goneTarget(target, schemaOf(frame.table), 'target'));
  const column = columnNamed(frame.table, target);
  if (!classes) return numbersOf(column);
  const strange = classesOf(column).find((label) => !classes.includes(label));
  if (strange === undefined) return encodeClasses(column, classes);
  throw new ProblemError({
    code: 'train.new-class',
    at: { port: 'model' },
    args: { class: strange },
    message: phrase('train.unseen-class', 'The model has never seen the class “{class}” of these rows.', { class: strange }),
    hint: 'Train a new model on all the rows.',
  });
}

/** Smallest and largest over both, shares missing by the number of rows. */
function seenInBoth(before: Model['seen'], rowsBefore: number, now: Record<string, SeenInput>, rowsNow: number): Record<string, SeenInput> {
  const both = Object.entries(now).map(([name, { range, missing }]): [string, SeenInput] => {
    const old = before && Object.hasOwn(before, name) ? before[name] : undefined;
    const ranges = [old?.range, range].filter((one) => one !== undefined);
    const share = old ? (old.missing * rowsBefore + missing * rowsNow) / (rowsBefore + rowsNow) : missing;
    const joined: [number, number] = [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
    return [name, { missing: share, ...(ranges.length > 0 ? { range: joined } : {}) }];
  });
  return Object.fromEntries(both);
}

/**
 * The model with more learned on top; what it was prepared by, its classes and its columns stay. Throws a Problem where the learner is another one or cannot go on, where the model
 * changes its target first, and where there is a class that it has never seen.
 */
export async function continueModel(model: Model, frame: Frame, spec: LearnerSpec, lookups: Lookups, run: FitRun): Promise<Model> {
  const code = await lookups.learner(spec.kind, spec.version);
  const names = { model: modelName(model), learner: learnerName(spec) };
  if (model.foreign || model.members || model.learner.kind !== spec.kind || !code.resume) {
    throw new ProblemError({
      code: 'train.cannot-continue',
      at: { port: 'model' },
      message: phrase('train.cannot-go-on', '{learner} cannot go on from the model {model}.', names),
      hint: 'Wire gradient boosting and a model that it made, or leave “Continue from” open.',
    });
  }
  if (model.targets.length > 0) {
    throw new ProblemError({
      code: 'train.changed-target',
      at: { port: 'model' },
      message: phrase('train.target-steps', 'The model {model} changes its target before it learns, and cannot go on.', names),
      hint: 'Train a new model on all the rows.',
    });
  }
  const codes = codesOf(model, frame);
  const weightColumn = roleColumn(frame.table, 'weight');
  const weight = weightColumn && numbersOf(weightColumn);
  const { places, noTarget, noWeight } = rowsToLearn(codes, weight);
  if (places.length === 0)
    throw new ProblemError({
      code: 'train.no-rows',
      at: { port: 'model' },
      message: 'There are no rows with a value to learn from.',
      hint: 'Check the table on the wire.',
    });
  const { rows, notes } = rowsToScore(model, frame);
  const table = await replay(model, gatherRows(rows, places), lookups);
  const groups = roleColumn(frame.table, 'group');
  const data: Training = {
    X: applyFeaturiser(model.featuriser, table, code.featuriser.precision),
    y: pickValues(codes, places),
    classCount: model.classes?.length ?? 0,
    featureNames: model.featuriser.features,
    ...featureKinds(model.featuriser),
    ...(weight ? { weight: pickValues(weight, places) } : {}),
    ...(groups ? { groups: groupCodes(groups, places) } : {}),
  };
  const seed = Number(spec.params.seed ?? 0);
  const fitted = await code.resume(model.fitted, data, spec.params, fitRunOf(run, spec, code, seed));
  const own = frameIds(frame);
  const ids = distinctIds(Int32Array.from(places, (place) => own[place]));
  const same = model.learned.source === frame.rows.source;
  const seen = same
    ? seenInTraining(frame.sources[frame.rows.source], ids, model.inputs).seen
    : seenInTraining(rows, places, model.inputs).seen;
  const left = noTarget + noWeight;
  const before = new Set(same ? model.learned.ids : []);
  const added = places.reduce((count, place) => count + (before.has(own[place]) ? 0 : 1), 0);
  const importances = code.importances?.(fitted, model.featuriser.features);
  const curve = code.curve?.(fitted);
  // A calibration speaks of the model as it was.
  const { calibration: _, ...plain } = model;
  return {
    ...plain,
    learner: { kind: spec.kind, version: spec.version, params: spec.params },
    fitted,
    about: {
      rowCount: model.about.rowCount + added,
      notes: [
        ...model.about.notes,
        phrase('note.continued', 'Continued with {rows}, after {before}.', {
          rows: rowsOf(places.length),
          before: rowsOf(model.about.rowCount),
        }),
        ...(left > 0 ? [phrase('note.not-continued', '{rows} without a target or a weight were left out.', { rows: rowsOf(left) })] : []),
        ...notes,
      ],
      ...(importances ? { importances } : {}),
      ...(curve ? { curve } : {}),
      backend: run.backend,
    },
    learned: same
      ? { source: frame.rows.source, ids: distinctIds(Int32Array.from([...model.learned.ids, ...ids])) }
      : { source: frame.rows.source, ids },
    seen: seenInBoth(model.seen, model.about.rowCount, seen, places.length),
  };
}
