/** The 30 CSV cases of reliability.md: each ends in an exact table, or in a named and counted diagnostic, never in silence. */
import { describe, expect, test } from 'vitest';
import { concatBytes, utf8 } from '../../base/bytes.ts';
import { type Cell, cellsOf } from '../column.ts';
import { type Case, readsAs } from './case.fixture.ts';
import { readCsv } from './read.ts';

const utf16 = (text: string, little: boolean, mark = true) => {
  const units = [...(mark ? '\uFEFF' : ''), ...text].map((c) => c.charCodeAt(0));
  return Uint8Array.from(units.flatMap((u) => (little ? [u & 255, u >> 8] : [u >> 8, u & 255])));
};
const latin = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const ab = (a: Cell[], b: Cell[], types = ['integer', 'category']): Case['table'] => ({ a: [types[0], a], b: [types[1], b] });

const CASES: Case[] = [
  { name: '1 UTF-8 byte order mark', input: '\uFEFFa,b\n1,x\n', table: ab([1], ['x']) },
  { name: '2 UTF-16 LE with mark', input: utf16('a,b\n1,京\n', true), table: ab([1], ['京']), notes: { 'csv.encoding': 1 } },
  { name: '2 UTF-16 BE with mark', input: utf16('a,b\n1,é\n', false), table: ab([1], ['é']), notes: { 'csv.encoding': 1 } },
  {
    name: '2 UTF-16 LE without mark',
    input: utf16('a,b\n1,x\n2,y\n', true, false),
    table: ab([1, 2], ['x', 'y']),
    notes: { 'csv.encoding': 1 },
  },
  {
    name: '3 Windows-1252 bytes',
    input: latin('a,b\n1,caf\xe9\n2,\x80uro\n'),
    table: ab([1, 2], ['café', '€uro']),
    notes: { 'csv.encoding': 1 },
  },
  {
    name: '3 GB 18030 by choice',
    input: Uint8Array.from([97, 44, 98, 10, 49, 44, 0xc4, 0xe3, 10]),
    options: { encoding: 'gb18030' },
    table: ab([1], ['你']),
    notes: { 'csv.encoding': 1 },
  },
  {
    name: '4 invalid UTF-8',
    input: concatBytes([utf8('a,b\n1,é京ß\n2,ab'), Uint8Array.from([0xff]), utf8('c\n')]),
    table: ab([1, 2], ['é京ß', 'ab\uFFFDc']),
    notes: { 'csv.invalid-text': 1 },
  },
  {
    name: '5 semicolon with decimal comma and thousands',
    input: 'a;b\n1.234,56;x\n0,5;y\n',
    table: ab([1234.56, 0.5], ['x', 'y'], ['number', 'category']),
    notes: { 'column.thousands': 1 },
  },
  {
    name: '5 quoted decimal comma in a comma file',
    input: 'a,b\n"1,5",x\n"2,25",y\n',
    table: ab([1.5, 2.25], ['x', 'y'], ['number', 'category']),
  },
  { name: '6 tab', input: 'a\tb\n1\tx,y\n', table: ab([1], ['x,y']) },
  { name: '7 pipe', input: 'a|b\n1|x;y\n', table: ab([1], ['x;y']) },
  { name: '8 sep= line', input: 'sep=;\na;b\n1;x\n', table: ab([1], ['x']), notes: { 'csv.sep-line': 1 } },
  { name: '9 CR only', input: 'a,b\r1,x\r2,y\r', table: ab([1, 2], ['x', 'y']) },
  { name: '10 CRLF and LF mixed', input: 'a,b\r\n1,x\n2,y\r\n3,z\n', table: ab([1, 2, 3], ['x', 'y', 'z']), notes: { 'csv.line-ends': 1 } },
  { name: '11 newline inside quotes', input: 'a,b\n1,"x\r\ny"\n2,z\n', table: ab([1, 2], ['x\r\ny', 'z']) },
  { name: '12 delimiter inside quotes', input: 'a,b\n1,"x,y"\n', table: ab([1], ['x,y']) },
  { name: '13 doubled quotes', input: 'a,b\n1,"x""y"\n2,"""z"""\n3,q"r\n', table: ab([1, 2, 3], ['x"y', '"z"', 'q"r']) },
  {
    name: '14 unclosed quote',
    input: 'a,b\n1,"x\n2,y\n3,"z"\n',
    table: ab([1, 2, 3], ['"x', 'y', 'z']),
    notes: { 'csv.unclosed-quote': 1 },
  },
  { name: '14 unclosed quote at the end', input: 'a,b\n1,x\n2,"y\n', table: ab([1, 2], ['x', '"y']), notes: { 'csv.unclosed-quote': 1 } },
  {
    name: '15 text after closing quote',
    input: 'a,b\n1,"x"y\n2,"z" \n',
    table: ab([1, 2], ['xy', 'z']),
    notes: { 'csv.text-after-quote': 1 },
  },
  { name: '16 space before quote', input: 'a,b\n1, "x,y"\n', table: ab([1], ['x,y']), notes: { 'csv.space-before-quote': 1 } },
  { name: '17 short rows', input: 'a,b\n1,x\n2\n3,z\n', table: ab([1, 2, 3], ['x', null, 'z']), notes: { 'csv.short-row': 1 } },
  {
    name: '18 long rows',
    input: 'a,b\n1,x\n2,y,lost,too\n3,z\n4,w,\n',
    table: ab([1, 2, 3, 4], ['x', 'y', 'z', 'w']),
    notes: { 'csv.long-row': 2 },
  },
  {
    name: '19 duplicate headers',
    input: 'a,a,a_2,a\n1,2,3,4\n',
    table: { a: ['integer', [1]], a_3: ['integer', [2]], a_2: ['integer', [3]], a_4: ['integer', [4]] },
    notes: { 'csv.duplicate-header': 2 },
  },
  {
    name: '20 empty headers',
    input: 'a,,\n1,2,3\n',
    table: { a: ['integer', [1]], column_2: ['integer', [2]], column_3: ['integer', [3]] },
    notes: { 'csv.empty-header': 2 },
  },
  { name: '22 header only', input: 'a,b\n', table: ab([], [], ['number', 'number']), notes: { 'csv.no-rows': 1 } },
  { name: '22 empty', input: '', table: {}, notes: { 'csv.empty': 1 } },
  { name: '22 white space', input: ' \n\t\r\n ', table: {}, notes: { 'csv.empty': 1 } },
  { name: '22 blank lines', input: 'a,b\n\n1,x\n  \n2,y\n\n', table: ab([1, 2], ['x', 'y']), notes: { 'csv.blank-lines': 3 } },
  { name: '23 NUL bytes', input: 'a,b\n1,x\0y\n2\0,z\n', table: ab([1, 2], ['xy', 'z']), notes: { 'csv.nul': 2 } },
  {
    name: '24 leading comments',
    input: '# made by us\n# today, too\na,b\n1,x\n',
    table: ab([1], ['x']),
    notes: { 'csv.skipped-lines': 2 },
  },
  {
    name: '24 comments by choice',
    input: '%top\na,b\n1,x\n%mid\n2,y\n',
    options: { comment: '%' },
    table: ab([1, 2], ['x', 'y']),
    notes: { 'csv.comments': 2 },
  },
  { name: '24 a header that begins with #', input: '#a,b\n1,x\n', table: { '#a': ['integer', [1]], b: ['category', ['x']] } },
  {
    name: '25 whole numbers beyond 2^53',
    input: 'a,b\n1,9007199254740993\n2,12\n',
    table: ab([1, 2], ['9007199254740993', '12']),
    notes: { 'column.big-integers': 1 },
  },
  {
    name: '25 up to 2^53 they are numbers',
    input: 'a,b\n1,9007199254740991\n',
    table: ab([1], [9007199254740991], ['integer', 'integer']),
  },
  {
    name: '26 Infinity, 1e999, 0x10, 1_000',
    input: 'a,b,c,d\nInfinity,1e999,0x10,1_000\n1,1,1,1\n2,2,2,2\n',
    table: {
      a: ['category', ['Infinity', '1', '2']],
      b: ['category', ['1e999', '1', '2']],
      c: ['category', ['0x10', '1', '2']],
      d: ['category', ['1_000', '1', '2']],
    },
    options: { header: true },
    notes: { 'column.mixed-column': 4 },
  },
  {
    name: '27 leading-zero codes',
    input: 'a,b\n1,01234\n2,98765\n',
    table: ab([1, 2], ['01234', '98765']),
    notes: { 'column.leading-zeros': 1 },
  },
  {
    name: '28 NA, null, - and ? among numbers',
    input: 'a,b\n1,NA\n2,null\n3,-\n4,?\n5,1.5\n',
    table: ab([1, 2, 3, 4, 5], [null, null, null, null, 1.5], ['integer', 'number']),
    notes: { 'column.missing': 4 },
  },
  {
    name: '28 among labels: - is a label, and so is a quoted NA',
    input: 'a,b\n1,NA\n2,-\n3,?\n4,"NA"\n5,x\n',
    table: ab([1, 2, 3, 4, 5], [null, '-', null, 'NA', 'x']),
    notes: { 'column.missing': 2 },
  },
  {
    name: '28 the list of the user alone counts',
    input: 'a,b\n1,NA\n99,x\n',
    options: { missing: ['99'] },
    table: ab([1, null], ['NA', 'x']),
    notes: { 'column.missing': 1 },
  },
  {
    name: '29 ambiguous dates',
    input: 'a,b\n1,01/02/2023\n2,03/04/2023\n',
    table: ab([1, 2], [day('2023-01-02'), day('2023-03-04')], ['integer', 'datetime']),
    notes: { 'column.ambiguous-dates': 2 },
  },
  {
    name: '29 one date settles the order',
    input: 'a,b\n1,01/02/2023\n2,13/02/2023\n',
    table: ab([1, 2], [day('2023-02-01'), day('2023-02-13')], ['integer', 'datetime']),
  },
  {
    name: '29 mixed booleans',
    input: 'a,b\n1,true\n2,FALSE\n3,yes\n4,no\n',
    table: ab([1, 2, 3, 4], ['true', 'FALSE', 'yes', 'no']),
    notes: { 'column.mixed-booleans': 4 },
  },
  {
    name: '29 booleans in any case',
    input: 'a,b\n1,True\n2,FALSE\n3,\n',
    table: ab([1, 2, 3], [true, false, null], ['integer', 'boolean']),
  },
  {
    name: '30 bidi override, HTML, formula',
    input: 'a,b\n1,\u202Eabc\n2,<img src=x onerror=alert(1)>\n3,=1+1\n',
    table: ab([1, 2, 3], ['\u202Eabc', '<img src=x onerror=alert(1)>', '=1+1']),
  },
  {
    name: '30 lone surrogate',
    input: Uint8Array.from([...utf8('a,b\n1,京é\n2,'), 0xed, 0xa0, 0x80, 10]),
    options: { encoding: 'utf-8' },
    table: ab([1, 2], ['京é', '\uFFFD\uFFFD\uFFFD']),
    notes: { 'csv.invalid-text': 3 },
  },
];

