/** Number columns that straight lines and networks take badly as they are: skewed ones, and those with gaps that may mean something. */
import { isNumeric } from '../kind/schema.ts';
import { numbersOf } from '../recipe/target.ts';
import { columnNamed, type Table } from '../table/table.ts';
import type { OwnStep } from './own-steps.ts';

/** A column is skewed beyond this (third standardised moment), and has gaps from this share of its rows on. */
export const SKEWED = 1;
const GAPPY = 0.01;
/** Rows looked at, evenly spread. */
const LOOK = 5000;

/** Steps for such learners, each fitted inside its fold: whether a number is missing as a column, and a power transform; none where no column asks for it. */
export function eveningSteps(table: Table, features: readonly string[]): OwnStep[] {
  const numbers = features.filter((name) => {
    const { type } = columnNamed(table, name);
    return isNumeric(type) && type !== 'boolean';
  });
  const seen = numbers.map((name) => ({ name, ...shapeOf(numbersOf(columnNamed(table, name))) }));
  const gappy = seen.filter(({ missing }) => missing > GAPPY && missing < 1).map(({ name }) => name);
  const skewed = seen.filter(({ skew }) => Math.abs(skew) > SKEWED).map(({ name }) => name);
  return [
    ...(gappy.length > 0
      ? [{ kind: 'prepare.fill-missing', params: { columns: { names: gappy }, numbers: 'median', labels: 'leave', indicator: true } }]
      : []),
    ...(skewed.length > 0 ? [{ kind: 'features.normalise', params: { columns: { names: skewed }, method: 'power', clip: true } }] : []),
  ];
}

/** Skew of the finite values, 0 without spread; and the share of rows without a number. */
export function shapeOf(values: Float64Array): { skew: number; missing: number } {
  const step = Math.max(1, Math.floor(values.length / LOOK));
  const known: number[] = [];
  let looked = 0;
  for (let i = 0; i < values.length; i += step) {
    looked++;
    if (Number.isFinite(values[i])) known.push(values[i]);
  }
  const mean = known.reduce((sum, value) => sum + value / known.length, 0);
  const moment = (power: number) => known.reduce((sum, value) => sum + (value - mean) ** power / known.length, 0);
  const [variance, third] = [moment(2), moment(3)];
  // Of a constant only what rounding left of its distance to the mean.
  const spread = Math.sqrt(variance) > 1e-9 * Math.abs(mean);
  const skew = spread ? third / (variance * Math.sqrt(variance)) : 0;
  return { skew: Number.isFinite(skew) ? skew : 0, missing: looked === 0 ? 0 : 1 - known.length / looked };
}
