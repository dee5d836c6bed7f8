/** Properties of export and import: what was written reads back, no exported text starts a formula, no bytes break the reader. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromUtf8, utf8 } from '../../base/bytes.ts';
import { inEnglish } from '../../base/words.ts';
import type { ColumnType } from '../../kind/schema.ts';
import { type Cell, cellsOf, columnOf } from '../column.ts';
import { type Table, table, tableOf } from '../table.ts';
import { readCsv } from './read.ts';
import { writeCsv } from './write.ts';

const odd = [
  '=1+1',
  '+x',
  '-5',
  '@a',
  '\tq',
  '\rz',
  '\nz',
  "'=x",
  "''-",
  "'",
  '"',
  'a"b',
  ',',
  ' pad ',
  'NA',
  '?',
  '#x',
  'sep=;',
  '\uFEFFb',
  '京',
  'é',
];
const label = fc.oneof(
  fc.constantFrom(...odd),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((s) => !s.includes('\0')),
);
const cells: Record<ColumnType, fc.Arbitrary<Cell>> = {
  number: fc.double({ noNaN: true, noDefaultInfinity: true }),
  integer: fc.maxSafeInteger(),
  boolean: fc.boolean(),
  datetime: fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
  category: label.filter((s) => s !== ''),
  text: label,
};
const TYPES = Object.keys(cells) as ColumnType[];
const anyTable: fc.Arbitrary<Table> = fc
  .tuple(fc.array(fc.tuple(label, fc.constantFrom(...TYPES)), { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 8 }))
  .chain(([heads, rows]) => {
    const names = heads.map(([name], i) => `${name.replace(/\s+/g, ' ').trim()}${i}`);
    const columns = heads.map(([, type]) =>
      fc.array(fc.option(cells[type], { freq: 4 }), { minLength: rows, maxLength: rows }).map((list) => columnOf(type, list)),
    );
    return fc.tuple(...columns).map((list) => table(names, list));
  });

test('what writeCsv writes, readCsv restores, whatever the texts', () => {
  fc.assert(
    fc.property(anyTable, fc.constantFrom(',', ';', '\t', '|'), (before, delimiter) => {
      const types = before.fields.map((f, i) => ({ column: f.name, type: before.columns[i].type }));
      const bytes = writeCsv(before, { delimiter });
      const { table: after, problems } = readCsv(bytes, { delimiter, header: true, skipLines: 0, decimal: '.', types });
      const told = ['column.unguarded', 'column.empty-column', 'csv.empty-rows'];
      expect(problems.filter((p) => !told.includes(p.code))).toEqual([]);
      expect(after.fields.map((f) => f.name)).toEqual(before.fields.map((f) => f.name));
      expect(after.columns.map((c) => cellsOf(c))).toEqual(before.columns.map((c) => cellsOf(c)));
    }),
    { numRuns: 1500 },
  );
});

test('no exported text begins with a formula sign, and numbers are untouched', () => {
  fc.assert(
    fc.property(
      fc.array(
        label.filter((s) => s !== ''),
        { minLength: 1, maxLength: 20 },
      ),
      (texts) => {
        const written = writeCsv(
          table(
            ['t', 'n'],
            [
              columnOf('text', texts),
              columnOf(
                'number',
                texts.map((_, i) => -i - 0.5),
              ),
            ],
          ),
        );
        const { table: raw } = readCsv(written, { header: true, skipLines: 0, delimiter: ',', types: [{ column: 't', type: 'text' }] });
        expect(cellsOf(raw.columns[0])).toEqual(texts);
        expect(cellsOf(raw.columns[1])).toEqual(texts.map((_, i) => -i - 0.5));
        const record = /(?:^|\n)"?([^,"])/g;
        for (const [, first] of fromUtf8(written).matchAll(record)) expect('=+@\t\r').not.toContain(first);
      },
    ),
    { numRuns: 1000 },
  );
  expect(fromUtf8(writeCsv(tableOf({ a: ['text', ['=cmd', 'ok']], b: ['number', [-5, 1e21]] })))).toBe('a,b\n"\'=cmd",-5\nok,1e+21\n');
  expect(fromUtf8(writeCsv(tableOf({ a: ['category', ['-5', '+1']] }), { guard: false }))).toBe('a\n-5\n+1\n');
});

test('a lone column keeps its missing cells', () => {
  const written = writeCsv(tableOf({ a: ['number', [1, null, 3]] }));
  expect(fromUtf8(written)).toBe('a\n1\n""\n3\n');
  expect(cellsOf(readCsv(written).table.columns[0])).toEqual([1, null, 3]);
});

test('any bytes end in a table of equal columns, quickly', () => {
  const pieces = fc.constantFrom(
    ...['"', ',', ';', '\n', '\r', '\r\n', '""', ' ', '#', '1', '1,5', 'a', '\t', '\0', '\uFEFF', 'NA', '2020-01-01', '='],
  );
  const text = fc.array(pieces, { maxLength: 60 }).map((list) => utf8(list.join('')));
  fc.assert(
    fc.property(fc.oneof(text, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      const { table: read, problems } = readCsv(bytes);
      for (const column of read.columns) expect(column.length).toBe(read.rowCount);
      for (const problem of problems) expect(problem.message.replace(/“[^”]*”/g, '')).not.toMatch(/undefined|[{}|]\w*[}]/);
      if (read.columns.length === 0) expect(problems.some((p) => p.severity === 'error')).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('types hold beyond the first block: a late text makes a number column labels, a late date order turns dates', () => {
  const n = 50_000;
  const lines = Array.from({ length: n }, (_, i) => `${i},${i % 7},01/02/2020,`);
  lines[n - 1] = 'late,1,25/02/2020,x';
  const { table: read, columns } = readCsv(utf8(`a,b,c,d\n${lines.join('\n')}`));
  expect(columns.map((c) => c.type)).toEqual(['text', 'integer', 'datetime', 'category']);
  expect(cellsOf(read.columns[0]).slice(-2)).toEqual([String(n - 2), 'late']);
  expect(cellsOf(read.columns[2])[0]).toBe(Date.parse('2020-02-01T00:00:00Z'));
  expect(inEnglish(columns[3].evidence)).toBe('1 different label in 1 cell, 49,999 empty');
});
