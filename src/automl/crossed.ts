/** Columns that work together, made for trees that are tried when all others were: products of few numbers, and means of the target for categories of few levels. */
import { isNumeric } from '../kind/schema.ts';
import type { Goal } from '../recipe/fold.ts';
import { classesOf } from '../recipe/target.ts';
import { columnNamed, type Table } from '../table/table.ts';
import type { OwnStep } from './own-steps.ts';

/** More numbers than this have too many products. */
const MOST_NUMBERS = 12;
/** Categories of more levels have their means in every trial; of fewer than three, no mean says more than the level. */
const LEVELS = [3, 20] as const;
const MOST_MEANS = 30;
const MOST_ROWS = 50_000;

/** Of the features; none on large tables, or where no columns qualify. */
export function crossedSteps(table: Table, features: readonly string[], goal: Goal): OwnStep[] {
  if (table.rowCount > MOST_ROWS) return [];
  const numbers = features.filter((name) => {
    const { type } = columnNamed(table, name);
    return isNumeric(type) && type !== 'boolean';
  });
  const few = features.filter((name) => {
    const column = columnNamed(table, name);
    if (column.type !== 'category') return false;
    const levels = classesOf(column).length;
    return levels >= LEVELS[0] && levels <= LEVELS[1];
  });
  const width = goal.classes && goal.classes.length > 2 ? goal.classes.length : 1;
  const means = few.length * width <= MOST_MEANS ? few : [];
  return [
    ...(numbers.length >= 2 && numbers.length <= MOST_NUMBERS
      ? [{ kind: 'features.polynomial', params: { columns: { names: numbers }, interactions: true } }]
      : []),
    ...(means.length > 0
      ? [{ kind: 'features.target-encode', params: { columns: { names: means }, target: goal.target, task: goal.task, keep: true } }]
      : []),
  ];
}
