/** Rows found by their source number, through subsets, scoring and repeats. */
import { expect, it } from 'vitest';
import { type Frame, rawFrame, type ScoredBy } from '../recipe/frame.ts';
import { numeric } from '../table/column.ts';
import { table } from '../table/table.ts';
import { placesOf, rowsById, sourceRows } from './rows-by-id.ts';

const ages = (values: number[]) => table(['age'], [numeric(Float64Array.from(values))], values.length);
const subset = (values: number[], ids: number[], more: Partial<Frame> = {}): Frame => {
  const frame = rawFrame(ages(values));
  return { ...frame, rows: { ...frame.rows, ids: Int32Array.from(ids) }, ...more };
};
const find = (frame: Frame, ids: number[]) => rowsById(frame.table, placesOf(sourceRows(frame)), ids).rows;

it('answers in the order asked, null for rows that are not there', () => {
  expect(find(subset([30, 50, 70], [3, 5, 7]), [7, 4, 3, 99])).toEqual([[70], null, [30], null]);
});
it('takes the first of repeated rows, and none without a number', () => {
  expect(find(subset([1, 2, 3], [4, 4, -1]), [4])).toEqual([[1]]);
});
it('knows scored rows by the numbers they had before', () => {
  const scored = [{ ids: Int32Array.from([10, 20, 30]) }] as unknown as readonly ScoredBy[];
  expect(find({ ...rawFrame(ages([1, 2, 3])), scored }, [30, 10])).toEqual([[3], [1]]);
  expect(find(subset([3, 1], [2, 0], { scored }), [10, 20, 30])).toEqual([[1], null, [3]]);
});
it('counts from the start where the table is its own source', () => {
  expect(rowsById(ages([5, 6]), undefined, [1, 2]).rows).toEqual([[6], null]);
});
