/** Guardrails: what each check says of tables made to trip it, and of one that is in order. */
import { expect, test } from 'vitest';
import { stream } from '../base/random.ts';
import { type Table, tableOf } from '../table/table.ts';
import { guardrails } from './guardrails.ts';

const draw = stream('guardrails');
const N = 200;
const list = <T>(of: (i: number) => T): T[] => Array.from({ length: N }, (_, i) => of(i));
const label = list((i) => (i % 2 === 0 ? 'yes' : 'no'));
const CLASSES = { task: 'classify' as const, target: 'y', classes: ['no', 'yes'], positive: 'yes' };
const states = (table: Table, goal: Parameters<typeof guardrails>[2] = CLASSES) => {
  const features = table.fields.map(({ name }) => name).filter((name) => name !== goal.target);
  return Object.fromEntries(
    guardrails(table, features, goal).map(({ check, state, columns }) => [check, columns.length > 0 ? `${state}: ${columns}` : state]),
  );
};
const sound = {
  a: ['number', list(() => draw.normal())],
  b: ['category', list(() => 'uvw'[draw.below(3)])],
  y: ['category', label],
} as const;

test('a table in order passes every check', () => {
  expect(new Set(Object.values(states(tableOf(sound))))).toEqual(new Set(['passed']));
});

test('holes, constants, many levels and missing targets are seen to by the search', () => {
  const found = states(
    tableOf({
      ...sound,
      holed: ['number', list((i) => (i % 3 === 0 ? null : draw.normal()))],
      flat: ['category', list(() => 'same')],
      wide: ['category', list((i) => `v${Math.floor(i / 1.5)}`)],
      y: ['category', list((i) => (i < 4 ? null : label[i]))],
    }),
  );
  expect(found).toMatchObject({
    'missing values': 'fixed: holed',
    'constant columns': 'fixed: flat',
    'many categories': 'fixed: wide',
    target: 'fixed',
  });
});

test('a feature that gives the target away, row keys, repeated rows, rare and unbalanced classes need a person', () => {
  const rare = list((i) => (i < 3 ? 'rare' : 'often'));
  const goal = { ...CLASSES, classes: ['often', 'rare'] };
  expect(states(tableOf({ ...sound, y: ['category', rare] }), goal)).toMatchObject({
    'class sizes': 'alerted',
    'class balance': 'alerted',
  });
  expect(
    states(
      tableOf({
        ...sound,
        told: ['number', list((i) => (label[i] === 'yes' ? 5 : 1) + draw.uniform())],
        words: ['category', list((i) => (label[i] === 'yes' ? 'ja' : 'nein'))],
        key: ['category', list((i) => `row-${i}`)],
        counted: ['integer', list((i) => i + 7)],
      }),
    ),
  ).toMatchObject({ leakage: 'alerted: told,words', 'row keys': 'alerted: key,counted' });
  const fourth = (i: number) => Math.floor(i / 4);
  const twice = tableOf({
    a: ['number', list(fourth)],
    b: ['number', list((i) => (fourth(i) * 7) % 97)],
    y: ['category', list((i) => label[fourth(i)])],
  });
  expect(states(twice)).toMatchObject({ 'repeated rows': 'alerted' });
});

test('rows that are alike because their columns have few values are no copies', () => {
  const table = tableOf({
    sex: ['category', list((i) => (i % 3 === 0 ? 'f' : 'm'))],
    age: ['number', list((i) => (i % 5 === 0 ? null : i % 10))],
    y: ['category', label],
  });
  expect(states(table)).toMatchObject({ 'repeated rows': 'passed' });
});

test('numbers: a feature that is the target in other units', () => {
  const y = list(() => draw.normal());
  const table = tableOf({
    near: ['number', y.map((v) => v + draw.normal())],
    same: ['number', y.map((v) => 3 - 2.5 * v)],
    y: ['number', y],
  });
  expect(states(table, { task: 'regress', target: 'y' })).toMatchObject({ leakage: 'alerted: same' });
  expect(states(tableOf({ a: ['number', [1, 2, 3]], y: ['number', [2, 1, 2]] }), { task: 'regress', target: 'y' })).toMatchObject({
    rows: 'alerted',
  });
});

test('of many rows too, a column that gives the target away is found and others are not', () => {
  const rows = 6000;
  const of = <T>(value: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => value(i));
  const table = tableOf({
    told: ['number', of((i) => (i % 2) + draw.uniform() * 0.9)],
    noise: ['number', of(() => draw.normal())],
    near: ['number', of((i) => (i % 2) + draw.normal() * 0.5)],
    y: ['category', of((i) => (i % 2 === 0 ? 'no' : 'yes'))],
  });
  expect(states(table)).toMatchObject({ leakage: 'alerted: told', 'repeated rows': 'passed' });
});
