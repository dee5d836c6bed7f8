/** What training saw: every row learned from, no other, beyond the sample that a model carries. */
import { expect, it } from 'vitest';
import { pack, unpackAll } from '../base/pack.ts';
import { inEnglish } from '../base/words.ts';
import { columnOf } from '../table/column.ts';
import { table, tableOf } from '../table/table.ts';
import { fitModel } from './fit-model.ts';
import { rawFrame } from './frame.ts';
import { seenInTraining } from './seen.ts';
import { splitFrame } from './split-frame.ts';
import { copy, fitRun, lookups, run, spec } from './toy.fixture.ts';

const ROWS = 1000;
const ALL = Int32Array.from({ length: ROWS }, (_, i) => i);

it('is of every row learned from and of no other', async () => {
  const t = tableOf({
    x: ['number', Array.from(ALL, (i) => (i === 777 ? 1e6 : i === 778 ? -5 : i % 4 === 1 && i !== 777 ? null : i / 10))],
    key: ['category', Array.from(ALL, (i) => (i === 900 ? 'rare' : i % 2 === 0 ? 'b' : 'a'))],
    y: ['number', Array.from(ALL, (i) => i)],
  });
  const train = ALL.filter((i) => i % 4 !== 3 && i !== 900);
  const by = { kind: 't', version: 1, params: {}, title: 'Split' };
  const [training] = await splitFrame(rawFrame(t), [train, ALL.filter((i) => !train.includes(i))], by, lookups.step);
  const model = await fitModel(training, spec({ target: 'y', features: { names: ['x', 'key'] } }), lookups, fitRun);
  expect(model.seen).toEqual({ x: { range: [-5, 1e6], missing: 249 / 749 }, key: { missing: 0 } });
  expect(model.inputs.find((input) => input.name === 'key')?.categories).toEqual(['a', 'b']);
});

it('has no range of labels, of yes or no, of nothing, and none that is not finite', () => {
  const t = tableOf({
    label: ['text', ['a', '']],
    flag: ['boolean', [true, null]],
    none: ['number', [null, null]],
    far: ['number', [Number.POSITIVE_INFINITY, 3]],
    when: ['datetime', [0, 86_400_000]],
  });
  const inputs = t.fields.map(({ name, role }, i) => ({ name, role, type: t.columns[i].type }));
  expect(seenInTraining(t, Int32Array.of(0, 1), inputs).seen).toEqual({
    label: { missing: 0.5 },
    flag: { missing: 0.5 },
    none: { missing: 1 },
    far: { missing: 0, range: [3, 3] },
    when: { missing: 0, range: [0, 86_400_000] },
  });
  expect(seenInTraining(t, new Int32Array(), inputs).seen.none).toEqual({ missing: 0 });
});

it('a feature that the target is computed from is told, and stays an input of the model', async () => {
  const houses = tableOf({ size: ['number', [1, 2, 3, 4]], price: ['number', [10, 20, 30, 40]] });
  const frame = await run(copy, { column: 'price' }, rawFrame(houses));
  const told = await fitModel(frame, spec({ target: 'copy', features: { names: ['size', 'price'] } }), lookups, fitRun);
  expect(told.about.notes.map(inEnglish)).toContain('Leak: the target is computed from the feature “price” by “copy”.');
  expect(told.inputs.map((input) => input.name)).toEqual(['size', 'price']);
  const fair = await fitModel(frame, spec({ target: 'copy', features: { names: ['size'] } }), lookups, fitRun);
  expect(fair.about.notes).toEqual([]);
  expect(fair.inputs.map((input) => input.name)).toEqual(['size']);
});

it('columns may have the names of an object’s own furniture', async () => {
  const names = ['__proto__', 'constructor', 'toString'];
  const fields = names.map((name) => ({ name, role: 'feature' as const }));
  const columns = names.map((_, k) => columnOf('number', [k, k + 1, null, k + 3]));
  const odd = table([...fields, { name: 'y', role: 'feature' }], [...columns, columnOf('number', [1, 2, 3, 4])]);
  const model = await fitModel(rawFrame(odd), spec({ target: 'y', features: { names } }), lookups, fitRun);
  expect(Object.entries(model.seen ?? {})).toEqual(names.map((name, k) => [name, { missing: 0.25, range: [k, k + 3] }]));
  const again = unpackAll(pack(model)) as typeof model;
  expect(Object.keys(again.seen ?? {})).toEqual(names);
});
