/** The contract of every column type: missing values, gathering, digests and cells agree with one another. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnType } from '../kind/schema.ts';
import { type Cell, cellAt, cellsOf, columnBytes, columnDigest, columnOf, countMissing, isMissing } from './column.ts';
import { gather, gatherAll } from './gather.ts';

const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 });
const CELLS: Record<ColumnType, fc.Arbitrary<Cell>> = {
  number: fc.double({ noNaN: true }),
  integer: fc.maxSafeInteger(),
  boolean: fc.boolean(),
  datetime: fc.integer(),
  category: label,
  text: label,
};

describe.each(Object.keys(CELLS) as ColumnType[])('%s', (type) => {
  const cells = fc.array(fc.option(CELLS[type], { freq: 3 }), { maxLength: 30 });

  test('cells come back as they went in; null is missing', () => {
    fc.assert(
      fc.property(cells, (list) => {
        const column = columnOf(type, list);
        expect([column.type, column.length]).toEqual([type, list.length]);
        expect(cellsOf(column)).toEqual(list);
        expect(countMissing(column)).toBe(list.filter((cell) => cell === null).length);
        expect(list.map((_, row) => isMissing(column, row))).toEqual(list.map((cell) => cell === null));
      }),
    );
  });

  test('gather takes rows in order, repeated ones too; -1 is missing', () => {
    fc.assert(
      fc.property(cells, fc.array(fc.integer({ min: -1, max: 29 }), { maxLength: 40 }), (list, wanted) => {
        const ids = Int32Array.from(wanted.filter((id) => id < list.length));
        const before = columnOf(type, list);
        const after = gather(before, ids);
        expect(cellsOf(after)).toEqual(Array.from(ids, (id) => (id < 0 ? null : list[id])));
        expect(cellsOf(before)).toEqual(list);
      }),
    );
  });

  test('gathered together, columns are as gathered alone', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 0, max: 9 }), fc.array(fc.integer({ min: -1, max: 29 })), (list, count, wanted) => {
        const columns = Array.from({ length: count }, (_, k) => columnOf(type, [...list.slice(k), ...list.slice(0, k)]));
        const rows = wanted.filter((id) => id < list.length);
        for (const chosen of [rows, rows.filter((id) => id >= 0), [...new Set(rows.filter((id) => id >= 0))].sort((a, b) => a - b)]) {
          const ids = Int32Array.from(chosen);
          expect(gatherAll(columns, ids)).toEqual(columns.map((column) => gather(column, ids)));
        }
      }),
    );
  });

  test('digest: equal for equal columns, different when one cell changes; survives a clone', () => {
    fc.assert(
      fc.property(cells, (list) => {
        const column = columnOf(type, list);
        expect(columnDigest(columnOf(type, list))).toBe(columnDigest(column));
        expect(columnDigest(structuredClone(column))).toBe(columnDigest(column));
        const at = list.findIndex((cell) => cell !== null);
        if (at >= 0) expect(columnDigest(columnOf(type, list.with(at, null)))).not.toBe(columnDigest(column));
        expect(columnBytes(column)).toBeGreaterThanOrEqual(0);
        if (list.length > 0) expect(cellAt(column, 0)).toEqual(list[0]);
      }),
    );
  });
});