describe('the 30 CSV cases', () => {
  test.each(CASES)('$name', readsAs);

  test('21 headers that are names of object members', () => {
    const { table, problems } = readCsv(utf8('__proto__,constructor,toString\n1,2,3\n'));
    expect(table.fields.map((f) => f.name)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(table.columns.map((c) => cellsOf(c))).toEqual([[1], [2], [3]]);
    expect(problems).toEqual([]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('30 a cell of 1 MB is kept whole and counted', () => {
    const long = 'x'.repeat(1 << 20);
    const { table, problems } = readCsv(utf8(`a,b\n1,"${long}"\n2,y\n`));
    expect(cellsOf(table.columns[1])).toEqual([long, 'y']);
    expect(problems.map((p) => [p.code, p.args.count, p.args.rows])).toEqual([['csv.huge-cell', 1, [1]]]);
  });

  test('30 20,000 columns', () => {
    const names = Array.from({ length: 20_000 }, (_, k) => `c${k}`);
    const { table, problems } = readCsv(utf8(`${names.join()}\n${names.map((_, k) => k).join()}\n${names.map(() => 'x').join()}\n`));
    expect(table.fields.map((f) => f.name)).toEqual(names);
    expect(cellsOf(table.columns[19_999])).toEqual(['19999', 'x']);
    const mixed = problems.filter((p) => p.code === 'column.mixed-column');
    expect(mixed).toHaveLength(51);
    expect(mixed[50].args).toEqual({ columns: 19_950, count: 19_950 });
  });

  test('14 an unclosed quote in a large file stays linear and loses no row', () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `${i},"v${i}"`);
    rows[3] = '3,"open';
    const { table, problems } = readCsv(utf8(`a,b\n${rows.join('\n')}\n`));
    expect(table.rowCount).toBe(200_000);
    expect(problems.map((p) => [p.code, p.args.count, p.args.rows])).toEqual([['csv.unclosed-quote', 1, [4]]]);
  });

  test('diagnostics name the first rows and say what to do', () => {
    const { problems } = readCsv(utf8('a,b\n1,x\n2\n3,y\n4\n'));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: 'csv.short-row', severity: 'warning', at: { row: 1 }, args: { count: 2, rows: [2, 4] } });
    expect(problems[0].message).toBe('2 rows are too short; the last cells are missing (rows 2, 4).');
    expect(problems[0].hint).not.toBe('');
  });
});
