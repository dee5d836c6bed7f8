/** What guardrails offer: rows and columns concerned, and fixes that are steps and settings which exist. */
import { expect, test } from 'vitest';
import { stream } from '../base/random.ts';
import type { Guard } from '../recipe/guard.ts';
import { type Table, tableOf } from '../table/table.ts';
import { type GuardAsk, guardrails } from './guardrails.ts';

const draw = stream('guard-fixes');
const N = 200;
const list = <T>(of: (i: number) => T): T[] => Array.from({ length: N }, (_, i) => of(i));
const label = list((i) => (i % 2 === 0 ? 'yes' : 'no'));
const CLASSES = { task: 'classify' as const, target: 'y', classes: ['no', 'yes'], positive: 'yes' };
const sound = { a: ['number', list(() => draw.normal())], y: ['category', label] } as const;
function look(table: Table, check: string, goal: Parameters<typeof guardrails>[2] = CLASSES, ask: GuardAsk = {}): Guard {
  const features = table.fields.map(({ name }) => name).filter((name) => name !== goal.target);
  return guardrails(table, features, goal, ask).find((guard) => guard.check === check)!;
}

test('missing values: the rows, and a step that fills the columns that have any value', () => {
  const holed = list((i) => (i % 50 === 3 ? null : draw.normal()));
  const found = look(tableOf({ ...sound, holed: ['number', holed], empty: ['number', list(() => null)] }), 'missing values');
  expect(found).toMatchObject({ state: 'fixed', columns: ['holed', 'empty'], rows: [4, 54, 104, 154] });
  expect(found.fix).toMatchObject({
    command: 'add-before',
    args: { kind: 'prepare.fill-missing', params: { columns: { names: ['holed'] } } },
  });
  expect(found.fix?.label.text).toBe('Fill 1 column');
});

test('numbers with words among them are found, with the rows, and read as numbers', () => {
  const mixed = list((i) => (i === 10 || i === 20 ? 'unknown' : String(i % 37)));
  const found = look(tableOf({ ...sound, mixed: ['category', mixed] }), 'mixed types');
  expect(found).toMatchObject({ state: 'alerted', columns: ['mixed'], rows: [11, 21] });
  expect(found.fix?.args).toMatchObject({
    kind: 'prepare.edit-metadata',
    params: { columns: [{ column: 'mixed', type: 'number', role: 'same', name: '' }] },
  });
  // Codes in words, and words with a few numbers, are what they are.
  const codes = list((i) => (i % 3 === 0 ? '7' : 'red'));
  expect(look(tableOf({ ...sound, codes: ['category', codes] }), 'mixed types').state).toBe('passed');
  expect(look(tableOf({ ...sound, digits: ['category', list((i) => String(i % 9))] }), 'mixed types').state).toBe('passed');
});

test('rows in the order of a time are judged forward, where that is not so already', () => {
  const days = list((i) => Date.UTC(2024, 0, 1 + i));
  const table = tableOf({ ...sound, day: ['datetime', days] });
  const found = look(table, 'time order');
  expect(found).toMatchObject({ state: 'alerted', columns: ['day'] });
  expect(found.fix).toMatchObject({ command: 'set-params', args: { params: { validation: 'time', time: 'day' } } });
  expect(look(table, 'time order', CLASSES, { forward: true })).toMatchObject({ state: 'passed', columns: ['day'] });
  const born = tableOf({ ...sound, born: ['datetime', list(() => Date.UTC(1950 + draw.below(50), 1, 1))] });
  expect(look(born, 'time order').state).toBe('passed');
});

test('classes: weighed, or left out where two remain', () => {
  const y = list((i) => (i < 3 ? 'rare' : i % 2 === 0 ? 'yes' : 'no'));
  const three = tableOf({ ...sound, y: ['category', y] });
  const goal = { task: 'classify' as const, target: 'y', classes: ['no', 'rare', 'yes'] };
  expect(look(three, 'class sizes', goal)).toMatchObject({
    rows: [1, 2, 3],
    fix: { args: { kind: 'prepare.filter-rows', params: { conditions: [{ column: 'y', test: '!=', value: 'rare' }] } } },
  });
  const two = tableOf({ ...sound, y: ['category', list((i) => (i < 3 ? 'rare' : 'often'))] });
  expect(look(two, 'class sizes', { ...goal, classes: ['often', 'rare'] }).fix).toBeUndefined();
  expect(look(two, 'class balance', { ...goal, classes: ['often', 'rare'] }).fix?.args).toEqual({ params: { class_weight: 'balanced' } });
  expect(look(two, 'class balance', { ...goal, classes: ['often', 'rare'] }, { balanced: true })).toMatchObject({ state: 'fixed' });
});

test('columns that should go, keys, repeated rows and many categories each have their step', () => {
  const table = tableOf({
    ...sound,
    flat: ['category', list(() => 'same')],
    told: ['category', list((i) => (label[i] === 'yes' ? 'ja' : 'nein'))],
    key: ['category', list((i) => `row-${i}`)],
    wide: ['category', list((i) => `v${Math.floor(i / 1.5)}`)],
  });
  const kindOf = (check: string) => look(table, check).fix?.args.kind;
  expect(kindOf('constant columns')).toBe('prepare.select-columns');
  expect(look(table, 'leakage').fix?.args.params).toEqual({ columns: { names: ['told'] } });
  expect(look(table, 'row keys').fix?.args.params).toMatchObject({ columns: [{ column: 'key', role: 'id' }] });
  expect(look(table, 'many categories').fix?.args).toMatchObject({
    kind: 'features.target-encode',
    params: { target: 'y', task: 'classify' },
  });
  const fourth = (i: number) => Math.floor(i / 4);
  const twice = tableOf({
    a: ['number', list(fourth)],
    b: ['number', list((i) => (fourth(i) * 7) % 97)],
    y: ['category', list((i) => label[fourth(i)])],
  });
  const found = look(twice, 'repeated rows');
  expect(found.rows?.slice(0, 4)).toEqual([2, 3, 4, 6]);
  expect(found.fix?.args).toMatchObject({ kind: 'prepare.remove-duplicates', params: { columns: { names: ['a', 'b', 'y'] } } });
});
