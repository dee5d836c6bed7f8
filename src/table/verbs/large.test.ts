/** The paths that only large columns take, against the plainest reading of what they should give. */
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { stream } from '../../base/random.ts';
import { compareText } from '../../base/text-order.ts';
import { categories, cellsOf, columnOf, countMissing, numeric, type TextColumn, texts } from '../column.ts';
import { gather } from '../gather.ts';
import { gatherRows, tableOf } from '../table.ts';
import { fillTexts, joinTexts } from '../text-rows.ts';
import { aggregate } from './aggregate.ts';
import { codesOf } from './codes.ts';
import { joinRows, lookupRows } from './join.ts';
import { rowGroups } from './row-keys.ts';
import { sortOrder, sortRanks } from './sort.ts';
import { sortNumbers } from './sort-numbers.ts';

const ROWS = 6000;
const random = stream('large');
const pick = <T>(options: readonly T[]): T => options[random.below(options.length)];
const many = <T>(make: () => T, rows = ROWS): T[] => Array.from({ length: rows }, make);

/** Long shared beginnings, repeated texts, texts that are the beginning of others, NUL, wide characters, empty ones. */
const stems = ['', 'https://example.org/', 'https://example.org/a/long/path/', 'z', '\0', '😀😀😀', '\uffff'];
const awkward = () =>
  `${pick(stems)}${pick(['', 'a', 'b', 'ab', '\0', '\0\0', `${random.below(3000)}`, 'é', 'x'.repeat(random.below(40))])}`;

describe('sort', () => {
  it.each([false, true])('texts by code point, stable, descending %s', (descending) => {
    const cells = many(awkward);
    const order = sortOrder([{ column: texts(cells), descending }], ROWS);
    const wanted = cells.map((_, i) => i).filter((i) => cells[i] !== '');
    wanted.sort((a, b) => (descending ? -1 : 1) * compareText(cells[a], cells[b]) || a - b);
    expect([...order]).toEqual([...wanted, ...cells.flatMap((cell, i) => (cell === '' ? [i] : []))]);
  });

  it('texts as a second key keep the first', () => {
    const column = texts(many(awkward));
    const group = columnOf(
      'integer',
      many(() => random.below(3)),
    );
    const both = sortOrder(
      [
        { column: group, descending: false },
        { column, descending: true },
      ],
      ROWS,
    );
    const alone = sortOrder([{ column, descending: true }], ROWS);
    const of = group.type === 'integer' ? group.values : [];
    expect([...both]).toEqual([0, 1, 2].flatMap((g) => [...alone].filter((row) => of[row] === g)));
  });

  it('ranks of texts are equal where the texts are', () => {
    const cells = many(awkward);
    const ranks = sortRanks(texts(cells));
    const places = new Map(
      [...new Set(cells)]
        .filter((cell) => cell !== '')
        .sort(compareText)
        .map((cell, place) => [cell, place]),
    );
    expect([...ranks]).toEqual(cells.map((cell) => places.get(cell) ?? Number.NaN));
  });

  const close = () => 1 + random.below(1000) * 2 ** -52;
  it.each([
    ['whole numbers', () => random.below(50) - 25],
    ['whole numbers far apart', () => (random.below(50) - 25) * 2 ** 40],
    ['fractions', () => (random.below(2000) - 1000) / 7],
    ['numbers that differ in their last bits', () => pick([-1, 1]) * close()],
    [
      'zeros, infinities and tiny numbers',
      () => pick([0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, -5e-324, 1e-310]),
    ],
  ])('%s', (_, make) => {
    const cells = many(() => (random.below(10) === 0 ? null : make()));
    for (const descending of [false, true]) {
      for (const missingFirst of [false, true]) {
        const wanted = cells.map((_cell, i) => i);
        wanted.sort((a, b) => {
          const [x, y] = [cells[a], cells[b]];
          if (x === null || y === null) return x === y ? a - b : (x === null) === missingFirst ? -1 : 1;
          return x === y ? a - b : x < y !== descending ? -1 : 1;
        });
        expect([...sortOrder([{ column: columnOf('number', cells), descending }], ROWS, missingFirst)]).toEqual(wanted);
      }
    }
  });

  it('values alone, however they lie', () => {
    const spreads: (() => number)[] = [
      () => random.uniform(),
      () => random.normal() ** 9,
      () => random.below(5),
      () => pick([1e300, -1e300, random.uniform()]),
      () => pick([Number.POSITIVE_INFINITY, random.uniform()]),
    ];
    for (const spread of spreads) {
      const values = Float64Array.from({ length: 20_000 }, spread);
      expect(sortNumbers(values.slice())).toEqual(values.slice().sort());
    }
    for (const n of [0, 1, 2, 33, 4096]) expect(sortNumbers(Float64Array.from({ length: n }, () => n))).toHaveLength(n);
  });
});

