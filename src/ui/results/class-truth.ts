/** Which column says whether a predicted class is right; an amount is only more or less near, never right or wrong. */
import type { ColumnSchema } from '../../kind/schema.ts';

/** Place of the truth for a column of predicted classes, when it is in the same table; else -1. */
export function classTruth(column: ColumnSchema, columns: readonly ColumnSchema[]): number {
  if (column.role !== 'prediction' || !column.of) return -1;
  // Classes that are numbers come with a probability each; predicted amounts have none.
  const classes = column.type !== 'number' || columns.some((other) => other.role === 'probability' && other.of === column.of);
  return classes ? columns.findIndex((other) => other.name === column.of) : -1;
}
