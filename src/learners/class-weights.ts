/** Row weights and class counts that the classifiers share. */
import type { Training } from '../recipe/model.ts';

/** How many rows are learned from: those that only say when to stop stand after them. */
export const learningRows = ({ X, aside }: Training): number => X.rows - (aside?.length ?? 0);

/** Sum of row weights per class, of the rows that are learned from. */
export function classTotals(data: Training): Float64Array {
  const totals = new Float64Array(data.classCount);
  for (let i = 0; i < learningRows(data); i++) totals[data.y[i]] += data.weight ? data.weight[i] : 1;
  return totals;
}

/**
 * Row weights, with every class made to count the same when `balanced`: weight × total / (classes present × class total), as
 * `class_weight='balanced'`. Undefined when all weights are one.
 */
export function rowWeights(data: Training, balanced: boolean): Float64Array | undefined {
  if (!balanced || data.classCount === 0) return data.weight;
  const totals = classTotals(data);
  const present = totals.reduce((count, total) => count + (total > 0 ? 1 : 0), 0);
  const all = totals.reduce((sum, total) => sum + total, 0);
  return Float64Array.from(data.y, (k, i) => (totals[k] > 0 ? ((data.weight?.[i] ?? 1) * all) / (present * totals[k]) : 0));
}
