/** Keys of two tables against the plainest reading: numbers are equal exactly where all cells of the keys are. */
import { describe, expect, it } from 'vitest';
import { stream } from '../../base/random.ts';
import type { ColumnType } from '../../kind/schema.ts';
import { type Cell, cellsOf, columnOf } from '../column.ts';
import { joinRows, uniqueKeys } from './join.ts';
import { pairKeys } from './paired-keys.ts';

const random = stream('paired keys');
const pick = <T>(options: readonly T[]): T => options[random.below(options.length)];
const CELLS: Record<string, () => Cell> = {
  near: () => random.below(40) - 20,
  far: () => pick([1e12, -1e12, 3, 1e300, -5]),
  odd: () => pick([0.5, -0, 0, 1.25, 3, Number.POSITIVE_INFINITY]),
  label: () => pick(['a', 'b', 'ä', 'ab', '0']),
  flag: () => pick([true, false]),
};
const column = (type: ColumnType, cells: string, rows: number) =>
  columnOf(
    type,
    Array.from({ length: rows }, () => (random.below(8) === 0 ? null : CELLS[cells]())),
  );
/** Pairs of left and right types, and what stands in both. */
const KEYS: [ColumnType, ColumnType, string, string][] = [
  ['integer', 'integer', 'near', 'near'],
  ['integer', 'number', 'far', 'far'],
  ['number', 'number', 'odd', 'odd'],
  ['number', 'integer', 'odd', 'near'],
  ['boolean', 'number', 'flag', 'odd'],
  ['category', 'category', 'label', 'label'],
  ['text', 'category', 'label', 'label'],
  ['category', 'text', 'label', 'label'],
  ['text', 'text', 'label', 'label'],
  ['datetime', 'datetime', 'far', 'far'],
];

describe('paired keys', () => {
  it.each(KEYS.flatMap((first) => KEYS.map((second) => [first, second] as const)))('%s and %s', (...kinds) => {
    const [rows, others] = [60, 50];
    const left = kinds.map(([type, , cells]) => column(type, cells, rows));
    const right = kinds.map(([, type, , cells]) => column(type, cells, others));
    const [a, b] = [left.map(cellsOf), right.map(cellsOf)];
    const equal = (i: number, j: number) =>
      a.every(
        (cells, k) =>
          cells[i] !== null &&
          b[k][j] !== null &&
          (typeof cells[i] === 'string' ? cells[i] === b[k][j] : Number(cells[i]) === Number(b[k][j])),
      );
    const wanted: [number, number][] = [];
    for (let i = 0; i < rows; i++) for (let j = 0; j < others; j++) if (equal(i, j)) wanted.push([i, j]);
    const found = joinRows(left, right, 'inner');
    expect(Array.from(found.left, (row, at) => [row, found.right[at]])).toEqual(wanted);
    const keys = b[0].map((_, j) => b.map((cells) => cells[j])).filter((cells) => cells.every((cell) => cell !== null));
    const texts = keys.map((cells) => JSON.stringify(cells.map((cell) => (typeof cell === 'number' ? `${cell + 0}` : cell))));
    expect(uniqueKeys(right)).toBe(new Set(texts).size === texts.length);
  });

  it('a whole distance that comes of rounding is no match', () => {
    const left = columnOf('number', [1e-12, 0, 2 ** 53 + 2, 0.5]);
    const right = columnOf('number', [-1_000_000, 0, 1]);
    const { left: codes, right: own } = pairKeys([left], [right]);
    expect(codes[1]).toBe(own[1]);
    expect([codes[0], codes[2], codes[3]]).toEqual([-1, -1, -1]);
  });
});
