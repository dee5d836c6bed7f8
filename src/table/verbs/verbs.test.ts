/** The verbs on whole columns against the plainest reading of what they should do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../base/problem.ts';
import { compareText } from '../../base/text-order.ts';
import type { ColumnType } from '../../kind/schema.ts';
import { type Cell, cellsOf, columnOf, numeric } from '../column.ts';
import { roundEven } from '../round-even.ts';
import { tableOf } from '../table.ts';
import { castColumn } from './cast.ts';
import { chosenNames } from './choose.ts';
import { allCells, columnsArb, compareCells } from './columns.fixture.ts';
import { commonType, concatColumns, concatRows } from './concat.ts';
import { joinRows, matchedFlags, uniqueKeys } from './join.ts';
import { countMissingInto, markAnyMissing, missingFlags, rowsWhere } from './missing.ts';
import { quantile } from './quantile.ts';
import { rowGroups } from './row-keys.ts';
import { sortOrder } from './sort.ts';

describe('text order', () => {
  it('is by code point, as Python sorts', () => {
    expect(['😀', '\uffff', 'z', '', 'ab', 'a', '\ud7ff'].sort(compareText)).toEqual(['', 'a', 'ab', 'z', '\ud7ff', '\uffff', '😀']);
  });
});

describe('rowGroups', () => {
  it('numbers groups of equal rows by first appearance', () => {
    fc.assert(
      fc.property(columnsArb(), (columns) => {
        const cells = allCells(columns);
        const rows = columns[0].length;
        const { group, first, count } = rowGroups(columns, rows);
        const firsts: number[] = [];
        for (let row = 0; row < rows; row++) {
          let g = firsts.findIndex((other) => cells.every((column) => column[row] === column[other]));
          if (g < 0) g = firsts.push(row) - 1;
          expect(group[row]).toBe(g);
        }
        expect([...first]).toEqual(firsts);
        expect(count).toBe(firsts.length);
      }),
    );
  });
  it('tells many distinct numbers and pairs apart', () => {
    const n = 20_000;
    const a = columnOf(
      'number',
      Array.from({ length: n }, (_, i) => (i % 150) / 7),
    );
    const b = columnOf(
      'number',
      Array.from({ length: n }, (_, i) => Math.floor(i / 150) * 1e9),
    );
    expect(rowGroups([a, b], n).count).toBe(n);
    expect(rowGroups([a], n).count).toBe(150);
    expect(rowGroups([], 3)).toMatchObject({ count: 1 });
    expect(rowGroups([], 0)).toMatchObject({ count: 0 });
  });
});

describe('sortOrder', () => {
  it('is the stable sort by keys, missing at its end whatever the direction', () => {
    fc.assert(
      fc.property(columnsArb(), fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), fc.boolean(), (columns, down, missingFirst) => {
        const cells = allCells(columns);
        const naive = cells[0].map((_, row) => row);
        naive.sort((x, y) => {
          for (const [k, column] of cells.entries()) {
            const [a, b] = [column[x], column[y]];
            if (a === null && b === null) continue;
            if (a === null || b === null) return (a === null) === missingFirst ? -1 : 1;
            const order = compareCells(a, b);
            if (order !== 0) return down[k] ? -order : order;
          }
          return x - y;
        });
        const keys = columns.map((column, k) => ({ column, descending: down[k] }));
        expect([...sortOrder(keys, columns[0].length, missingFirst)]).toEqual(naive);
      }),
    );
  });
});

describe('join', () => {
  const keyArb = (rows: number) => fc.array(fc.option(fc.integer({ min: 0, max: 4 })), { minLength: rows, maxLength: rows });
  const pairArb = fc
    .tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }))
    .chain(([a, b]) => fc.tuple(keyArb(a), keyArb(b)));
  it('pairs equal keys in left order, right-only rows last', () => {
    fc.assert(
      fc.property(pairArb, fc.constantFrom('left', 'inner', 'right', 'outer' as const), ([a, b], how) => {
        const pairs: [number, number][] = [];
        a.forEach((key, i) => {
          const partners = b.flatMap((other, j) => (key !== null && other === key ? [j] : []));
          pairs.push(...partners.map((j): [number, number] => [i, j]));
          if (partners.length === 0 && (how === 'left' || how === 'outer')) pairs.push([i, -1]);
        });
        if (how === 'right' || how === 'outer')
          pairs.push(...b.flatMap((key, j): [number, number][] => (key === null || !a.includes(key) ? [[-1, j]] : [])));
        const [left, right] = [columnOf('integer', a), columnOf('number', b)];
        const rows = joinRows([left], [right], how as 'left');
        expect([...rows.left].map((i, at) => [i, rows.right[at]])).toEqual(pairs);
        expect([...matchedFlags([left], [right])]).toEqual(a.map((key) => Number(key !== null && b.includes(key))));
        const known = b.filter((key) => key !== null);
        expect(uniqueKeys([right])).toBe(new Set(known).size === known.length);
      }),
    );
  });
  it('matches labels of both kinds and refuses texts with numbers', () => {
    const labels = [columnOf('category', ['x', 'y', null]), columnOf('text', ['y', 'x', ''])] as const;
    expect([...joinRows([labels[0]], [labels[1]], 'inner').right]).toEqual([1, 0]);
    expect(() => joinRows([labels[0]], [columnOf('integer', [1])], 'inner')).toThrow(ProblemError);
    expect(() => joinRows([columnOf('datetime', [1])], [columnOf('integer', [1])], 'inner')).toThrow('different types');
  });
});

describe('concat', () => {
  it('takes the type that holds all', () => {
    expect(commonType(['integer', 'boolean'])).toBe('integer');
    expect(commonType(['integer', 'number', 'boolean'])).toBe('number');
    expect(commonType(['category', 'text'])).toBe('text');
    expect(commonType(['datetime', 'number'])).toBe('text');
  });
  it('keeps every cell, dates as people write them beside texts', () => {
    const parts = [columnOf('text', ['a', null]), { type: 'absent' as const, length: 1 }, columnOf('text', ['é'])];
    expect(cellsOf(concatColumns(parts, 'text'))).toEqual(['a', null, null, 'é']);
    expect(cellsOf(concatColumns([columnOf('datetime', [0, null]), columnOf('category', ['x'])], 'text'))).toEqual([
      '1970-01-01',
      null,
      'x',
    ]);
    expect(cellsOf(concatColumns([columnOf('boolean', [true, null]), columnOf('number', [0.5])], 'number'))).toEqual([1, null, 0.5]);
  });
  it('has one target, and a free name for the source', () => {
    const withTarget = (name: string) => ({
      ...tableOf({ [name]: ['number', [1]], source: ['number', [2]] }),
      fields: [
        { name, role: 'target' as const },
        { name: 'source', role: 'feature' as const },
      ],
    });
    const both = concatRows([withTarget('y'), withTarget('z')], 'outer', { name: 'source', labels: ['1', '2'] });
    expect(both.fields.map(({ name, role }) => `${name} ${role}`)).toEqual(['y target', 'source feature', 'z meta', 'source_2 feature']);
    expect(both.columns.map(cellsOf)).toEqual([
      [1, null],
      [2, 2],
      [null, 1],
      ['1', '2'],
    ]);
    expect(concatRows([withTarget('y'), withTarget('z')], 'inner').fields.map((field) => field.name)).toEqual(['source']);
  });
});

describe('cast', () => {
  it.each<[ColumnType, Cell[], ColumnType, Cell[]]>([
    ['text', ['1', ' -2.5e1 ', '0x10', 'abc', null], 'number', [1, -25, null, null, null]],
    ['category', ['yes', 'NO', 'maybe', null], 'boolean', [true, false, null, null]],
    ['number', [0, 1, 2, 0.5, null], 'boolean', [false, true, null, null, null]],
    ['number', [0.5, 1.5, -2.5, Number.POSITIVE_INFINITY, null], 'integer', [0, 2, -2, null, null]],
    ['text', ['2000-02-29', '31/31/2000', null], 'datetime', [951_782_400_000, null, null]],
    ['datetime', [951_782_400_000, null], 'text', ['2000-02-29', null]],
    ['boolean', [true, null, false], 'category', ['true', null, 'false']],
    ['integer', [3, -0, null], 'category', ['3', '0', null]],
  ])('%s %j to %s', (from, cells, to, wanted) => {
    const result = castColumn(columnOf(from, cells), to);
    expect(result.type).toBe(to);
    expect(cellsOf(result).map((cell) => (cell === 0 ? 0 : cell))).toEqual(wanted);
  });
  it('the same type is the same column', () => {
    const column = columnOf('text', ['a']);
    expect(castColumn(column, 'text')).toBe(column);
  });
});

it('halves round to the even neighbour, also where adding a half would not', () => {
  const cases: [number, number][] = [
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [-0.5, 0],
    [-1.5, -2],
    [0.49999999999999994, 0],
    [2 ** 52 + 1, 2 ** 52 + 1],
    [-3.7, -4],
    [3.2, 3],
  ];
  for (const [x, wanted] of cases) expect(roundEven(x) + 0, String(x)).toBe(wanted);
  expect(roundEven(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
  expect(roundEven(Number.NaN)).toBeNaN();
});

it('missing flags say of every type what the cells say', () => {
  fc.assert(
    fc.property(columnsArb(2), (columns) => {
      const counts = new Int32Array(columns[0].length);
      for (const column of columns) {
        expect([...missingFlags(column)]).toEqual(cellsOf(column).map((cell) => Number(cell === null)));
        countMissingInto(column, counts);
      }
      const wanted = allCells(columns).reduce(
        (sums, cells) => sums.map((sum, i) => sum + Number(cells[i] === null)),
        new Array(columns[0].length).fill(0),
      );
      expect([...counts]).toEqual(wanted);
      expect([...rowsWhere(missingFlags(columns[0]), 1)]).toEqual(cellsOf(columns[0]).flatMap((cell, i) => (cell === null ? [i] : [])));
    }),
  );
});

it('a row lacks something where any of its cells is missing, however many columns of numbers there are', () => {
  fc.assert(
    fc.property(columnsArb(7), (columns) => {
      const all = allCells(columns);
      for (let count = 0; count <= columns.length; count++) {
        const flags = new Uint8Array(columns[0].length);
        markAnyMissing(columns.slice(0, count), flags);
        expect([...flags]).toEqual([...flags].map((_, i) => Number(all.slice(0, count).some((cells) => cells[i] === null))));
      }
    }),
  );
  // Infinities of both signs in one row are no hole.
  const odd = [1, 0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324];
  const flags = new Uint8Array(odd.length);
  const column = (k: number) => numeric(Float64Array.from(odd, (x, i) => (k === 3 && i === 0 ? Number.NaN : k % 2 ? x : -x)));
  markAnyMissing([0, 1, 2, 3, 4].map(column), flags);
  expect([...flags]).toEqual([1, 0, 0, 0, 0, 0]);
});

it('quantiles are interpolated as numpy does', () => {
  const sorted = Float64Array.of(1, 2, 4, 8);
  expect([0, 0.25, 0.5, 0.9, 1].map((q) => quantile(sorted, q))).toEqual([1, 1.75, 3, 6.800000000000001, 8]);
});

it('a name that is not there is a Problem', () => {
  const t = tableOf({ a: ['number', [1]], b: ['category', ['x']] });
  expect(chosenNames(t, { names: ['b', 'a'] })).toEqual(['b', 'a']);
  expect(chosenNames(t, { all: true }, { types: ['number'] })).toEqual(['a']);
  expect(() => chosenNames(t, { names: ['gone'] })).toThrow('There is no column “gone”');
});
