/** Aggregates of whole columns against a loop over each group. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, cellsOf } from '../column.ts';
import { AGGREGATES, aggregate, aggregateType, canAggregate } from './aggregate.ts';
import { columnsArb, compareCells } from './columns.fixture.ts';

describe('aggregate', () => {
  it('is what a loop over each group gives', () => {
    fc.assert(
      fc.property(columnsArb(1), fc.integer({ min: 1, max: 4 }), ([column], count) => {
        const group = Int32Array.from({ length: column.length }, (_, i) => (i * 7) % count);
        for (const how of AGGREGATES) {
          if (!canAggregate(how, column.type)) continue;
          const result = aggregate(how, column, group, count);
          expect(result.type).toBe(aggregateType(how, column.type));
          const cells = cellsOf(column);
          cellsOf(result).forEach((cell, g) => {
            const own = cells.filter((_, row) => group[row] === g);
            const wanted = naive(how, own);
            if (typeof wanted === 'number' && typeof cell === 'number' && Number.isFinite(wanted))
              expect(Math.abs(cell - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
            else expect(cell, how).toEqual(wanted);
          });
        }
      }),
    );
  });
});
function naive(how: string, rows: Cell[]): Cell {
  const there = rows.filter((cell) => cell !== null);
  const numbers = there.map(Number);
  const sorted = there.toSorted(compareCells);
  const made = (value: number): Cell => (Number.isNaN(value) ? null : value);
  const sum = numbers.reduce((total, x) => total + x, 0);
  const mean = sum / numbers.length;
  const variance =
    numbers.length < 2 ? Number.NaN : numbers.reduce((total, x) => total + (x - mean) * (x - mean), 0) / (numbers.length - 1);
  switch (how) {
    case 'size':
      return rows.length;
    case 'count':
      return there.length;
    case 'distinct':
      return new Set(there).size;
    case 'first':
      return there[0] ?? null;
    case 'last':
      return there.at(-1) ?? null;
    case 'min':
      return sorted[0] ?? null;
    case 'max':
      return sorted.find((cell) => compareCells(cell, sorted[sorted.length - 1]) === 0) ?? null;
    case 'sum':
      return made(sum);
    case 'product':
      return made(numbers.reduce((total, x) => total * x, 1));
    case 'mean':
      return made(mean);
    case 'var':
      return made(variance);
    case 'std':
      return made(Math.sqrt(variance));
    case 'median':
      return numbers.length === 0 ? null : made((Number(sorted[(numbers.length - 1) >> 1]) + Number(sorted[numbers.length >> 1])) / 2);
    default: {
      const times = (cell: Cell) => there.filter((other) => other === cell).length;
      const most = Math.max(0, ...there.map(times));
      return sorted.find((cell) => times(cell) === most) ?? null;
    }
  }
}
