/** Tells rows that are alike by chance, as where all columns have few values, from copies of one row. */
import type { Column } from '../table/column.ts';
import { rowGroups } from '../table/verbs/row-keys.ts';

/** A row is hardly alike by chance when fewer others than this would be, were its columns independent. */
const BY_CHANCE = 0.05;

/**
 * Whether each row repeats one before it that it would hardly equal by chance: with n rows, and columns taken as independent, a row has
 * (n − 1) · ∏ (share of rows with its value) others like it. Columns that go together make true chances larger, so some are told too many.
 */
export function likelyCopies(columns: readonly Column[], rowCount: number, group: Int32Array, first: Int32Array): Uint8Array {
  const expected = new Float64Array(first.length).fill(rowCount - 1);
  for (const column of columns) {
    const values = rowGroups([column], rowCount);
    const sizes = new Float64Array(values.count);
    for (const value of values.group) sizes[value]++;
    for (let g = 0; g < first.length; g++) expected[g] *= sizes[values.group[first[g]]] / rowCount;
  }
  return Uint8Array.from(group, (g, row) => Number(first[g] !== row && expected[g] < BY_CHANCE));
}
