/** For tests: random columns of every type, and the plainest order of their cells. */
import fc from 'fast-check';
import { compareText } from '../../base/text-order.ts';
import type { ColumnType } from '../../kind/schema.ts';
import { type Cell, type Column, cellsOf, columnOf } from '../column.ts';

const cellOf: Record<ColumnType, fc.Arbitrary<Cell>> = {
  number: fc.constantFrom(0, -0, 1.5, -2, 1e300, -1e-300, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null),
  integer: fc.option(fc.integer({ min: -3, max: 3 })),
  boolean: fc.option(fc.boolean()),
  category: fc.constantFrom('b', 'a', 'B', 'ä', '\ufb01', '😀', null),
  text: fc.constantFrom('b', 'ab', 'a', '\uffff', '😀', '😀x', null),
  datetime: fc.option(fc.integer({ min: -5, max: 5 })),
};
const types = Object.keys(cellOf) as ColumnType[];
const columnArb = (rows: number) =>
  fc
    .constantFrom(...types)
    .chain((type) => fc.array(cellOf[type], { minLength: rows, maxLength: rows }).map((cells) => columnOf(type, cells)));
export const columnsArb = (most = 3) =>
  fc.integer({ min: 0, max: 30 }).chain((rows) => fc.array(columnArb(rows), { minLength: 1, maxLength: most }));

export function compareCells(a: Cell, b: Cell): number {
  if (typeof a === 'string') return compareText(a, String(b));
  return Number(a) < Number(b) ? -1 : Number(a) > Number(b) ? 1 : 0;
}
export const allCells = (columns: readonly Column[]) => columns.map(cellsOf);
