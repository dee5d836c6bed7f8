/** Parameters: filling, hiding, validation of every type at its place, and their JSON Schema. */
import { expect, test } from 'vitest';
import type { Json } from '../base/json.ts';
import { fillParams, isShown } from './fill.ts';
import { paramsSchema } from './json-schema.ts';
import {
  catalogue,
  choice,
  columnParam,
  columns,
  file,
  flag,
  formula,
  grid,
  integer,
  list,
  number,
  type Params,
  seed,
  text,
} from './params.ts';
import { missingNames, resolveColumns } from './pick.ts';
import { column } from './schema.ts';
import { validateParams } from './validate.ts';

const PARAMS: Params = {
  share: number('Share', 0.3, 'Part.', { min: 0, max: 1 }),
  rounds: integer('Rounds', null, 'How many.', { min: 1, auto: 'by itself' }),
  age: number('Age', 3, 'Years.', { min: 0, unit: 'years' }),
  how: choice('How', 'a', 'Way.', { a: 'First', b: 'Second' }),
  on: flag('On', false, 'Switch.'),
  name: text('Name', '', 'Letters only.', { pattern: '[a-z]+' }),
  formula: formula('Formula', '', 'Computed.', { when: { param: 'how', in: ['b'] } }),
  columns: columns('Columns', { all: true }, 'Which.'),
  target: columnParam('Target', 'What.', { auto: 'guessed' }),
  key: columnParam('Key', 'Which.'),
  file: file('File', 'Which.', { accept: ['.csv'] }),
  seed: seed(),
  keys: list('Keys', [], 'Sort.', { itemLabel: 'Key', item: { column: columnParam('Column', 'x'), down: flag('Down', false, 'x') } }),
  sheet: grid('Sheet', { columns: [], rows: [] }, 'Cells.'),
  sample: catalogue('Sample', 'sample', 'iris', 'Which.'),
};
const fine = { key: 'a', file: { name: 'a.csv', digest: 'd', size: 1 } };
const found = (values: Record<string, Json>) =>
  validateParams(PARAMS, fillParams(PARAMS, { ...fine, ...values })).map((problem) => `${problem.at.param}: ${problem.code}`);

test('defaults are filled in, and each fill is its own', () => {
  expect(fillParams(PARAMS, { share: 0.5, unknown: 1 })).toMatchObject({ share: 0.5, how: 'a', keys: [] });
  expect(fillParams(PARAMS, {}).sheet).not.toBe(PARAMS.sheet.default);
  expect(Object.keys(fillParams(PARAMS, { unknown: 1 }))).toEqual(Object.keys(PARAMS));
});

test('what is fine passes', () => {
  expect(found({})).toEqual([]);
  expect(found({ rounds: null, share: 0, how: 'b', name: 'abc', target: 'x', columns: { names: ['a'] } })).toEqual([]);
  expect(found({ columns: { pattern: '^a' }, keys: [{ column: 'a', down: true }] })).toEqual([]);
});

test.each<[string, Record<string, Json>]>([
  ['share: param.range', { share: 1.5 }],
  ['share: param.wrong-type', { share: '1' }],
  ['share: param.wrong-type', { share: null }],
  ['age: param.range', { age: -1 }],
  ['rounds: param.wrong-type', { rounds: 1.5 }],
  ['how: param.unknown-choice', { how: 'c' }],
  ['on: param.wrong-type', { on: 1 }],
  ['name: param.pattern', { name: 'A1' }],
  ['columns: param.wrong-type', { columns: { names: [1] } }],
  ['columns: param.wrong-type', { columns: { pattern: '(' } }],
  ['target: param.wrong-type', { target: 3 }],
  ['key: param.required', { key: null }],
  ['file: param.required', { file: null }],
  ['file: param.wrong-type', { file: 'a.csv' }],
  ['seed: param.wrong-type', { seed: 0.5 }],
  ['keys: param.wrong-type', { keys: {} }],
  ['keys: param.wrong-type', { keys: [1] }],
  ['keys: param.required', { keys: [{ down: true }] }],
  ['sheet: param.wrong-type', { sheet: [] }],
  ['sample: param.required', { sample: '' }],
])('%s', (expected, values) => expect(found(values)).toEqual([expected]));

test('messages say the range and the entry in plain words', () => {
  const message = (values: Record<string, Json>) => validateParams(PARAMS, fillParams(PARAMS, { ...fine, ...values }))[0].message;
  expect(message({ share: 2 })).toBe('Share is 2, but must be from 0 to 1.');
  expect(message({ age: -1 })).toBe('Age is -1, but must be at least 0 years.');
  expect(message({ keys: [{ column: 'a' }, {}] })).toBe('Keys, entry 2: Column is not chosen yet.');
});

test('a parameter that is not shown is not checked', () => {
  expect(found({ how: 'a', formula: 3 })).toEqual([]);
  expect(found({ how: 'b', formula: 3 })).toEqual(['formula: param.wrong-type']);
  expect(isShown(PARAMS.formula, { how: 'b' })).toBe(true);
});

test('column choices resolve in the user’s order or the table’s, within the filter', () => {
  const schema = { columns: [column('a', 'number'), column('b', 'text'), column('id', 'number', { role: 'id' })] };
  expect(resolveColumns({ names: ['id', 'gone', 'a'] }, schema)).toEqual(['id', 'a']);
  expect(missingNames({ names: ['id', 'gone', 'a'] }, schema)).toEqual(['gone']);
  expect(resolveColumns({ all: true, except: ['b'] }, schema)).toEqual(['a', 'id']);
  expect(resolveColumns({ all: true }, schema, { roles: ['feature'] })).toEqual(['a', 'b']);
  expect(resolveColumns({ types: ['number'] }, schema, { roles: ['feature'] })).toEqual(['a']);
  expect(resolveColumns({ pattern: '^[ab]$' }, schema)).toEqual(['a', 'b']);
  expect(resolveColumns({ pattern: '(' }, schema)).toEqual([]);
});

test('the JSON Schema says what validation says', () => {
  const schema = paramsSchema(PARAMS) as { properties: Record<string, Record<string, Json>>; required: string[] };
  expect(schema.required).toEqual([]);
  expect(schema.properties.share).toEqual({ title: 'Share', description: 'Part.', default: 0.3, type: 'number', minimum: 0, maximum: 1 });
  expect(schema.properties.rounds.type).toEqual(['integer', 'null']);
  expect(schema.properties.age.description).toBe('Years. (years)');
  expect(schema.properties.how.enum).toEqual(['a', 'b']);
  expect(schema.properties.keys.items).toMatchObject({ additionalProperties: false, properties: { down: { type: 'boolean' } } });
  expect(Object.keys(schema.properties)).toEqual(Object.keys(PARAMS));
});
