/** JSON in its shapes, Parquet in three compressions, an Excel workbook, and archives that must be refused. */
import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { type Cell, cellsOf } from '../column.ts';
import { type ReadOptions, type ReadResult, readTable } from '../read.ts';
import type { Table } from '../table.ts';
import { weighZip } from './zip-size.ts';

const shape = (table: Table): Record<string, [string, Cell[]]> =>
  Object.fromEntries(table.fields.map((f, i) => [f.name, [table.columns[i].type, cellsOf(table.columns[i])]]));
const codes = ({ problems }: ReadResult) => problems.map((p) => p.code);
const fixture = (name: string) => new Uint8Array(readFileSync(`src/table/formats/fixtures/${name}`));
const json = (value: unknown, options: ReadOptions = {}) =>
  readTable(utf8(typeof value === 'string' ? value : JSON.stringify(value)), options);

describe('JSON', () => {
  const rows = [
    { a: 1, b: 'x', c: true, d: '2023-02-01' },
    { a: 2.5, b: '12', d: '2023-02-02' },
    { a: null, b: 'x', c: false, d: '' },
  ];
  const expected = {
    a: ['number', [1, 2.5, null]],
    b: ['category', ['x', '12', 'x']],
    c: ['boolean', [true, null, false]],
    d: ['datetime', [Date.UTC(2023, 1, 1), Date.UTC(2023, 1, 2), null]],
  };
  test.each([
    ['records', rows],
    ['records inside a record', { meta: 1, data: rows }],
    ['columns', { a: [1, 2.5, null], b: ['x', '12', 'x'], c: [true, null, false], d: rows.map((r) => r.d) }],
    [
      'pandas columns',
      { a: { 0: 1, 1: 2.5 }, b: { 0: 'x', 1: '12', 2: 'x' }, c: { 0: true, 2: false }, d: { 0: '2023-02-01', 1: '2023-02-02', 2: '' } },
    ],
    ['lists under a header', [['a', 'b', 'c', 'd'], ...rows.map((r) => [r.a, r.b, r.c ?? null, r.d])]],
    ['one record a line', rows.map((row) => JSON.stringify(row)).join('\n')],
  ])('%s', async (_, value) => {
    const result = await json(value);
    expect(result.guess.format).toBe('json');
    expect(shape(result.table)).toEqual(expected);
  });

  test('oddities are named: nested values, absent keys, bad lines, no table, no JSON, hostile names', async () => {
    const nested = await json([{ a: { b: [1] } }, { a: null, z: 1 }]);
    expect(shape(nested.table).a).toEqual(['category', ['{"b":[1]}', null]]);
    expect(codes(nested)).toEqual(['json.absent-keys', 'column.nested']);
    const lines = await json('{"a":1}\n{"a":\n{"a":3}');
    expect([shape(lines.table), codes(lines)]).toEqual([{ a: ['integer', [1, 3]] }, ['json.bad-line']]);
    expect(codes(await json('{"a": [1, 2], "b": [1]}'))).toEqual(['json.no-table']);
    expect(codes(await json('[{}, {}]'))).toEqual(['json.no-table']);
    expect(codes(await json('[{"a":1},', { format: 'json' }))).toEqual(['json.invalid']);
    const hostile = await json('[{"__proto__": 1, "constructor": 2}]');
    expect(hostile.table.fields.map((f) => f.name)).toEqual(['__proto__', 'constructor']);
    expect(cellsOf(hostile.table.columns[0])).toEqual([1]);
  });

  test('long whole numbers keep their digits, and what Python writes for no number is read', async () => {
    const long = await json('[{"id": 9007199254740993, "x": 0.12345678901234567}, {"id": -12, "x": 1e300}]');
    expect(shape(long.table)).toEqual({
      id: ['category', ['9007199254740993', '-12']],
      x: ['number', [Number('0.12345678901234567'), 1e300]],
    });
    expect(codes(long)).toEqual(['column.big-integers']);
    const python = await json('[{"a": NaN, "b": -Infinity, "c": "NaN \\" 12345678901234567"}, {"a": 1.5, "b": 2, "c": "x"}]');
    expect(shape(python.table)).toEqual({
      a: ['number', [null, 1.5]],
      b: ['number', [Number.NEGATIVE_INFINITY, 2]],
      c: ['category', ['NaN " 12345678901234567', 'x']],
    });
    expect(codes(python)).toEqual(['column.infinite']);
  });

  test('names and rows apart, as pandas splits them; a column of nothing is named', async () => {
    const result = await json({
      columns: ['a', 'b'],
      index: [0, 1],
      data: [
        [1, null],
        [2, null],
      ],
    });
    expect(shape(result.table)).toEqual({ a: ['integer', [1, 2]], b: ['number', [null, null]] });
    expect(codes(result)).toEqual(['column.empty-column']);
  });

  test('a set type wins, and what does not fit is counted', async () => {
    const result = await json(
      [
        { zip: '01234', n: '1' },
        { zip: '9', n: 'x' },
      ],
      {
        types: [
          { column: 'zip', type: 'number' },
          { column: 'n', type: 'integer' },
        ],
      },
    );
    expect(shape(result.table)).toEqual({ zip: ['number', [1234, 9]], n: ['integer', [1, null]] });
    expect(result.problems.map((p) => [p.code, p.args.count])).toEqual([['column.cast', 1]]);
  });
});

