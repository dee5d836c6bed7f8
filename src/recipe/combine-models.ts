/** Several fitted models made one: the weighted mean of what they say, their vote, or a stack. */
import { ProblemError } from '../base/problem.ts';
import { phrase, type Words } from '../base/words.ts';
import { joinedModel, type Maker, shareOf, stackedModel } from './mean-model.ts';
import { type Model, modelName } from './model.ts';

/** Weights whose sum is this near 1 are taken as they are. */
const NEAR = 1e-9;

/**
 * `weights`: one per model, or none where all count as much; they need not add up to 1. Models that are means themselves come in with their members,
 * so that the order of sums is that of one mean. Throws Problems where the models cannot be put together.
 */
export function combineModels(models: readonly Model[], weights: readonly number[], by: 'mean' | 'vote', maker: Maker): Model {
  if (models.length === 0) throw new ProblemError(NONE);
  checkAlike(models, by);
  const shares = sharesOf(weights, models);
  const counted = models.flatMap((model, m) => (shares[m] > 0 ? [{ model, weight: shares[m] }] : []));
  const members = counted.flatMap(({ model, weight }) => (by === 'mean' ? opened(model, weight) : [{ model, weight }]));
  const words = { count: counted.length };
  const note =
    by === 'vote'
      ? phrase('note.vote-of', 'The vote of {count} models.', words)
      : phrase('note.mean-of', 'The mean of {count} models.', words);
  const made = joinedModel(members, maker, [note]);
  return by === 'vote' ? { ...made, vote: true } : made;
}

/**
 * A stack of models with these weights, which are taken as they are; none: 1 each. `shift`: one per class, or a single one of numbers, in the
 * target's unit; none: 0.
 */
export function combineStack(models: readonly Model[], weights: readonly number[], shift: readonly number[], maker: Maker): Model {
  if (models.length === 0) throw new ProblemError(NONE);
  checkAlike(models, 'mean');
  const shares = sharesOf(weights, models);
  const wanted = Math.max(1, ...models.map(({ classes = [] }) => classes.length));
  if (shift.length > 0 && shift.length !== wanted)
    throw new ProblemError({
      code: 'combine.shift',
      at: { param: 'shift' },
      args: { given: shift.length, wanted },
      message: phrase('combine.shift', 'The number of shifts is {given}, where there should be {wanted}.', { given: shift.length, wanted }),
      hint: 'Give one for each class, in the order of the classes; a single one where numbers are predicted; or none.',
    });
  const stack = {
    weights: weights.length > 0 ? weights : models.map(() => 1),
    shift: shift.length > 0 ? shift : new Array<number>(wanted).fill(0),
  };
  return stackedModel(models, shares, stack, maker, []);
}

/** A mean of equal shares comes apart; anything else stays whole. */
function opened(model: Model, weight: number): NonNullable<Model['members']> {
  const { members } = model;
  const even = members?.every((member) => member.weight === 1 / members.length);
  if (!members || !even || model.calibration || model.vote || model.stack) return [{ model, weight }];
  return members.map((member) => ({ model: member.model, weight: shareOf(weight, members.length) }));
}

/** One per model, together 1; throws a Problem where weights are not one per model, or none of them is more than 0. */
export function sharesOf(weights: readonly number[], models: readonly unknown[]): readonly number[] {
  if (weights.length === 0) return models.map(() => 1 / models.length);
  if (weights.length !== models.length)
    throw new ProblemError({
      code: 'combine.weights',
      at: { param: 'weights' },
      args: { weights: weights.length, models: models.length },
      message: phrase('combine.count', 'The number of weights, {weights}, is not that of the models on the wires, {models}.', {
        weights: weights.length,
        models: models.length,
      }),
      hint: 'Give one weight for each wire, in the order of the wires; or none, then all models count as much.',
    });
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (!(sum > 0) || !Number.isFinite(sum) || weights.some((weight) => !(weight >= 0)))
    throw new ProblemError({
      code: 'combine.no-weight',
      at: { param: 'weights' },
      message: 'The weights must be numbers from 0 up, at least one of them more than 0.',
      hint: 'A weight of 2 makes a model count twice as much as one of 1; 0 leaves it out.',
    });
  return Math.abs(sum - 1) < NEAR ? weights : weights.map((weight) => weight / sum);
}

function checkAlike(models: readonly Model[], by: 'mean' | 'vote'): void {
  const [first] = models;
  const types = new Map<string, string>();
  for (const model of models) {
    const names = { one: modelName(first), other: modelName(model) };
    if (model.foreign || (model.task !== 'classify' && model.task !== 'regress'))
      throw new ProblemError({
        code: 'combine.kind',
        at: { port: 'models' },
        args: names,
        message: phrase('combine.no-target', '“{other}” cannot be combined: only models trained here on a target can.', names),
        hint: 'Take its wire away, or train a model of its kind here.',
      });
    if (model.target !== first.target || model.task !== first.task) throw otherTarget(names, first.target ?? '', model.target ?? '');
    if (by === 'vote' && model.task !== 'classify')
      throw new ProblemError({
        code: 'combine.vote',
        at: { param: 'by' },
        message: 'Models that predict numbers cannot vote.',
        hint: 'Combine them by the mean.',
      });
    checkClasses(models, model);
    for (const { name, type } of model.inputs) {
      const before = types.get(name);
      types.set(name, type);
      if (before !== undefined && before !== type)
        throw new ProblemError({
          code: 'combine.columns',
          at: { port: 'models', column: name },
          args: { name, one: before, other: type },
          message: phrase('combine.types', 'One model takes “{name}” as {one}, another as {other}.', { name, one: before, other: type }),
          hint: 'Set the type of the column before the steps that lead to the models part.',
        });
    }
  }
}

/** Of two models that predict `first` and `second`. */
export const otherTarget = (names: { one: Words; other: Words }, first: string, second: string): ProblemError =>
  new ProblemError({
    code: 'combine.targets',
    at: { port: 'models' },
    args: names,
    message: phrase('combine.other-target', '“{one}” predicts {first}, and “{other}” predicts {second}.', { ...names, first, second }),
    hint: 'Combine models of one target, all of which predict classes or all numbers.',
  });

/** One of them must know all classes. */
function checkClasses(models: readonly Model[], { classes = [] }: Model): void {
  const most = models.reduce<readonly string[]>(
    (all, model) => ((model.classes?.length ?? 0) > all.length ? (model.classes ?? []) : all),
    [],
  );
  const strange = classes.find((label) => !most.includes(label));
  if (strange === undefined) return;
  throw new ProblemError({
    code: 'combine.classes',
    at: { port: 'models' },
    args: { class: strange },
    message: phrase(
      'combine.other-classes',
      'The models were trained on different classes: one of them knows “{class}”, another does not.',
      {
        class: strange,
      },
    ),
    hint: 'Train them on tables with the same classes in the target.',
  });
}

const NONE = {
  code: 'combine.none',
  at: { port: 'models' },
  message: 'There are no models to combine.',
  hint: 'Wire two or more models of the same target into this step.',
};