describe('gather', () => {
  it('texts across blocks, with gaps and repeats', () => {
    const cells = many(awkward);
    const ids = Int32Array.from({ length: 2 * ROWS }, () => random.below(ROWS + 50) - 50).map((id) => Math.max(id, -1));
    for (const rows of [ids, ids.filter((id) => id >= 0).sort(), Int32Array.of(), Int32Array.of(ROWS - 1)]) {
      const got = gather(texts(cells), rows);
      expect(cellsOf(got)).toEqual([...rows].map((id) => (id < 0 ? null : cells[id] || null)));
      expect((got as TextColumn).bytes.byteLength).toBe((got as TextColumn).bytes.buffer.byteLength);
    }
  });

  it('every type, with and without gaps', () => {
    const t = tableOf({
      n: ['number', many(() => pick([1.5, null]), 9)],
      c: ['category', many(() => pick(['x', 'y', null]), 9)],
      b: ['boolean', many(() => pick([true, false, null]), 9)],
    });
    for (const ids of [Int32Array.of(8, 0, 3, 3, 1, 2), Int32Array.of(-1, 4, -1)]) {
      const got = gatherRows(t, ids);
      got.columns.forEach((column, k) => {
        const cells = cellsOf(t.columns[k]);
        expect(cellsOf(column)).toEqual([...ids].map((id) => (id < 0 ? null : cells[id])));
      });
    }
    expect(
      gatherRows(
        t,
        Int32Array.from({ length: 9 }, (_, i) => i),
      ),
    ).toBe(t);
  });
});

describe('text rows', () => {
  it('fills empty texts, first and last ones too', () => {
    for (const cells of [['', 'a', '', '', 'bc', ''], ['a'], [''], []]) {
      expect(cellsOf(fillTexts(texts(cells), utf8('née')))).toEqual(cells.map((cell) => cell || 'née'));
    }
  });

  it('joins parts, also such that begin inside their bytes', () => {
    const whole = texts(['aa', 'b', '', 'ccc']);
    const tail: TextColumn = { ...whole, length: 2, offsets: whole.offsets.subarray(1, 4) };
    expect(cellsOf(joinTexts([tail, { type: 'absent', length: 2 }, whole]))).toEqual(['b', null, null, null, 'aa', 'b', null, 'ccc']);
  });
});

describe('codes', () => {
  it('are equal exactly where the cells are, in every kind of numbers and in texts', () => {
    const columns = [
      numeric(Float64Array.from(many(() => pick([-0, 0, 0.1, Number.NaN, random.below(900) / 3])))),
      numeric(Float64Array.from(many(() => pick([Number.NaN, random.below(90) - 45])))),
      numeric(Float64Array.from(many(() => random.below(900) * 2 ** 40))),
      texts(many(awkward)),
    ];
    for (const column of columns) {
      const { codes, width } = codesOf(column);
      const seen = new Map<unknown, number>();
      cellsOf(column).forEach((cell, i) => {
        const key = cell === 0 ? 0 : cell;
        if (cell === null) expect(codes[i]).toBe(0);
        else if (!seen.has(key)) seen.set(key, codes[i]);
        else expect(codes[i]).toBe(seen.get(key));
      });
      expect(new Set(seen.values()).size).toBe(seen.size);
      expect(Math.max(...codes)).toBeLessThan(width);
    }
  });

  it('groups keep the order of first appearance, whatever their codes', () => {
    const far = numeric(Float64Array.of(9e15, 5, 9e15, 7));
    const near = numeric(Float64Array.of(9, 5, 9, 7), 'integer');
    for (const columns of [[far], [near], [near, far]]) expect([...rowGroups(columns, 4).group]).toEqual([0, 1, 0, 2]);
  });
});

describe('join and aggregates', () => {
  it('a look-up finds what a join pairs', () => {
    const labels = Array.from({ length: 40 }, (_, i) => `k${i}`);
    const left = categories(
      Int32Array.from({ length: ROWS }, () => random.below(41) - 1),
      labels,
    );
    const right = categories(random.shuffle(Int32Array.from({ length: 30 }, (_, i) => i)), labels.toReversed());
    const keys: [typeof left | TextColumn, typeof right | TextColumn][] = [
      [left, right],
      [texts(cellsOf(left) as string[]), texts(cellsOf(right) as string[])],
      [left, texts(cellsOf(right) as string[])],
    ];
    for (const [a, b] of keys) expect(lookupRows([a], [b])).toEqual(joinRows([a], [b], 'left').right);
    expect(countMissing(gather(left, lookupRows([left], [right])))).toBeGreaterThan(0);
  });

  it('medians, extremes and distinct counts of many groups', () => {
    const cells = many(() => (random.below(5) === 0 ? null : random.below(300) / 4));
    const group = Int32Array.from({ length: ROWS }, () => (random.below(2) === 0 ? 0 : random.below(700)));
    const own = Array.from({ length: 700 }, (_, g) =>
      cells.filter((cell, i): cell is number => group[i] === g && cell !== null).sort((a, b) => a - b),
    );
    const column = columnOf('number', cells);
    const middle = (list: number[]) =>
      list.length === 0 ? null : list.length % 2 ? list[list.length >> 1] : (list[list.length / 2 - 1] + list[list.length / 2]) / 2;
    expect(cellsOf(aggregate('median', column, group, 700))).toEqual(own.map(middle));
    expect(cellsOf(aggregate('min', column, group, 700))).toEqual(own.map((list) => list[0] ?? null));
    expect(cellsOf(aggregate('max', column, group, 700))).toEqual(own.map((list) => list.at(-1) ?? null));
    expect(cellsOf(aggregate('distinct', column, group, 700))).toEqual(own.map((list) => new Set(list).size));
  });
});
