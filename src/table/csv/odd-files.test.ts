/** Files as people send them: exports of spreadsheets in many countries, reports with titles and totals, odd separators and signs. */
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { type Cell, cellsOf } from '../column.ts';
import { readTable } from '../read.ts';
import { type Case, readsAs } from './case.fixture.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const bytesOf = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const rows = (n: number, line: (i: number) => string) => Array.from({ length: n }, (_, i) => `${line(i)}\n`).join('');
const count = (n: number): Cell[] => Array.from({ length: n }, (_, i) => i);

const CASES: Case[] = [
  {
    name: 'Excel in German',
    input: '\uFEFFKunde;Umsatz;Datum;Aktiv\r\n"Müller; Söhne";1.234,56;31.12.2023;Ja\r\nMeier;-12,5;01.02.2024;Nein\r\n',
    table: {
      Kunde: ['category', ['Müller; Söhne', 'Meier']],
      Umsatz: ['number', [1234.56, -12.5]],
      Datum: ['datetime', [day('2023-12-31'), day('2024-02-01')]],
      Aktiv: ['category', ['Ja', 'Nein']],
    },
    notes: { 'column.thousands': 1 },
  },
  {
    name: 'Excel in French, Windows-1252, no-break spaces between thousands',
    input: bytesOf('Soci\xe9t\xe9;Montant\r\nL\x92Or\xe9al;1\xa0234,56\r\n\xc9ts Dupont;12,50\r\n'),
    table: { Société: ['category', ['L’Oréal', 'Éts Dupont']], Montant: ['number', [1234.56, 12.5]] },
    notes: { 'csv.encoding': 1, 'column.thousands': 1 },
  },
  {
    name: 'narrow no-break spaces in every number',
    input: 'a;b\n1\u202f234,56;x\n12\u202f345,00;y\n',
    table: { a: ['number', [1234.56, 12345]], b: ['category', ['x', 'y']] },
    notes: { 'column.thousands': 2 },
  },
  {
    name: 'Swiss apostrophes, Indian lakhs, plain spaces',
    input: 'ch,in,se\n1\'234.50,"1,23,456",1 234\n12.25,"12,345",12\n',
    table: { ch: ['number', [1234.5, 12.25]], in: ['integer', [123456, 12345]], se: ['integer', [1234, 12]] },
    notes: { 'column.thousands': 4 },
  },
  {
    name: 'an amount in euros written the European way in a file with decimal points',
    input: 'p,eur\n0.5,"€ 1.234,56"\n1.5,"€ 2,50"\n',
    table: { p: ['number', [0.5, 1.5]], eur: ['number', [1234.56, 2.5]] },
    notes: { 'column.units': 2, 'column.thousands': 1, 'column.other-decimal': 1 },
  },
  {
    name: 'percent and currency behind, in a file with decimal commas',
    input: 'p;eur;n\n12 %;1.234,56 €;1,5E+3\n5,5 %;2,50 €;2,5\n',
    table: { p: ['number', [12, 5.5]], eur: ['number', [1234.56, 2.5]], n: ['number', [1500, 2.5]] },
    notes: { 'column.units': 4, 'column.thousands': 1 },
  },
  {
    name: 'negative in brackets, by a minus behind, by a minus of print',
    input: 'acc,sap,print\n"($1,234.50)",12-,−5\n($3),15-,−6.5\n$10,3,4\n',
    table: { acc: ['number', [-1234.5, -3, 10]], sap: ['integer', [-12, -15, 3]], print: ['number', [-5, -6.5, 4]] },
    notes: { 'column.units': 3, 'column.thousands': 1, 'column.negatives': 4 },
  },
  {
    name: 'codes that only look like numbers or negatives stay labels',
    input: 'phone,ip,part\n+49 170 123,192.168.001.100,A-\n030 123 456,10.000.000.001,12-B\n',
    table: {
      phone: ['category', ['+49 170 123', '030 123 456']],
      ip: ['category', ['192.168.001.100', '10.000.000.001']],
      part: ['category', ['A-', '12-B']],
    },
  },
  {
    name: 'what spreadsheets and databases write for missing',
    input: 'a,b,c,d,e\n1,2,3,4,x\n#DIV/0!,k.A.,\\N,–,n.a.\n3,4,5,6,-\n',
    table: {
      a: ['integer', [1, null, 3]],
      b: ['integer', [2, null, 4]],
      c: ['integer', [3, null, 5]],
      d: ['integer', [4, null, 6]],
      e: ['category', ['x', 'n.a.', '-']],
    },
    notes: { 'column.missing': 4 },
  },
  {
    name: 'dates of many kinds, day first where points say so',
    input: 'iso,de,us,uk,mon,cn,short\n2023-01-05,05.01.2023,01/25/2023,25/01/2023,5-Jan-2023,2023年1月5日,05.01.23\n',
    options: { header: true },
    table: {
      iso: ['datetime', [day('2023-01-05')]],
      de: ['datetime', [day('2023-01-05')]],
      us: ['datetime', [day('2023-01-25')]],
      uk: ['datetime', [day('2023-01-25')]],
      mon: ['datetime', [day('2023-01-05')]],
      cn: ['datetime', [day('2023-01-05')]],
      short: ['datetime', [day('2023-01-05')]],
    },
    notes: { 'column.ambiguous-dates': 2 },
  },
  {
    name: 'times, weeks and quarters are labels',
    input: 't,w,q\n08:15,2023-W05,2023Q1\n09:30,2023-W06,2023Q2\n',
    table: { t: ['category', ['08:15', '09:30']], w: ['category', ['2023-W05', '2023-W06']], q: ['category', ['2023Q1', '2023Q2']] },
  },
  {
    name: 'yes and no in other languages are two labels',
    input: 'a,b,c\nyes,Ja,oui\nno,Nein,non\n',
    table: { a: ['category', ['yes', 'no']], b: ['category', ['Ja', 'Nein']], c: ['category', ['oui', 'non']] },
  },
  {
    name: 'byte order mark and sep= line',
    input: '\uFEFFsep=;\r\na;b\r\n1;2,5\r\n',
    table: { a: ['integer', [1]], b: ['number', [2.5]] },
    notes: { 'csv.sep-line': 1 },
  },
  {
    name: 'a line break inside a quoted name',
    input: '"Price\n(EUR)","Name"\n1.5,a\n',
    table: { 'Price (EUR)': ['number', [1.5]], Name: ['category', ['a']] },
  },
  {
    name: 'a delimiter at the end of every line',
    input: 'a,b,\n1,2,\n3,4,\n',
    table: { a: ['integer', [1, 3]], b: ['integer', [2, 4]], column_3: ['number', [null, null]] },
    notes: { 'csv.empty-header': 1, 'column.empty-column': 1 },
  },
  {
    name: 'a delimiter at the end of rows only',
    input: 'a,b\n1,2,\n3,4,\n',
    table: { a: ['integer', [1, 3]], b: ['integer', [2, 4]] },
  },
  {
    name: 'rows of nothing but delimiters are kept and counted',
    input: 'a;b\n1;2\n;\n3;4\n;\n',
    table: { a: ['integer', [1, null, 3, null]], b: ['integer', [2, null, 4, null]] },
    notes: { 'csv.empty-rows': 2 },
  },
  {
    name: 'a row of totals at the end',
    input: `date,n\n2023-01-01,1\n2023-01-02,2\n2023-01-03,3\nTotal,6\n`,
    table: { date: ['category', ['2023-01-01', '2023-01-02', '2023-01-03', 'Total']], n: ['integer', [1, 2, 3, 6]] },
    notes: { 'column.mixed-column': 1 },
  },
  {
    name: 'a source note at the end',
    input: `id,x\n${rows(9, (i) => `${i},${i}`)}\nSource: ministry\n`,
    table: { id: ['category', [...count(9).map(String), 'Source: ministry']], x: ['integer', [...count(9), null]] },
    notes: { 'csv.blank-lines': 1, 'csv.short-row': 1, 'column.mixed-column': 1 },
  },
  {
    name: 'a row of units under the names',
    input: 'height,weight\ncm,kg\n170,70.5\n180,80.5\n175,75\n',
    table: { height: ['category', ['cm', '170', '180', '175']], weight: ['category', ['kg', '70.5', '80.5', '75']] },
    notes: { 'column.mixed-column': 2 },
  },
  {
    name: 'titles above',
    input: 'Report 2023\nCreated by X\n\nid,v\n1,2\n3,4\n5,6\n7,8\n',
    table: { id: ['integer', [1, 3, 5, 7]], v: ['integer', [2, 4, 6, 8]] },
    notes: { 'csv.skipped-lines': 2, 'csv.blank-lines': 1 },
  },
  {
    name: 'one column of numbers with decimal commas',
    input: 'price\n1,5\n2,5\n3,75\n',
    table: { price: ['number', [1.5, 2.5, 3.75]] },
  },
  {
    name: 'one column of sentences with commas',
    input: 'comment\nHello, world\nFine\nI like it, really, a lot\n',
    table: { comment: ['category', ['Hello, world', 'Fine', 'I like it, really, a lot']] },
    notes: { 'csv.one-column': 1 },
  },
  { name: 'one cell', input: '42', table: { column_1: ['integer', [42]] }, notes: { 'csv.no-header': 1 } },
  {
    name: 'columns set with spaces',
    input: 'name      age  height\nAnn        31   170.5\nBob        40   181.0\n',
    table: { name: ['category', ['Ann', 'Bob']], age: ['integer', [31, 40]], height: ['number', [170.5, 181]] },
    notes: { 'csv.spaces': 1 },
  },
  {
    name: 'what R writes by default',
    input: '"a" "b"\n"1" 1.5 "x y"\n"2" 2.5 "z"\n',
    table: { row: ['integer', [1, 2]], a: ['number', [1.5, 2.5]], b: ['category', ['x y', 'z']] },
    notes: { 'csv.spaces': 1, 'csv.row-names': 1 },
  },
  {
    name: 'single quotes',
    input: "'name','age'\n'Ann, B',31\n'Bob',40\n",
    table: { name: ['category', ['Ann, B', 'Bob']], age: ['integer', [31, 40]] },
    notes: { 'csv.quote': 1 },
  },
  {
    name: 'an apostrophe here and there is no quote',
    input: "name,age\nO'Hara,31\n'tis,40\n",
    table: { name: ['category', ["O'Hara", "'tis"]], age: ['integer', [31, 40]] },
  },
  {
    name: 'bars with spaces around',
    input: 'a | b\n1 | x\n2 | y\n',
    table: { a: ['integer', [1, 2]], b: ['category', ['x', 'y']] },
    notes: { 'column.trimmed': 2 },
  },
  {
    name: 'ragged lines with semicolons and decimal commas',
    input: 'id;name;price\n1;Apple;1,5\n2;Pear, ripe;2,5;extra\n3;Plum\n4;Fig;3,5\n',
    table: {
      id: ['integer', [1, 2, 3, 4]],
      name: ['category', ['Apple', 'Pear, ripe', 'Plum', 'Fig']],
      price: ['number', [1.5, 2.5, null, 3.5]],
    },
    notes: { 'csv.long-row': 1, 'csv.short-row': 1 },
  },
  {
    name: 'a decimal sign that only later rows show',
    input: `a;b\n${rows(70_000, (i) => `${i};x`)}1,5;y\n`,
    options: { decimal: '.' },
    table: { a: ['number', [...count(70_000), 1.5]], b: ['category', [...count(70_000).map(() => 'x'), 'y']] },
    notes: { 'column.other-decimal': 1 },
  },
];

describe('odd files', () => {
  test.each(CASES)('$name', readsAs);

  test.each([
    ['a web page', '<!DOCTYPE html>\n<html><body><table><tr><td>1</td></tr></table></body></html>\n'],
    ['XML', '<?xml version="1.0"?>\n<rows><row a="1"/></rows>\n'],
    ['a PDF', '%PDF-1.4\n1 0 obj\n'],
    ['rich text', '{\\rtf1\\ansi a,b\\par 1,2}'],
  ])('%s by the name of a CSV is refused', async (_, text) => {
    const { table, problems } = await readTable(utf8(text), { name: 'export.csv' });
    expect([table.columns.length, problems.map((p) => [p.code, p.severity])]).toEqual([0, [['file.not-a-table', 'error']]]);
  });

  test('spaces by choice are any number of spaces and tabs', async () => {
    const { table } = await readTable(utf8('a b\n1 \t x\n  2  "y  z"  \n'), { delimiter: ' ' });
    expect(table.columns.map(cellsOf)).toEqual([
      [1, 2],
      ['x', 'y  z'],
    ]);
  });
});
