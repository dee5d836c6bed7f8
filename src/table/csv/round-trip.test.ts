/** Properties of export and import: what was written reads back, no exported text starts a formula, no bytes break the reader. */
import { expect, test } from 'vitest';
import { fromUtf8, utf8 } from '../../base/bytes.ts';
import { inEnglish } from '../../base/words.ts';
import { cellsOf } from '../column.ts';
import { tableOf } from '../table.ts';
import { readCsv } from './read.ts';
import { anyBytesAreRead, exportIsGuarded, writtenIsRestored } from './round-trip.fixture.ts';
import { writeCsv } from './write.ts';

test('what writeCsv writes, readCsv restores, whatever the texts', () => writtenIsRestored(1500));

test('no exported text begins with a formula sign, and numbers are untouched', () => {
  exportIsGuarded(1000);
  expect(fromUtf8(writeCsv(tableOf({ a: ['text', ['=cmd', 'ok']], b: ['number', [-5, 1e21]] })))).toBe('a,b\n"\'=cmd",-5\nok,1e+21\n');
  expect(fromUtf8(writeCsv(tableOf({ a: ['category', ['-5', '+1']] }), { guard: false }))).toBe('a\n-5\n+1\n');
});

test('a lone column keeps its missing cells', () => {
  const written = writeCsv(tableOf({ a: ['number', [1, null, 3]] }));
  expect(fromUtf8(written)).toBe('a\n1\n""\n3\n');
  expect(cellsOf(readCsv(written).table.columns[0])).toEqual([1, null, 3]);
});

test('any bytes end in a table of equal columns, quickly', () => anyBytesAreRead(3000));

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
