/** What training saw of a model's raw inputs: over every row learned from, and no other row. */
import { compareText } from '../base/text-order.ts';
import type { ColumnSchema } from '../kind/schema.ts';
import { type Column, countMissing } from '../table/column.ts';
import { columnNamed, gatherRows, type Table } from '../table/table.ts';
import type { SeenInput } from './model.ts';

/** Smallest and largest finite value; dates in milliseconds. Nothing for labels, yes or no, and columns without a value. */
function rangeOf(column: Column): [number, number] | undefined {
  if (column.type !== 'number' && column.type !== 'integer' && column.type !== 'datetime') return undefined;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of column.values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
}

/** Labels that occur, by code point. */
const labelsOf = (column: Extract<Column, { type: 'category' }>): string[] =>
  Array.from(new Set(column.codes.filter((code) => code >= 0)), (code) => column.dictionary[code]).sort(compareText);

/** The inputs with the categories of the learning rows (`ids` of the raw table), and range and share missing of each. */
export function seenInTraining(
  raw: Table,
  ids: Int32Array,
  inputs: readonly ColumnSchema[],
): { inputs: ColumnSchema[]; seen: Record<string, SeenInput> } {
  // A list, not assignments: a column may be called __proto__.
  const seen: [string, SeenInput][] = [];
  const known = inputs.map((input): ColumnSchema => {
    const own: Table = {
      rowCount: raw.rowCount,
      fields: [{ name: input.name, role: input.role }],
      columns: [columnNamed(raw, input.name)],
    };
    const [column] = gatherRows(own, ids).columns;
    const range = rangeOf(column);
    seen.push([input.name, { missing: column.length === 0 ? 0 : countMissing(column) / column.length, ...(range ? { range } : {}) }]);
    return column.type === 'category' ? { ...input, categories: labelsOf(column) } : input;
  });
  return { inputs: known, seen: Object.fromEntries(seen) };
}
