/** Guesses on real files where they are at hand, and on small texts always. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { readTable } from '../read.ts';
import { tableOf } from '../table.ts';
import { guessTarget } from './target.ts';

const DATA = '/work/shared/data';
const files = ['classification', 'regression', 'forecasting']
  .filter((folder) => existsSync(`${DATA}/${folder}`))
  .flatMap((folder) => readdirSync(`${DATA}/${folder}`).map((file) => `${folder}/${file}`));

test('shared CSV files, where there are any: every row and column, no warning', async () => {
  for (const file of files) {
    const text = readFileSync(`${DATA}/${file}`, 'utf8');
    const { table, problems, guess } = await readTable(utf8(text), { name: file });
    const lines = text.split('\n');
    expect([file, table.rowCount]).toEqual([file, lines.filter((line) => line !== '').length - 1]);
    expect(table.columns.length).toBe(lines[0].split(',').length);
    expect([file, problems.filter((p) => p.severity !== 'note').map((p) => p.message)]).toEqual([file, []]);
    expect(guess.dialect).toMatchObject({ delimiter: ',', header: true, decimal: '.', encoding: 'utf-8', skipLines: 0 });
  }
});

test.each([
  ['no header when the first row is data', '1,2.5,x\n2,3.5,y\n3,4.5,x\n', { header: false }],
  ['header over texts that never recur', 'name,city\nann,rome\nbob,rome\ncid,oslo\n', { header: true }],
  ['no header over labels that recur', 'red,small\nblue,large\nred,small\nblue,small\n', { header: false }],
  ['years as names', 'country,2019,2020,2021,2022\nA,1,2,3,4\nB,5,6,7,8\n', { header: true }],
  ['title lines', 'Sales report\n\na;b;c\n1;2;3\n4;5;6\n7;8;9\n', { skipLines: 1, delimiter: ';', header: true }],
  ['semicolons although commas are commoner', 'a;b\n1,5;2,5\n2,25;3,5\n', { delimiter: ';', decimal: ',' }],
  ['decimal points in a semicolon file', 'a;b\n1.5;2.25\n3.5;4.75\n', { delimiter: ';', decimal: '.' }],
  ['one column has no delimiter', 'a\n1\n2\n', { delimiter: '', header: true }],
  ['semicolons in five ragged lines', 'a;b\n1;2,5\n2;3,5;x\n3\n4;4,5\n', { delimiter: ';', decimal: ',' }],
  ['numbers set with spaces', '  a    b\n 1.5   2\n12.5  31\n', { delimiter: ' ', header: true }],
])('%s', async (_, text, dialect) => {
  expect((await readTable(utf8(text))).guess.dialect).toMatchObject(dialect);
});

test('rows with names in front, as R writes them, keep every cell', async () => {
  const { table, problems } = await readTable(utf8('a,b\nr1,1,2\nr2,3,4\n'));
  expect(table.fields.map((f) => f.name)).toEqual(['row', 'a', 'b']);
  expect(problems.map((p) => p.code)).toEqual(['csv.row-names']);
});

test('the guess of a target: by name, then a last column of few values, never dates, ids or texts', () => {
  const n = 40;
  const list = <T>(make: (i: number) => T) => Array.from({ length: n }, (_, i) => make(i));
  const base = { x: ['number', list((i) => i / 3)], kind: ['category', list((i) => 'ab'[i % 2])] } as const;
  expect(guessTarget(tableOf({ Survived: ['integer', list((i) => i % 2)], ...base }))).toMatchObject({
    column: 'Survived',
    task: 'classify',
  });
  expect(guessTarget(tableOf(base))).toMatchObject({ column: 'kind', task: 'classify' });
  expect(guessTarget(tableOf({ kind: base.kind, x: base.x }))).toMatchObject({
    column: 'x',
    task: 'regress',
    reason: { text: 'it is the last column' },
  });
  expect(guessTarget(tableOf({ x: base.x, price: ['number', list((i) => i * 1.5)], kind: base.kind }))).toMatchObject({
    column: 'price',
    task: 'regress',
  });
  expect(guessTarget(tableOf({ x: base.x, y: ['number', list((i) => i)], z: base.x }))).toMatchObject({ column: 'z' });
  expect(
    guessTarget(tableOf({ when: ['datetime', list((i) => i)], note: ['text', list(String)], user_id: ['integer', list((i) => i)] })),
  ).toBeUndefined();
  expect(guessTarget(tableOf({ only: base.kind }))).toBeUndefined();
});

test('less sure names come after a last column of classes; “class” is sure in last place only; the end of the table is the last resort', () => {
  const n = 40;
  const list = <T>(make: (i: number) => T) => Array.from({ length: n }, (_, i) => make(i));
  const amounts = ['number', list((i) => i / 3)] as const;
  const words = ['category', list((i) => 'abc'[i % 3])] as const;
  const column = (spec: Parameters<typeof tableOf>[0]) => guessTarget(tableOf(spec))?.column;
  expect(column({ income: amounts, status: words })).toBe('status');
  expect(column({ income: amounts, size: amounts })).toBe('income');
  expect(column({ salary: amounts, status: words })).toBe('salary');
  expect(column({ salary: ['integer', list((i) => i % 3)], status: words })).toBe('status');
  expect(column({ class: words, x: amounts, survived: ['integer', list((i) => i % 2)], fare: amounts })).toBe('survived');
  expect(column({ x: amounts, price2: amounts, size: amounts })).toBe('size');
  expect(column({ a: amounts, b: amounts, empty: ['number', list(() => null)] })).toBe('b');
});

test('columns that only tell rows apart get the role id and a note; counts that mean something stay', async () => {
  const rows = Array.from({ length: 12 }, (_, i) => i);
  const roles = async (header: string, line: (i: number) => string) => {
    const { table, guess, problems } = await readTable(utf8(`${header}\n${rows.map(line).join('\n')}\n`));
    const codes = problems.filter((found) => found.code.startsWith('column.')).map((found) => found.code);
    return [table.fields.map((field) => field.role).join(' '), guess.target?.column, ...codes];
  };
  expect(await roles(',x,y', (i) => `${i + 1},${i * i},${i % 2}`)).toEqual(['id feature feature', 'y', 'column.row-numbers']);
  expect(await roles('x,y,PassengerId', (i) => `${i * i},${i % 2},${900 - i * 3}`)).toEqual([
    'feature feature id',
    'y',
    'column.identifier',
  ]);
  expect(await roles('Unnamed: 0,x,y', (i) => `${i},${i * i},${i % 2}`)).toEqual(['id feature feature', 'y', 'column.row-numbers']);
  // A week, an id that recurs, a word that ends in “id”, and the only feature of a small table are not row numbers.
  expect(await roles('week,x,y', (i) => `${i + 1},${i * i},${i % 2}`)).toEqual(['feature feature feature', 'y']);
  expect(await roles('shop_id,x,y', (i) => `${i % 4},${i * i},${i % 2}`)).toEqual(['feature feature feature', 'y']);
  expect(await roles('paid,x,y', (i) => `${i * 2},${i * i},${i % 2}`)).toEqual(['feature feature feature', 'y']);
  expect(await roles('index,y', (i) => `${i},${i * i}`)).toEqual(['feature feature', 'y']);
});

test('a guess is not a copy of another column, and a first column is one by its name or as the only words', () => {
  const n = 60;
  const list = <T>(make: (i: number) => T) => Array.from({ length: n }, (_, i) => make(i));
  const bought = ['category', list((i) => ['CH', 'MM'][(i >> 1) % 2])] as const;
  const shop = ['integer', list((i) => [1, 2, 7][i % 3])] as const;
  const store = ['integer', list((i) => [1, 2, 0][i % 3])] as const;
  const amount = ['number', list((i) => i / 7)] as const;
  const columnOf = (columns: Parameters<typeof tableOf>[0]) => guessTarget(tableOf(columns))?.column;
  expect(columnOf({ brand: bought, size: amount, other: ['integer', list((i) => i % 3)] })).toBe('brand');
  expect(columnOf({ Class: bought, sort: ['category', list((i) => 'xyz'[i % 3])], size: amount, store })).toBe('Class');
  expect(
    columnOf({
      sort: bought,
      brand: ['category', list((i) => 'pq'[(i >> 2) % 2])],
      shop,
      size: amount,
      store: ['integer', list((i) => (i >> 1) % 3)],
    }),
  ).toBe('store');
  // `store` says the same as `shop`.
  expect(columnOf({ sort: bought, brand: ['category', list((i) => 'pq'[(i >> 2) % 2])], shop, size: amount, store })).toBe('sort');
  expect(columnOf({ length: amount, shop, size: ['number', list((i) => (i * 7) % 31)], store })).toBe('size');
});

test('whole numbers written with .0, as pandas does where there are gaps, are whole numbers', async () => {
  const { table, guess } = await readTable(utf8('x,size,y\n1.5,1.0,1.0\n2.0,2.0,0.0\n3.0,,1.0\n4.0,1e3,\n'));
  expect(table.columns.map((column) => column.type)).toEqual(['number', 'integer', 'integer']);
  expect(guess.target).toMatchObject({ column: 'y', task: 'classify' });
});

test('amounts with a currency sign and percentages are numbers, told of; mixtures stay labels', async () => {
  const read = async (text: string, types?: { column: string; type: 'number' }[]) => {
    const { table, problems } = await readTable(utf8(text), { types });
    const cells = table.columns[0];
    return {
      type: cells.type,
      values: cells.type === 'number' || cells.type === 'integer' ? [...cells.values] : undefined,
      units: problems.filter((found) => found.code === 'column.units').map((found) => [found.args.unit, found.args.count]),
    };
  };
  expect(await read('share,x\n12.5%,a\n7 %,b\n,a\n-3%,b\n')).toEqual({
    type: 'number',
    values: [12.5, 7, Number.NaN, -3],
    units: [['%', 3]],
  });
  expect(await read('price,x\n"$1,250.50",a\n-$3,b\n$ 4,a\n0,b\n')).toEqual({
    type: 'number',
    values: [1250.5, -3, 4, 0],
    units: [['$', 3]],
  });
  expect(await read('preis;x\n1.234,56 €;a\n0,5 €;b\n')).toEqual({ type: 'number', values: [1234.56, 0.5], units: [['€', 2]] });
  expect((await read('share,x\n5,a\n5%,b\n')).type).toBe('category');
  expect((await read('price,x\n$5,a\n€5,b\n$5,b\n€5,b\n')).type).toBe('category');
  expect((await read('price,x\n--5,a\n$-$5,b\n%,c\n')).type).not.toBe('number');
  // A set type takes the number as it is written.
  expect(await read('share,x\n5,a\n5%,b\nmany,c\n', [{ column: 'share', type: 'number' }])).toMatchObject({ values: [5, 5, Number.NaN] });
});
