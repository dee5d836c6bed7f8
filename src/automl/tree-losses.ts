/** What boosted trees go by where a number is predicted: the metric may ask for the value in the middle, and errors of amounts grow with their size. */
import { isNumeric } from '../kind/schema.ts';
import type { Goal } from '../recipe/fold.ts';
import { numbersOf } from '../recipe/target.ts';
import { columnNamed, type Table } from '../table/table.ts';
import { SKEWED, shapeOf } from './uneven.ts';

export interface TreeLosses {
  /** Of all boosted trees; absent = their usual one. */
  all?: 'absolute';
  /** Of one more trial. */
  more?: 'tweedie';
}

/** The mean is the wrong answer to these: half of the true values should lie on either side. */
const MIDDLE: ReadonlySet<string> = new Set(['mae', 'normalized_mae', 'median_ae', 'mape']);

/** Squared errors of amounts without negative ones that are skewed hang on the few largest; Tweedie's deviance lets errors grow with the amount. RMSLE asks for the same. */
export function treeLosses(table: Table, goal: Pick<Goal, 'task' | 'target'>, metric: string): TreeLosses {
  const target = columnNamed(table, goal.target);
  if (goal.task !== 'regress' || !isNumeric(target.type)) return {};
  if (MIDDLE.has(metric)) return { all: 'absolute' };
  const values = numbersOf(target);
  const amounts = values.every((value) => !(value < 0)) && values.some((value) => value > 0);
  return amounts && (metric === 'rmsle' || shapeOf(values).skew > SKEWED) ? { more: 'tweedie' } : {};
}
