/** Which way the answer must go with each feature, from the two column choices. */
import { type Problem, ProblemError, problem } from '../../base/problem.ts';
import type { ColumnPick, ParamValues } from '../../kind/params.ts';
import { resolveColumns } from '../../kind/pick.ts';
import { type ColumnSchema, column, isNumeric } from '../../kind/schema.ts';
import type { Training } from '../../recipe/model.ts';

const pickOf = (value: unknown): ColumnPick => (value as ColumnPick | undefined) ?? { names: [] };

/** Names among the columns that both choices hold. */
export function inBoth(params: ParamValues, columns: readonly ColumnSchema[]): string[] {
  const falling = new Set(resolveColumns(pickOf(params.falling), { columns }));
  return resolveColumns(pickOf(params.rising), { columns }).filter((name) => falling.has(name));
}

/** Said before a run and, where names come to be features only then, in it. */
export const bothDirections = (name: string): Problem =>
  problem({
    code: 'boosting.both-directions',
    at: { param: 'falling', column: name },
    args: { column: name },
    message: `The prediction cannot both only rise and only fall with “${name}”.`,
    hint: 'Take the column out of one of the two lists.',
  });

/**
 * Per feature: 1 where the answer may only rise with it, -1 where it may only fall, else 0. A chosen column that is no feature, as it is the same in
 * every row, has nothing to go with. Throws a Problem where a column is in both, or where there are more than two classes.
 */
export function directionsOf({ featureNames, types, categories, classCount }: Training, params: ParamValues): number[] {
  const columns = featureNames.flatMap((name, j): ColumnSchema[] =>
    categories?.[j] ? [] : [column(name, types?.[j] && !isNumeric(types[j]) ? types[j] : 'number')],
  );
  const rising = new Set(resolveColumns(pickOf(params.rising), { columns }));
  const falling = new Set(resolveColumns(pickOf(params.falling), { columns }));
  const [twice] = inBoth(params, columns);
  if (twice !== undefined) throw new ProblemError(bothDirections(twice));
  if (classCount > 2 && rising.size + falling.size > 0) {
    throw new ProblemError({
      code: 'boosting.directions-classes',
      at: { param: rising.size > 0 ? 'rising' : 'falling' },
      args: { classes: classCount },
      message: `With ${classCount} classes there is no one answer that could only rise or only fall.`,
      hint: 'Empty both lists, or predict a number or one of two classes.',
    });
  }
  return featureNames.map((name) => (rising.has(name) ? 1 : falling.has(name) ? -1 : 0));
}