test.each(['snappy', 'zstd', 'gzip'])('Parquet, %s', async (compression) => {
  const result = await readTable(fixture(`small-${compression}.parquet`), { name: 'x.bin' });
  expect(result.guess.format).toBe('parquet');
  expect(shape(result.table)).toEqual({
    n: ['number', [1.5, null, -3.25]],
    i: ['integer', [1, 2, null]],
    big: ['category', ['1152921504606846976', '1', '2']],
    flag: ['boolean', [true, null, false]],
    when: ['datetime', [Date.UTC(2023, 1, 1, 13, 5, 9), null, Date.UTC(1999, 11, 31)]],
    day: ['datetime', [Date.UTC(2023, 1, 1), null, Date.UTC(1600, 0, 1)]],
    label: ['category', ['x', '京', 'x']],
    list: ['category', ['[1,2]', null, '[]']],
  });
  expect(codes(result)).toEqual(['column.big-integers', 'column.nested']);
});

test('Parquet, LZ4: infinities, long numbers, times of day, zones, lists, bytes, nothing', async () => {
  const result = await readTable(fixture('types-lz4.parquet'));
  expect(shape(result.table)).toEqual({
    f: ['number', [1.5, null, Number.POSITIVE_INFINITY]],
    i: ['category', ['1', '9007199254740993', null]],
    t: ['category', ['13:05:00', null, '00:00:01.5']],
    d: ['datetime', [Date.UTC(2023, 0, 2), null, Date.UTC(1969, 11, 31)]],
    z: ['datetime', [Date.UTC(2023, 0, 2, 3), Date.UTC(2023, 0, 2, 3), null]],
    l: ['category', ['[1,2]', null, '[]']],
    b: ['category', ['ab', '\uFFFD', null]],
    n: ['number', [null, null, null]],
  });
  expect(codes(result).sort()).toEqual(
    ['column.big-integers', 'column.empty-column', 'column.infinite', 'column.nested', 'column.not-text'].sort(),
  );
});

test('a damaged Parquet file is a problem, not a crash', async () => {
  const bytes = fixture('small-snappy.parquet');
  bytes.fill(7, 40, bytes.length - 4);
  expect(codes(await readTable(bytes))).toEqual(['file.damaged']);
});

describe('Excel', () => {
  test('first sheet, with numbers, dates, booleans, codes and missing texts', async () => {
    const result = await readTable(fixture('two-sheets.xlsx'), { name: 'two-sheets.xlsx' });
    expect(result.guess.format).toBe('excel');
    expect(shape(result.table)).toEqual({
      name: ['category', ['Ann', 'Bob', '京']],
      age: ['integer', [31, null, 5]],
      score: ['number', [1.5, null, -2]],
      joined: ['datetime', [Date.UTC(2023, 1, 1), Date.UTC(2023, 1, 2, 12), null]],
      ok: ['boolean', [true, false, true]],
      code: ['category', ['007', '008', 'x']],
    });
    expect(codes(result)).toEqual(['excel.one-sheet', 'column.missing']);
  });
  test('a title above the table, times of day, shares', async () => {
    const result = await readTable(fixture('title-and-times.xlsx'));
    expect(shape(result.table)).toEqual({
      at: ['category', ['13:05:00', '00:30:01', null]],
      share: ['number', [0.125, 1, 0.5]],
      when: ['datetime', [Date.UTC(2023, 1, 1, 13, 5), Date.UTC(2023, 1, 2), null]],
    });
    expect(codes(result)).toEqual(['csv.skipped-lines']);
  });
  test('a named sheet, and one that is not there', async () => {
    const other = await readTable(fixture('two-sheets.xlsx'), { sheet: 'Other', header: false });
    expect(shape(other.table)).toEqual({ column_1: ['category', ['a']], column_2: ['integer', [1]] });
    const none = await readTable(fixture('two-sheets.xlsx'), { sheet: 'Nope' });
    expect([none.table.columns.length, codes(none)]).toEqual([0, ['excel.no-sheet']]);
  });
});

test('zips are weighed by what they really inflate to', async () => {
  const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(40 << 20) });
  // The declared size is the attacker's: forge it to 100 bytes in the local header.
  new DataView(bomb.buffer, bomb.byteOffset).setUint32(22, 100, true);
  const verdict = weighZip(bomb);
  expect(verdict.ok).toBe(false);
  expect(codes(await readTable(bomb, { name: 'x.xlsx' }))).toEqual(['file.zip-bomb']);
  const many = zipSync(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`f${i}`, strToU8('x')])));
  expect(weighZip(many, { totalBytes: 1e6, entries: 20, ratio: 200 })).toMatchObject({
    ok: false,
    reason: { text: 'more than 20 entries' },
  });
  expect(weighZip(many)).toMatchObject({ ok: true, inflated: 30 });
});

test('what is no table says so', async () => {
  for (const bytes of [
    Uint8Array.from([8, 8, 0x12, 4]),
    Uint8Array.from({ length: 300 }, (_, i) => i % 7),
    Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4, 5, 6]),
  ]) {
    const result = await readTable(bytes);
    expect(codes(result)).toEqual(['file.not-a-table']);
  }
  expect((await readTable(utf8('PK? no'), { name: 'x.millrace-model' })).guess.format).toBe('model');
});
